/** Runs inside an extension host, where `run` is called: measures the extension there, and writes down what it found. */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../src/extension.js';
import { type HostTask, type HostTimes, taskVariable } from './editorHostTask.js';

/** Cancelled while the dumps are opened, scanned, joined and read again: parts of the time that it took at first. */
const cancelAfter = [0.01, 0.15, 0.3, 0.45, 0.6];

export async function run(): Promise<void> {
  const task = JSON.parse(process.env[taskVariable] as string) as HostTask;
  const extension = vscode.extensions.getExtension<ExtensionParts>('kafka-dump-compare.kafka-dump-compare');
  if (extension === undefined) throw new Error('The extension is not installed.');
  if (extension.isActive) throw new Error('The extension is active already.');
  await windowAtRest();
  const asked = performance.now();
  const { session, tree } = await extension.activate();
  const activation = performance.now() - asked;

  const stopWatching = watchTurns();
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
  for (const part of cancelAfter) {
    const after = part * (doneAt - startedAt);
    const compared = compare();
    await sleep(after);
    const cancelled = performance.now();
    await vscode.commands.executeCommand('kafkaDumpCompare.cancel');
    await compared;
    cancels.push(performance.now() - cancelled);
    if ((session.state.kind as string) !== 'cancelled')
      throw new Error(`After ${Math.round(after)} ms it was too late to cancel.`);
  }
  const times: HostTimes = { activation, startedAt, doneAt, cancels, longestTurn: stopWatching() };
  writeFileSync(task.result, JSON.stringify(times));
}

/**
 * Watches how long this thread is away between two looks at the clock, 1 ms apart if it can. @returns stops watching
 * and tells the longest, the longest that it worked in itself and the longest with the time it had to wait for a core
 */
function watchTurns(): () => HostTimes['longestTurn'] {
  // Node.js 24, which this VS Code runs on, has it; the types are those of the oldest that the extension runs on.
  const { threadCpuUsage } = process as unknown as { readonly threadCpuUsage: () => NodeJS.CpuUsage };
  const workedMs = (): number => {
    const { user, system } = threadCpuUsage();
    return (user + system) / 1000;
  };
  const longest = { work: 0, withWaiting: 0 };
  let [now, worked] = [performance.now(), workedMs()];
  const timer = setInterval(() => {
    const [before, workedBefore] = [now, worked];
    [now, worked] = [performance.now(), workedMs()];
    longest.work = Math.max(longest.work, worked - workedBefore);
    longest.withWaiting = Math.max(longest.withWaiting, now - before);
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
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
