/** Counts the records of transactions that were aborted or never ended: consumers that read committed skip them. */
import type { DumpLogLine } from './dumpLogLine.js';
import type { Tally } from './format.js';

export class OpenTransactions {
  /** Of the batch that is being dumped: partition and producer; null outside transactions. */
  #batch: string | null = null;
  readonly #open = new Map<string, Tally>();
  #aborted: Tally = { count: 0, firstLine: 0 };

  /** A batch begins. */
  begin(batch: DumpLogLine, partition: number): void {
    this.#batch = batch.producerId >= 0 ? `${partition}/${batch.producerId}` : null;
    if (!batch.isTransactional && !batch.isControl) this.#batch = null;
  }

  /** A record of the batch, or, up to Kafka 2.1, one that tells of its producer by itself. */
  record(fields: DumpLogLine, partition: number, line: number): void {
    if (fields.isTransactional) this.begin(fields, partition);
    if (this.#batch === null) return;
    const { count, firstLine } = this.#open.get(this.#batch) ?? { count: 0, firstLine: line };
    this.#open.set(this.#batch, { count: count + 1, firstLine });
  }

  /** A control record that commits or aborts. */
  end(fields: DumpLogLine, partition: number): void {
    const transaction = fields.producerId >= 0 ? `${partition}/${fields.producerId}` : this.#batch;
    if (transaction === null) return;
    const records = this.#open.get(transaction);
    if (fields.endMarker === 'abort' && records !== undefined) this.#aborted = sum(this.#aborted, records);
    this.#open.delete(transaction);
  }

  unreadByCommitted(): Tally {
    return [...this.#open.values()].reduce(sum, this.#aborted);
  }
}

function sum(a: Tally, b: Tally): Tally {
  if (a.count === 0) return b;
  return { count: a.count + b.count, firstLine: Math.min(a.firstLine, b.firstLine) };
}
