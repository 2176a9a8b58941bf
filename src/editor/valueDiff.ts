/** The values of a key on both sides, beside each other in a diff editor. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Comparison, DumpSummary, FinalRecord, KeyName } from '../core/comparison.js';
import { UserError } from '../core/errors.js';
import type { Side } from '../core/record.js';
import { excerpt } from '../core/words/text.js';
import { dateAndTime } from '../core/words/time.js';
import { readRecord } from '../engine/recordReader.js';
import { valueUri } from './recordDocuments.js';
import { chooseView, type ValueView } from './valueText.js';

/** A key with the last word of each side about it; null where the key is absent. */
export interface KeyOnBothSides extends KeyName {
  readonly source: FinalRecord | null;
  readonly mirror: FinalRecord | null;
}

const titleCharacters = 60;

/** @throws UserError if a dump can no longer be read */
export async function openValueDiff(
  comparison: Comparison,
  key: KeyOnBothSides,
  preserveFocus: boolean,
): Promise<void> {
  const [source, mirror] = await Promise.all([
    readFinalValue(comparison.source, key, key.source),
    readFinalValue(comparison.mirror, key, key.mirror),
  ]);
  const view = chooseView(source, mirror);
  const place = ({ path }: DumpSummary, record: FinalRecord | null): string =>
    record === null ? fileName(path) : `${fileName(path)}:${record.line}`;
  await vscode.commands.executeCommand(
    'vscode.diff',
    sideUri('source', comparison.source, key, view),
    sideUri('mirror', comparison.mirror, key, view),
    `${keyTitle(key)} (${place(comparison.source, key.source)} ↔ ${place(comparison.mirror, key.mirror)})`,
    { preview: true, preserveFocus } satisfies vscode.TextDocumentShowOptions,
  );
}

/**
 * The value of a key's last record; null for a tombstone, and where the key is absent.
 * @throws UserError if the dump can no longer be read, or holds another record there
 */
export async function readFinalValue(
  dump: DumpSummary,
  { key, keyBase64 }: KeyName,
  record: FinalRecord | null,
): Promise<Uint8Array | null> {
  if (record === null) return null;
  const contents = await readRecord(dump.textPath, dump, record);
  const expected = keyBase64 === null ? Buffer.from(key) : Buffer.from(keyBase64, 'base64');
  if (contents.key === null || !expected.equals(contents.key)) {
    const message = l10n.t('{0} changed since it was compared. Compare again.', dump.path);
    throw new UserError(message, dump.path, record.line);
  }
  return contents.value;
}

/** A key as it stands in titles. */
export function keyTitle({ key }: KeyName): string {
  return key === '' ? l10n.t('(empty key)') : excerpt(key, titleCharacters);
}

export function fileName(path: string): string {
  return vscode.Uri.file(path).path.split('/').at(-1) ?? path;
}

function sideUri(side: Side, dump: DumpSummary, key: KeyOnBothSides, view: ValueView): vscode.Uri {
  const record = key[side];
  const name = `${keyTitle(key)} (${side})`;
  if (record === null) {
    return valueUri(name, { note: l10n.t('{0} holds no record of this key', fileName(dump.path)) });
  }
  if (record.tombstone) {
    const place = `${fileName(dump.path)}:${record.line}`;
    const note =
      record.timestamp === null
        ? l10n.t('deleted: the record at {0} is a tombstone', place)
        : l10n.t('deleted: the record at {0} is a tombstone, written {1}', place, dateAndTime(record.timestamp));
    return valueUri(name, { note });
  }
  return valueUri(name, { file: dump.textPath, layout: dump, location: record, view });
}
