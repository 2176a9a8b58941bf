/** Starts and stops one code-server with its own user data, extensions and settings. */
import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { runCommand } from '../support/runCommand.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';
import { type CodeServerInstall, ensureCodeServer } from './codeServerInstall.js';
import { ProcessGroup } from './processGroup.js';
import { quietSettings, type Settings } from './settings.js';

export interface CodeServerOptions {
  /** Installed before the server starts. */
  readonly vsixPath?: string;
  /** Added to the quiet settings every test runs with. */
  readonly settings?: Settings;
  /** Lets the address name an extension and tests to run. Hides notifications, so tests of the UI go without. */
  readonly runsExtensionTests?: boolean;
}

const START_TIMEOUT_MILLISECONDS = 60_000;

export class CodeServer {
  private constructor(
    /** `127.0.0.1:port` */
    readonly authority: string,
    private readonly data: TemporaryFolder,
    private readonly group: ProcessGroup,
  ) {}

  get url(): string {
    return `http://${this.authority}/`;
  }

  /** Resolves when the server answers. */
  static async start(options: CodeServerOptions = {}): Promise<CodeServer> {
    const install = await ensureCodeServer();
    const data = await makeTemporaryFolder('code-server');
    let group: ProcessGroup | undefined;
    try {
      const env = serverEnvironment(install, data.path);
      await writeSettings(data.path, options.settings ?? {});
      if (options.vsixPath !== undefined) await installVsix(install, data.path, env, options.vsixPath);
      const args = [install.entryPath, ...serverArguments(data.path)];
      if (options.runsExtensionTests) args.push('--vscode-option=enable-smoke-test-driver');
      group = ProcessGroup.start(install.nodePath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
      return new CodeServer(await announcedAuthority(group.leader), data, group);
    } catch (error) {
      await group?.stop();
      await data.remove();
      throw error;
    }
  }

  /** Replaces the settings; an open workbench follows within a second. */
  async changeSettings(settings: Settings): Promise<void> {
    await writeSettings(this.data.path, settings);
  }

  async stop(): Promise<void> {
    await this.group.stop();
    await this.data.remove();
  }
}

function serverArguments(dataFolder: string): string[] {
  return [
    ...folderArguments(dataFolder),
    '--auth=none',
    // The system picks the port, so that servers which start at the same time never get the same one.
    '--bind-addr=127.0.0.1:0',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
  ];
}

function folderArguments(dataFolder: string): string[] {
  return [
    `--user-data-dir=${dataFolder}`,
    `--extensions-dir=${path.join(dataFolder, 'extensions')}`,
    `--config=${path.join(dataFolder, 'config.yaml')}`,
  ];
}

/** The extension host inherits it too. */
function serverEnvironment(install: CodeServerInstall, dataFolder: string): NodeJS.ProcessEnv {
  // What a terminal inside VS Code sets would make this server talk to that window; PORT overrides the address.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER_|PORT$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    PATH: `${path.dirname(install.nodePath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    // Else it leaves a folder in the user's home.
    XDG_DATA_HOME: path.join(dataFolder, 'share'),
    // No gallery: a test neither needs one nor waits for one that cannot be reached.
    EXTENSIONS_GALLERY: '{}',
  };
}

async function writeSettings(dataFolder: string, settings: Settings): Promise<void> {
  await mkdir(path.join(dataFolder, 'User'), { recursive: true });
  const all = { ...quietSettings, ...settings };
  await writeFile(path.join(dataFolder, 'User/settings.json'), JSON.stringify(all, undefined, 2));
}

async function installVsix(
  install: CodeServerInstall,
  dataFolder: string,
  env: NodeJS.ProcessEnv,
  vsixPath: string,
): Promise<void> {
  const args = [install.entryPath, ...folderArguments(dataFolder), '--install-extension', vsixPath];
  await runCommand(install.nodePath, args, { env, output: 'onFailure' });
}

/** Waits for the line that says where the server listens; it answers from then on. */
function announcedAuthority(leader: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (reason: string): void => reject(new Error(`code-server did not start: ${reason}\n${log}`));
    const timeout = setTimeout(() => fail('it took too long.'), START_TIMEOUT_MILLISECONDS);
    const readLine = (line: string): void => {
      log += `${line}\n`;
      const authority = /HTTP server listening on http:\/\/([\d.]+:\d+)/.exec(line)?.[1];
      if (authority === undefined) return;
      clearTimeout(timeout);
      resolve(authority);
    };
    // Both streams are read to the end, because a full pipe would stop the server.
    for (const stream of [leader.stdout, leader.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', readLine);
    }
    leader.once('error', (error) => fail(error.message));
    leader.once('exit', (exitCode) => {
      clearTimeout(timeout);
      fail(`it ended with ${exitCode}.`);
    });
  });
}
