/** Histories of a key as one JSON object, described by history.schema.json. Rows are streamed, one a line. */
import type { HistoryRecord, HistoryRow, KeyHistory } from '../keyHistory.js';
import type { Side } from '../record.js';
import { optionFields } from './json.js';
import { jsonOutput } from './jsonOutput.js';
import type { ReportInput } from './report.js';
import { locationFields, shownValue } from './valueFields.js';

/** @param histories one, or by partition one for each that has the key */
export function* historyJson(histories: readonly KeyHistory[], input: ReportInput): Generator<string> {
  const { comparison, redactValues } = input;
  const head = {
    version: 1,
    options: optionFields(comparison.options, redactValues),
    source: { path: comparison.source.path },
    mirror: { path: comparison.mirror.path },
    timestampsComparable: comparison.timestampsComparable,
  };
  yield `${jsonOutput(head, 2).slice(0, -'\n}'.length)},\n  "histories": [\n`;
  for (const [at, history] of histories.entries()) {
    if (at > 0) yield ',\n';
    yield* historyObject(history, input);
  }
  yield '\n  ]\n}\n';
}

function* historyObject(history: KeyHistory, input: ReportInput): Generator<string> {
  const { key, keyBase64, outcome, cause, causeEvidence, behind, behindMs, late, records, rows } = history;
  const [first] = [...records.source, ...records.mirror];
  const facts = {
    key,
    ...(keyBase64 === null ? {} : { keyBase64 }),
    ...(input.comparison.options.byPartition ? { partition: first?.partition ?? null } : {}),
    ...{ outcome, cause, causeEvidence, behind, behindMs, late },
    records: { source: records.source.length, mirror: records.mirror.length },
  };
  yield `    ${jsonOutput(facts).slice(0, -1)},"rows":[`;
  for (const [at, row] of rows.entries()) {
    const source = recordFields('source', row, history, input);
    const mirror = recordFields('mirror', row, history, input);
    yield `${at > 0 ? ',' : ''}\n      ${jsonOutput({ role: roleName(row), source, mirror })}`;
  }
  yield '\n    ]}';
}

/** As the JSON report names the terms of the ledger. */
function roleName({ role, source }: HistoryRow): string {
  if (role !== 'notInOther') return role;
  return source === null ? 'notInSource' : 'notInMirror';
}

function recordFields(side: Side, row: HistoryRow, { records }: KeyHistory, input: ReportInput) {
  const at = row[side];
  if (at === null) return null;
  const record = records[side][at] as HistoryRecord;
  const { partition, offset, timestamp, tombstone } = record;
  return {
    ...locationFields(record),
    ...{ partition, offset, timestamp, tombstone },
    ...shownValue(side, record, input),
  };
}
