/** A result of a million differences: what it costs the extension host's thread, and how its page scrolls. */
import { setImmediate } from 'node:timers/promises';
import type { Comparison } from '../../src/core/comparison.js';
import { listOfColumns } from '../../src/core/differenceColumnList.js';
import { DifferenceColumnsBuilder } from '../../src/core/differenceColumns.js';
import { verdictWords } from '../../src/core/words/verdict.js';
import { DifferenceRows } from '../../src/editor/differenceRows.js';
import { resultSummary } from '../../src/editor/resultModel.js';
import type { RowFilter } from '../../src/editor/resultProtocol.js';
import { ComparisonNodes } from '../../src/editor/treeNodes.js';
import { packComparison, unpackComparison } from '../../src/engine/workerProtocol.js';
import { launchBrowser } from '../host/browser.js';
import { comparison, difference, minute, noon } from '../support/comparisons.js';
import { buildResultPage, ResultPageUnderTest } from '../support/resultPage.js';
import type { Measure } from './editorMeasure.js';

const million = 1_000_000;
const noFilter: RowFilter = { search: '', kinds: [], section: null, partition: null, interval: null };

export async function benchMillion(): Promise<Measure[]> {
  // As it arrives: the worker has counted what all views ask for.
  const { message, transfer } = packComparison(millionDifferences());
  const sent = structuredClone(message, { transfer });
  return [...(await hostMeasures(unpackComparison(sent))), ...(await scrollMeasures(unpackComparison(sent)))];
}

function millionDifferences(): Comparison {
  const kinds = ['missing', 'stale', 'extra', 'diverged', 'ahead'] as const;
  const templates = kinds.map((kind) => difference('', kind));
  const columns = new DifferenceColumnsBuilder(million);
  const encoder = new TextEncoder();
  for (let i = 0; i < million; i++) {
    const template = templates[i % kinds.length] as (typeof templates)[number];
    const late = i % 3 === 0 ? ('afterMirrorEnd' as const) : null;
    const at = noon + (i % 10_000) * minute;
    const final = (record: typeof template.source) =>
      record && { ...record, line: i + 1, partition: i % 12, timestamp: at };
    const row = { ...template, late, source: final(template.source), mirror: final(template.mirror) };
    columns.add(row, encoder.encode(`user-${i}`));
  }
  const fifth = million / kinds.length;
  const keys = { same: 5, deleted: 0, missing: fifth, extra: fifth, modified: 3 * fifth, inSeveralPartitions: 0 };
  return comparison([], { verdict: 'different', keys, differences: listOfColumns(columns.finish()) });
}

/** On the extension host's own thread: what VS Code and every other extension wait for. */
async function hostMeasures(result: Comparison): Promise<Measure[]> {
  const measures: Measure[] = [];
  const add = (what: string, times: readonly number[]): void => {
    measures.push({ what: `1 M differences: ${what}`, times, bar: { atMost: 50, of: 'longest' } });
  };
  const timed = <T>(what: string, run: () => T): T => {
    const started = performance.now();
    const value = run();
    add(what, [performance.now() - started]);
    return value;
  };
  const words = timed('the verdict in words', () => verdictWords(result));
  const nodes = timed('nodes of the tree', () => new ComparisonNodes(result));
  timed('what the page shows, chart included', () => resultSummary(result, words));
  const rows = timed('rows of the table, in order', () => new DifferenceRows(result));
  add('blocks while the tree is filtered', await blocks(() => nodes.setFilter('USER-99')));
  add('blocks while the table is searched', await blocks(() => rows.page({ ...noFilter, search: '9é' }, 0, 100)));
  add('blocks of all filters of the table at once', await blocks(() => rows.page(allFilters, 0, 100)));
  return measures;
}

const allFilters: RowFilter = {
  ...{ search: 'user-1', kinds: ['stale', 'missing'], section: 'inTime', partition: 3 },
  interval: { from: noon, to: noon + 5000 * minute },
};

/** The times for which nothing else has its turn, from 1 ms up. */
async function blocks(run: () => Promise<unknown>): Promise<number[]> {
  let isDone = false;
  const times: number[] = [];
  const watch = async (): Promise<void> => {
    for (let last = performance.now(); !isDone; ) {
      await setImmediate();
      const now = performance.now();
      if (now - last >= 1) times.push(now - last);
      last = now;
    }
  };
  const watching = watch();
  await run();
  isDone = true;
  await watching;
  return times;
}

/** The frames of the page while its table is scrolled by wheel, and from end to end. */
async function scrollMeasures(result: Comparison): Promise<Measure[]> {
  const browser = await launchBrowser();
  try {
    const tested = await ResultPageUnderTest.open(browser, await buildResultPage());
    await tested.showResult(result);
    const { page } = tested;
    await page.locator('.table').scrollIntoViewIfNeeded();
    await page.locator('.table').hover();
    await page.evaluate(`
      globalThis.frames = [];
      let last = performance.now();
      const frame = (now) => { globalThis.frames.push(now - last); last = now; requestAnimationFrame(frame); };
      requestAnimationFrame(frame);
    `);
    for (let i = 0; i < 60; i++) await page.mouse.wheel(0, 400);
    for (let i = 1; i <= 20; i++) {
      await page.locator('.table').evaluate((table, share) => {
        table.scrollTop = share * (table.scrollHeight - table.clientHeight);
      }, i / 20);
      await page.waitForTimeout(50);
    }
    const frames = (await page.evaluate('globalThis.frames.slice(1)')) as number[];
    await tested.close();
    return [
      {
        what: '1 M differences: frames while the page is scrolled',
        times: frames,
        bar: { atMost: 100, of: 'longest' },
      },
    ];
  } finally {
    await browser.close();
  }
}
