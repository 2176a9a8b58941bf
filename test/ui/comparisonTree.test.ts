/** From the menus to the tree, and to what the tree opens, as a user does it. */
import assert from 'node:assert/strict';
import { waitFor } from '../host/patience.js';
import type { TreeView } from '../host/treeView.js';
import { openWorkbench, type Workbench } from '../host/workbench.js';

const record = (minute: number, key: string, value: string): string =>
  `CreateTime:${1_700_000_000_000 + minute * 60_000}::Partition:0::${key}::${value}\n`;

const source = record(0, 'same', 'a') + record(30, 'stale', '{"rev":2}') + record(31, 'missing', 'm');
const mirror = record(0, 'same', 'a') + record(1, 'extra', 'e') + record(7, 'stale', '{"rev":1}');

describe('the comparison in the workbench', () => {
  let workbench: Workbench;
  let tree: TreeView;
  before(async () => {
    const others = { 'notes.md': '# Notes\n', topic: source, 'diary.log': 'Dear diary\n' };
    const settings = { 'kafkaDumpCompare.menuExtensions': { log: false, other: true } };
    workbench = await openWorkbench({ files: { 'new.txt': mirror, 'old.txt': source, ...others }, settings });
    tree = workbench.tree('Kafka Dump Compare');
  });
  after(() => workbench.close());

  async function isOffered(entry: string, ...files: string[]): Promise<boolean> {
    return (await workbench.explorerMenu(...files)).includes(entry);
  }

  it('is offered for the files that the settings name', async () => {
    const entry = 'Compare Kafka Dumps';
    assert.equal(await isOffered(entry, 'new.txt', 'old.txt'), true);
    assert.equal(await isOffered(entry, 'old.txt', 'topic'), true, 'no ending');
    assert.equal(await isOffered(entry, 'old.txt', 'notes.md'), true, 'another ending, turned on');
    assert.equal(await isOffered(entry, 'old.txt', 'diary.log'), false, 'an ending that was turned off');
    assert.equal(await isOffered(entry, 'old.txt'), false, 'one file');
    assert.equal(await isOffered('Select as Source', 'old.txt'), true);
  });

  it('compares a file with the one that was selected as the source', async () => {
    await workbench.chooseInExplorerMenu(['old.txt'], 'Select as Source');
    await workbench.chooseInExplorerMenu(['new.txt'], 'Compare with Source');
    await tree.waitForRow('Different: 3 of 4 keys.');
    assert.equal((await tree.waitForRow('source')).description, 'old.txt · 3 records · 3 keys');
  });

  it('shows the answer, both sides and the differing keys', async () => {
    await workbench.chooseInExplorerMenu(['new.txt', 'old.txt'], 'Compare Kafka Dumps');
    await tree.waitForRow('Different: 3 of 4 keys.');
    assert.match((await tree.waitForRow('source')).description, /^old\.txt/);
    const stale = await tree.waitForRow('stale');
    assert.equal(stale.description, '23 min behind · :2 ↔ :3');
    assert.equal(stale.ariaLabel, 'stale, Stale, 23 min behind, source line 2, mirror line 3');
    assert.deepEqual(await tree.inlineActions('missing'), ['Open Source Line', 'Compare Values']);
  });

  it('says what to check, and explains a group of keys to whoever points at it', async () => {
    await tree.expand('What to check');
    const check = await tree.waitForRow('After the mirror’s end: 2 keys');
    assert.match(check.description, /^that the replicator runs/);
    assert.match(check.ariaLabel, /Usually: the replicator had stopped or lagged .*\. Check: that the replicator runs/);
    await tree.collapse('What to check');
    const group = await tree.bringIntoView('Stale');
    await group.hover();
    const hover = workbench.page.locator('.monaco-hover', { hasText: 'Usually' });
    await hover.waitFor();
    assert.match(
      await hover.innerText(),
      /^Stale: 1 key\nthe mirror has .*\n\nUsually: the replicator .*\n\nCheck: that /,
    );
  });

  it('opens the values of a key with a click', async () => {
    await tree.click('stale');
    await workbench.waitForEditor('stale (old.txt:2 ↔ new.txt:3)');
    const texts = (await workbench.visibleLines('modified')).map(({ text }) => text);
    assert.deepEqual(texts.slice(0, 3), ['{', '  "rev": 1', '}']);
  });

  it('opens the line of either side', async () => {
    await tree.clickInlineAction('stale', 'Open Mirror Line');
    await workbench.waitForEditor('new.txt');
    await workbench.waitForCursorLine(3);
    await tree.clickInlineAction('missing', 'Open Source Line');
    await workbench.waitForEditor('old.txt');
    await workbench.waitForCursorLine(3);
  });

  it('selects the file of a tab as the source, and names it in the status bar', async () => {
    const tab = workbench.page.locator('.tab', { hasText: 'old.txt' }).last();
    await workbench.chooseInMenuOf(tab, 'Select as Source');
    const status = workbench.page.locator('.statusbar-item', { hasText: 'Source: old.txt' });
    await status.waitFor();
    await workbench.runCommand('Kafka Dump: Forget Selected Source');
    await status.waitFor({ state: 'hidden' });
  });

  it('filters the keys while the text is typed, and shows all again', async () => {
    await workbench.runCommand('Kafka Dump: Filter Keys…');
    await workbench.typeInQuickInput('STA');
    await waitFor('the other keys to go', async () => {
      const rows = (await tree.rows()).map(({ label }) => label);
      return (rows.includes('stale') && !rows.includes('missing') && !rows.includes('extra')) || undefined;
    });
    await workbench.page.keyboard.press('Escape');
    await tree.waitForRow('missing');
  });

  it('swaps the sides', async () => {
    await workbench.runCommand('Kafka Dump: Swap Source and Mirror');
    await waitFor('the sides to be swapped', async () => {
      const row = (await tree.rows()).find(({ label }) => label === 'source');
      return row?.description.startsWith('new.txt') || undefined;
    });
    assert.equal((await tree.waitForRow('stale')).description, '23 min ahead · :3 ↔ :2');
  });

  it('says what is wrong with a file and opens the line', async () => {
    await workbench.chooseInExplorerMenu(['diary.log', 'old.txt'], 'Compare Kafka Dumps');
    await tree.waitForRow('Could not compare');
    await tree.click('Open Line 1');
    await workbench.waitForEditor('diary.log');
  });

  it('asks for both files in two steps', async () => {
    await workbench.runCommand('Kafka Dump: Compare Files…');
    await workbench.pick('old.txt', 'Compare Kafka Dumps: Source');
    await workbench.pick('new.txt', 'Compare Kafka Dumps: Mirror of old.txt');
    await tree.waitForRow('Different: 3 of 4 keys.');
    // Else the rows waited for next would be there already.
    await workbench.runCommand('Kafka Dump: Close Comparison');
    await waitFor('the tree to be empty', async () => (await tree.rows()).length === 0 || undefined);
    await workbench.runCommand('Kafka Dump: Compare Files…');
    await workbench.pick('old.txt ↔ new.txt');
    await tree.waitForRow('Different: 3 of 4 keys.');
  });

  it('writes no errors to the console', () => {
    assert.deepEqual(workbench.consoleErrors, []);
  });
});
