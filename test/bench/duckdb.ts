/**
 * DuckDB from npm, installed when the benchmark first needs it: with 70 MB it is too large to be a dependency.
 * `npm ci` takes the folder away with node_modules.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryFolder } from '../host/paths.js';
import { runCommand, timed } from '../support/runCommand.js';

const version = '1.5.6-r.1';
export const duckdbFolder = path.join(repositoryFolder, 'node_modules/.cache/bench-duckdb');

/** @throws Error if npm cannot install it */
export async function installDuckdb(): Promise<void> {
  const manifest = JSON.stringify({ private: true, dependencies: { '@duckdb/node-api': version } });
  const manifestFile = path.join(duckdbFolder, 'package.json');
  const isInstalled = existsSync(path.join(duckdbFolder, 'node_modules/@duckdb/node-api'));
  if (isInstalled && readFileSync(manifestFile, 'utf8') === manifest) return;
  mkdirSync(duckdbFolder, { recursive: true });
  writeFileSync(manifestFile, manifest);
  const command = ['install', '--no-package-lock', '--ignore-scripts'];
  await timed('npm install DuckDB', () => runCommand('npm', command, { cwd: duckdbFolder, output: 'onFailure' }));
}
