/** The fields in which two JSON values differ: a table, and random values held against the comparison itself. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differingFields } from '../../src/core/differingFields.js';
import { parseIgnoredPaths, pathText } from '../../src/core/ignoredPaths.js';
import { sameJson } from '../../src/core/jsonValue.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const found = (a: string, b: string, ...ignored: string[]) =>
  differingFields(bytes(a), bytes(b), parseIgnoredPaths(ignored));

/** `path: source ↔ mirror`, and how many places it stands for. */
const rows: readonly [string, string, string[], ...string[]][] = [
  ['{"a":1,"b":2}', '{"b":2,"a":3}', ['$.a: 1 ↔ 3']],
  ['{"a":1}', '{"a":1.0,"b":null}', ['$.b: null ↔ null (written)']],
  ['{"a":{"b":"x","c":1}}', '{"a":{"b":"y","c":1}}', ['$.a.b: "x" ↔ "y"']],
  ['{"a":{"b":1}}', '{"a":[1]}', ['$.a: {…} ↔ […]']],
  ['{"a":{}}', '{"a":[]}', ['$.a: {} ↔ []']],
  [
    '{"n":12.50,"m":-0.05,"h":1e99}',
    '{"n":1250,"m":5e3,"h":1}',
    [...['$.h: 1e99 ↔ 1', '$.m: -0.05 ↔ 5000', '$.n: 12.5 ↔ 1250']],
  ],
  [
    '{"items":[{"id":1,"at":5},{"id":2,"at":6}],"rev":1}',
    '{"items":[{"id":1,"at":7},{"id":2,"at":8}],"rev":1}',
    ['$.items[*].at (2): 5 ↔ 7', 'each $.items[0].at: 5 ↔ 7', 'each $.items[1].at: 6 ↔ 8'],
  ],
  ['[1,2,3]', '[1,9]', ['$[*] (2): 2 ↔ 9', 'each $[1]: 2 ↔ 9', 'each $[2]: 3 ↔ null']],
  ['{"a":1,"a":2}', '{"a":1}', ['$.a: 2 members of this name ↔ 1']],
  ['{"a":1,"a":2}', '{"a":{"a":1,"a":2}}', ['$.a: 2 members of this name ↔ {…}']],
  ['{"a.b":1,"it\'s":1,"":1}', '{"a.b":2,"it\'s":2,"":2}', ["$['']: 1 ↔ 2", "$['a.b']: 1 ↔ 2", "$['it\\'s']: 1 ↔ 2"]],
  ['{"a":1,"b":1}', '{"a":2,"b":2}', ['$.b: 1 ↔ 2'], '$.a'],
  ['{"i":[{"a":1,"b":1}]}', '{"i":[{"a":2,"b":2}]}', ['$.i[*].b: 1 ↔ 2', 'each $.i[0].b: 1 ↔ 2'], '$.i[*].a'],
  ['{"a":"\\u001b[2J"}', '{"a":1}', ['$.a: "␛[2J" ↔ 1']],
  ['1', '2', []],
  ['{"a":1}', ' {"a":1.0}', []],
];

describe('the fields in which values differ', () => {
  for (const [a, b, expected, ...ignored] of rows) {
    it(`${a} and ${b}${ignored.length === 0 ? '' : ` without ${ignored.join()}`}`, () => {
      const { fields, elements, isCut } = found(a, b, ...ignored)!;
      const line = ({ path, places, source, mirror }: (typeof fields)[number]): string =>
        `${path}${places === 1 ? '' : ` (${places})`}: ${source} ↔ ${mirror === 'null' ? 'null (written)' : mirror}`;
      assert.deepEqual([...fields.map(line), ...elements.map((each) => `each ${line(each)}`)], expected);
      assert.equal(isCut, false);
    });
  }

  it('are none of what is no JSON', () => {
    assert.equal(found('{"a":1}', 'a'), null);
    assert.equal(found('', '{}'), null);
  });

  it('are no more than anyone looks at, in values of any depth', () => {
    const list = (value: number): string => `[${Array.from({ length: 5000 }, () => value).join()}]`;
    const wide = found(list(1), list(2))!;
    assert.deepEqual([wide.fields.length, wide.elements.length, wide.isCut], [1, 1000, true]);
    const deep = (value: number): string => `${'{"a":'.repeat(10_000)}${value}${'}'.repeat(10_000)}`;
    assert.equal(found(deep(1), deep(2))?.fields[0]?.path, `$${'.a'.repeat(40)}`);
    assert.deepEqual(found(deep(1), deep(1))?.fields, []);
  });

  const name = fc.oneof(fc.constantFrom('a', 'b', 'a.b', "'", '"', '\\', '', ' ', '\n', 'ü', '\ud800'), fc.string());
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom(null, true, 1, 2, 'x', ''),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));

  it('make the values the same when all of them are ignored, and no fewer', () => {
    fc.assert(
      fc.property(value, value, fc.nat(), (a, b, left) => {
        const [x, y] = [bytes(JSON.stringify({ r: [a, 1] })), bytes(JSON.stringify({ r: [b, 1] }))];
        const same = (paths: readonly string[]): boolean => sameJson(x, y, parseIgnoredPaths(paths));
        const { fields, elements } = differingFields(x, y, [])!;
        const generalPaths = fields.map(({ path }) => path);
        assert.ok(same(generalPaths));
        const exact = [
          ...new Set([...elements.map(({ path }) => path), ...generalPaths.filter((path) => !path.includes('[*]'))]),
        ];
        assert.ok(same(exact));
        if (exact.length > 0) assert.ok(!same(exact.filter((_, i) => i !== left % exact.length)));
        assert.equal(same([]), fields.length === 0);
        assert.deepEqual(differingFields(x, y, parseIgnoredPaths(generalPaths))?.fields, []);
      }),
    );
  });

  it('have paths that are read as they were written', () => {
    const step = fc.oneof(
      name.map((each) => ({ name: each })),
      fc.nat().map((index) => ({ index })),
      fc.constant('any' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        assert.deepEqual(parseIgnoredPaths([pathText(steps)]), [steps]);
      }),
    );
  });
});
