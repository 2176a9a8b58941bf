/** Rows of differing keys on their way from the kernel: as many at a time as it has, kept in chunks, spilled past a budget. */
import assert from 'node:assert/strict';
import { bitsAt, FindingsBuilder, rowLength, rowsPerChunk, sideStart, takeChunks } from '../../src/engine/findings.js';
import { openSpillFile, type SpillFile } from '../../src/engine/spillFile.js';

/** Missing keys whose places are their numbers. */
function rowsOf(from: number, to: number): Float64Array {
  const rows = new Float64Array((to - from) * rowLength);
  for (let number = from, start = 0; number < to; number++, start += rowLength) {
    rows[start] = 1 << bitsAt.source;
    rows[start + sideStart.source] = number;
  }
  return rows;
}

describe('findings', () => {
  let spill: SpillFile;
  before(async () => {
    spill = await openSpillFile();
  });
  after(() => spill.close());

  const total = 5 * rowsPerChunk + 100;
  for (const step of [1, 7, 128, rowsPerChunk - 1, rowsPerChunk, total]) {
    for (const memoryBytes of [0, Number.POSITIVE_INFINITY]) {
      it(`${step} rows at a time, ${memoryBytes === 0 ? 'spilled' : 'in memory'}`, () => {
        // Behind tuples that were spilled before.
        const findings = new FindingsBuilder({ memoryBytes, spill: { target: spill.target, position: 1000 } });
        for (let from = 0; from < total; from += step) findings.addRows(rowsOf(from, Math.min(total, from + step)));
        assert.equal(findings.at(3)?.source?.byteOffset, 3);
        const found = findings.take();
        assert.equal(found.spilled?.chunks ?? 0, memoryBytes === 0 ? 4 : 0);
        const places = takeChunks([found]).flatMap((chunk) =>
          Array.from({ length: chunk.length / rowLength }, (_, row) => chunk[row * rowLength + sideStart.source]),
        );
        assert.deepEqual(
          places.sort((a = 0, b = 0) => a - b),
          Array.from({ length: total }, (_, number) => number),
        );
      });
    }
  }
});
