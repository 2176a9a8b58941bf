/** A short, always the same run of the fuzzer; `npm run fuzz` runs it for longer. */
import assert from 'node:assert/strict';
import { fuzz } from '../../support/fuzz.js';

describe('hostile files', () => {
  const seedsPerTest = 400;
  for (let first = 1; first <= 4000; first += seedsPerTest) {
    it(`seeds ${first} to ${first + seedsPerTest - 1}`, () => {
      let read = 0;
      for (let seed = first; seed < first + seedsPerTest; seed++) if (fuzz(seed)) read++;
      assert.ok(read > seedsPerTest / 4, `only ${read} of ${seedsPerTest} files were read as dumps`);
    }).timeout(60_000);
  }
});
