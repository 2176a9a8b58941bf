/** Runs other programs and says how long slow steps take. */
import { spawn } from 'node:child_process';
import { atExit } from './atExit.js';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `show` passes the output on as it comes; `onFailure` keeps it for the error message. */
  readonly output: 'show' | 'onFailure';
}

const KEPT_OUTPUT_CHARACTERS = 4000;

/** Resolves when `command` exits with 0; rejects with its last output otherwise. It gets no standard input. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const stdio = options.output === 'show' ? 'inherit' : 'pipe';
    const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', stdio, stdio] });
    const forget = atExit(() => child.kill());
    let kept = '';
    const keep = (chunk: Buffer): void => {
      kept = (kept + chunk.toString()).slice(-KEPT_OUTPUT_CHARACTERS);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      forget();
      if (exitCode === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${exitCode ?? signal}.\n${kept}`.trim()));
    });
  });
}

/** Prints what starts, and how many seconds it took when it is done. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  console.log(`${what} …`);
  const start = performance.now();
  const result = await work();
  console.log(`${what}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
