/**
 * Child processes that have children of their own (code-server starts a server, extension hosts and watchers):
 * each is the leader of a process group, and the whole group ends with us, however we end.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { atExit } from '../support/atExit.js';

const PATIENCE_MILLISECONDS = 3000;

export class ProcessGroup {
  private readonly forget: () => void;

  private constructor(readonly leader: ChildProcess) {
    this.forget = atExit(() => this.signal('SIGKILL'));
  }

  /** Starts `command` as the leader of a new group. */
  static start(command: string, args: readonly string[], options: SpawnOptions): ProcessGroup {
    return new ProcessGroup(spawn(command, args, { ...options, detached: true }));
  }

  /** Ends the whole group, politely at first; resolves when its leader is gone. */
  async stop(): Promise<void> {
    if (this.leader.exitCode === null && this.leader.signalCode === null) {
      const ended = once(this.leader, 'exit');
      const impatience = setTimeout(() => this.signal('SIGKILL'), PATIENCE_MILLISECONDS);
      this.signal('SIGTERM');
      await ended;
      clearTimeout(impatience);
    }
    // The leader may leave some of its group behind.
    this.signal('SIGKILL');
    this.forget();
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.leader.pid === undefined) return;
    try {
      process.kill(-this.leader.pid, signal);
    } catch {
      // The group is gone.
    }
  }
}
