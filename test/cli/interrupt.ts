/** Presses Ctrl+C at a certain moment. Linux only: the moment is seen from the files that the process has open. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type CliResult, cliPath } from './cliProcess.js';

/** Runs the command line, and interrupts it as soon as `isDue` says so of the files it has open. */
export async function interruptWhen(
  isDue: (openFiles: readonly string[]) => boolean,
  args: readonly string[],
): Promise<CliResult> {
  const child = spawn(process.execPath, [cliPath, ...args]);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const ended = once(child, 'close') as Promise<[number | null]>;
  while (child.exitCode === null && child.signalCode === null && !isDue(filesOpenIn(child.pid as number))) {
    await delay(1);
  }
  child.kill('SIGINT');
  const [exitCode] = await ended;
  return { exitCode, ...output };
}

function filesOpenIn(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).map((descriptor) => readlinkSync(path.join(folder, descriptor)));
  } catch {
    // A file was closed, or the process has ended, between the two looks.
    return [];
  }
}
