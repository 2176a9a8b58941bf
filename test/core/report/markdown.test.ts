/** Markdown, rendered by a library that did not write it, with raw HTML and links allowed as a forge may allow them. */
import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import type { Comparison } from '../../../src/core/comparison.js';
import { visible } from '../../../src/core/words/text.js';
import { comparison, difference, finalRecord, unmatched } from '../../support/comparisons.js';
import { alwaysValue, hostileTexts, type ReportChoices, reportOf, unsafeInTerminal } from '../../support/reports.js';

const renderer = new MarkdownIt({ html: true, linkify: true });
// As GitHub does it: addresses with a protocol or www.
renderer.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
type Token = ReturnType<typeof renderer.parse>[number];

async function tokensOf(shown: Comparison, choices: ReportChoices = {}): Promise<Token[]> {
  const report = await reportOf('markdown', shown, choices);
  assert.ok(!unsafeInTerminal.test(report), JSON.stringify(report));
  return renderer.parse(report, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

const codeIn = (tokens: readonly Token[]): string[] =>
  tokens.filter(({ type }) => type === 'code_inline').map(({ content }) => content);

describe('the Markdown report', () => {
  it('begins with the verdict and has the ledger as a table', async () => {
    const html = renderer.render(await reportOf('markdown', comparison([difference('k', 'missing')])));
    assert.match(html, /^<h1>Different: 1 of 6 keys\.<\/h1>\n<p>1 missing key\.<\/p>/);
    assert.match(html, /<th style="text-align:right">source<\/th>/);
    assert.match(html, /<td><strong>records<\/strong><\/td>\n<td style="text-align:right">10<\/td>/);
    assert.match(html, /<h2>What to check<\/h2>/);
    assert.match(
      html,
      /<li><code>k<\/code>: source line 10 \(2026-11-22 12:00:00 UTC\)\n<ul>\n<li>source: <code>value of source line 10<\/code><\/li>/,
    );
  });

  it('says what is deleted, empty, omitted and left out', async () => {
    const shown = comparison([
      difference('', 'stale', {}, { source: finalRecord({ tombstone: true }) }),
      difference('b', 'extra'),
    ]);
    const report = await reportOf('markdown', shown, { ...alwaysValue(''), maxDifferences: 1 });
    assert.match(
      report,
      /- the empty key: 23 min behind, source line 1 \(.*\), mirror line 20 \(.*\)\n {2}- source: deleted\n {2}- mirror: empty\n/,
    );
    assert.match(report, /\n1 more differing key not listed\.\n/);
    const redacted = await reportOf('markdown', shown, { redactValues: true });
    assert.doesNotMatch(redacted, /value of (source|mirror)|empty\n/);
    assert.match(redacted, /The records’ values are left out of this report\.\n$/);
  });

  it('lists the unmatched records', async () => {
    const report = await reportOf('markdown', comparison([], { unmatchedRecords: unmatched }));
    assert.match(report, /- `k`: source line 3 \(.*\), lost: not on the mirror\n- a record without key: mirror line 9/);
  });

  it('takes keys, values, paths and warnings for text, whatever is in them', async () => {
    for (const text of hostileTexts) {
      const { source } = comparison();
      const warnings = [{ code: 'noise-set-aside' as const, line: 1, message: `About “${text.slice(0, 60)}”.` }];
      const shown = comparison([difference(text, 'missing')], {
        source: { ...source, path: `/tmp/${text}`, warnings },
      });
      const tokens = await tokensOf(shown, alwaysValue(text));
      const types = new Set(tokens.map(({ type }) => type));
      for (const type of ['html_block', 'html_inline', 'link_open', 'image', 'em_open', 's_open', 'fence', 'hr']) {
        assert.ok(!types.has(type), `${type} in ${JSON.stringify(text)}`);
      }
      assert.equal(tokens.filter(({ type }) => type === 'table_open').length, 2);
      assert.equal(tokens.filter(({ type }) => type === 'heading_open').length, 5);
      const code = codeIn(tokens);
      assert.ok(code.includes(`/tmp/${visible(text)}`), JSON.stringify(code));
      if (text !== '' && text.length <= 200) assert.ok(code.includes(visible(text)), JSON.stringify(code));
      // Outside of code, nobody is mentioned.
      for (const { type, content } of tokens) if (type === 'text') assert.doesNotMatch(content, /@\w/);
    }
  });
});
