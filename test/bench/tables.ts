/** Results as tables in Markdown, for the terminal and the docs alike. */
import { type CaseName, cases } from './cases.js';
import { type ContenderName, contenders } from './contenders.js';
import type { Measure } from './editorMeasure.js';
import { type Bar, bars, type CaseResult, type Failed, type Measured, medianOf, type Results } from './results.js';

/** One case: each contender's median, spread, ratios to `wc -l` and to ours, and memory. */
export function caseTable(name: CaseName, result: CaseResult): string {
  const wc = medianSeconds(result.contenders.wc);
  const ours = medianSeconds(result.contenders.ours);
  const rows = (Object.entries(result.contenders) as [ContenderName, Measured | Failed][]).map(([contender, found]) => {
    const { label } = contenders[contender];
    if ('failure' in found) return [label, found.failure, '', '', '', ''];
    const median = medianOf(found.seconds);
    const [fastest, slowest] = [Math.min(...found.seconds), Math.max(...found.seconds)];
    return [
      label,
      time(median),
      `${time(fastest)} – ${time(slowest)}`,
      times(median / wc),
      times(median / ours),
      megabytes(found.peakMemory),
    ];
  });
  const sizes = result.bytes.map((bytes, side) => `${size(bytes)}, ${count(result.records[side] ?? 0)} records`);
  return [
    `### ${cases[name].title}`,
    '',
    `Source ${sizes[0]}; mirror ${sizes[1]}.`,
    '',
    table(['', 'median', 'fastest – slowest', '÷ `wc -l`', '÷ ours', 'peak memory'], rows),
  ].join('\n');
}

/** The parts of the extension: each one's median and spread. */
export function editorTable(measures: readonly Measure[]): string {
  const rows = measures.map(({ what, times }) => {
    const range = times.length > 1 ? `${milliseconds(Math.min(...times))} – ${milliseconds(Math.max(...times))}` : '';
    return [what, milliseconds(medianOf(times)), range, count(times.length)];
  });
  return table(['', 'median', 'fastest – slowest', 'times'], rows);
}

/** Every bar that something was measured for. */
export function barTable(results: Results): string {
  const ofCases = bars.flatMap(({ measure, ...bar }) => {
    const value = measure(results);
    return value === null ? [] : [barRow(bar, value)];
  });
  const ofEditor = results.editor.flatMap(({ what, times, bar }) => {
    if (bar === null) return [];
    const [of, value] = bar.of === 'median' ? ['', medianOf(times)] : [', longest', Math.max(...times)];
    return [barRow({ what: `${what}${of}`, kind: 'atMost', limit: bar.atMost, unit: 'ms' }, value)];
  });
  return table(['', 'bar', 'measured', ''], [...ofCases, ...ofEditor]);
}

function barRow({ what, kind, limit, unit }: Omit<Bar, 'measure'>, value: number): string[] {
  const isMet = kind === 'atMost' ? value <= limit : value >= limit;
  const words = `${kind === 'atMost' ? 'at most' : 'at least'} ${inUnit(limit, unit)}`;
  return [what, words, inUnit(value, unit), isMet ? 'met' : '**missed**'];
}

/** The page for the docs. */
export function benchmarkPage(results: Results): string {
  const { cpu, cores, memory, system, node } = results.machine;
  const caseTables = (Object.entries(results.cases) as [CaseName, CaseResult][]).map(([name, result]) =>
    caseTable(name, result),
  );
  return `${[
    '# Benchmark',
    '<!-- Written by `npm run bench`. -->',
    `Made by \`npm run bench\` on ${cores} cores (${cpu}), ${Math.round(memory / 2 ** 30)} GB of memory, ${system}, Node.js ${node}.`,
    [
      'The dumps are generated from a seed, together with the right answer; a contender that gives another one ends the',
      'benchmark. Files are in the page cache. Contenders take turns, so that noise hits all alike. Times are of whole',
      'processes, from start to exit. Memory is the resident set of the whole process tree, sampled every 10 ms, and at',
      'least the kernel’s high-water mark of each process.',
    ].join('\n'),
    '## Bars',
    barTable(results),
    '## Cases',
    ...caseTables,
    ...(results.editor.length > 0 ? ['## Editor', editorIntroduction, editorTable(results.editor)] : []),
  ].join('\n\n')}\n`;
}

const editorIntroduction = [
  'The packaged extension in VS Code (code-server in a headless Chromium), and its pages by themselves. What is *on the',
  'screen* was seen in the window, a frame later. Engine, extension host and window share the cores, so a turn of the',
  'extension host’s thread is given twice: the time it works without letting others have theirs, which the bar is held',
  'against, and the same with the time it has to wait for a core.',
].join('\n');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function medianSeconds(found: Measured | Failed | undefined): number {
  return found !== undefined && 'seconds' in found ? medianOf(found.seconds) : Number.NaN;
}

function time(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)} ms` : `${seconds.toFixed(2)} s`;
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

function times(ratio: number): string {
  if (Number.isNaN(ratio)) return '';
  return ratio < 100 ? ratio.toPrecision(2) : ratio.toFixed(0);
}

function inUnit(value: number, unit: Bar['unit']): string {
  return unit === 'times' ? `${value.toFixed(value < 10 ? 1 : 0)} ×` : `${value.toFixed(0)} ${unit}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}

function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e3).toFixed(1)} KB`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
