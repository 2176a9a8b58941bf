/**
 * `npm run bench -- --editor`: how the extension's own parts hold out, in numbers: jumping in a dump of 10 GB, and a
 * result of a million differences. `tsx test/bench/editor.ts` runs it alone; `--gigabytes N` for another size.
 */
import { parseArgs } from 'node:util';
import { benchDumpView } from './editorDumpView.js';
import { benchHost } from './editorHost.js';
import { benchMillion } from './editorMillion.js';

const { values } = parseArgs({ options: { gigabytes: { type: 'string', default: '10' } }, strict: false });

const measures = [
  ...(await benchMillion()),
  ...(await benchDumpView(Number(values.gigabytes))),
  ...(await benchHost()),
];
for (const { what, ms, atMost } of measures) {
  const bar = atMost === null ? '' : `  at most ${atMost} ms${ms > atMost ? '  MISSED' : ''}`;
  console.log(`${what.padEnd(72)} ${ms.toFixed(1).padStart(8)} ms${bar}`);
}
