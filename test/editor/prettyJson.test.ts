/** JSON laid out over lines without losing anything. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prettyJson } from '../../src/editor/prettyJson.js';

describe('prettyJson', () => {
  const cases: readonly [text: string, pretty: string | null][] = [
    ['{"a":1,"b":[true,null]}', '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}'],
    ['{"n":12345678901234567890.0100}', '{\n  "n": 12345678901234567890.0100\n}'],
    ['{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'],
    ['{ }', '{}'],
    ['[[],{}]', '[\n  [],\n  {}\n]'],
    ['{"a b":" , { \\" "}', '{\n  "a b": " , { \\" "\n}'],
    [' "text" ', '"text"'],
    ['1e400', '1e400'],
    ['', null],
    ['{"a":1,}', null],
    ["{'a':1}", null],
    ['// no\n1', null],
    ['{"a":1}{"a":2}', null],
  ];
  for (const [text, pretty] of cases) {
    it(JSON.stringify(text), () => assert.equal(prettyJson(text), pretty));
  }

  it('lays out as JSON.stringify does, wherever that loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        assert.equal(prettyJson(JSON.stringify(value)), JSON.stringify(value, null, 2));
      }),
      { seed: 1 },
    );
  });

  it('stays linear in hostile nesting', () => {
    const text = '['.repeat(50_000) + ']'.repeat(50_000);
    assert.ok((prettyJson(text) as string).length < 250 * text.length);
  });
});
