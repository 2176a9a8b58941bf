/** Holds what a contender printed against the answer that the data came with. A wrong answer is never timed. */
import assert from 'node:assert/strict';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { LiteralCounts } from '../../src/core/comparison.js';
import type { Case } from './cases.js';
import type { Answer } from './data/answer.js';
import { keyOfName } from './data/dumpWriter.js';
import { type Expectation, fateOfName, versionsByKey } from './data/fates.js';
import type { PairSpec } from './data/makePair.js';
import type { Run } from './measure.js';

/** What our reports say of a differing key. */
interface ReportedKey extends Expectation {
  readonly key: string;
}

/** Our JSON report: every count, and the outcome and cause of each key that is listed. */
export function checkJsonReport({ stdout, exitCode }: Run, answer: Answer, { data }: Case): void {
  const report = JSON.parse(readFileSync(stdout, 'utf8'));
  assert.deepEqual(sameShape(report, answer), answer);
  assert.equal(exitCode, answer.verdict === 'equivalent' ? 0 : 1);
  const listed = report.differences as readonly ReportedKey[];
  assert.equal(listed.length + report.differencesOmitted, differingKeys(answer));
  if ('fates' in data && data.mirrorStopsAfter === null) for (const row of listed) checkRow(row, data);
}

/** Our NDJSON report, all differing keys listed. */
export async function checkNdjsonReport({ stdout, exitCode }: Run, answer: Answer, { data }: Case): Promise<void> {
  const counts: Record<string, number> = {};
  for await (const line of createInterface({ input: createReadStream(stdout) })) {
    const row = JSON.parse(line);
    if (typeof row.outcome !== 'string') continue;
    if ('fates' in data) checkRow(row, data);
    counts[row.outcome] = (counts[row.outcome] ?? 0) + 1;
    if (row.cause !== null) counts[row.cause] = (counts[row.cause] ?? 0) + 1;
  }
  const { missing, extra, modified } = answer.keys;
  const expected = Object.entries({ missing, extra, modified, ...answer.causes }).filter(([, count]) => count > 0);
  assert.deepEqual(counts, Object.fromEntries(expected));
  assert.equal(exitCode, answer.verdict === 'equivalent' ? 0 : 1);
}

/** A key of the larger cases that is stale, with several versions. */
export const keyWithHistory = 'order-000950001';

/** The history of that key as JSON: its fate, and as many records at the source as were written. */
export function checkKeyHistory({ stdout, exitCode }: Run, _answer: Answer, { data }: Case): void {
  if (!('fates' in data)) assert.fail('Only pairs of many keys have this one.');
  const [history] = JSON.parse(readFileSync(stdout, 'utf8')).histories;
  checkRow(history, data);
  const number = keyOfName(keyWithHistory);
  assert.equal(history.records.source, versionsByKey[number % versionsByKey.length]);
  assert.equal(exitCode, 1);
}

/** The other approaches count keys by their last value, and print the counts in their last line. */
export function checkCounts(run: Run, { literal }: Answer): void {
  assert.deepEqual(lastLineOf(run), literal);
}

/** By the latest CreateTime instead of the last place, a key whose last two records changed places is the same. */
export function checkCountsByTime(run: Run, { literal, causes }: Answer): void {
  const { modified, same, ...others } = literal;
  const expected = { ...others, modified: modified - causes.reordered, same: same + causes.reordered };
  assert.deepEqual(lastLineOf(run), expected);
}

/** `wc -l`: one line for each record. */
export function checkLines({ stdout, exitCode }: Run, { source, mirror }: Answer): void {
  assert.equal(exitCode, 0);
  const lines = readFileSync(stdout, 'utf8').trim().split('\n');
  assert.deepEqual(
    lines.map((line) => Number.parseInt(line, 10)),
    [source.records, mirror.records, source.records + mirror.records],
  );
}

function checkRow({ key, outcome, cause }: ReportedKey, data: PairSpec): void {
  const expected = fateOfName(key, data);
  // Compared by hand: an assertion for each of a million rows takes minutes.
  if (outcome !== expected.outcome || cause !== expected.cause) {
    assert.fail(`${key} is reported as ${outcome} (${cause}), but is ${expected.outcome} (${expected.cause}).`);
  }
}

function lastLineOf({ stdout, exitCode }: Run): LiteralCounts {
  assert.equal(exitCode, 0);
  const lines = readFileSync(stdout, 'utf8').trimEnd();
  return JSON.parse(lines.slice(lines.lastIndexOf('\n') + 1));
}

export function differingKeys({ keys }: Answer): number {
  return keys.missing + keys.extra + keys.modified;
}

/** The part of `actual` that `wanted` names, member by member. */
function sameShape(actual: unknown, wanted: unknown): unknown {
  if (wanted === null || typeof wanted !== 'object' || actual === null) return actual;
  return Object.fromEntries(
    Object.entries(wanted).map(([name, member]) => [
      name,
      sameShape((actual as Record<string, unknown>)[name], member),
    ]),
  );
}
