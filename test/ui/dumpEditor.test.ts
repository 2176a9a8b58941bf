/** The dump view in a real VS Code: how it opens, where the commands lead, and how it comes back. */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { waitFor } from '../host/patience.js';
import { openWorkbench, type Workbench } from '../host/workbench.js';

const record = (second: number, key: string, value: string): string =>
  `CreateTime:${1_700_000_000_000 + second * 1000}::Partition:0::${key}::${value}\n`;

const filler = Array.from({ length: 3000 }, (_, i) => record(i, `key-${i}`, 'same'));
const source = [...filler];
source[1000] = record(1000, 'key-1000', 'newer');
source[2000] = record(2000, 'key-2000', 'newer');

describe('the dump view in the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    const settings = { 'kafkaDumpCompare.openLines': 'dumpView' };
    workbench = await openWorkbench({ files: { 'old.txt': source.join(''), 'new.txt': filler.join('') }, settings });
  });
  after(() => workbench?.close());

  async function view(): Promise<Frame> {
    return workbench.webview('.dump-rows .dump-row');
  }

  async function waitForActive(frame: Frame, key: string): Promise<void> {
    await frame.locator('.dump-row.active .cell-key', { hasText: key }).waitFor();
  }

  it('opens from the Explorer', async () => {
    await workbench.chooseInExplorerMenu(['old.txt'], 'Open in Dump View');
    const frame = await view();
    await workbench.waitForEditor('old.txt');
    assert.match((await frame.locator('.dump-row.active').first().textContent()) ?? '', /key-0/);
  });

  it('goes to the differences of the comparison, by command and by key', async () => {
    await workbench.chooseInExplorerMenu(['new.txt', 'old.txt'], 'Compare Kafka Dumps');
    await workbench.tree('Kafka Dump Compare').waitForRow('Different: 2 of 3,000 keys.');
    await workbench.chooseInExplorerMenu(['old.txt'], 'Open in Dump View');
    const frame = await view();
    await frame.getByText('2 differing').waitFor();
    await workbench.runCommand('Kafka Dump: Go to Next Difference');
    await waitForActive(frame, 'key-1000');
    await frame.locator('.dump-grid').focus();
    await workbench.page.keyboard.press('Alt+F5');
    await waitForActive(frame, 'key-2000');
    await workbench.page.keyboard.press('Shift+Alt+F5');
    await waitForActive(frame, 'key-1000');
    await frame.locator('.active .mark').click();
    await workbench.waitForEditor(/^key-1000 \(old\.txt:1001 ↔ new\.txt:1001\)/);
  });

  it('takes the keys for finding and for going to a line', async () => {
    await workbench.chooseInExplorerMenu(['old.txt'], 'Open in Dump View');
    const frame = await view();
    await frame.locator('.dump-grid').focus();
    await workbench.page.keyboard.press('Control+f');
    await workbench.page.keyboard.type('key-2500');
    await waitForActive(frame, 'key-2500');
    await workbench.page.keyboard.press('Control+g');
    await workbench.page.keyboard.type('1501');
    await workbench.page.keyboard.press('Enter');
    await waitForActive(frame, 'key-1500');
  });

  it('comes back in the same place after the window was reloaded', async () => {
    const frame = await view();
    await frame.locator('.dump-row', { hasText: 'key-1500' }).waitFor();
    await workbench.page.waitForTimeout(700);
    await workbench.runCommand('Developer: Reload Window');
    await waitFor('the window to be reloaded', async () => frame.isDetached() || undefined);
    const restored = await view();
    await restored.locator('.dump-row', { hasText: 'key-1500' }).waitFor();
  });

  it('opens lines in it where the setting says so', async () => {
    await workbench.chooseInExplorerMenu(['new.txt', 'old.txt'], 'Compare Kafka Dumps');
    const tree = workbench.tree('Kafka Dump Compare');
    await tree.waitForRow('key-2000');
    await workbench.runCommand('View: Close All Editors');
    await tree.clickInlineAction('key-2000', 'Open Mirror Line');
    await workbench.waitForEditor('new.txt');
    await waitForActive(await view(), 'key-2000');
  });

  it('keeps to its content policy', () => {
    assert.deepEqual(
      workbench.consoleErrors.filter((error) => /Content.Security.Policy/i.test(error)),
      [],
    );
  });
});
