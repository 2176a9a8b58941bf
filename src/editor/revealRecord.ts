/**
 * Shows a record where it stands: selected in its dump while the text editor opens files of that size, otherwise in a
 * virtual document of the lines around it. Never ends at a placeholder such as "the file is very large".
 */
import * as vscode from 'vscode';
import type { RecordLocation } from '../core/record.js';
import { countEditorLineEnds } from '../engine/dumpLines.js';
import { readLinesAround } from '../engine/lineWindow.js';
import { linesLanguageId } from './ids.js';
import { markedLines } from './lineWindowText.js';
import { linesUri } from './recordDocuments.js';
import { fitsTextEditor } from './textEditorLimits.js';

/** Characters of a record's first line by which it is recognized. */
const recognizedCharacters = 500;

/** 0-based first and last line of a document. */
type LineRange = readonly [first: number, last: number];

/** @throws UserError if the dump can no longer be read */
export async function revealRecord(
  file: string,
  location: RecordLocation,
  options: { readonly preserveFocus?: boolean } = {},
): Promise<vscode.TextEditor> {
  // Reading first: what cannot be read ends with a sentence about it, not with what an editor says.
  const { lines, dumpBytes } = await readLinesAround(file, location, 0);
  const found = fitsTextEditor(dumpBytes, editorWindow())
    ? await findInTextEditor(file, location, lines[0] ?? '')
    : null;
  if (found !== null) {
    const editor = await show(found.document, found.lines, options).catch(() => null);
    if (editor !== null) return editor;
  }
  const opened = await vscode.workspace.openTextDocument(linesUri({ file, location }, dumpBytes));
  // Its own numbers would stand beside the dump's: package.json turns them off for this language.
  const document = await vscode.languages.setTextDocumentLanguage(opened, linesLanguageId);
  return await show(document, markedLines(document.getText()), options);
}

interface FoundRecord {
  readonly document: vscode.TextDocument;
  readonly lines: LineRange;
}

/** Null if the text editor does not open the file (it looks binary), or the record is not in its buffer. */
async function findInTextEditor(
  file: string,
  location: RecordLocation,
  firstLine: string,
): Promise<FoundRecord | null> {
  const document = await openDocument(file);
  if (document === null) return null;
  const start = firstLine.split('\r', 1)[0]!.slice(0, recognizedCharacters);
  const isThere = (line: number): boolean => line < document.lineCount && document.lineAt(line).text.startsWith(start);

  const inFile = await linesInEditor(file, location);
  if (isThere(inFile[0])) return { document, lines: inFile };
  // The buffer has unsaved edits: the nearest line that reads the same is the record, moved.
  for (let distance = 1; distance < document.lineCount; distance++) {
    const moved = [inFile[0] + distance, inFile[0] - distance].find((line) => line >= 0 && isThere(line));
    if (moved !== undefined) return { document, lines: [moved, moved + inFile[1] - inFile[0]] };
  }
  return null;
}

async function openDocument(file: string): Promise<vscode.TextDocument | null> {
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  } catch {
    return null;
  }
}

/** A dump's lines end at LF only, an editor's also at a lone CR, as values may hold. */
async function linesInEditor(file: string, { byteOffset, byteLength }: RecordLocation): Promise<LineRange> {
  const first = await countEditorLineEnds(file, 0, byteOffset);
  return [first, first + (await countEditorLineEnds(file, byteOffset, byteOffset + byteLength))];
}

async function show(
  document: vscode.TextDocument,
  [first, last]: LineRange,
  { preserveFocus = false }: { readonly preserveFocus?: boolean },
): Promise<vscode.TextEditor> {
  const end = document.lineAt(Math.min(last, document.lineCount - 1)).range.end;
  const start = new vscode.Position(first, 0);
  const editor = await vscode.window.showTextDocument(document, { preserveFocus, preview: true });
  // The cursor goes to the start, so that a long line is not scrolled to its end.
  editor.selection = new vscode.Selection(end, start);
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenter);
  return editor;
}

function editorWindow(): Parameters<typeof fitsTextEditor>[1] {
  const confirmation = vscode.workspace.getConfiguration('workbench').inspect<number>('editorLargeFileConfirmation');
  return {
    isRemote: vscode.env.remoteName !== undefined,
    isBrowser: vscode.env.uiKind === vscode.UIKind.Web,
    confirmationMegabytes:
      confirmation?.workspaceFolderValue ?? confirmation?.workspaceValue ?? confirmation?.globalValue,
  };
}
