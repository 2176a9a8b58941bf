/** `npm run fuzz -- --minutes 10 [--seed 1]`: hostile files until time is up, or one is not read as it should be. */
import { parseArgs } from 'node:util';
import { fuzz } from './support/fuzz.js';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const until = Date.now() + Number(values.minutes ?? 10) * 60_000;
let seed = Number(values.seed ?? Date.now() % 1_000_000_000);
console.log(`From seed ${seed} on`);
let files = 0;
let read = 0;
let slowest = { ms: 0, seed };
for (; Date.now() < until; seed++) {
  const start = performance.now();
  if (fuzz(seed)) read++;
  files++;
  const ms = performance.now() - start;
  if (ms > slowest.ms) slowest = { ms, seed };
}
console.log(
  `${files} files, ${read} of them read as dumps; the slowest took ${Math.round(slowest.ms)} ms, seed ${slowest.seed}`,
);
