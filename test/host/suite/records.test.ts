/** Opening what lies behind a key: its line in the dump, whatever the size of the dump, and its two values. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, compareWell, DumpFolder, eventually, record } from './extension.js';

function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor, 'No text editor is active.');
  return editor;
}

/** What is selected, and whether the cursor is at its start. */
function selected(): { readonly text: string; readonly line: number; readonly scheme: string } {
  const { document, selection } = activeEditor();
  assert.deepEqual(selection.active, selection.start);
  return { text: document.getText(selection), line: selection.start.line + 1, scheme: document.uri.scheme };
}

/** The dump view of this file is in front. */
async function waitForDumpView(uri: vscode.Uri): Promise<void> {
  await eventually(`the dump view of ${uri.fsPath}`, () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const isIt = input instanceof vscode.TabInputCustom && input.viewType === 'kafkaDumpCompare.dumpView';
    return isIt && input.uri.toString() === uri.toString() ? true : undefined;
  });
}

async function openLine(side: 'Source' | 'Mirror', index = 0): Promise<void> {
  await vscode.commands.executeCommand(`kafkaDumpCompare.open${side}Line`, index);
}

describe('opening a line', () => {
  let dumps: DumpFolder;
  beforeEach(async () => {
    // A file of the same name would still be known from the test before.
    dumps = await DumpFolder.create();
  });
  afterEach(async () => {
    await closeEditors();
    await dumps.remove();
  });

  it('selects the record in its dump', async () => {
    const source = await dumps.write(
      'old.txt',
      record(0, 'a', 'x') + record(1, 'k', '{\n "a": 1\n}') + record(2, 'b', 'x'),
    );
    const mirror = await dumps.write('new.txt', record(0, 'a', 'x') + record(2, 'b', 'x') + record(0, 'k', 'old'));
    await compareWell(source, mirror);
    await openLine('Source');
    assert.deepEqual(selected(), { text: record(1, 'k', '{\n "a": 1\n}').trimEnd(), line: 2, scheme: 'file' });
    await openLine('Mirror');
    assert.deepEqual(selected(), { text: record(0, 'k', 'old').trimEnd(), line: 3, scheme: 'file' });
  });

  it('finds the line although the editor breaks lines at carriage returns inside values', async () => {
    const before = record(0, 'a', 'x\ry\rz') + record(0, 'b', 'x\r\ny');
    const source = await dumps.write('old.txt', before + record(1, 'k', 'one\rtwo') + record(2, 'z', 'x'));
    const mirror = await dumps.write('new.txt', before + record(2, 'z', 'x'));
    await compareWell(source, mirror);
    await openLine('Source');
    const { text, line } = selected();
    // Lines of the editor: three of a, two of b.
    assert.equal(line, 6);
    assert.match(text, /^CreateTime:\d+::Partition:0::k::one\r?\n?two$/);
  });

  it('follows a record that unsaved edits have moved', async () => {
    const source = await dumps.write('old.txt', record(0, 'a', 'x') + record(1, 'k', 'v') + record(2, 'b', 'x'));
    const mirror = await dumps.write('new.txt', record(0, 'a', 'x') + record(2, 'b', 'x'));
    await compareWell(source, mirror);
    const editor = await vscode.window.showTextDocument(source);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'my notes\n\n'));
    await openLine('Source');
    assert.deepEqual(selected(), { text: record(1, 'k', 'v').trimEnd(), line: 4, scheme: 'file' });
  });

  it('shows a record that unsaved edits have removed in the dump view', async () => {
    const source = await dumps.write('old.txt', record(0, 'a', 'x') + record(1, 'k', 'v'));
    const mirror = await dumps.write('new.txt', record(0, 'a', 'x'));
    await compareWell(source, mirror);
    const editor = await vscode.window.showTextDocument(source);
    await editor.edit((edit) => edit.delete(new vscode.Range(1, 0, 2, 0)));
    await openLine('Source');
    await waitForDumpView(source);
  });

  it('shows a record of a dump that looks binary in the dump view', async () => {
    const source = await dumps.write('old.txt', record(0, 'a', '\u0000\u0001') + record(1, 'k', 'v'));
    const mirror = await dumps.write('new.txt', record(0, 'a', '\u0000\u0001'));
    await compareWell(source, mirror);
    await openLine('Source');
    await waitForDumpView(source);
  });

  it('shows a record of a dump that is too large for the editor in the dump view', async () => {
    const filler = record(0, 'filler', 'x'.repeat(1000));
    const text = filler.repeat(Math.ceil(60_000_000 / filler.length));
    const source = await dumps.write('old.txt', text + record(1, 'k', 'one\ntwo\rthree') + filler);
    const mirror = await dumps.write('new.txt', text + filler);
    await compareWell(source, mirror);
    await openLine('Source');
    await waitForDumpView(source);
    await vscode.commands.executeCommand('kafkaDumpCompare.openWarning', 'mirror', 2);
    await waitForDumpView(mirror);
  });

  it('opens the dump view on request, from a file and from what stands in the tree', async () => {
    const source = await dumps.write('old.txt', record(0, 'a', 'x') + record(1, 'k', 'v'));
    const mirror = await dumps.write('new.txt', record(0, 'a', 'x'));
    await compareWell(source, mirror);
    await vscode.commands.executeCommand('kafkaDumpCompare.openDumpView', mirror);
    await waitForDumpView(mirror);
    await vscode.commands.executeCommand('kafkaDumpCompare.openDumpView', 0);
    await waitForDumpView(source);
    const side = { kind: 'side', id: 'side/mirror', parent: null, side: 'mirror' };
    await vscode.commands.executeCommand('kafkaDumpCompare.openDumpView', side);
    await waitForDumpView(mirror);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(source);
    await vscode.commands.executeCommand('kafkaDumpCompare.openDumpView');
    await waitForDumpView(source);
  });

  it('opens the line of a warning', async () => {
    const source = await dumps.write('old.txt', record(0, 'a', 'x') + record(1, 'k', 'v').trimEnd());
    const mirror = await dumps.write('new.txt', record(0, 'a', 'x'));
    const { comparison } = await compareWell(source, mirror);
    const warning = comparison.source.warnings.find(({ code }) => code === 'truncated-tail');
    await vscode.commands.executeCommand('kafkaDumpCompare.openWarning', 'source', warning?.line);
    assert.deepEqual(selected(), { text: record(1, 'k', 'v').trimEnd(), line: 2, scheme: 'file' });
  });
});

describe('comparing values', () => {
  let dumps: DumpFolder;
  beforeEach(async () => {
    // A file of the same name would still be known from the test before.
    dumps = await DumpFolder.create();
  });
  afterEach(async () => {
    await closeEditors();
    await dumps.remove();
  });

  /** Opens the diff of the only differing key, and resolves with the texts of both sides. */
  async function diff(
    sourceValue: string | Uint8Array | null,
    mirrorValue: string | Uint8Array | null,
  ): Promise<DiffTexts> {
    const dump = (value: string | Uint8Array | null): Uint8Array => {
      const [head, tail] = record(1, 'k', '|').split('|') as [string, string];
      const own = value === null ? [] : [Buffer.from(head), Buffer.from(value), Buffer.from(tail)];
      return Buffer.concat([Buffer.from(record(0, 'a', 'x')), ...own]);
    };
    await compareWell(await dumps.write('old.txt', dump(sourceValue)), await dumps.write('new.txt', dump(mirrorValue)));
    await vscode.commands.executeCommand('kafkaDumpCompare.diffValues', 0);
    const tab = await eventually('the diff editor', () => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.input instanceof vscode.TabInputTextDiff ? activeTab : undefined;
    });
    const { original, modified } = tab.input as vscode.TabInputTextDiff;
    const [source, mirror] = [
      await vscode.workspace.openTextDocument(original),
      await vscode.workspace.openTextDocument(modified),
    ];
    return {
      title: tab.label,
      source: source.getText(),
      mirror: mirror.getText(),
      languages: [source.languageId, mirror.languageId],
    };
  }

  interface DiffTexts {
    readonly title: string;
    readonly source: string;
    readonly mirror: string;
    readonly languages: readonly string[];
  }

  it('lays JSON out without changing it', async () => {
    const { title, source, mirror, languages } = await diff('{"n":12345678901234567890,"n":1.0}', '{"n": 1}');
    assert.equal(title, 'k (old.txt:2 ↔ new.txt:2)');
    assert.equal(source, '{\n  "n": 12345678901234567890,\n  "n": 1.0\n}');
    assert.equal(mirror, '{\n  "n": 1\n}');
    assert.deepEqual(languages, ['json', 'json']);
  });

  it('says where a key is absent', async () => {
    const { title, source, mirror, languages } = await diff('{"n":1}', null);
    assert.equal(title, 'k (old.txt:2 ↔ new.txt)');
    assert.equal(source, '{\n  "n": 1\n}');
    assert.equal(mirror, '(new.txt holds no record of this key)');
    assert.deepEqual(languages, ['json', 'plaintext']);
  });

  it('calls a tombstone deleted, and an empty value empty', async () => {
    const { source, mirror } = await diff('null', '');
    assert.match(source, /^\(deleted: the record at old\.txt:2 is a tombstone, written 2023-11-14 .*\)$/);
    assert.equal(mirror, '(empty: a value of zero bytes)');
  });

  it('shows where line ends differ', async () => {
    const { source, mirror } = await diff('a\r\nb', 'a\nb');
    assert.equal(source, 'a␍\nb');
    assert.equal(mirror, 'a\nb');
  });

  it('shows bytes that are not text in hexadecimal', async () => {
    const { source, mirror } = await diff(Uint8Array.of(0xff, 0x41), 'A');
    assert.equal(source, '00000000  ff 41                                            .A\n');
    assert.equal(mirror, '00000000  41                                               A\n');
  });

  it('says that a dump has changed', async () => {
    await diff('v1', 'v2');
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input as vscode.TabInputTextDiff;
    await dumps.write('old.txt', 'x\n');
    // Another name is another document to VS Code: it is asked for anew.
    const document = await vscode.workspace.openTextDocument(input.original.with({ path: '/again' }));
    assert.match(document.getText(), /^\(.*old\.txt changed.*Compare again\.\)$/);
  });
});
