/**
 * Runs an extension's in-host tests in code-server and a headless browser, called like VS Code's own executable:
 * `--extensionDevelopmentPath=… --extensionTestsPath=… <folder>`. What else is passed is for a desktop window
 * (`--disable-gpu-sandbox`, profile folders) and means nothing here.
 */
import path from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { CodeServer } from './codeServer.js';
import { isNoise, withoutOwnFrames } from './noise.js';

const TIMEOUT_MILLISECONDS = 15 * 60_000;

/** Resolves with the exit code of the tests: 0 when all passed. Their console output goes to standard output. */
export async function runBrowserHost(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
    // The other flags are not ours to check.
    strict: false,
    allowPositionals: true,
  });
  const extensionPath = required('--extensionDevelopmentPath', values['extensionDevelopmentPath']);
  const testsPath = required('--extensionTestsPath', values['extensionTestsPath']);
  const workspace = required('a folder to open', positionals[0]);

  endWithParent();
  return runTestsInBrowser({ extensionPath, testsPath, workspace });
}

/** Paths of an extension in a folder, a module whose `run` is called in the extension host, and a folder to open. */
export interface BrowserRun {
  readonly extensionPath: string;
  readonly testsPath: string;
  readonly workspace: string;
}

/** @param prepare is given the page before the workbench is in it */
export async function runTestsInBrowser(
  { extensionPath, testsPath, workspace }: BrowserRun,
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<number> {
  const server = await CodeServer.start({ runsExtensionTests: true });
  try {
    const remote = (file: string): string => `vscode-remote://${server.authority}${path.resolve(file)}`;
    const address = new URL(server.url);
    address.searchParams.set('folder', path.resolve(workspace));
    address.searchParams.set(
      'payload',
      JSON.stringify([
        ['extensionDevelopmentPath', remote(extensionPath)],
        ['extensionTestsPath', remote(testsPath)],
      ]),
    );
    return await exitCodeOfTests(address, prepare);
  } finally {
    await server.stop();
  }
}

/** Opens the workbench, which runs the tests and calls back. */
async function exitCodeOfTests(address: URL, prepare: (page: Page) => Promise<void>): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    return await new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error('The tests took too long.')), TIMEOUT_MILLISECONDS).unref();
      page.on('crash', () => reject(new Error('The browser tab crashed.')));
      const openWorkbench = async (): Promise<void> => {
        await page.exposeFunction('codeAutomationLog', (_severity: string, parts: unknown[]) => {
          const line = format(...parts);
          if (!isNoise(line)) console.log(withoutOwnFrames(line));
        });
        await page.exposeFunction('codeAutomationExit', resolve);
        await prepare(page);
        await page.goto(address.href);
      };
      openWorkbench().catch(reject);
    });
  } finally {
    await browser.close();
  }
}

/** Whoever starts VS Code may be killed without a chance to say so. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 1000).unref();
}

function required(name: string, value: string | boolean | undefined): string {
  if (typeof value !== 'string') throw new Error(`The browser host needs ${name}.`);
  return value;
}
