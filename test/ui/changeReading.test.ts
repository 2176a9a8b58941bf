/** Change How This Dump Is Read… as a user meets it: a list that shows what each choice makes of the dump. */
import assert from 'node:assert/strict';
import { waitFor } from '../host/patience.js';
import type { TreeView } from '../host/treeView.js';
import { openWorkbench, type Workbench } from '../host/workbench.js';

const lines = (separator: string): string =>
  ['user-1', 'user-2', 'user-3', 'user-4', 'user-5']
    .map((user, i) => `${user}${separator}{"rev":${i},"note":"a|b"}\n`)
    .join('');

describe('changing how a dump is read, in the workbench', () => {
  let workbench: Workbench;
  let tree: TreeView;
  before(async () => {
    workbench = await openWorkbench({ files: { 'old.txt': lines('::'), 'new.txt': lines('::') } });
    tree = workbench.tree('Kafka Dump Compare');
    await workbench.chooseInExplorerMenu(['new.txt', 'old.txt'], 'Compare Kafka Dumps');
    await tree.waitForRow(/^Equivalent/);
  });
  after(() => workbench?.close());

  /** The rows of the open list: label and description. */
  async function rows(): Promise<string[]> {
    const found = workbench.page.locator('.quick-input-list .monaco-list-row');
    const texts = await found.evaluateAll((elements) =>
      elements.map((element) =>
        [...element.querySelectorAll('.label-name, .label-description')].map((part) => part.textContent ?? ''),
      ),
    );
    return texts.map((parts) => parts.join(' ').replaceAll('\u00a0', ' ').trim());
  }

  async function waitForRow(pattern: RegExp): Promise<void> {
    let seen: readonly string[] = [];
    await waitFor(
      () => `a row ${pattern}, there are ${seen.join(' / ')}`,
      async () => {
        seen = await rows();
        return seen.some((row) => pattern.test(row)) || undefined;
      },
    );
  }

  it('shows the first records under the highlighted choice, and compares again', async () => {
    await tree.clickInlineAction('source', 'Change How This Dump Is Read…');
    await waitForRow(/^Detect the Format key-value · separator “::”/);
    await waitForRow(/^user-1 \{"rev":0,"note":"a\|b"\}/);
    await workbench.pick('key-value', 'How old.txt Is Read: Format');
    await waitForRow(/^Detect the Separator/);
    await workbench.typeInQuickInput('|');
    await waitForRow(/^user-1::\{"rev":0,"note":… b"\}$/);
    await workbench.pick('“|”', 'How old.txt Is Read: Separator');
    await waitForRow(/^“null” Is a Null 0 tombstones among the first 5 records/);
    await workbench.page.keyboard.press('Enter');
    await tree.waitForRow(/^Different/);
  });

  it('is shown, and can be taken back', async () => {
    const page = await workbench.webview('.reading');
    const chosen = page.locator('.origin', { hasText: 'chosen' });
    await waitFor('two chosen parts', async () => (await chosen.count()) === 2 || undefined);
    await page.getByRole('button', { name: 'As detected for the source' }).click();
    await tree.waitForRow(/^Equivalent/);
  });

  it('goes back a step, and gives up', async () => {
    await tree.clickInlineAction('mirror', 'Change How This Dump Is Read…');
    await workbench.pick('key-value', 'How new.txt Is Read: Format');
    await waitForRow(/^Detect the Separator/);
    await workbench.page.getByRole('button', { name: 'Back' }).click();
    await waitForRow(/^Detect the Format/);
    await workbench.page.keyboard.press('Escape');
    assert.equal((await tree.waitForRow(/^Equivalent/)).level, 1);
  });

  it('follows the arrow keys, and says why a dump is no such format', async () => {
    await tree.clickInlineAction('mirror', 'Change How This Dump Is Read…');
    await waitForRow(/^user-1/);
    await waitFor('the reason why it is none of a console consumer', async () => {
      await workbench.page.keyboard.press('ArrowDown');
      await workbench.page.waitForTimeout(150);
      const sentence = (await rows()).join(' ').replace(/ +/g, ' ');
      return /“user-1::.*” does not begin a dump of the format kafka-console-consumer\./.test(sentence) || undefined;
    });
    await workbench.page.keyboard.press('Enter');
    await workbench.page.waitForTimeout(300);
    assert.equal((await rows()).length > 0, true, 'such a choice cannot be taken');
    await workbench.page.keyboard.press('Escape');
  });

  it('writes no errors to the console', () => assert.deepEqual(workbench.consoleErrors, []));
});
