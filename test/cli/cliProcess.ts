/** Runs the built command line as a process of its own, as a shell would. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const cliPath = join(import.meta.dirname, '../../dist/cli.cjs');

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliProcess {
  /** User to run as, for root only. */
  readonly uid?: number;
  /** A copy of the command line, where that user can read it. */
  readonly script?: string;
  /** What stands on standard input. */
  readonly input?: Uint8Array;
}

/** Times are printed in UTC, and nothing is a terminal. */
export function runCli(args: readonly string[], cwd = process.cwd(), as: CliProcess = {}): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const { script = cliPath, input, ...user } = as;
    const child = spawn(process.execPath, [script, ...args], { cwd, env: { ...process.env, TZ: 'UTC' }, ...user });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...output }));
  });
}

/** A folder with these files that lasts as long as `use` runs. */
export async function withFiles<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-dump-compare-test-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
