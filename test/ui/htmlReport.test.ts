/** The HTML report in a real browser: opened from disk as it is mailed, with scripts off, in both colour schemes. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Comparison } from '../../src/core/comparison.js';
import { defaultOptions } from '../../src/core/options.js';
import { verdictWords } from '../../src/core/words/verdict.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { withDumpRows } from '../../src/engine/reportRows.js';
import { launchBrowser } from '../host/browser.js';
import { outFolder } from '../host/paths.js';
import { comparison, difference, unmatched } from '../support/comparisons.js';
import { type RealPair, realDumpPath } from '../support/realDumps.js';
import { hostileTexts, type ReportChoices, reportOf } from '../support/reports.js';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the HTML report', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder = '';
  let close: (() => Promise<void>)[] = [];

  before(async () => {
    browser = await launchBrowser();
    folder = await mkdtemp(path.join(tmpdir(), 'html-report-'));
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const each of close) await each();
    close = [];
  });

  /** Faults are what the page's content policy held back, and anything it asked for. */
  async function open(html: string, options: BrowserContextOptions = {}): Promise<{ page: Page; faults: string[] }> {
    const file = path.join(folder, 'report.html');
    await writeFile(file, html);
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 1000, height: 1400 },
      ...options,
    });
    close.push(() => context.close());
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) faults.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, faults };
  }

  async function screenshot(page: Page, name: string): Promise<void> {
    const screenshots = path.join(outFolder, 'screenshots');
    await mkdir(screenshots, { recursive: true });
    await page.screenshot({ path: path.join(screenshots, `html-report-${name}.png`) });
  }

  it('says the verdict first, draws both charts, and lists the keys with their values', async () => {
    const { page, faults } = await open(await realReport('stopped'));
    assert.equal(await page.locator('h1').innerText(), 'Different: 140 of 187 keys.');
    assert.match(await page.locator('header').innerText(), /The mirror ends at 12:45:11, 27 min before the source/);
    assert.equal(await page.getByRole('img').count(), 2);
    assert.match(await page.locator('svg').nth(1).innerHTML(), /the mirror ends 2026-11-22 12:45:11 UTC/);
    assert.equal(await page.locator('tfoot').innerText(), 'records\t195\t215');
    assert.equal(await page.locator('tbody th code').count(), 140);
    assert.equal(await page.locator('tbody th code').first().innerText(), 'user-00024');
    assert.deepEqual(faults, []);
    await screenshot(page, 'stopped');
  });

  it('follows the reader’s colours and paper', async () => {
    const html = await realReport('second-writer');
    for (const [colorScheme, background] of [
      ['light', 'rgb(255, 255, 255)'],
      ['dark', 'rgb(13, 17, 23)'],
    ] as const) {
      const { page, faults } = await open(html, { colorScheme, javaScriptEnabled: true });
      const colour = 'getComputedStyle(document.body).backgroundColor';
      assert.equal(await page.evaluate<string>(colour), background);
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
      assert.deepEqual(
        violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`)),
        [],
      );
      assert.deepEqual(faults, []);
      await screenshot(page, colorScheme);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.evaluate<string>(colour), 'rgb(255, 255, 255)');
      await screenshot(page, `print-${colorScheme}`);
    }
  });

  it('looks finished where nothing differs, too', async () => {
    const { page, faults } = await open(await realReport('slow-mirror'));
    assert.match(await page.locator('header').innerText(), /^Equivalent: the mirror holds/);
    assert.equal(await page.getByRole('img').count(), 1);
    assert.deepEqual(faults, []);
    await screenshot(page, 'equivalent');
  });

  it('fits a telephone', async () => {
    const { page } = await open(await realReport('stopped'), {
      viewport: { width: 400, height: 800 },
      javaScriptEnabled: true,
    });
    assert.equal(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'), true);
  });

  it('takes everything for text, whatever is in it, with scripts on', async () => {
    const { source } = comparison();
    const shown = comparison(
      hostileTexts.map((text) => difference(text, 'stale')),
      {
        source: {
          ...source,
          path: hostileTexts.slice(0, 3).join('/'),
          separator: '<b>',
          warnings: hostileTexts.map((message) => ({ code: 'noise-set-aside', line: 1, message })),
        },
        unmatchedRecords: hostileTexts.map((key) => ({ ...unmatched[0]!, key: { key, keyBase64: null } })),
      },
    );
    let at = 0;
    const readValue = (): Uint8Array => new TextEncoder().encode(hostileTexts[at++ % hostileTexts.length] ?? '');
    const { page, faults } = await open(await htmlOf(shown, { readValue }), { javaScriptEnabled: true });
    assert.equal(await page.evaluate('globalThis.harmed'), undefined);
    assert.equal(await page.locator('img, script, iframe, a, b, style ~ style').count(), 0);
    assert.equal(await page.locator('h3 ~ div tbody tr').count(), hostileTexts.length * 2);
    assert.deepEqual(faults, []);
  });

  it('allows no script and no address even if one were in it', async () => {
    const html = (await htmlOf(comparison())).replace(
      '</footer>',
      '<script>globalThis.harmed = true</script><img src="http://localhost:9/x.png" onerror="globalThis.harmed = true"></footer>',
    );
    const { page } = await open(html, { javaScriptEnabled: true });
    assert.equal(await page.evaluate('globalThis.harmed'), undefined);
  });

  it('leaves values out on request, and says so', async () => {
    const html = await htmlOf(comparison([difference('k', 'stale')]), { redactValues: true });
    assert.doesNotMatch(html, /value of (source|mirror)/);
    assert.match(html, /values are left out of this report/);
  });
});

function htmlOf(shown: Comparison, choices: ReportChoices = {}): Promise<string> {
  return reportOf('html', shown, choices);
}

async function realReport(pair: RealPair): Promise<string> {
  const paths = { source: realDumpPath(pair, 'source'), mirror: realDumpPath(pair, 'mirror') };
  const shown = await compareDumps({ ...paths, options: defaultOptions });
  const html = await withDumpRows(shown, (read) => htmlOf(shown, read));
  assert.ok(html.includes(verdictWords(shown, { timeZone: 'UTC' }).headline));
  return html;
}
