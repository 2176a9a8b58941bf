/** Which files the text editor takes. */
import assert from 'node:assert/strict';
import { fitsTextEditor } from '../../src/editor/textEditorLimits.js';

describe('fitsTextEditor', () => {
  const desktop = { isRemote: false, isBrowser: false, confirmationMegabytes: undefined };
  const remote = { ...desktop, isRemote: true };
  const browser = { ...desktop, isBrowser: true };
  const cases: readonly [name: string, megabytes: number, window: typeof desktop | object, fits: boolean][] = [
    ['a small file on the desktop', 1, desktop, true],
    ['the largest file that extensions see', 50, desktop, true],
    ['a file that extensions do not see', 50.1, desktop, false],
    ['a file that a remote window asks about', 10.1, remote, false],
    ['a file that a remote window opens', 10, remote, true],
    ['a file that a browser window asks about', 10.1, browser, false],
    ['a remote window with a higher limit', 40, { ...remote, confirmationMegabytes: 100 }, true],
    ['a higher limit than extensions have', 60, { ...remote, confirmationMegabytes: 100 }, false],
    ['the desktop with a lower limit', 6, { ...desktop, confirmationMegabytes: 5 }, false],
  ];
  for (const [name, megabytes, window, fits] of cases) {
    it(name, () => assert.equal(fitsTextEditor(megabytes * 1024 * 1024, { ...desktop, ...window }), fits));
  }
});
