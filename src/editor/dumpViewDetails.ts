/** One record of a dump view in full, or as much of it as can be looked at: key and value with their line breaks. */
import type { DumpLayout } from '../core/comparison.js';
import { createScanner } from '../core/formats/scanner.js';
import type { RecordView } from '../core/record.js';
import { visible } from '../core/words/text.js';
import type { DumpFile } from '../engine/dumpReader.js';
import type { RecordDetails } from './dumpViewProtocol.js';
import { prettyJson } from './prettyJson.js';

/** Bytes of a record that are read. */
const shownBytes = 1 << 17;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** @throws UserError if the dump can no longer be read there */
export async function readDetails(
  file: DumpFile,
  layout: DumpLayout | null,
  { byteOffset, byteLength }: { readonly byteOffset: number; readonly byteLength: number },
): Promise<RecordDetails> {
  const bytes = await file.readExactly(byteOffset, Math.min(byteLength, shownBytes, file.bytes - byteOffset));
  const isCut = bytes.length < byteLength;
  let details: RecordDetails = { byteOffset, key: null, value: document(bytes, isCut), isCut };
  if (layout === null) return details;
  const take = (view: RecordView): void => {
    const part = (start: number, end: number): string => document(view.bytes.subarray(start, end), isCut);
    const key = view.isKeyless ? null : part(view.keyStart, view.keyEnd);
    details = { byteOffset, key, value: view.isTombstone ? null : part(view.valueStart, view.valueEnd), isCut };
  };
  const scanner = createScanner(layout, { record: take, cutRecord: take }, { byteOffset, line: 1 });
  scanner.push(bytes);
  scanner.end();
  return details;
}

/** JSON laid out, anything else as it is, with what cannot be seen made visible. */
function document(bytes: Uint8Array, isCut: boolean): string {
  const text = utf8.decode(bytes);
  const laidOut = isCut ? null : prettyJson(text);
  return (laidOut ?? text).split(/\r?\n/).map(visible).join('\n');
}
