/** What is made of a result in a real VS Code: a key's history as a document, a report as a file. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { writeReportTo } from '../../../src/editor/exportReport.js';
import { closeEditors, compareWell, DumpFolder, eventually, extensionParts, record } from './extension.js';

describe('a result', () => {
  let dumps: DumpFolder;
  before(async () => {
    dumps = await DumpFolder.create();
    const source = await dumps.write('old.txt', record(1, 'user', 'a') + record(2, 'user', 'b') + record(3, 'z', 'z'));
    const mirror = await dumps.write('new.txt', record(1, 'user', 'a') + record(3, 'z', 'z'));
    await compareWell(source, mirror);
  });
  after(() => dumps.remove());
  afterEach(closeEditors);

  it('shows the history of a key as a read-only document', async () => {
    await vscode.commands.executeCommand('kafkaDumpCompare.showHistory', 0);
    const document = await eventually('the history', () => {
      const active = vscode.window.activeTextEditor?.document;
      return active?.uri.scheme === 'kafka-dump-history' ? active : undefined;
    });
    assert.match(document.getText(), /^“user”: stale/);
    assert.match(document.getText(), /^= line 1 .* on both sides$/m);
    assert.match(document.getText(), /^< line 2 .* not on the mirror$/m);
  });

  it('exports a report', async () => {
    const { session } = await extensionParts();
    if (session.state.kind !== 'done') assert.fail(session.state.kind);
    const file = await dumps.write('report.csv', '');
    await writeReportTo(session.workerPath, session.state.comparison, file, 'csv', true);
    const text = await readFile(file.fsPath, 'utf8');
    assert.match(text, /user/);
    assert.equal(text.trim().split('\n').length, 2);
  });
});
