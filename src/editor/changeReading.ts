/**
 * Change How This Dump Is Read…: asks for format, separator and null literal, as far as the format has them, and shows
 * what each choice makes of the dump's first records. What is chosen is remembered for the pair of dumps.
 */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { formatOptions } from '../core/formats/formatOptions.js';
import type { DumpOptions } from '../core/options.js';
import type { Side } from '../core/record.js';
import { startDumpJob } from '../engine/dumpJobs.js';
import { type DumpReading, noChoices, type PairChoices } from './comparisonSettings.js';
import { type PreviewedAnswer, type PreviewedQuestion, pickWithPreview } from './previewedPick.js';
import {
  formatChoices,
  nullChoices,
  type ReadingStep,
  readingOver,
  separatorChoices,
  stepAfter,
} from './readingChoices.js';
import type { DumpPair } from './session.js';
import { readComparisonOptions } from './settings.js';
import { fileName } from './valueDiff.js';

/** Undefined if the user gives up. */
export async function askForSide({ source, mirror }: DumpPair): Promise<Side | undefined> {
  const items = (['source', 'mirror'] as const).map((side) => ({
    label: side,
    description: fileName((side === 'source' ? source : mirror).fsPath),
    side,
  }));
  const title = l10n.t('Change How a Dump Is Read');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: l10n.t('Dump to read differently') });
  return picked?.side;
}

/**
 * What is to be remembered for this dump, nothing if it is to be read as the settings say; undefined if the user gives
 * up.
 * @param workerPath absolute path of the bundled dumpWorker.ts
 * @throws UserError if the dump cannot be read at all
 */
export async function askForReading(
  workerPath: string,
  dump: vscode.Uri,
  side: Side,
  choices: PairChoices,
): Promise<DumpReading | undefined> {
  const base = readComparisonOptions(noChoices)[side];
  const questions: PreviewedQuestion[] = [formatQuestion(workerPath, dump, base, readComparisonOptions(choices)[side])];
  for (;;) {
    const question = questions.at(-1);
    if (question === undefined) return undefined;
    const answer: PreviewedAnswer | 'back' | undefined = await pickWithPreview(question);
    if (answer === undefined) return undefined;
    if (answer === 'back') {
      questions.pop();
      continue;
    }
    const { choice, preview } = answer;
    const next = choice.isReset ? null : stepAfter(question.step, choice.options, preview);
    if (next === null) return readingOver(base, choice.options);
    questions.push(nextQuestion(workerPath, dump, questions.length + 1, next, answer));
  }
}

function formatQuestion(
  workerPath: string,
  dump: vscode.Uri,
  base: DumpOptions,
  current: DumpOptions,
): PreviewedQuestion {
  const choices = formatChoices(base, current);
  return {
    ...common(workerPath, dump, 'format', 1),
    placeholder: l10n.t('What wrote the dump'),
    choices: () => choices,
    typing: 'filters',
    isCurrent: ({ options, isReset }) => !isReset && options.format === current.format,
  };
}

function nextQuestion(
  workerPath: string,
  dump: vscode.Uri,
  number: number,
  step: Exclude<ReadingStep, 'format'>,
  { choice: { options }, preview }: PreviewedAnswer,
): PreviewedQuestion {
  if (step === 'separator') {
    return {
      ...common(workerPath, dump, step, number),
      placeholder: l10n.t('key.separator of the dump; type any other, \\t for a tab'),
      choices: (typed) => separatorChoices(options, typed),
      typing: 'chooses',
      isCurrent: (choice) => choice.options.separator === options.separator,
    };
  }
  const format = options.format ?? (preview?.kind === 'read' ? preview.layout.format : 'key-value');
  const { nulls } = formatOptions[format];
  return {
    ...common(workerPath, dump, step, number),
    placeholder: nulls === 'empty' ? l10n.t('What a null is') : l10n.t('null.literal of the dump; type any other'),
    choices: (typed) => nullChoices(options, nulls, typed),
    typing: nulls === 'empty' ? 'filters' : 'chooses',
    isCurrent: (choice) => choice.options.nullLiteral === options.nullLiteral,
  };
}

function common(
  workerPath: string,
  dump: vscode.Uri,
  step: ReadingStep,
  number: number,
): Pick<PreviewedQuestion, 'step' | 'number' | 'title' | 'preview'> {
  const name = fileName(dump.fsPath);
  const titles: Readonly<Record<ReadingStep, string>> = {
    format: l10n.t('How {0} Is Read: Format', name),
    separator: l10n.t('How {0} Is Read: Separator', name),
    nulls: l10n.t('How {0} Is Read: Nulls', name),
  };
  return {
    step,
    number,
    title: titles[step],
    preview: async (choices, signal, take) => {
      const job = { kind: 'preview', path: dump.fsPath, choices: choices.map(({ options }) => options) } as const;
      await startDumpJob(workerPath, job, signal, (news) => {
        const choice = news.kind === 'previewed' ? choices[news.index] : undefined;
        if (news.kind === 'previewed' && choice !== undefined) take(choice, news.preview);
      });
    },
  };
}
