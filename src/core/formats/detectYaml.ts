/** Recognises a dump of `kafkactl consume -o yaml` by its first line, and refuses it if the keys were left out. */
import type { Column, DumpLayout } from '../comparison.js';
import { UserError } from '../errors.js';
import type { DumpOptions } from '../options.js';
import { toByteText } from './bytes.js';
import type { Detection, DumpSample } from './detect.js';
import { KafkactlYamlScanner } from './kafkactlYaml.js';
import { bomLengthOf, skipNotices } from './noise.js';

const beginning = /^(?:---\r?\n)?partition: \d+\r?(?:\n|$)/;
const memberNames = /^(partition|offset|headers|key|value|timestamp):/gm;
const columns: readonly Column[] = ['partition', 'offset', 'headers', 'key', 'value', 'timestamp'];

/**
 * @returns null if the dump does not begin with `partition: N`, or with a `---` before it
 * @throws UserError if it does and has no keys
 */
export function detectYaml(sample: DumpSample, options: DumpOptions): Detection | null {
  const { path, bytes } = sample;
  const bomLength = bomLengthOf(bytes);
  const { at, line } = skipNotices(bytes, bomLength);
  if (!beginning.test(toByteText(bytes.subarray(at, at + 40))) && options.format !== 'kafkactl-yaml') return null;
  const names = new Set(toByteText(bytes.subarray(at)).match(memberNames));
  const printed = columns.filter((column) => names.has(`${column}:`));
  const layout: DumpLayout = {
    format: 'kafkactl-yaml',
    separator: null,
    columns: printed,
    crlf: false,
    nullLiteral: null,
    bomLength,
  };
  const found = { records: 0, keyless: 0 };
  const count = ({ isKeyless }: { readonly isKeyless: boolean }): void => {
    found.records++;
    if (isKeyless) found.keyless++;
  };
  const scanner = new KafkactlYamlScanner(layout, { record: count, cutRecord: count });
  scanner.push(bytes.subarray(bomLength));
  const isOneCutRecord = scanner.end().unknownCutLine !== null && found.records === 0 && !sample.isWhole;
  if (!printed.includes('key') && found.records === found.keyless && !isOneCutRecord) {
    throw new UserError(
      `${path}, line ${line}: this dump holds no keys. Take the dump with kafkactl’s --print-keys (and --print-timestamps).`,
      path,
      line,
    );
  }
  return { layout, warnings: [], certainty: 'exact' };
}
