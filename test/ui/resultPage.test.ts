/** The result page as a person meets it, in a browser of its own: no VS Code is needed for these. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Comparison } from '../../src/core/comparison.js';
import { defaultOptions } from '../../src/core/options.js';
import { noChoices } from '../../src/editor/comparisonSettings.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { launchBrowser } from '../host/browser.js';
import { comparison, difference, dumpSummary, finalRecord, minute, noon, partition } from '../support/comparisons.js';
import { type RealPair, realDumpPath } from '../support/realDumps.js';
import {
  buildResultPage,
  type OpenOptions,
  pairOf,
  type Resources,
  ResultPageUnderTest,
} from '../support/resultPage.js';
import type { ThemeName } from '../support/themes.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const themes: readonly ThemeName[] = ['dark', 'light', 'highContrast'];
const rowKeys = '.rows .cell-key';

describe('the result page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let resources: Resources;
  let stopped: Comparison;
  let open: ResultPageUnderTest[] = [];

  before(async () => {
    [browser, resources, stopped] = await Promise.all([launchBrowser(), buildResultPage(), realComparison('stopped')]);
  });
  after(() => browser?.close());

  afterEach(async () => {
    const pages = open;
    open = [];
    await Promise.all(pages.map((tested) => tested.close()));
    for (const { faults } of pages) assert.deepEqual(faults, []);
  });

  async function openPage(options: OpenOptions = {}): Promise<ResultPageUnderTest> {
    const tested = await ResultPageUnderTest.open(browser, resources, options);
    open.push(tested);
    return tested;
  }

  async function openResult(shown: Comparison, options: OpenOptions = {}): Promise<ResultPageUnderTest> {
    const tested = await openPage(options);
    await tested.showResult(shown);
    return tested;
  }

  it('says the verdict, both names, and sums that add up', async () => {
    const { page } = await openResult(stopped);
    assert.equal(await page.locator('h1').textContent(), 'Different: 140 of 187 keys.');
    assert.match((await page.locator('.verdict').textContent()) ?? '', /stopped\.source\.txt.*stopped\.mirror\.txt/s);
    await page.getByText('As a sum').click();
    const rows = await page.locator('.sum tr').allInnerTexts();
    assert.ok(
      rows.some((row) => /= records\s+195\s+215/.test(row)),
      rows.join('\n'),
    );
  });

  it('puts the real loss first, under its heading', async () => {
    const { page } = await openResult(stopped);
    const firsts = await page
      .locator('.rows > .row')
      .evaluateAll((rows) => rows.slice(0, 4).map((row) => row.textContent ?? ''));
    assert.match(firsts[0] ?? '', /Before the other side’s end.*look here first/s);
    assert.match(firsts[1] ?? '', /user-00024/);
    assert.match(firsts[3] ?? '', /After the mirror’s end.*12:45:11/s);
  });

  it('says what to check, the most pressing opened', async () => {
    const { page } = await openResult(stopped);
    const checks = page.getByRole('region', { name: 'What to check' });
    assert.deepEqual(await checks.locator('summary').allInnerTexts(), [
      'After the mirror’s end: 138 keys',
      'Only on the mirror: 2 keys',
    ]);
    assert.deepEqual(await checks.locator('dd:visible').count(), 2);
    await checks.getByText('Only on the mirror').click();
    assert.match((await checks.locator('dd:visible').allInnerTexts()).at(2) ?? '', /^deleted at the source after/);
  });

  it('explains the kind of keys that is chosen, by the section that it is in', async () => {
    const lost = comparison([
      difference('lost', 'stale'),
      difference('late', 'stale', { late: 'afterMirrorEnd', at: noon + 70 * minute }),
    ]);
    const tested = await openResult(lost);
    const { page } = tested;
    assert.equal(await page.getByRole('note').count(), 0);
    await page.getByRole('group', { name: 'Kinds' }).getByRole('button', { name: 'Stale' }).click();
    await passing(tested, /^2 keys$/);
    assert.match(
      await page.getByRole('note').innerText(),
      /the mirror has an older version.*an update lost on the way/s,
    );
    await page.getByRole('button', { name: 'After the mirror’s end' }).click();
    await passing(tested, /^1 of 2 keys$/);
    assert.match(await page.getByRole('note').innerText(), /the replicator had stopped or lagged/);
  });

  describe('filters', () => {
    it('by what is typed', async () => {
      const tested = await openResult(stopped);
      await tested.page.getByPlaceholder('Search all 140 keys').fill('USER-0010');
      await passing(tested, /^\d+ of 140 keys$/);
      for (const key of await tested.page.locator(rowKeys).allInnerTexts()) assert.match(key, /user-0010/);
      await tested.page.getByText('Clear filters').click();
      await passing(tested, /^140 keys$/);
    });

    it('by counts, chips and partition, all together', async () => {
      const tested = await openResult(stopped);
      const { page } = tested;
      await page.getByRole('button', { name: '23 Missing on the mirror' }).click();
      await passing(tested, /^23 of 140 keys$/);
      await page.getByRole('group', { name: 'Kinds' }).getByRole('button', { name: 'Only on the mirror' }).click();
      await passing(tested, /^25 of 140 keys$/);
      await page.getByRole('button', { name: 'Before the other side’s end' }).click();
      await passing(tested, /^2 of 140 keys$/);
      await page.getByRole('combobox', { name: 'Partition' }).selectOption('0');
      await passing(tested, /^(No key passes|[12] of 140 keys)/);
    });

    it('by a bar of the chart, which can be looked at closer', async () => {
      const tested = await openResult(stopped);
      const { page } = tested;
      const last = page.locator('.bin').last();
      const [, time] = /^([\d:]+) – /.exec((await last.getAttribute('aria-label')) ?? '') ?? [];
      assert.ok(time !== undefined);
      await last.click();
      await passing(tested, /^\d+ of 140 keys$/);
      for (const written of await page.locator('.cell-written').allInnerTexts()) assert.ok(written >= time);
      const before = await page.locator('.bin').count();
      await page.getByRole('button', { name: 'Look closer' }).click();
      await holds(page, `document.querySelectorAll('.bin').length !== ${before}`);
      await page.getByRole('button', { name: 'Show all of the time' }).click();
      await holds(page, `document.querySelectorAll('.bin').length === ${before}`);
    });

    it('by the end of the mirror, and by a part of the ledger', async () => {
      const tested = await openResult(stopped);
      const { page } = tested;
      await page.getByRole('button', { name: /the mirror ends 12:45:11/ }).click();
      await passing(tested, /^138 of 140 keys$/);
      await page.getByText('Clear filters').click();
      await page.getByRole('button', { name: /137 not on the mirror/ }).click();
      await passing(tested, /^138 of 140 keys$/);
    });
  });

  it('leads to lines and values', async () => {
    const tested = await openResult(stopped);
    const { page } = tested;
    await page.getByPlaceholder(/Search/).fill('user-00107');
    await passing(tested, /^1 of 140 keys$/);
    await page.getByRole('button', { name: 'line 12', exact: true }).click();
    await page.getByRole('button', { name: 'line 42', exact: true }).click();
    await page.getByRole('button', { name: 'compare', exact: true }).click();
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.getByRole('button', { name: 'line 1 of the mirror' }).click();
    await page.getByRole('button', { name: 'Change… how the mirror is read' }).click();
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('button', { name: 'Change…', exact: true }).click();
    await commandsOf(tested, [
      ['kafkaDumpCompare.openSourceLine', 0],
      ['kafkaDumpCompare.openMirrorLine', 0],
      ['kafkaDumpCompare.diffValues', 0],
      ['kafkaDumpCompare.swapSides'],
      ['kafkaDumpCompare.openWarning', 'mirror', 1],
      ['kafkaDumpCompare.changeReading', 'mirror'],
      ['kafkaDumpCompare.exportReport'],
      ['workbench.action.openSettings', 'kafkaDumpCompare'],
    ]);
  });

  it('says what was chosen for reading a dump, and leads back', async () => {
    const choices = { ...noChoices, mirror: { separator: '::' } };
    const tested = await openResult(stopped, { height: 2200 });
    await tested.showResult(stopped, choices);
    const { page } = tested;
    await page.locator('.origin', { hasText: 'chosen' }).waitFor();
    await page.getByRole('button', { name: 'As detected for the mirror' }).click();
    assert.equal(await page.getByRole('button', { name: 'As detected for the source' }).count(), 0);
    await commandsOf(tested, [['kafkaDumpCompare.readAsDetected', 'mirror']]);
  });

  it('says which fields are ignored, and leads to ignoring one more, or none', async () => {
    const tested = await openPage();
    const paths = ['$.items[*].updatedAt', '$.<b>bold</b>'];
    await tested.showResult(stopped, { ...noChoices, ignoredPaths: paths });
    const { page } = tested;
    assert.match(
      (await page.locator('.verdict').innerText()).replace(/\s+/g, ' '),
      /Without the fields \$\.items\[\*\]\.updatedAt, \$\.<b>bold<\/b>, ignored for these two dumps\. Stop ignoring…/,
    );
    await page.getByRole('button', { name: 'Stop ignoring…' }).click();
    await page.getByPlaceholder(/Search/).fill('user-00107');
    await passing(tested, /^1 of 140 keys$/);
    await page.locator('.row', { hasText: 'user-00107' }).hover();
    await tested.screenshot('ignored-dark-1100');
    await page.getByRole('button', { name: 'ignore…' }).click();
    await page.getByPlaceholder(/Search/).fill('user-00024');
    await page.locator(rowKeys, { hasText: 'user-00024' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'ignore…' }).count(), 0, 'a key of one side alone');
    await commandsOf(tested, [['kafkaDumpCompare.stopIgnoring'], ['kafkaDumpCompare.ignoreField', 0]]);
  });

  it('is usable without a mouse', async () => {
    const tested = await openResult(stopped);
    const { page } = tested;
    await page.keyboard.press('/');
    await page.keyboard.type('user-001');
    // Whoever types slowly sees the keys of the first letters before.
    await passing(tested, /^62 of 140 keys$/);
    await page.locator('.rows [tabindex="0"]', { has: page.locator('.cell-key') }).focus();
    const first = await page.evaluate('document.activeElement.textContent');
    await page.keyboard.press('ArrowDown');
    assert.notEqual(await page.evaluate('document.activeElement.textContent'), first);
    await page.keyboard.press('End');
    await holds(page, `document.activeElement.querySelector('.cell-key') !== null`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate('document.activeElement.dataset.action'), 'openSourceLine');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.evaluate('document.activeElement.dataset.action'), 'openSourceLine');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    assert.equal(await page.evaluate('document.activeElement.textContent'), first);
    assert.deepEqual(
      tested.commands.map(([command]) => command),
      ['kafkaDumpCompare.diffValues', 'kafkaDumpCompare.openSourceLine'],
    );
    await page.locator('.bin').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-pressed")'), 'true');
  });

  it('comes back as it was left', async () => {
    const tested = await openResult(stopped, { height: 700 });
    const { page } = tested;
    await page.getByRole('button', { name: '115 Modified' }).click();
    await passing(tested, /^115 of 140 keys$/);
    await page.locator('.table').evaluate((table) => {
      table.scrollTop = 800;
    });
    await page.evaluate('scrollTo(0, 300)');
    await page.waitForTimeout(400);
    const places = 'JSON.stringify([scrollY, Math.floor(document.querySelector(".table").scrollTop / 26)])';
    const before = await page.evaluate(places);
    await tested.hideAndShow();
    await passing(tested, /^115 of 140 keys$/);
    await holds(page, `${places} === ${JSON.stringify(before)}`);
  });

  it('starts afresh for another pair', async () => {
    const tested = await openResult(stopped);
    await tested.page.getByRole('button', { name: '115 Modified' }).click();
    await passing(tested, /^115 of 140 keys$/);
    await tested.showResult({ ...stopped, source: stopped.mirror, mirror: stopped.source });
    await passing(tested, /^140 keys$/);
  });

  it('says so while there is no result', async () => {
    const tested = await openPage();
    const { page } = tested;
    const pair = pairOf(stopped);
    await page.getByRole('button', { name: 'Compare two dumps…' }).click();

    const progress = {
      phase: 'reading',
      bytesDone: 250_000_000,
      bytesTotal: 1_000_000_000,
      records: 1_234_567,
      warnings: 1,
      found: null,
    } as const;
    const counts = { same: 70_000, deleted: 3, missing: 12, extra: 0, modified: 5 };
    const found = { counts, first: [...stopped.differences].slice(0, 2) };
    tested.show({ kind: 'running', pair, startedAt: Date.now(), progress: null });
    tested.show({ kind: 'running', pair, startedAt: Date.now() - 10_000, progress });
    await page.getByText(/25 % · 250 MB of 1\.0 GB .* 30 s left · 1,234,567 records · 1 warning/).waitFor();
    assert.equal(await page.getByRole('progressbar').getAttribute('aria-valuenow'), '25');
    tested.show({ kind: 'running', pair, startedAt: Date.now() - 10_000, progress: { ...progress, found } });
    await page.getByRole('heading', { name: 'So far: 12 missing · 5 modified among 70,020 keys' }).waitFor();
    assert.equal(await page.getByRole('row').count(), 3);
    await page.getByRole('button', { name: 'Cancel' }).click();

    tested.show({ kind: 'cancelled', pair });
    await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
    await page.getByRole('button', { name: 'Compare again' }).click();

    tested.show({ kind: 'failed', pair, message: 'Line 18 is no record.', path: pair.source.fsPath, line: 18 });
    await page.getByText('Line 18 is no record.').waitFor();
    await page.getByRole('button', { name: 'Open line 18 of the source' }).click();
    await page.getByRole('button', { name: 'Change how the source is read…' }).click();
    await page.getByRole('button', { name: 'Choose other dumps…' }).click();
    await commandsOf(tested, [
      ['kafkaDumpCompare.compareFiles'],
      ['kafkaDumpCompare.cancel'],
      ['kafkaDumpCompare.compareAgain'],
      ['kafkaDumpCompare.openWarning', 'source', 18],
      ['kafkaDumpCompare.changeReading', 'source'],
      ['kafkaDumpCompare.compareFiles'],
    ]);
  });

  it('writes moments in the reader’s zone, with UTC in the tooltip', async () => {
    const { page } = await openResult(stopped, { timeZone: 'Asia/Kathmandu' });
    await page.getByText('The mirror ends at 18:30:11').waitFor();
    await page.getByRole('button', { name: 'the mirror ends 18:30:11' }).waitFor();
    const tooltip = await page.locator('.cell-written [title]').first().getAttribute('title');
    assert.match(tooltip ?? '', /^2026-11-22 17:19:41 .+\n2026-11-22T11:34:41\.\d{3}Z$/);
  });

  it('takes keys and warnings for text, whatever is in them', async () => {
    const tested = await openResult(hostileComparison(), { height: 2300 });
    const { page } = tested;
    await page.locator('details').evaluateAll((all) => {
      for (const details of all) details.setAttribute('open', '');
    });
    assert.equal(await page.evaluate('globalThis.harmed'), undefined);
    assert.equal(await page.locator('#page img, #page script, #page iframe').count(), 0);
    const keys = await page.locator(rowKeys).allInnerTexts();
    assert.ok(keys.some((key) => key.includes('<img src=x onerror=')));
    assert.ok(keys.some((key) => key.includes('␛[31mred')));
    assert.ok(keys.includes('empty'));
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    const heights = await page.locator('.rows > .row').evaluateAll((rows) => rows.map((row) => row.clientHeight));
    assert.equal(new Set(heights).size, 1);
    await tested.screenshot('hostile-dark-1100');
  });

  it('holds few rows at a time, wherever 100,000 keys are scrolled to', async () => {
    const tested = await openResult(manyKeys(100_000));
    const { page } = tested;
    for (let step = 0; step < 12; step++) {
      await page.evaluate(`new Promise((resolve) => {
        document.querySelector('.table').scrollTop += ${step % 4 === 0 ? 700_000 : 400};
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      })`);
      const rows = await page.locator('.rows > .row').count();
      assert.ok(rows > 0 && rows < 80, `${rows} rows`);
    }
    await page.locator('.table').evaluate((table) => {
      table.scrollTop = table.scrollHeight;
    });
    await page.locator(rowKeys, { hasText: 'key-099999' }).waitFor();
  });

  it('reaches every one of 1,000,000 keys', async () => {
    const { page } = await openResult(manyKeys(1_000_000));
    await page.locator('.rows [tabindex="0"]').focus();
    await page.keyboard.press('End');
    await page.locator(rowKeys, { hasText: 'key-999999' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await holds(page, `document.activeElement.textContent.includes('key-999998')`);
    const table = page.locator('.table');
    await table.hover();
    await page.keyboard.press('Home');
    await page.locator(rowKeys, { hasText: 'key-000000' }).waitFor();
    await page.mouse.wheel(0, 260);
    await holds(page, `document.querySelector('.table').scrollTop > 0`);
    const shown = await page.locator(rowKeys).allInnerTexts();
    assert.ok(shown.includes('key-000012'), 'the wheel jumped over rows');
  });

  for (const theme of themes) {
    describe(`in ${theme}`, () => {
      for (const [name, shown] of [
        ['stopped', () => stopped],
        ['healthy', () => realComparison('healthy')],
        ['every kind', async () => everyKind()],
      ] as const) {
        it(`has no accessibility violations: ${name}`, async () => {
          for (const width of [1100, 500]) {
            const tested = await openResult(await shown(), { theme, width });
            await tested.screenshot(`${name.replace(' ', '-')}-${theme}-${width}`);
            await tested.page.locator('details').evaluateAll((all) => {
              for (const details of all) details.setAttribute('open', '');
            });
            assert.deepEqual(await violations(tested), []);
          }
        });
      }
    });
  }
});

async function realComparison(pair: RealPair): Promise<Comparison> {
  const paths = { source: realDumpPath(pair, 'source'), mirror: realDumpPath(pair, 'mirror') };
  return compareDumps({ ...paths, options: defaultOptions });
}

async function passing({ page }: ResultPageUnderTest, words: RegExp): Promise<void> {
  await page.locator('.passing', { hasText: words }).waitFor();
}

/** Playwright's own waiting would evaluate text inside the page, which the page forbids. */
async function holds(page: Page, condition: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await page.evaluate<boolean>(condition)) return;
    await page.waitForTimeout(30);
  }
  assert.fail(`does not hold: ${condition}`);
}

/** Messages need a moment from the page to its host. */
async function commandsOf(tested: ResultPageUnderTest, expected: readonly (readonly unknown[])[]): Promise<void> {
  for (let tries = 0; tries < 40 && tested.commands.length < expected.length; tries++) {
    await tested.page.waitForTimeout(25);
  }
  assert.deepEqual(tested.commands, expected);
}

/** The page itself forbids scripts in its text; axe is put in from outside. */
async function violations({ page }: ResultPageUnderTest): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  );
}

function manyKeys(count: number): Comparison {
  const template = difference('', 'missing');
  const differences = Array.from({ length: count }, (_, i) => ({
    ...template,
    key: `key-${String(i).padStart(6, '0')}`,
  }));
  return comparison(differences);
}

/** Every kind of difference, both ends, two partitions that stopped, tombstones, notes: all there is to see. */
function everyKind(): Comparison {
  const lateMirror = { late: 'afterMirrorEnd', at: noon + 20 * minute, partition: 1 } as const;
  const lateSource = { late: 'afterSourceEnd', at: noon + 80 * minute } as const;
  const tombstone = finalRecord({ tombstone: true, line: 77 });
  const kinds = ['missing', 'diverged', 'stale', 'reordered', 'ahead', 'extra'] as const;
  return comparison(
    [
      ...kinds.map((kind, i) => difference(`order-${i}`, kind, { at: noon + i * 9 * minute })),
      difference('order-deleted', 'stale', {}, { source: tombstone }),
      difference('late-1', 'missing', lateMirror),
      difference('late-2', 'stale', lateMirror),
      difference('late-3', 'ahead', lateSource),
    ],
    {
      source: dumpSummary({
        ...{ records: 1044, keyless: 12, noiseLines: 3, truncated: 1 },
        warnings: [
          { code: 'truncated-tail', line: 1045, message: 'The dump ends in the middle of a record.' },
          { code: 'noise-set-aside', line: 1, message: '3 notice lines of the consumer set aside.' },
        ],
        partitions: [partition(0), partition(1)],
      }),
      mirror: dumpSummary({
        ...{ path: '/dumps/orders.mirror.txt', records: 1133, keyless: 14, nullLiteral: null },
        partitions: [partition(0, { lastTimestamp: noon + 70 * minute }), partition(1, { lastTimestamp: noon })],
      }),
      ledger: {
        matched: 1000,
        source: { superseded: 21, repeated: 2, expiredTombstones: 1, notInOther: 8 },
        mirror: { superseded: 90, repeated: 20, expiredTombstones: 2, notInOther: 7 },
        approximateKeys: 1,
      },
      keylessDifferences: { onlyInSource: 1, onlyInMirror: 0, repeatedInSource: 0, repeatedInMirror: 3 },
      keysInSeveralPartitions: [
        {
          ...{ key: 'order-moved', keyBase64: null, outcome: 'same' },
          ...{ sourcePartitions: [0, 1], mirrorPartitions: [0], source: finalRecord(), mirror: finalRecord() },
        },
      ],
    },
  );
}

function hostileComparison(): Comparison {
  const keys = [
    '<img src=x onerror="globalThis.harmed = true">',
    '"><script>globalThis.harmed = true</script>',
    '\u001b[31mred\u001b[0m\r\n\u0000',
    'x'.repeat(10_000),
    'שלום עולם \u202e evil.exe',
    'ערך:12',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it must not be taken for one
    '${globalThis.harmed = true}',
    'a\u0300'.repeat(500),
    '',
    ' two  spaces ',
  ];
  const message = '<b onclick="globalThis.harmed = true">a warning</b>';
  return comparison(
    keys.map((key) => difference(key, 'stale', {}, key === '' ? {} : { keyBase64: '//79' })),
    {
      source: dumpSummary({
        path: '/tmp/<img src=x onerror="globalThis.harmed = true">.txt',
        separator: '<b>',
        warnings: [{ code: 'unreadable-records', line: 3, message }],
      }),
      keysInSeveralPartitions: keys.map((key) => ({
        ...{ key, keyBase64: null, outcome: 'modified' },
        ...{ sourcePartitions: [0], mirrorPartitions: [1], source: finalRecord(), mirror: null },
      })),
    },
  );
}
