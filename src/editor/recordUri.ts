/**
 * Addresses of virtual documents. The address alone finds the record again (file, layout and place are in it), so a
 * document can be opened, asked for again or copied without the comparison it came from.
 */
import type { DumpLayout } from '../core/comparison.js';
import type { RecordLocation } from '../core/record.js';
import { excerpt } from '../core/words/text.js';
import type { ValueView } from './valueText.js';

/** The parts of a URI that carry an address, not percent-encoded. */
export interface AddressParts {
  readonly path: string;
  readonly query: string;
}

/** A record in a dump. */
export interface RecordAddress {
  /** Path of the dump in the file system. */
  readonly file: string;
  readonly location: RecordLocation;
}

/** A value to show, or a sentence in place of one. */
export type ValueAddress =
  | (RecordAddress & { readonly layout: DumpLayout; readonly view: ValueView })
  | { readonly note: string };

const nameCharacters = 80;
const extensions = { json: '.json', text: '.txt', hex: '.hex.txt' } as const;

/** @param name what the document is called; of any length and content */
export function valueAddress(name: string, address: ValueAddress): AddressParts {
  const extension = 'note' in address ? '.txt' : extensions[address.view.layout];
  const stored =
    'note' in address
      ? address
      : { ...address, location: locationOnly(address.location), layout: layoutOnly(address.layout) };
  return { path: `/${fileName(name)}${extension}`, query: JSON.stringify(stored) };
}

/** @param query as `valueAddress` made it */
export function readValueAddress(query: string): ValueAddress {
  return JSON.parse(query) as ValueAddress;
}

/** A last path segment that looks like the text. */
function fileName(text: string): string {
  return excerpt(text, nameCharacters).replace(/[/\\]/g, '∕');
}

// A final record and a dump's summary hold much more, which has no place in an address.
function locationOnly({ line, lineCount, byteOffset, byteLength }: RecordLocation): RecordLocation {
  return { line, lineCount, byteOffset, byteLength };
}

function layoutOnly({ format, separator, columns, crlf, nullLiteral, bomLength }: DumpLayout): DumpLayout {
  return { format, separator, columns, crlf, nullLiteral, bomLength };
}
