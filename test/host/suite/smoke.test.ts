/** The packaged extension is there and activates in a real VS Code. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the packaged extension', () => {
  it('is present and activates', async () => {
    const extension = vscode.extensions.getExtension('kafka-dump-compare.kafka-dump-compare');
    assert.ok(extension, 'The extension is not installed.');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
