/** A key's history as one JSON object: what is said of the key, its records on each side, and how they are aligned. */
import type { HistoryRecord } from '../keyHistory.js';
import type { Side } from '../record.js';
import { valueFields } from './differenceRow.js';
import type { HistoryInput } from './history.js';
import { jsonOutput } from './jsonOutput.js';

/** Version 1. `rows` point into `records` by position, 0-based; values are as in the JSON report. */
export async function* historyJson(input: HistoryInput): AsyncGenerator<string> {
  const { keyBase64, records, rows, ...facts } = input.history;
  const side = async (name: Side) => {
    const fields: object[] = [];
    // One after the other: a dump is read by one reader.
    for (const record of records[name]) fields.push(await recordFields(name, record, input));
    return { path: input.paths[name], records: fields };
  };
  const name = keyBase64 === null ? {} : { keyBase64 };
  const object = { version: 1, ...facts, ...name, source: await side('source'), mirror: await side('mirror'), rows };
  yield `${jsonOutput(object, 2)}\n`;
}

async function recordFields(side: Side, record: HistoryRecord, input: HistoryInput) {
  return { ...record, ...(input.redactValues ? {} : await valueFields(side, record, input)) };
}
