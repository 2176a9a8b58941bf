/** Asks for the two dumps in two steps: first the source, or a recent pair, then the mirror. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { dumpNames } from './dumpNames.js';
import type { DumpPair } from './session.js';
import { readMenuExtensions } from './settings.js';

/** Files of the workspace that are offered. */
const offeredFiles = 1000;

interface Choice extends vscode.QuickPickItem {
  /** What the choice stands for; a file dialog opens for none. */
  readonly dumps?: vscode.Uri | DumpPair;
}

interface Step {
  readonly title: string;
  readonly placeholder: string;
  readonly number: number;
  /** Shown at once; those of the workspace are added when they are found. */
  readonly choices: readonly Choice[];
  /** Not offered: it is the other side. */
  readonly taken?: vscode.Uri;
}

const back = Symbol('back');

/** Undefined when the user gives up. With a source, only its mirror is asked for. */
export async function pickDumps(recent: readonly DumpPair[], chosen?: vscode.Uri): Promise<DumpPair | undefined> {
  for (;;) {
    const first = chosen ?? (await pick({ ...sourceStep(), choices: [...recentChoices(recent), ...openChoices()] }));
    if (first === undefined || first === back) return undefined;
    if (!(first instanceof vscode.Uri)) return first;
    const second = await pick({ ...mirrorStep(first), choices: openChoices() });
    if (second === back && chosen === undefined) continue;
    return second instanceof vscode.Uri ? { source: first, mirror: second } : undefined;
  }
}

function sourceStep(): Omit<Step, 'choices'> {
  return {
    title: l10n.t('Compare Kafka Dumps: Source'),
    placeholder: l10n.t('Dump of the source: the old topic'),
    number: 1,
  };
}

function mirrorStep(source: vscode.Uri): Omit<Step, 'choices'> {
  return {
    title: l10n.t('Compare Kafka Dumps: Mirror of {0}', vscode.workspace.asRelativePath(source)),
    placeholder: l10n.t('Dump of the mirror: the new topic'),
    number: 2,
    taken: source,
  };
}

function pick(step: Step): Promise<vscode.Uri | DumpPair | typeof back | undefined> {
  const input = vscode.window.createQuickPick<Choice>();
  const searching = new vscode.CancellationTokenSource();
  input.title = step.title;
  input.placeholder = step.placeholder;
  input.step = step.number;
  input.totalSteps = 2;
  input.matchOnDescription = true;
  input.ignoreFocusOut = true;
  if (step.number > 1) input.buttons = [vscode.QuickInputButtons.Back];
  const show = (files: readonly vscode.Uri[]): void => {
    const known = new Set(step.choices.map(({ dumps }) => String(dumps)));
    const others = files.filter((uri) => !known.has(uri.toString()));
    const choices = [...step.choices, ...section(l10n.t('workspace'), others.map(fileChoice))];
    input.items = [
      ...choices.filter(({ dumps }) => dumps === undefined || String(dumps) !== String(step.taken)),
      ...browseChoice(),
    ];
  };
  show([]);
  input.busy = true;
  void workspaceFiles(searching.token).then((files) => {
    if (searching.token.isCancellationRequested) return;
    input.busy = false;
    show(files);
  });
  return new Promise<vscode.Uri | DumpPair | typeof back | undefined>((resolve) => {
    input.onDidTriggerButton(() => resolve(back));
    input.onDidHide(() => resolve(undefined));
    input.onDidAccept(() => {
      const [choice] = input.selectedItems;
      if (choice !== undefined) resolve(choice.dumps ?? browse(step.title));
    });
    input.show();
  }).finally(() => {
    searching.cancel();
    searching.dispose();
    input.dispose();
  });
}

function recentChoices(recent: readonly DumpPair[]): Choice[] {
  return section(
    l10n.t('recent pairs'),
    recent.map((pair) => {
      const { source, mirror } = dumpNames(pair);
      const { description } = fileChoice(pair.source);
      return {
        label: `${source.name} ↔ ${mirror.name}`,
        description,
        iconPath: new vscode.ThemeIcon('history'),
        dumps: pair,
      };
    }),
  );
}

function openChoices(): Choice[] {
  const uris = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText && input.uri.scheme === 'file' ? [input.uri] : []));
  const unique = [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
  return section(l10n.t('open editors'), unique.map(fileChoice));
}

async function workspaceFiles(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const endings = readMenuExtensions();
  if (endings.length === 0 || vscode.workspace.workspaceFolders === undefined) return [];
  const files = await vscode.workspace.findFiles(`**/*.{${endings.join(',')}}`, undefined, offeredFiles, token);
  return files.filter(({ scheme }) => scheme === 'file').sort((a, b) => (a.path < b.path ? -1 : 1));
}

function fileChoice(uri: vscode.Uri): Choice & { readonly description: string } {
  const path = vscode.workspace.asRelativePath(uri);
  const nameStart = path.lastIndexOf('/') + 1;
  return {
    label: path.slice(nameStart),
    description: path.slice(0, Math.max(0, nameStart - 1)),
    iconPath: new vscode.ThemeIcon('file'),
    dumps: uri,
  };
}

function browseChoice(): Choice[] {
  return [
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: l10n.t('Browse…'), iconPath: new vscode.ThemeIcon('folder-opened'), alwaysShow: true },
  ];
}

function section(title: string, choices: readonly Choice[]): Choice[] {
  return choices.length === 0 ? [] : [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...choices];
}

async function browse(title: string): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({ title, openLabel: l10n.t('Choose') });
  return picked?.[0];
}
