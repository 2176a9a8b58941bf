/**
 * The extension in a real VS Code: how long it takes to be there, and how soon the tree shows a result of a million
 * differences. What is measured in the extension host is in editorInHost.ts.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { outFolder } from '../host/paths.js';
import { launchInHost } from '../host/runInHost.js';
import { makeTemporaryFolder } from '../support/temporaryFolder.js';
import { type Measure, resultVariable } from './editorMeasure.js';

export async function benchHost(): Promise<Measure[]> {
  const bundled = path.join(outFolder, 'bench/editorInHost.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'editorInHost.ts')],
    outfile: bundled,
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'], logLevel: 'warning' },
  });
  const folder = await makeTemporaryFolder('bench-host');
  try {
    const result = path.join(folder.path, 'result.json');
    await launchInHost(bundled, { [resultVariable]: result });
    return JSON.parse(readFileSync(result, 'utf8')) as Measure[];
  } finally {
    await folder.remove();
  }
}
