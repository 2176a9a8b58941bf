/** Builds all that the extension and the command line need into dist/. `--watch` rebuilds on change. */
import { cp, readFile, rm } from 'node:fs/promises';
import asc from 'assemblyscript/asc';
import { build, context } from 'esbuild';

const { version } = JSON.parse(await readFile('package.json', 'utf8'));
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = { bundle: true, minify: !watch, sourcemap: watch, logLevel: 'warning', legalComments: 'none' };

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  define: { 'import.meta.dirname': '__dirname' },
};

/** @type {import('esbuild').BuildOptions[]} */
const targets = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.cjs', external: ['vscode'] },
  { ...node, entryPoints: ['src/engine/worker.ts'], outfile: 'dist/worker.cjs' },
  { ...node, entryPoints: ['src/engine/callWorker.ts'], outfile: 'dist/callWorker.cjs' },
  { ...node, entryPoints: ['src/engine/dumpWorker.ts'], outfile: 'dist/dumpWorker.cjs' },
  {
    ...node,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.cjs',
    banner: { js: '#!/usr/bin/env node' },
    define: { ...node.define, PACKAGE_VERSION: JSON.stringify(version) },
  },
  {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    entryPoints: { webview: 'media/resultPage.ts', dumpView: 'media/dumpView.ts' },
    outdir: 'dist',
  },
  { ...shared, entryPoints: { webview: 'media/resultPage.css', dumpView: 'media/dumpView.css' }, outdir: 'dist' },
];

await rm('dist', { recursive: true, force: true });
if (watch) {
  for (const target of targets) {
    const watched = await context(target);
    await watched.rebuild();
    await watched.watch();
  }
} else {
  await Promise.all(targets.map((target) => build(target)));
}
await buildKernel();
for (const name of ['report.schema.json', 'history.schema.json']) await cp(`src/core/report/${name}`, `dist/${name}`);
// The debugger of VS Code waits for this line (see .vscode/tasks.json).
if (watch) console.log('Built; watching for changes.');

/** src/kernel → dist/kernel.wasm. No runtime: the kernel allocates nothing, its memory is laid out by hand. */
async function buildKernel() {
  const { error, stderr } = await asc.main([
    ...['src/kernel/index.ts', '--outFile', 'dist/kernel.wasm', '-O3', '--noAssert', '--runtime', 'stub'],
    ...['--importMemory', '--sharedMemory', '--maximumMemory', '65536'],
    ...['--enable', 'simd', '--enable', 'bulk-memory', '--enable', 'threads'],
  ]);
  if (error) throw new Error(`The kernel does not compile: ${error.message}\n${stderr.toString()}`);
}
