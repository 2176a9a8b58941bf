/** What the in-host tests share: the parts of the extension under test, dumps on disk, and waiting. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ViewNode } from '../../../src/editor/comparisonTree.js';
import type { DoneState, SessionState } from '../../../src/editor/session.js';
import type { ExtensionParts } from '../../../src/extension.js';

export async function extensionParts(): Promise<ExtensionParts> {
  const extension = vscode.extensions.getExtension<ExtensionParts>('kafka-dump-compare.kafka-dump-compare');
  assert.ok(extension, 'The extension is not installed.');
  return extension.activate();
}

/** A folder for the dumps of one group of tests. */
export class DumpFolder {
  private constructor(private readonly folder: string) {}

  static async create(): Promise<DumpFolder> {
    return new DumpFolder(await mkdtemp(path.join(tmpdir(), 'dumps-')));
  }

  async write(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
    const file = path.join(this.folder, name);
    await writeFile(file, content);
    return vscode.Uri.file(file);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function momentOf(minute: number): number {
  return 1_700_000_000_000 + minute * 60_000;
}

/** A line of a dump: key and value, written at a minute. */
export function record(minute: number, key: string, value: string): string {
  return `CreateTime:${momentOf(minute)}::Partition:0::${key}::${value}\n`;
}

/** Compares as the menu of the Explorer does, and resolves when the result is there. */
export async function compare(source: vscode.Uri, mirror: vscode.Uri): Promise<SessionState> {
  await vscode.commands.executeCommand('kafkaDumpCompare.compareResources', mirror, [source, mirror]);
  return (await extensionParts()).session.state;
}

export async function compareWell(source: vscode.Uri, mirror: vscode.Uri): Promise<DoneState> {
  const state = await compare(source, mirror);
  if (state.kind !== 'done') assert.fail(JSON.stringify(state));
  return state;
}

/** The tree as indented lines: label, then description. Opens every node. */
export async function treeLines(): Promise<string[]> {
  const { tree } = await extensionParts();
  const lines: string[] = [];
  const visit = async (node: ViewNode, indent: string): Promise<void> => {
    const { label, description } = tree.getTreeItem(node);
    lines.push(`${indent}${String(label)} | ${String(description)}`);
    for (const child of await tree.getChildren(node)) await visit(child, `${indent}  `);
  };
  for (const node of await tree.getChildren()) await visit(node, '');
  return lines;
}

/**
 * Unsaved edits are thrown away: nobody is there to answer a question about them. Only those in a tab: VS Code also edits
 * its settings file, without showing it, and saves it by itself.
 */
export async function closeEditors(): Promise<void> {
  const inTabs = new Set(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ input }) => uriOf(input)));
  const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && inTabs.has(uri.toString()));
  for (const document of unsaved) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

function uriOf(input: unknown): string | undefined {
  return input instanceof vscode.TabInputText ? input.uri.toString() : undefined;
}

/** Asks again until there is an answer; VS Code opens editors a moment later than it says. */
export async function eventually<T>(what: string, ask: () => T | undefined): Promise<T> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(25)) {
    const answer = ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`Waited in vain for ${what}.`);
}

/** Runs one of the extension's commands. */
export function run(command: string, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(`kafkaDumpCompare.${command}`, ...args);
}
