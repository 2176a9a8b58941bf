/** Loaded before the UI tests: keeps what the open workbenches looked like when a test failed. */
import path from 'node:path';
import { outFolder } from './paths.js';
import { openWorkbenches } from './workbench.js';

const folder = path.join(outFolder, 'test/failures');

afterEach(async function (this: Mocha.Context) {
  const test = this.currentTest;
  if (test?.state !== 'failed') return;
  const name = test.fullTitle().replaceAll(/[^\w-]+/g, '-');
  for (const [index, workbench] of [...openWorkbenches].entries()) {
    const file = path.join(folder, `${name}-${index + 1}.png`);
    await workbench.screenshot(file);
    console.log(`The window when it failed: ${file}`);
  }
});
