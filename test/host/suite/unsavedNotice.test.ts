/** The notice that the file on disk is compared, in a real VS Code: with unsaved changes of either dump, and only then. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerUnsavedNotice } from '../../../src/editor/unsavedNotice.js';
import { closeEditors, compareWell, DumpFolder, extensionParts, record } from './extension.js';

describe('the notice about unsaved changes', () => {
  let dumps: DumpFolder;
  let source: vscode.Uri;
  let mirror: vscode.Uri;
  /** What was said. The extension's own notice goes to the window; this one is of another copy of the code. */
  const notices: string[] = [];
  const { showWarningMessage } = vscode.window;
  let listener: vscode.Disposable;

  before(async () => {
    dumps = await DumpFolder.create();
    source = await dumps.write('old.txt', record(1, 'k', 'a'));
    mirror = await dumps.write('new.txt', record(1, 'k', 'a'));
    const noted = async (message: string): Promise<undefined> => void notices.push(message);
    vscode.window.showWarningMessage = noted as typeof showWarningMessage;
    listener = registerUnsavedNotice((await extensionParts()).session);
  });
  after(async () => {
    listener.dispose();
    vscode.window.showWarningMessage = showWarningMessage;
    await dumps.remove();
  });
  beforeEach(() => notices.splice(0));
  afterEach(closeEditors);

  async function edit(file: vscode.Uri): Promise<vscode.TextDocument> {
    const editor = await vscode.window.showTextDocument(file, { preview: false });
    assert.ok(await editor.edit((change) => change.insert(new vscode.Position(0, 0), record(0, 'k', 'unsaved'))));
    return editor.document;
  }

  it('is shown for each dump that has them, and the file on disk is compared', async () => {
    await edit(source);
    const { comparison } = await compareWell(source, mirror);
    assert.deepEqual(notices, ['old.txt has unsaved changes. The file on disk is compared, without them.']);
    assert.equal(comparison.source.records, 1);
    await edit(mirror);
    notices.splice(0);
    await compareWell(source, mirror);
    assert.deepEqual(notices.toSorted(), [
      'new.txt has unsaved changes. The file on disk is compared, without them.',
      'old.txt has unsaved changes. The file on disk is compared, without them.',
    ]);
  });

  it('is not shown for a dump that is merely open, nor for another file', async () => {
    await vscode.window.showTextDocument(source, { preview: false });
    await edit(await dumps.write('other.txt', 'Not compared.\n'));
    await compareWell(source, mirror);
    assert.deepEqual(notices, []);
  });

  it('is not shown once the changes are saved', async () => {
    const document = await edit(mirror);
    assert.ok(await document.save());
    const { comparison } = await compareWell(source, mirror);
    assert.deepEqual(notices, []);
    assert.equal(comparison.mirror.records, 2);
  });
});
