/**
 * The report as JUnit XML, for CI: a test case for the verdict and one for each kind of difference, so that a lost key
 * shows as a failed test with the keys in its text. Counts are exact; keys are listed up to the limit.
 */
import Builder from 'fast-xml-builder';
import type { Comparison, Difference } from '../comparison.js';
import { type DifferenceKind, differenceKinds } from '../differenceGroups.js';
import { howCompared } from '../words/dumpWords.js';
import { deletedWords, distance, kindLabels } from '../words/labels.js';
import { counted } from '../words/numbers.js';
import { unmatchedLabel } from '../words/recordWords.js';
import { excerpt, visible } from '../words/text.js';
import { verdictWords } from '../words/verdict.js';
import { listedSections } from './listedGroups.js';
import { listed, listedCount, type ReportInput } from './report.js';
import { place } from './textLists.js';

interface Failure {
  readonly message: string;
  readonly lines: readonly string[];
}

interface TestCase {
  readonly name: string;
  readonly failure: Failure | null;
}

const keyCharacters = 100;
const attribute = '@';

export function* junitReport(input: ReportInput): Generator<string> {
  const { comparison } = input;
  const cases = [verdictCase(input), ...kindCases(input), keylessCase(comparison), ...unmatchedCases(input)];
  const failures = cases.filter(({ failure }) => failure !== null).length;
  const counts = { [`${attribute}tests`]: cases.length, [`${attribute}failures`]: failures, [`${attribute}errors`]: 0 };
  const name = `${visible(comparison.source.path)} → ${visible(comparison.mirror.path)}`;
  const document = {
    '?xml': { [`${attribute}version`]: '1.0', [`${attribute}encoding`]: 'UTF-8' },
    testsuites: {
      ...{ [`${attribute}name`]: 'Kafka Dump Compare', ...counts },
      testsuite: {
        ...{ [`${attribute}name`]: xmlText(name), ...counts },
        testcase: cases.map(testCaseElement),
        'system-out': xmlText(notes(input).join('\n')),
      },
    },
  };
  const builder = new Builder({
    ignoreAttributes: false,
    attributeNamePrefix: attribute,
    suppressEmptyNode: true,
    format: true,
  });
  yield builder.build(document);
}

function testCaseElement({ name, failure }: TestCase): object {
  return {
    [`${attribute}classname`]: 'kafka-dump-compare',
    [`${attribute}name`]: name,
    ...(failure === null
      ? {}
      : {
          failure: {
            [`${attribute}message`]: xmlText(failure.message),
            [`${attribute}type`]: 'difference',
            '#text': xmlText(failure.lines.join('\n')),
          },
        }),
  };
}

function verdictCase({ comparison, zone }: ReportInput): TestCase {
  const { headline, details } = verdictWords(comparison, zone);
  const failure = comparison.verdict === 'equivalent' ? null : { message: headline, lines: [headline, ...details] };
  return { name: 'The mirror is equivalent to the source', failure };
}

/** One for each kind, also where there are none: a history of builds shows when a kind began. */
function kindCases({ comparison, maxDifferences }: ReportInput): TestCase[] {
  const found = new Map<DifferenceKind, string[]>();
  for (const { title, meaning, groups } of listedSections(comparison, maxDifferences)) {
    for (const { kind, differences } of groups) {
      const lines = found.get(kind) ?? [];
      lines.push(`${title} (${meaning}):`);
      for (const difference of differences) lines.push(differenceLine(comparison, difference));
      found.set(kind, lines);
    }
  }
  return differenceKinds.map((kind) => {
    const { title, meaning } = kindLabels[kind];
    const keys = kind === 'missing' || kind === 'extra' ? comparison.keys[kind] : comparison.causes[kind];
    return {
      name: `No key is ${title.toLowerCase()}`,
      failure: keys === 0 ? null : { message: `${counted(keys, 'key')}: ${meaning}`, lines: found.get(kind) ?? [] },
    };
  });
}

function differenceLine({ source, mirror }: Comparison, difference: Difference): string {
  return [
    excerpt(difference.key, keyCharacters),
    distance(difference),
    deletedWords(difference),
    ...(difference.source === null ? [] : [place(source.path, difference.source.line)]),
    ...(difference.mirror === null ? [] : [place(mirror.path, difference.mirror.line)]),
  ]
    .filter((part) => part !== '')
    .join('  ');
}

function keylessCase({ keylessDifferences: { onlyInSource, onlyInMirror } }: Comparison): TestCase {
  const message = `${counted(onlyInSource, 'record')} only in the source, ${onlyInMirror} only on the mirror`;
  return {
    name: 'Records without a key are on both sides',
    failure: onlyInSource + onlyInMirror === 0 ? null : { message, lines: [message] },
  };
}

/** Only where every record counts. */
function unmatchedCases(input: ReportInput): TestCase[] {
  const { comparison } = input;
  const { unmatchedRecords: records, options } = comparison;
  if (options.cleanupPolicy !== 'delete') return [];
  const lines = Array.from(listed(records, input), (record) => {
    const { side, key, line } = record;
    const name = key === null ? 'no key' : excerpt(key.key, keyCharacters);
    return `${side}: ${unmatchedLabel(record)}  ${name}  ${place(comparison[side].path, line)}`;
  });
  const message = `${counted(records.length, 'record')} on one side only`;
  return [{ name: 'Every record is on both sides', failure: records.length === 0 ? null : { message, lines } }];
}

function notes(input: ReportInput): string[] {
  const { comparison } = input;
  const { differences, unmatchedRecords } = comparison;
  const omitted = differences.length - listedCount(differences, input);
  const omittedRecords = unmatchedRecords.length - listedCount(unmatchedRecords, input);
  return [
    howCompared(comparison),
    ...(['source', 'mirror'] as const).flatMap((side) =>
      comparison[side].warnings.map(({ line, message }) => `${place(comparison[side].path, line)}: ${message}`),
    ),
    ...(omitted === 0 ? [] : [`${counted(omitted, 'more differing key')} not listed.`]),
    ...(omittedRecords === 0 ? [] : [`${counted(omittedRecords, 'more record')} not listed.`]),
    ...(input.redactValues ? ['The records’ values are left out of this report.'] : []),
  ];
}

/** What XML 1.0 can hold: no controls but line ends, no lone surrogates, no U+FFFE and U+FFFF. */
function xmlText(text: string): string {
  const lines = text.split('\n').map((line) => visible(line).replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd'));
  return lines.join('\n');
}
