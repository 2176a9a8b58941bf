/**
 * Shows a record where it stands: selected in its dump while the text editor opens files of that size, otherwise, or if
 * the user prefers it, in the dump view. Never ends at a placeholder such as "the file is very large".
 */
import * as vscode from 'vscode';
import type { RecordLocation } from '../core/record.js';
import { countEditorLineEnds, readRecordStart } from '../engine/dumpLines.js';
import type { DumpViews } from './dumpViews.js';
import { opensInDumpView } from './settings.js';
import { fitsTextEditor } from './textEditorLimits.js';

/** 0-based first and last line of a document. */
type LineRange = readonly [first: number, last: number];

/** @throws UserError if the dump can no longer be read */
export async function revealRecord(
  views: DumpViews,
  file: string,
  location: RecordLocation,
  options: { readonly preserveFocus?: boolean } = {},
): Promise<void> {
  // Reading first: what cannot be read ends with a sentence about it, not with what an editor says.
  const { text, dumpBytes } = await readRecordStart(file, location);
  const isForText = !opensInDumpView() && fitsTextEditor(dumpBytes, editorWindow());
  const found = isForText ? await findInTextEditor(file, location, text) : null;
  if (found !== null && (await isShown(found, options))) return;
  await views.open(vscode.Uri.file(file), location, options);
}

async function isShown(
  { document, lines }: FoundRecord,
  options: { readonly preserveFocus?: boolean },
): Promise<boolean> {
  return await show(document, lines, options).then(
    () => true,
    () => false,
  );
}

interface FoundRecord {
  readonly document: vscode.TextDocument;
  readonly lines: LineRange;
}

/** Null if the text editor does not open the file (it looks binary), or the record is not in its buffer. */
async function findInTextEditor(file: string, location: RecordLocation, start: string): Promise<FoundRecord | null> {
  const document = await openDocument(file);
  if (document === null) return null;
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
): Promise<void> {
  const end = document.lineAt(Math.min(last, document.lineCount - 1)).range.end;
  const start = new vscode.Position(first, 0);
  const editor = await vscode.window.showTextDocument(document, { preserveFocus, preview: true });
  // The cursor goes to the start, so that a long line is not scrolled to its end.
  editor.selection = new vscode.Selection(end, start);
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenter);
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
