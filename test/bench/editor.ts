/**
 * `npm run bench -- --editor`: how the extension's own parts hold out, in milliseconds: in a real VS Code, in a result
 * of a million differences and in a dump of 10 GB. Each part checks what it sees before its time counts.
 */
import { benchDumpView } from './editorDumpView.js';
import { benchHost } from './editorHost.js';
import type { Measure } from './editorMeasure.js';
import { benchMillion } from './editorMillion.js';

/** @param rounds how often a VS Code is started; the packaged extension must be at `vsixPath` */
export async function benchEditor(rounds: number): Promise<Measure[]> {
  return [...(await benchHost(rounds)), ...(await benchMillion()), ...(await benchDumpView())];
}
