/**
 * Installs code-server, a VS Code that runs as a web server, from npm alone: no compiler and no display needed.
 * It is installed once and kept; an interrupted install leaves only a side folder, which the next one removes.
 */
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand, timed } from '../support/runCommand.js';
import { toolFolder } from './paths.js';

const CODE_SERVER_VERSION = '4.139.1';
const NODE_MAJOR = 24;

export interface CodeServerInstall {
  /** The Node that code-server needs; the machine's own may be older. */
  readonly nodePath: string;
  readonly entryPath: string;
}

/** The kept installation, made now if there is none. */
export async function ensureCodeServer(): Promise<CodeServerInstall> {
  if (process.platform === 'win32') {
    throw new Error('code-server does not run on Windows. Install VS Code, or run this in WSL.');
  }
  const name = `code-server-${CODE_SERVER_VERSION}`;
  const folder = path.join(toolFolder, name);
  if (!(await exists(folder))) {
    await timed(`Installing code-server ${CODE_SERVER_VERSION} and Node ${NODE_MAJOR} once, in ${folder}`, () =>
      installInto(folder),
    );
  }
  return {
    nodePath: path.join(folder, 'node/node_modules', nodePackage(), 'bin/node'),
    entryPath: path.join(folder, 'server/node_modules/code-server/out/node/entry.js'),
  };
}

async function installInto(folder: string): Promise<void> {
  await removeAbandonedSideFolders();
  const sideFolder = `${folder}.installing-${process.pid}`;
  await installPackage(path.join(sideFolder, 'node'), `${nodePackage()}@${NODE_MAJOR}`);
  await installPackage(path.join(sideFolder, 'server'), `code-server@${CODE_SERVER_VERSION}`);
  // code-server's own install script would also compile native modules, which nothing tested here needs.
  await npmInstall(path.join(sideFolder, 'server/node_modules/code-server/lib/vscode'), ['--omit=dev']);
  try {
    await rename(sideFolder, folder);
  } catch (error) {
    // Another process may have been faster; its installation is as good.
    await rm(sideFolder, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  }
}

/** The package that holds nothing but Node's executable for this machine, so that no install script has to run. */
function nodePackage(): string {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${process.platform}-${process.arch}`;
}

async function installPackage(folder: string, packageAndVersion: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Without a manifest of its own npm would look for one in the folders above, up to the repository's.
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  await npmInstall(folder, [packageAndVersion]);
}

function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  return runCommand('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', ...args], {
    cwd: folder,
    output: 'onFailure',
  });
}

/** A side folder is abandoned when the process named in it is gone. */
async function removeAbandonedSideFolders(): Promise<void> {
  await mkdir(toolFolder, { recursive: true });
  for (const name of await readdir(toolFolder)) {
    const processId = /\.installing-(\d+)$/.exec(name)?.[1];
    if (processId !== undefined && !isRunning(Number(processId))) {
      await rm(path.join(toolFolder, name), { recursive: true, force: true });
    }
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
