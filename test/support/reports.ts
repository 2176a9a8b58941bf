/** Reports of comparisons made by hand, with the values that a test gives them. */
import type { Comparison } from '../../src/core/comparison.js';
import type { ReportInput } from '../../src/core/report/report.js';
import { type ReportFormat, reports } from '../../src/core/report/reports.js';
import { rowsHere } from '../../src/core/report/rows.js';

export type ReportChoices = Partial<Omit<ReportInput, 'comparison'>>;

export async function reportOf(
  format: ReportFormat,
  comparison: Comparison,
  choices: ReportChoices = {},
): Promise<string> {
  const input: ReportInput = {
    comparison,
    readValue: (side, { line }) => new TextEncoder().encode(`value of ${side} line ${line}`),
    rows: rowsHere,
    maxDifferences: Number.POSITIVE_INFINITY,
    redactValues: false,
    zone: { timeZone: 'UTC' },
    paint: (_style, text) => text,
    ...choices,
  };
  let report = '';
  for await (const piece of reports[format].write(input)) {
    report += typeof piece === 'string' ? piece : new TextDecoder().decode(piece);
  }
  return report;
}

/** Reads the same value everywhere. */
export function alwaysValue(value: string | Uint8Array): Pick<ReportInput, 'readValue'> {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return { readValue: () => bytes };
}

/** Keys and values that do harm to what shows them as they are. */
export const hostileTexts: readonly string[] = [
  '<img src=x onerror="globalThis.harmed = true">',
  '"><script>globalThis.harmed = true</script>',
  '</style><style>body { display: none }</style>',
  '=HYPERLINK("http://example.com","click")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  '[link](javascript:alert(1)) ![image](http://example.com/x.png)',
  'see http://example.com and www.example.com',
  '| cell | `code` ``more`` \\| **bold** @someone #1',
  '`````',
  '\n\n# heading\n- item\n',
  '\u001b[31mred\u001b]0;title\u0007\u009b31m',
  'שלום \u202e evil.exe \u2066',
  ']]> & &amp; &#0; \u0000 \ufffe',
  'lone \ud800 surrogate',
  'x'.repeat(20_000),
  '',
  ' ',
  ' padded `',
];

/** What a terminal would act on, or an eye would not see. */
export const unsafeInTerminal = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/;
