/** What ships: the packaged extension holds what runs and nothing else, and stays small. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import JSZip from 'jszip';
import { vsixPath } from '../host/paths.js';

const mostBytes = 500_000;

describe('the packaged extension', () => {
  const packed = readFileSync(vsixPath);

  it('is small', () => assert.ok(packed.length < mostBytes, `${packed.length} bytes`));

  it('holds only what runs', async () => {
    const { files } = await JSZip.loadAsync(packed);
    const names = Object.keys(files).filter((name) => name.startsWith('extension/'));
    assert.deepEqual(names.map((name) => name.slice('extension/'.length)).sort(), [
      'LICENSE.txt',
      'changelog.md',
      'dist/callWorker.cjs',
      'dist/dumpView.css',
      'dist/dumpView.js',
      'dist/dumpWorker.cjs',
      'dist/extension.cjs',
      'dist/kernel.wasm',
      'dist/report.schema.json',
      'dist/webview.css',
      'dist/webview.js',
      'dist/worker.cjs',
      'media/activityBar.svg',
      'media/icon.png',
      'package.json',
      'package.nls.json',
      'readme.md',
      'samples/mirrored-topic.txt',
      'samples/old-topic.txt',
    ]);
  });
});
