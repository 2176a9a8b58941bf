/** `--key`: the history of one key instead of a report; by partition, one history for each that has the key. */
import type { Comparison } from '../core/comparison.js';
import type { KeyHistory } from '../core/keyHistory.js';
import { historyReport } from '../core/report/history.js';
import { historyJson } from '../core/report/historyJson.js';
import type { ReportInput } from '../core/report/report.js';
import type { ReportFormat } from '../core/report/reports.js';
import { keyHistory } from '../engine/keyHistory.js';
import type { RunControl } from '../engine/laneRun.js';
import type { EngineTuning } from '../engine/plan.js';

/** @throws UserError if neither dump has a record of the key */
export async function historiesOf(
  comparison: Comparison,
  key: string,
  tuning: EngineTuning,
  control: RunControl,
): Promise<KeyHistory[]> {
  const wanted = new TextEncoder().encode(key);
  const history = await keyHistory(comparison, { key: wanted }, tuning, control);
  const partitions = partitionsOf(history);
  if (!comparison.options.byPartition || partitions.length < 2) return [history];
  const histories: KeyHistory[] = [];
  for (const partition of partitions) {
    histories.push(await keyHistory(comparison, { key: wanted, partition }, tuning, control));
  }
  return histories;
}

/** Ascending. */
function partitionsOf({ records }: KeyHistory): number[] {
  const partitions = [...records.source, ...records.mirror].flatMap(({ partition }) => partition ?? []);
  return [...new Set(partitions)].sort((a, b) => a - b);
}

/** What a history can be printed as. */
export const historyFormats: readonly ReportFormat[] = ['text', 'json'];

/** @param format one of `historyFormats` */
export function historyPieces(
  histories: readonly KeyHistory[],
  format: ReportFormat,
  input: ReportInput,
): Generator<string> {
  return format === 'json' ? historyJson(histories, input) : historiesAsText(histories, input);
}

function* historiesAsText(histories: readonly KeyHistory[], input: ReportInput): Generator<string> {
  const { source, mirror } = input.comparison;
  const paths = { source: source.path, mirror: mirror.path };
  for (const [at, history] of histories.entries()) {
    if (at > 0) yield '\n';
    yield* historyReport({ ...input, history, paths });
  }
}
