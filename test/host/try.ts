/**
 * `npm run try`: opens the samples in a VS Code that has the extension: the desktop's, or else one in the browser, whose
 * address is printed and which stays until Ctrl+C.
 */
import { spawn } from 'node:child_process';
import { runCommand } from '../support/runCommand.js';
import { CodeServer } from './codeServer.js';
import { findDesktopVsCode } from './desktop.js';
import { repositoryFolder, sampleFolder, vsixPath } from './paths.js';

const desktop = await findDesktopVsCode();
if (desktop === undefined) await openInBrowser();
else await openOnDesktop(desktop);

async function openOnDesktop(executable: string): Promise<void> {
  await npmRun('build');
  console.log(`Opening the samples in ${executable}.`);
  const args = [`--extensionDevelopmentPath=${repositoryFolder}`, '--new-window', sampleFolder];
  spawn(executable, args, { detached: true, stdio: 'ignore' }).unref();
}

async function openInBrowser(): Promise<void> {
  await npmRun('package');
  // The server ends with this process, and this process ends with Ctrl+C.
  const server = await CodeServer.start({ vsixPath });
  console.log(`Open ${server.url}?folder=${encodeURIComponent(sampleFolder)}`);
  console.log('It stays until you press Ctrl+C.');
}

function npmRun(script: string): Promise<void> {
  return runCommand('npm', ['run', '--silent', script], { cwd: repositoryFolder, output: 'onFailure' });
}
