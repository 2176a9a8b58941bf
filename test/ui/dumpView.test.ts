/** The dump view as a person meets it, in a browser of its own, over real dumps on disk: no VS Code is needed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { defaultOptions } from '../../src/core/options.js';
import type { ComparedDump } from '../../src/editor/dumpViewConversation.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { launchBrowser } from '../host/browser.js';
import { waitFor } from '../host/patience.js';
import { DumpViewUnderTest } from '../support/dumpViewPage.js';
import { realDumpPath } from '../support/realDumps.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';
import type { ThemeName } from '../support/themes.js';
import { buildPage, type OpenOptions, type Resources } from '../support/webviewPage.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const themes: readonly ThemeName[] = ['dark', 'light', 'highContrast'];

describe('the dump view', function () {
  this.timeout(60_000);
  let browser: Browser;
  let resources: Resources;
  let compared: ComparedDump;
  let folder: TemporaryFolder;
  let long: { readonly file: string; readonly records: number };
  let open: DumpViewUnderTest[] = [];

  before(async () => {
    folder = await makeTemporaryFolder('dump-view-');
    long = { file: path.join(folder.path, 'long.txt'), records: 60_000 };
    await writeFile(long.file, longDump(long.records));
    const request = {
      ...{ source: realDumpPath('stopped', 'source'), mirror: realDumpPath('stopped', 'mirror') },
      options: defaultOptions,
    };
    compared = { comparison: await compareDumps(request), side: 'source' };
    [browser, resources] = await Promise.all([launchBrowser(), buildPage('dumpView')]);
  });
  after(async () => {
    await browser?.close();
    await folder?.remove();
  });

  afterEach(async () => {
    const pages = open;
    open = [];
    await Promise.all(pages.map((tested) => tested.close()));
    for (const { faults } of pages) assert.deepEqual(faults, []);
  });

  async function openView(
    dump: Parameters<typeof DumpViewUnderTest.open>[2],
    options: OpenOptions = {},
  ): Promise<DumpViewUnderTest> {
    const tested = await DumpViewUnderTest.open(browser, resources, dump, { height: 500, ...options });
    open.push(tested);
    return tested;
  }

  const openCompared = (options: OpenOptions = {}): Promise<DumpViewUnderTest> =>
    openView({ file: compared.comparison.source.path, compared }, options);

  it('shows records in columns, with the dump’s own line numbers', async () => {
    const { page } = await openCompared();
    assert.deepEqual(await page.getByRole('columnheader').allInnerTexts(), [
      ...['Line', 'Time', 'Partition', 'Key', 'Value'],
    ]);
    const [first, second] = await rowTexts(page);
    const [line] = readFileSync(compared.comparison.source.path, 'utf8').split('\n');
    const [, , key, value] = (line as string).split('::');
    assert.ok(first?.startsWith('1 ') && first.includes(` ${key} `), first);
    assert.ok(first?.includes((value as string).slice(0, 20)), first);
    assert.match(second ?? '', /^2 /);
  });

  it('goes on through the whole dump, by wheel, keys and scrollbar', async () => {
    const { page } = await openView({ file: long.file });
    await page.locator('.viewport').hover();
    for (let turn = 0; turn < 30; turn++) await page.mouse.wheel(0, 2000);
    await waitFor('rows beyond the first pages', async () => (await topLine(page)) > 2000 || undefined);

    await page.locator('.dump-grid').focus();
    await page.keyboard.press('End');
    await page
      .getByRole('row')
      .filter({ hasText: `key-${long.records - 1}` })
      .waitFor();
    assert.equal(await lastLine(page), lineOf(long.records - 1));
    await page.keyboard.press('Home');
    await waitFor('the first line', async () => (await topLine(page)) === 1 || undefined);

    await page.locator('.scrollbar').evaluate((bar) => {
      bar.scrollTop = (bar.scrollHeight - bar.clientHeight) / 2;
    });
    await waitFor(
      'the middle',
      async () => Math.abs((await topLine(page)) - lineOf(long.records / 2)) < 3000 || undefined,
    );
    await linesFollowEachOther(page);
  });

  it('opens at a record, whose line is known before any line is counted', async () => {
    const number = 30_000;
    const text = longDump(long.records);
    const byteOffset = text.indexOf(`::key-${number}::`) - 'CreateTime:1690000000000::Partition:0'.length;
    const { page } = await openView({
      file: long.file,
      at: { byteOffset, byteLength: 60, line: lineOf(number), lineCount: 1 },
    });
    const active = page.locator('.dump-row.active');
    assert.match(await rowText(active), new RegExp(`^${lineOf(number).toLocaleString('en-US')} .* key-${number} `));
    assert.ok((await topLine(page)) < lineOf(number), 'what is before it is shown, too');
    await linesFollowEachOther(page);
  });

  it('says deleted, empty and how long a value is, and shows what belongs to no record', async () => {
    const file = path.join(folder.path, 'values.txt');
    const lines = ['a::null', 'b::', `c::${'x'.repeat(5000)}`, 'null::no key', 'd::one\ntwo\n\u001b[31mthree'];
    const records = lines.map((line, i) => `CreateTime:${1_690_000_000_000 + i}::Partition:0::${line}\n`);
    await writeFile(file, `${records.join('')}Processed a total of 5 messages\n`);
    const { page } = await openView({ file });
    const rows = await rowTexts(page);
    assert.match(rows[0] ?? '', / a deleted$/);
    assert.match(rows[1] ?? '', / b empty$/);
    assert.match(rows[2] ?? '', / c 5\.0 kB ?x+…$/);
    assert.match(rows[3] ?? '', / no key no key$/);
    assert.match(rows[4] ?? '', /^5 .* d 3 lines ?one↵two↵␛\[31mthree$/);
    assert.match(rows[5] ?? '', /^8 Processed a total of 5 messages$/);
  });

  it('shows a record in full, and follows the keys while it does', async () => {
    const file = path.join(folder.path, 'json.txt');
    const record = (key: string, value: string): string => `CreateTime:1690000000000::Partition:0::${key}::${value}\n`;
    await writeFile(file, record('a', '{"n":12345678901234567890}') + record('b', 'two\nlines') + record('c', 'null'));
    const tested = await openView({ file });
    const { page } = tested;
    await page.locator('.dump-grid').focus();
    await page.keyboard.press('Enter');
    const value = page.locator('.details pre').last();
    await waitFor(
      'the value',
      async () => (await value.textContent()) === '{\n  "n": 12345678901234567890\n}' || undefined,
    );
    await page.keyboard.press('ArrowDown');
    await waitFor('the next value', async () => (await value.textContent()) === 'two\nlines' || undefined);
    await page.getByRole('button', { name: 'Open value in an editor' }).click();
    await waitFor('the wish', async () => tested.commands.length === 1 || undefined);
    assert.deepEqual(tested.commands, [['openValue', record('a', '{"n":12345678901234567890}').length]]);
    await page.locator('.dump-grid').focus();
    await page.keyboard.press('ArrowDown');
    await waitFor('a tombstone', async () => (await value.textContent()) === 'deleted' || undefined);
    await page.keyboard.press('Escape');
    await page.locator('.details').waitFor({ state: 'detached' });
  });

  it('finds a text anywhere in the dump, marks it, and goes on at the other end', async () => {
    const { page } = await openView({ file: long.file });
    await page.keyboard.press('F3');
    await page.locator('#search').fill('KEY-4321');
    await page.locator('.dump-row.active', { hasText: 'key-4321' }).waitFor();
    assert.deepEqual([...new Set(await page.locator('mark').allInnerTexts())], ['key-4321']);
    await page.locator('#search').press('Enter');
    await page.locator('.dump-row.active', { hasText: 'key-43210' }).waitFor();
    await page.locator('#search').press('Shift+Enter');
    await page.locator('.dump-row.active', { hasText: /key-4321(?!\d)/ }).waitFor();
    await page.locator('#search').press('Shift+Enter');
    await page.locator('.dump-row.active', { hasText: 'key-43219' }).waitFor();
    await page.getByText('found past the end of the dump').waitFor();
    await page.getByRole('button', { name: 'Match case' }).click();
    await page.getByText('not found').waitFor();
  });

  it('finds what is cut away in a row, and shows it there', async () => {
    const { page } = await openView({ file: long.file });
    await page.locator('#search').fill('needle');
    const active = page.locator('.dump-row.active', { has: page.locator('mark') });
    await active.waitFor();
    assert.match(await rowText(active), /…x+needlex+…/);
  });

  it('goes to a line', async () => {
    const { page } = await openView({ file: long.file });
    await page.getByLabel('Go to line').fill('50,000');
    await page.getByLabel('Go to line').press('Enter');
    await waitFor(
      'line 50,000',
      async () => /^(50,000|49,999) /.test(await rowText(page.locator('.active'))) || undefined,
    );
    await page.getByLabel('Go to line').fill('9999999');
    await page.getByLabel('Go to line').press('Enter');
    await page.getByText('The dump has fewer than 9,999,999 lines.').waitFor();
  });

  it('goes from difference to difference, and to the values of one', async () => {
    const tested = await openCompared();
    const { page } = tested;
    const { differences } = compared.comparison;
    const places = [...differences].flatMap(({ key, source }) => (source === null ? [] : [{ key, line: source.line }]));
    places.sort((a, b) => a.line - b.line);
    await page.getByText(`${places.length} differing`).waitFor();
    for (const [i, place] of places.slice(0, 3).entries()) {
      await page.getByRole('button', { name: 'Next difference' }).click();
      await page.getByText(`Difference ${i + 1} of ${places.length}`).waitFor();
      assert.ok((await rowText(page.locator('.dump-row.active'))).startsWith(`${place.line} `));
    }
    tested.conversation.act('previousDifference');
    await page.getByText(`Difference 2 of ${places.length}`).waitFor();
    await page.locator('.active .mark').click();
    await waitFor('the wish', async () => tested.commands.length === 1 || undefined);
    const index = [...differences].findIndex(({ key }) => key === places[1]?.key);
    assert.deepEqual(tested.commands[0]?.slice(0, 2), ['kafkaDumpCompare.diffValues', index]);
  });

  it('follows the comparison: marks come and go with it', async () => {
    const { page, conversation } = await openView({ file: compared.comparison.source.path });
    assert.equal(await page.locator('.marked').count(), 0);
    conversation.compare(compared);
    await page.locator('.marked').first().waitFor();
    conversation.compare(null);
    await page.locator('.marked').first().waitFor({ state: 'detached' });
  });

  it('shows a file that is no dump line by line, and says why', async () => {
    const file = path.join(folder.path, 'notes.md');
    await writeFile(file, '# Notes\n\nnothing here\n');
    const { page } = await openView({ file });
    assert.deepEqual(await rowTexts(page), ['1 # Notes', '2 empty', '3 nothing here']);
    await page.getByText(/Shown line by line\. .*no Kafka record/).waitFor();
  });

  it('comes back where it was when it was hidden', async () => {
    const tested = await openView({ file: long.file });
    await tested.page.getByLabel('Go to line').fill('40000');
    await tested.page.getByLabel('Go to line').press('Enter');
    await waitFor('line 40,000', async () => (await topLine(tested.page)) > 39_000 || undefined);
    await tested.page.waitForTimeout(400);
    const before = await topLine(tested.page);
    await tested.hideAndShow();
    await waitFor('the place', async () => Math.abs((await topLine(tested.page)) - before) < 20 || undefined);
  });

  for (const theme of themes) {
    it(`has nothing that a screen reader stumbles over, and looks like VS Code: ${theme}`, async () => {
      const tested = await openCompared({ theme });
      const { page } = tested;
      for (let i = 0; i < 2; i++) await page.getByRole('button', { name: 'Next difference' }).click();
      await page.locator('#search').fill('user');
      await page.locator('mark').first().waitFor();
      await page.locator('.dump-grid').focus();
      await page.keyboard.press('Enter');
      await page.locator('.details pre').first().waitFor();
      await tested.screenshot(`dump-view-${theme}`);
      await page.evaluate(axeSource);
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
      assert.deepEqual(
        violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
        ),
        [],
      );
    });
  }
});

/** Every tenth record has a value of two lines, one has a long one. */
function longDump(records: number): string {
  return Array.from({ length: records }, (_, i) => {
    const value = i === 20_000 ? `${'x'.repeat(3000)}needle${'x'.repeat(3000)}` : i % 10 === 9 ? 'two\nlines' : 'value';
    return `CreateTime:1690000000000::Partition:0::key-${i}::${value}\n`;
  }).join('');
}

function lineOf(number: number): number {
  return 1 + number + Math.floor(number / 10);
}

async function rowTexts(page: Page): Promise<string[]> {
  const rows = await page.locator('.dump-rows .dump-row').all();
  return Promise.all(rows.map(rowText));
}

/** The cells of a row, one space between them. */
async function rowText(row: ReturnType<Page['locator']>): Promise<string> {
  const cells = await row.locator('[role=gridcell]').allInnerTexts();
  return cells.map((cell) => cell.trim().replace(/\s*\n\s*/g, ' ')).join(' ');
}

async function topLine(page: Page): Promise<number> {
  return (await lines(page))[0] ?? Number.NaN;
}

async function lastLine(page: Page): Promise<number> {
  return (await lines(page)).at(-1) ?? Number.NaN;
}

async function lines(page: Page): Promise<number[]> {
  const texts = await page.locator('.dump-rows .cell-line').allInnerTexts();
  return texts.map((text) => Number(text.replaceAll(',', '')));
}

async function linesFollowEachOther(page: Page): Promise<void> {
  const shown = await lines(page);
  assert.ok(shown.length > 5);
  for (const [i, line] of shown.entries()) {
    if (i > 0) assert.ok([1, 2].includes(line - (shown[i - 1] as number)), shown.join());
  }
}
