/** Finds the browser that shows the workbench, or installs one. */
import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { runCommand, timed } from '../support/runCommand.js';
import { repositoryFolder, toolFolder } from './paths.js';

const ADVICE =
  'Install Chromium or Chrome (Debian: apt-get install chromium), or set CHROMIUM_PATH to the executable of one.';

let found: Promise<string> | undefined;

/**
 * The executable of a Chromium or Chrome: `CHROMIUM_PATH`, one at a usual place, or one installed now.
 * Rejects with a sentence that says what to install.
 */
export function findOrInstallChromium(): Promise<string> {
  found ??= search();
  return found;
}

async function search(): Promise<string> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined) {
    if (await exists(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is set to ${chosen}, which does not exist. ${ADVICE}`);
  }
  return (await findInstalled()) ?? (await installWithApt()) ?? (await installWithPlaywright());
}

async function findInstalled(): Promise<string | undefined> {
  for (const candidate of usualPlaces()) {
    if (await starts(candidate)) return candidate;
  }
  const downloaded = await playwrightChromiumPath();
  return (await starts(downloaded)) ? downloaded : undefined;
}

function usualPlaces(): string[] {
  switch (process.platform) {
    case 'win32': {
      const roots = [process.env['ProgramFiles'], process.env['ProgramFiles(x86)'], process.env['LOCALAPPDATA']];
      const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
      return roots.flatMap((root) => (root ? programs.map((program) => path.join(root, program)) : []));
    }
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    default:
      return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map(
        (name) => `/usr/bin/${name}`,
      );
  }
}

/** Only Debian and its kin, and only as root: nobody is asked for a password. */
async function installWithApt(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !(await exists('/usr/bin/apt-get'))) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await timed('No Chromium found: installing it with apt-get', async () => {
      await runCommand('apt-get', ['update'], { env, output: 'onFailure' });
      await runCommand('apt-get', ['install', '-y', 'chromium'], { env, output: 'onFailure' });
    });
  } catch (error) {
    console.log(`apt-get could not install Chromium: ${String(error)}`);
    return undefined;
  }
  return findInstalled();
}

async function installWithPlaywright(): Promise<string> {
  const cli = path.join(repositoryFolder, 'node_modules/playwright-core/cli.js');
  try {
    await timed(`No Chromium found: downloading one to ${playwrightFolder}`, () =>
      runCommand(process.execPath, [cli, 'install', 'chromium'], { env: playwrightEnvironment(), output: 'onFailure' }),
    );
  } catch (error) {
    throw new Error(`No Chromium was found and none could be downloaded. ${ADVICE}`, { cause: error });
  }
  const installed = await findInstalled();
  if (installed === undefined) throw new Error(`The downloaded Chromium does not start. ${ADVICE}`);
  return installed;
}

const playwrightFolder = path.join(toolFolder, 'playwright');

function playwrightEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PLAYWRIGHT_BROWSERS_PATH: playwrightFolder };
}

/** Asks a process of its own, because Playwright reads the folder from its environment when it is imported. */
async function playwrightChromiumPath(): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['-p', "require('playwright-core').chromium.executablePath()"],
    { cwd: repositoryFolder, env: playwrightEnvironment() },
  );
  return stdout.trim();
}

/** A file may be there without being a browser: Ubuntu's chromium-browser only points to a snap. */
async function starts(executable: string): Promise<boolean> {
  if (!(await exists(executable))) return false;
  // Chrome for Windows has no --version; there the file itself has to do.
  if (process.platform === 'win32') return true;
  return promisify(execFile)(executable, ['--version', '--no-sandbox'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
