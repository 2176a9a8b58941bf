/** The result page in a real VS Code: when it opens, where it leads, and how it comes back. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { waitFor } from '../host/patience.js';
import { openWorkbench, type Workbench } from '../host/workbench.js';
import { realDumpPath } from '../support/realDumps.js';

const files = {
  'stopped.source.txt': readFileSync(realDumpPath('stopped', 'source')),
  'stopped.mirror.txt': readFileSync(realDumpPath('stopped', 'mirror')),
};
const pageTitle = 'stopped.source.txt ↔ stopped.mirror.txt';

describe('the result panel', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ files });
    await workbench.chooseInExplorerMenu(Object.keys(files), 'Compare Kafka Dumps');
  });
  after(() => workbench?.close());

  it('opens by itself and names both dumps', async () => {
    const page = await workbench.webview('.verdict');
    assert.equal(await page.locator('h1').textContent(), 'Different: 140 of 187 keys.');
    await workbench.waitForEditor(pageTitle);
  });

  it('leads to a line of a dump', async () => {
    const page = await workbench.webview('.rows .cell-key');
    await page.getByRole('button', { name: 'line 14', exact: true }).click();
    await workbench.waitForEditor('stopped.mirror.txt');
    await workbench.waitForCursorLine(14);
  });

  it('comes back with its filters when it was hidden, and after the window was reloaded', async () => {
    await workbench.runCommand('Kafka Dump: Show Result Page');
    const page = await workbench.webview('.rows .cell-key');
    await page.getByPlaceholder('Search all 140 keys').fill('user-0010');
    await page.locator('.passing', { hasText: /^\d+ of 140 keys$/ }).waitFor();
    const passing = await page.locator('.passing').textContent();
    // The page writes its state down a moment after the last change.
    await workbench.page.waitForTimeout(500);

    await workbench.page.locator('.tab', { hasText: 'stopped.mirror.txt' }).last().click();
    await workbench.waitForEditor('stopped.mirror.txt');
    await workbench.runCommand('Kafka Dump: Show Result Page');
    const shownAgain = await workbench.webview('.rows .cell-key');
    assert.equal(await shownAgain.locator('.passing').textContent(), passing);

    await workbench.runCommand('Developer: Reload Window');
    await waitFor('the window to be reloaded', async () => shownAgain.isDetached() || undefined);
    const restored = await workbench.webview('.rows .cell-key');
    assert.equal(await restored.locator('.passing').textContent(), passing);
    assert.equal(await restored.locator('#search').inputValue(), 'user-0010');
  });

  it('keeps to its content policy', () => {
    assert.deepEqual(
      workbench.consoleErrors.filter((error) => /Content.Security.Policy/i.test(error)),
      [],
    );
  });
});
