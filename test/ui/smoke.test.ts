/** The first thing a user does: select two dumps in the explorer and compare them. */
import assert from 'node:assert/strict';
import { sampleFolder } from '../host/paths.js';
import { openWorkbench, type Workbench } from '../host/workbench.js';

describe('two dumps selected in the explorer', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ folder: sampleFolder });
  });
  after(() => workbench?.close());

  it('are compared from the context menu', async () => {
    await workbench.chooseInExplorerMenu(['old-topic.txt', 'mirrored-topic.txt'], 'Compare Kafka Dumps');
    const tree = workbench.tree('Kafka Dump Compare');
    await tree.waitForRow('order-1040');
    await tree.clickInlineAction(['After the mirror’s end', 'Missing on the mirror', 'order-1063'], 'Open Source Line');
    await workbench.waitForEditor('old-topic.txt');
    await workbench.waitForCursorLine(15);
    assert.deepEqual(workbench.consoleErrors, []);
  });
});
