/** Export Report…: asks for format, values and file, then has the report written on a thread. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Comparison } from '../core/comparison.js';
import { type ReportFormat, reports } from '../core/report/reports.js';
import { byteSize } from '../core/words/numbers.js';
import { writeReportInWorker } from '../engine/resultJobs.js';
import { withCancellableProgress } from './cancellableProgress.js';

interface FormatChoice extends vscode.QuickPickItem {
  readonly format: ReportFormat;
}

interface ValuesChoice extends vscode.QuickPickItem {
  readonly redactValues: boolean;
}

/** Settles when the file is written, or the user has given up. @throws UserError if it cannot be written */
export async function exportReport(workerPath: string, comparison: Comparison): Promise<void> {
  const title = l10n.t('Export Report');
  const chosen = await vscode.window.showQuickPick(formatChoices(), { title, placeHolder: l10n.t('Format') });
  if (chosen === undefined) return;
  const values = await vscode.window.showQuickPick(valuesChoices(), { title, placeHolder: l10n.t('Values') });
  if (values === undefined) return;
  const { extension } = reports[chosen.format];
  const source = vscode.Uri.file(comparison.source.path);
  const file = await vscode.window.showSaveDialog({
    title,
    defaultUri: vscode.Uri.joinPath(source, '..', `comparison.${extension}`),
    filters: { [chosen.label]: [extension] },
  });
  if (file === undefined) return;
  await writeReportTo(workerPath, comparison, file, chosen.format, values.redactValues);
  void offer(file);
}

/** Writes with progress and cancel. @throws CancelledError if the user cancels */
export function writeReportTo(
  workerPath: string,
  comparison: Comparison,
  file: vscode.Uri,
  format: ReportFormat,
  redactValues: boolean,
): Promise<void> {
  return withCancellableProgress(l10n.t('Exporting the report'), (signal, report) =>
    writeReportInWorker(workerPath, comparison, { format, path: file.fsPath, redactValues }, signal, (characters) =>
      report(l10n.t('{0} written', byteSize(characters))),
    ),
  );
}

async function offer(file: vscode.Uri): Promise<void> {
  const open = l10n.t('Open');
  const reveal = l10n.t('Reveal');
  const message = l10n.t('The report is in {0}.', vscode.workspace.asRelativePath(file));
  const choice = await vscode.window.showInformationMessage(message, open, reveal);
  if (choice === open) await vscode.commands.executeCommand('vscode.open', file);
  if (choice === reveal) await vscode.commands.executeCommand('revealFileInOS', file);
}

function formatChoices(): FormatChoice[] {
  return [
    { format: 'html', label: 'HTML', description: l10n.t('one page for whoever signs off') },
    { format: 'markdown', label: 'Markdown', description: l10n.t('for a ticket') },
    { format: 'csv', label: 'CSV', description: l10n.t('all differing keys, for a spreadsheet') },
    { format: 'ndjson', label: 'NDJSON', description: l10n.t('all differing keys, one a line') },
    { format: 'json', label: 'JSON', description: l10n.t('for programs') },
    { format: 'junit', label: 'JUnit', description: l10n.t('for CI') },
    { format: 'text', label: l10n.t('Text'), description: l10n.t('as on the command line') },
  ];
}

function valuesChoices(): ValuesChoice[] {
  return [
    { redactValues: false, label: l10n.t('With Values') },
    { redactValues: true, label: l10n.t('Without Values'), description: l10n.t('for a report that leaves the house') },
  ];
}
