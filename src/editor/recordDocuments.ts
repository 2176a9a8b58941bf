/**
 * Virtual documents: the value of a record, and the lines around a record of a dump that the text editor does not
 * open. Their addresses alone find them again.
 */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { byteSize } from '../core/words/numbers.js';
import { readLinesAround } from '../engine/lineWindow.js';
import { readRecord } from '../engine/recordReader.js';
import { linesScheme, valueScheme } from './ids.js';
import { lineWindowText } from './lineWindowText.js';
import {
  type AddressParts,
  linesAddress,
  type RecordAddress,
  readLinesAddress,
  readValueAddress,
  type ValueAddress,
  valueAddress,
} from './recordUri.js';
import { valueDocument } from './valueText.js';

/** Lines shown before and after a record. */
const contextLines = 200;

export function registerRecordDocuments(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(valueScheme, {
      provideTextDocumentContent: ({ query }) => textOrReason(() => valueText(readValueAddress(query))),
    }),
    vscode.workspace.registerTextDocumentContentProvider(linesScheme, {
      provideTextDocumentContent: ({ query }) => textOrReason(() => linesText(readLinesAddress(query))),
    }),
  );
}

/** @param name what the document is called; of any length and content */
export function valueUri(name: string, address: ValueAddress): vscode.Uri {
  return uri(valueScheme, valueAddress(name, address));
}

/** @param dumpBytes size of the dump, so that the tab can say where in it the lines are */
export function linesUri(address: RecordAddress, dumpBytes: number): vscode.Uri {
  const { file, location } = address;
  const place = Math.floor((location.byteOffset / dumpBytes) * 100);
  const name = l10n.t(
    '{0}:{1} (at {2} % of {3})',
    vscode.Uri.file(file).path.split('/').at(-1) ?? file,
    location.line,
    place,
    byteSize(dumpBytes),
  );
  return uri(linesScheme, linesAddress(name, address));
}

async function valueText(address: ValueAddress): Promise<string> {
  if ('note' in address) return `(${address.note})`;
  const { value } = await readRecord(address.file, address.layout, address.location);
  return value === null ? `(${l10n.t('deleted: the record is a tombstone')})` : valueDocument(value, address.view);
}

async function linesText({ file, location }: RecordAddress): Promise<string> {
  return lineWindowText(await readLinesAround(file, location, contextLines), location);
}

/** A document that cannot be made says why: a provider that throws leaves the reader with an empty one. */
async function textOrReason(text: () => Promise<string>): Promise<string> {
  try {
    return await text();
  } catch (error) {
    return `(${error instanceof Error ? error.message : String(error)})`;
  }
}

function uri(scheme: string, { path, query }: AddressParts): vscode.Uri {
  return vscode.Uri.from({ scheme, path, query });
}
