/**
 * Runs the in-host suite against the packaged extension, in the VS Code at hand: one that is installed, one that can be
 * downloaded, or code-server in a browser. One suite and one launcher serve them all.
 */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { crashed, forgetSummary, readSummary, type Summary } from '../support/summary.js';
import { makeTemporaryFolder } from '../support/temporaryFolder.js';
import { canShowWindows, findDesktopVsCode } from './desktop.js';
import { outFolder, sampleFolder, toolFolder, vsixPath } from './paths.js';
import { quietSettings } from './settings.js';
import { grepVariable, summaryVariable } from './suite/environment.js';
import { unpackVsix } from './vsix.js';

const bundledSuite = path.join(outFolder, 'test/host/suite');
const summaryFile = path.join(outFolder, 'test/host.json');

/** Needs the packaged extension at `vsixPath`. A failure to run at all counts as one failure. */
export async function runInHost(grep: string | undefined): Promise<Summary> {
  forgetSummary(summaryFile);
  try {
    await bundleSuite();
    const environment = { [summaryVariable]: summaryFile, [grepVariable]: grep };
    const endedWell = await launchInHost(path.join(bundledSuite, 'index.cjs'), environment).then(
      () => true,
      (error: unknown) => {
        console.log(String(error));
        return false;
      },
    );
    return readSummary('in-host suite', summaryFile, endedWell);
  } catch (error) {
    return crashed('in-host suite', String(error));
  }
}

/**
 * Calls `run` of a bundled module in an extension host with the packaged extension; rejects if that does.
 * @param environment variables that the module finds
 */
export async function launchInHost(
  module: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const temporary = await makeTemporaryFolder('in-host');
  try {
    await runTests({
      vscodeExecutablePath: await chooseExecutable(),
      extensionDevelopmentPath: await unpackVsix(vsixPath, path.join(outFolder, 'test/host/unpacked')),
      extensionTestsPath: module,
      launchArgs: [await makeWorkspace(temporary.path), ...(await profileArguments(temporary.path))],
      extensionTestsEnv: environment,
    });
  } finally {
    await temporary.remove();
  }
}

async function bundleSuite(): Promise<void> {
  const suite = path.join(import.meta.dirname, 'suite');
  const tests = (await readdir(suite)).filter((name) => name.endsWith('.test.ts'));
  await rm(bundledSuite, { recursive: true, force: true });
  await build({
    entryPoints: ['index.ts', ...tests].map((name) => path.join(suite, name)),
    outdir: bundledSuite,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // As in the build of what the suite imports.
    define: { 'import.meta.dirname': '__dirname' },
    target: 'node20',
    external: ['vscode'],
    // Mocha finds the workers of its parallel mode by path. The suite runs in one process.
    logOverride: { 'require-resolve-not-external': 'silent' },
    logLevel: 'warning',
  });
}

/** `VSCODE_HOST=browser` keeps a desktop VS Code out of it. */
async function chooseExecutable(): Promise<string> {
  const browserHost = path.join(import.meta.dirname, 'browserHost.mjs');
  if (process.env['VSCODE_HOST'] === 'browser') return browserHost;
  const installed = await findDesktopVsCode();
  if (installed !== undefined) return installed;
  if (!canShowWindows()) return browserHost;
  try {
    return await downloadAndUnzipVSCode({ cachePath: toolFolder });
  } catch (error) {
    console.log(`VS Code cannot be downloaded (${String(error)}); the tests run in code-server.`);
    return browserHost;
  }
}

/** The suite may write to its workspace, so it gets a copy of the samples. */
async function makeWorkspace(temporaryFolder: string): Promise<string> {
  const workspace = path.join(temporaryFolder, 'workspace');
  await cp(sampleFolder, workspace, { recursive: true });
  return workspace;
}

async function profileArguments(temporaryFolder: string): Promise<string[]> {
  const userData = path.join(temporaryFolder, 'user-data');
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(path.join(userData, 'User/settings.json'), JSON.stringify(quietSettings));
  return [`--user-data-dir=${userData}`, `--extensions-dir=${path.join(temporaryFolder, 'extensions')}`];
}
