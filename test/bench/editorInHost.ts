/** Runs inside an extension host, where `run` is called: measures the extension there, and writes down what it found. */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../src/extension.js';
import { type HostTask, type HostTimes, taskVariable } from './editorHostTask.js';

/** Cancelled while the dumps are opened, scanned and joined. */
const cancelAfterMs = [20, 500, 1500, 2500, 3500];

export async function run(): Promise<void> {
  const task = JSON.parse(process.env[taskVariable] as string) as HostTask;
  const extension = vscode.extensions.getExtension<ExtensionParts>('kafka-dump-compare.kafka-dump-compare');
  if (extension === undefined) throw new Error('The extension is not installed.');
  if (extension.isActive) throw new Error('The extension is active already.');
  await windowAtRest();
  const asked = performance.now();
  const { session, tree } = await extension.activate();
  const activation = performance.now() - asked;

  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const pair = [task.source, task.mirror].map((file) => vscode.Uri.file(file));
  const compare = (): Thenable<unknown> =>
    vscode.commands.executeCommand('kafkaDumpCompare.compareResources', pair[0], pair);
  await vscode.commands.executeCommand('kafkaDumpCompare.result.focus');
  let doneAt = Number.NaN;
  // The tree is told first; who listens to the session itself would hear of it only after the page.
  const subscription = tree.onDidChangeTreeData(() => {
    if (session.state.kind === 'done' && Number.isNaN(doneAt)) doneAt = Date.now();
  });
  const startedAt = Date.now();
  await compare();
  subscription.dispose();
  if (session.state.kind !== 'done') throw new Error(JSON.stringify(session.state));
  const differing = session.state.comparison.differences.length;
  if (differing !== task.differing) throw new Error(`${differing} keys differ, not ${task.differing}.`);
  // The views go on asking for a while.
  await sleep(2000);

  const cancels: number[] = [];
  for (const after of cancelAfterMs) {
    const compared = compare();
    await sleep(after);
    const cancelled = performance.now();
    await vscode.commands.executeCommand('kafkaDumpCompare.cancel');
    await compared;
    cancels.push(performance.now() - cancelled);
    if ((session.state.kind as string) !== 'cancelled') throw new Error(`After ${after} ms it was too late to cancel.`);
  }
  delay.disable();
  const times: HostTimes = { activation, startedAt, doneAt, cancels, longestBlock: delay.max / 1e6 };
  writeFileSync(task.result, JSON.stringify(times));
}

/** A window that has just opened is busy with itself: its answers come late, whatever the extension does. */
async function windowAtRest(): Promise<void> {
  let quick = 0;
  for (const end = performance.now() + 30_000; quick < 20 && performance.now() < end; ) {
    const asked = performance.now();
    await vscode.commands.executeCommand('setContext', 'kafkaDumpCompare.bench', true);
    quick = performance.now() - asked < 10 ? quick + 1 : 0;
    await sleep(100);
  }
}
