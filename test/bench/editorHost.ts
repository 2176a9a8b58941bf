/**
 * The extension in a real VS Code: how long it takes to be there, how soon its tree is on the screen with a million
 * differences, and whether it ever holds up the extension host. That side is in editorInHost.ts; this one watches the
 * window, since only there one sees what is drawn.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { runTestsInBrowser } from '../host/browserHost.js';
import { outFolder, vsixPath } from '../host/paths.js';
import { unpackVsix } from '../host/vsix.js';
import { makeTemporaryFolder } from '../support/temporaryFolder.js';
import { cases } from './cases.js';
import { differingKeys } from './checkAnswer.js';
import { provideData } from './data/dataFolder.js';
import { type HostTask, type HostTimes, taskVariable } from './editorHostTask.js';
import type { Measure } from './editorMeasure.js';
import { warmPageCache } from './measure.js';

/** Of one VS Code: what its extension host has timed, and the moments at which its window showed keys. */
interface Round extends HostTimes {
  readonly paintedAt: ReadonlyMap<number, number>;
}

/** Levels of the tree: the first keys while a comparison runs, and the keys of its result. */
const foundLevel = 2;
const keyLevel = 3;

export async function benchHost(rounds: number): Promise<Measure[]> {
  const { source, mirror, answer } = provideData('all-differ', cases['all-differ'].data);
  await warmPageCache([source, mirror]);
  const testsPath = path.join(outFolder, 'bench/editorInHost.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'editorInHost.ts')],
    outfile: testsPath,
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'], logLevel: 'warning' },
  });
  const extensionPath = await unpackVsix(vsixPath, path.join(outFolder, 'bench/unpacked'));
  const done: Round[] = [];
  for (let round = 1; round <= rounds; round++) {
    done.push(await runRound(extensionPath, testsPath, { source, mirror, differing: differingKeys(answer) }));
    console.log(`editor, round ${round}: VS Code`);
  }
  const shown = (level: number, { paintedAt }: Round): number => paintedAt.get(level) ?? Number.NaN;
  const of = (what: string, times: readonly number[], bar: Measure['bar']): Measure => ({ what, times, bar });
  return [
    of(
      'Activating, in a window at rest',
      done.flatMap(({ activation }) => activation),
      { atMost: 50, of: 'median' },
    ),
    of(
      '1 M differences: tree on the screen after the result',
      done.map((round) => shown(keyLevel, round) - round.doneAt),
      { atMost: 300, of: 'median' },
    ),
    of(
      '1 M differences, 1.4 GB: first differing keys on the screen, from the start',
      done.map((round) => shown(foundLevel, round) - round.startedAt),
      null,
    ),
    of(
      '1 M differences, 1.4 GB: the result, from the start',
      done.map((round) => round.doneAt - round.startedAt),
      null,
    ),
    of(
      'Cancelling, at any moment',
      done.flatMap(({ cancels }) => cancels),
      { atMost: 200, of: 'longest' },
    ),
    of(
      'Longest turn of the extension host in all that: its own work',
      done.map(({ longestTurn }) => longestTurn.work),
      { atMost: 50, of: 'longest' },
    ),
    of(
      'Longest turn of the extension host in all that, waiting for a core included',
      done.map(({ longestTurn }) => longestTurn.withWaiting),
      null,
    ),
  ];
}

async function runRound(extensionPath: string, testsPath: string, task: Omit<HostTask, 'result'>): Promise<Round> {
  const folder = await makeTemporaryFolder('bench-host');
  try {
    const workspace = path.join(folder.path, 'workspace');
    mkdirSync(workspace);
    const result = path.join(folder.path, 'result.json');
    process.env[taskVariable] = JSON.stringify({ ...task, result } satisfies HostTask);
    const paintedAt = new Map<number, number>();
    const exitCode = await runTestsInBrowser({ extensionPath, testsPath, workspace }, (page) =>
      watchTree(page, (level, at) => paintedAt.set(level, at)),
    );
    assert.equal(exitCode, 0, 'The extension host failed.');
    const times = JSON.parse(readFileSync(result, 'utf8')) as HostTimes;
    assert.ok(paintedAt.has(keyLevel), 'The tree never showed the keys.');
    assert.ok((paintedAt.get(foundLevel) as number) < times.doneAt, 'No key was shown before the result.');
    return { ...times, paintedAt };
  } finally {
    await folder.remove();
  }
}

/** Tells when a row of a level was on the screen for the first time. Script as text, since it runs in the browser. */
async function watchTree(page: Page, onPainted: (level: number, at: number) => void): Promise<void> {
  await page.exposeFunction('benchPainted', onPainted);
  await page.addInitScript({
    content: `
      const waiting = new Set(window === top ? [${foundLevel}, ${keyLevel}] : []);
      const look = () => {
        for (const level of waiting) {
          if (document.querySelector('.pane-body .monaco-list-row[aria-level="' + level + '"]') === null) continue;
          waiting.delete(level);
          // It is there, and the next frame comes after it was painted.
          requestAnimationFrame(() => benchPainted(level, Date.now()));
        }
        if (waiting.size > 0) requestAnimationFrame(look);
      };
      look();
    `,
  });
}
