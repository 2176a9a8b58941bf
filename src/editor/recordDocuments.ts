/** Virtual documents of the values of records. Their addresses alone find them again. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { readRecord } from '../engine/recordReader.js';
import { valueScheme } from './ids.js';
import { readValueAddress, type ValueAddress, valueAddress } from './recordUri.js';
import { valueDocument } from './valueText.js';

export function registerRecordDocuments(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(valueScheme, {
    provideTextDocumentContent: ({ query }) => textOrReason(() => valueText(readValueAddress(query))),
  });
}

/** @param name what the document is called; of any length and content */
export function valueUri(name: string, address: ValueAddress): vscode.Uri {
  return vscode.Uri.from({ scheme: valueScheme, ...valueAddress(name, address) });
}

async function valueText(address: ValueAddress): Promise<string> {
  if ('note' in address) return `(${address.note})`;
  const { value } = await readRecord(address.file, address.layout, address.location);
  return value === null ? `(${l10n.t('deleted: the record is a tombstone')})` : valueDocument(value, address.view);
}

/** A document that cannot be made says why: a provider that throws leaves the reader with an empty one. */
async function textOrReason(text: () => Promise<string>): Promise<string> {
  try {
    return await text();
  } catch (error) {
    return `(${error instanceof Error ? error.message : String(error)})`;
  }
}
