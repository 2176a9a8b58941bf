/**
 * The report as one HTML page, for whoever signs off the migration: the same words and charts as the result page. It
 * needs nothing but itself (no script, no font, no picture), and its content policy allows nothing else either.
 */
import type { Comparison, DumpSummary, PartitionSummary } from '../comparison.js';
import { unequalEnds } from '../partitionEnds.js';
import type { Side } from '../record.js';
import { whatToCheck } from '../words/checks.js';
import { howCompared, shorterDumpWords, spanWords } from '../words/dumpWords.js';
import { kindLabels } from '../words/labels.js';
import { ledgerRows } from '../words/ledgerRows.js';
import { byteSize, count, counted } from '../words/numbers.js';
import { dateAndTime, duration } from '../words/time.js';
import { verdictWords } from '../words/verdict.js';
import { ledgerChart, timelineChart } from './htmlCharts.js';
import { differenceTables, omittedView, unmatchedTable } from './htmlLists.js';
import { htmlStyle } from './htmlStyle.js';
import { html, Markup, nothing } from './markup.js';
import type { ReportInput } from './report.js';

const sides: readonly Side[] = ['source', 'mirror'];

export async function* htmlReport(input: ReportInput): AsyncGenerator<string> {
  for await (const piece of pieces(input)) yield piece.text;
}

async function* pieces(input: ReportInput): AsyncGenerator<Markup> {
  const { comparison, zone } = input;
  yield await head(comparison);
  yield verdictView(input);
  yield html`<main>\n`;
  yield ledgerView(comparison);
  yield keysView(comparison);
  yield timelineChart(comparison, zone);
  yield endsView(input);
  yield checksView(comparison);
  yield dumpsView(input);
  yield warningsView(comparison);
  yield* differenceTables(input);
  yield* unmatchedTable(input);
  yield omittedView(input);
  const redacted = input.redactValues ? ' The records’ values are left out of this report.' : '';
  yield html`</main>
<footer>Kafka Dump Compare. ${howCompared(comparison)}${redacted}</footer>
</body>
</html>
`;
}

async function head({ source, mirror }: Comparison): Promise<Markup> {
  const policy = `default-src 'none'; style-src '${await hashOf(htmlStyle)}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${nameOf(source)} and ${nameOf(mirror)} – Kafka Dump Compare</title>
<style>${new Markup(htmlStyle)}</style>
</head>
<body>
`;
}

/** As a content policy names the one style sheet that it allows. */
async function hashOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

/** The file's name without its folder. */
function nameOf({ path }: DumpSummary): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function verdictView({ comparison, zone }: ReportInput): Markup {
  const { headline, details } = verdictWords(comparison, zone);
  return html`<header class="${comparison.verdict}">
<h1>${headline}</h1>
${details.map((detail) => html`<p>${detail}</p>\n`)}<p class="quiet">${sides.map(
    (side) => html`<span class="dump">${side} <bdi>${nameOf(comparison[side])}</bdi></span>`,
  )}</p>
</header>
`;
}

function dumpsView({ comparison, zone }: ReportInput): Markup {
  const rows: readonly (readonly [string, (dump: DumpSummary) => string])[] = [
    ['File', ({ path }) => path],
    ['Size', ({ bytes }) => byteSize(bytes)],
    ['Records', ({ records }) => count(records)],
    ['Unique keys', ({ keys }) => count(keys)],
    ['Tombstones', ({ tombstones }) => count(tombstones)],
    ['Without a key', ({ keyless }) => count(keyless)],
    ['Set aside', ({ truncated }) => count(truncated)],
    ['Written', (dump) => spanWords(dump, zone) ?? 'no timestamps'],
    ['Read as', ({ format, separator }) => `${format}${separator === null ? '' : `, separator “${separator}”`}`],
  ];
  const shorter = shorterDumpWords(comparison);
  return html`<h2>The dumps</h2>
<div class="wide"><table>
<thead><tr><td></td>${sides.map((side) => html`<th scope="col">${side}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([label, factOf]) =>
      html`<tr><th scope="row">${label}</th>${sides.map((side) => html`<td><bdi>${factOf(comparison[side])}</bdi></td>`)}</tr>\n`,
  )}</tbody>
</table></div>
${shorter === null ? nothing : html`<p>${shorter}</p>\n`}`;
}

function ledgerView(comparison: Comparison): Markup {
  const { source, mirror, ledger } = comparison;
  const row = (label: string, ofSource: number, ofMirror: number): Markup =>
    html`<tr><th scope="row">${label}</th><td class="number">${count(ofSource)}</td><td class="number">${count(ofMirror)}</td></tr>\n`;
  return html`<h2>${source.records === mirror.records ? 'How the counts add up' : 'Why the counts differ'}</h2>
${ledgerChart(comparison)}
<table class="narrow">
<thead><tr><th scope="col">Records</th><th scope="col" class="number">source</th><th scope="col" class="number">mirror</th></tr></thead>
<tbody>${ledgerRows(comparison).map((each) => row(each.label, each.source, each.mirror))}</tbody>
<tfoot>${row('records', source.records, mirror.records)}</tfoot>
</table>
${
  ledger.approximateKeys === 0
    ? nothing
    : html`<p class="quiet">${counted(ledger.approximateKeys, 'key')} with very many versions counted approximately.</p>\n`
}`;
}

function keysView({ keys, causes }: Comparison): Markup {
  const rows: readonly (readonly [string, string, number])[] = [
    ['Same', 'the latest value is the same on both sides', keys.same],
    ['Deleted', 'deleted on both sides', keys.deleted],
    [kindLabels.missing.title, kindLabels.missing.meaning, keys.missing],
    ...(['diverged', 'stale', 'reordered', 'ahead'] as const).map(
      (cause) =>
        [`Modified: ${kindLabels[cause].title.toLowerCase()}`, kindLabels[cause].meaning, causes[cause]] as const,
    ),
    [kindLabels.extra.title, kindLabels.extra.meaning, keys.extra],
  ];
  return html`<h2>Keys</h2>
<table class="narrow">
<tbody>${rows
    .filter(([, , number]) => number > 0)
    .map(
      ([title, meaning, number]) =>
        html`<tr><td class="number">${count(number)}</td><th scope="row">${title}</th><td class="words">${meaning}</td></tr>\n`,
    )}</tbody>
</table>
`;
}

/** Only partitions that do not end together. */
function endsView({ comparison, zone }: ReportInput): Markup {
  const ends = unequalEnds(comparison);
  if (ends.length === 0) return nothing;
  const end = (summary: PartitionSummary | null): string =>
    [
      ...(summary?.lastTimestamp == null ? [] : [dateAndTime(summary.lastTimestamp, zone)]),
      ...(summary?.lastOffset == null ? [] : [`offset ${summary.lastOffset}`]),
    ].join(', ') || '—';
  return html`<h2>Where the partitions end</h2>
<div class="wide"><table>
<thead><tr><th scope="col">Partition</th><th scope="col">Source</th><th scope="col">Mirror</th><th scope="col">Shorter</th></tr></thead>
<tbody>${ends.map(
    ({ partition, source, mirror, behindMs }) =>
      html`<tr><th scope="row">${partition}</th><td>${end(source)}</td><td>${end(mirror)}</td><td>${
        behindMs === null ? '' : `the ${behindMs > 0 ? 'mirror' : 'source'}, by ${duration(behindMs)}`
      }</td></tr>\n`,
  )}</tbody>
</table></div>
`;
}

function checksView(comparison: Comparison): Markup {
  const checks = whatToCheck(comparison);
  if (checks.length === 0) return nothing;
  return html`<h2>What to check</h2>
<dl>${checks.map(
    ({ about, usually, check }) =>
      html`<dt>${about}</dt><dd><span class="quiet">usually</span> ${usually}</dd><dd><span class="quiet">check</span> ${check}</dd>\n`,
  )}</dl>
`;
}

function warningsView(comparison: Comparison): Markup {
  const warnings = sides.flatMap((side) => comparison[side].warnings.map((warning) => ({ side, ...warning })));
  if (warnings.length === 0) return nothing;
  return html`<h2>Assumed and set aside</h2>
<ul>${warnings.map(
    ({ side, line, message }) =>
      html`<li>${side}${line === null ? '' : ` line ${count(line)}`}: <bdi>${message}</bdi></li>\n`,
  )}</ul>
`;
}
