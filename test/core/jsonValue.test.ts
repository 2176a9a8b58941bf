/** JSON equality: a table of what is and is not the same, hostile shapes, and random values against a slow reference. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseIgnoredPaths } from '../../src/core/ignoredPaths.js';
import { sameJson } from '../../src/core/jsonValue.js';
import { rewriteJson } from '../support/jsonContents.js';
import { isJson, pathText, sameByReference } from '../support/referenceJson.js';

const encoder = new TextEncoder();

function same(a: string, b: string, ...ignored: string[]): boolean {
  return sameJson(encoder.encode(a), encoder.encode(b), parseIgnoredPaths(ignored));
}

/** Two texts, whether they are the same JSON, and the ignored paths. */
const rows: readonly [string, string, boolean, ...string[]][] = [
  // Layout and order
  ['{"a":1,"b":2}', ' {\n\t"b" : 2 , "a" : 1 }\r\n', true],
  ['{"a":1}', '{"a":1,"b":2}', false],
  ['{"a":1}', '{"b":1}', false],
  ['[1,2]', '[2,1]', false],
  ['[]', '{}', false],
  ['[[1],2]', '[1,[2]]', false],
  ['{"a":[{"x":1,"y":2}]}', '{"a":[{"y":2,"x":1}]}', true],
  ['null', 'null', true],
  ['null', 'false', false],
  ['""', '{}', false],
  // Numbers by their decimal value
  ['1', '1.0', true],
  ['1', '10e-1', true],
  ['1', '0.001E+3', true],
  ['100', '1e2', true],
  ['-0', '0.000e99', true],
  ['-1', '1', false],
  ['12345678901234567890', '12345678901234567891', false],
  ['12345678901234567890', '1234567890123456789e1', true],
  ['0.1', '0.10000000000000001', false],
  ['1e400', '1e401', false],
  ['1e400', '10e399', true],
  ['1e999999999999999999999', '0.1e1000000000000000000000', true],
  ['1e-999999999999999999999', '10e-1000000000000000000000', true],
  ['1e-999999999999999999999', '1e999999999999999999999', false],
  ['1e0000000000000000000000000002', '100', true],
  [`1${'0'.repeat(5000)}`, '1e5000', true],
  ['1', '"1"', false],
  ['1', '"1e0"', false],
  // Strings by their code units
  ['"\\u00e9\\/\\n"', '"é/\\u000a"', true],
  ['"\\ud83d\\ude00"', '"😀"', true],
  ['"\\ud83d"', '"\\ud83d"', true],
  ['"\\ud83d"', '"\\ufffd"', false],
  ['"é"', '"e\u0301"', false],
  ['{"\\u0061":1}', '{"a":1}', true],
  // A name that is repeated
  ['{"a":1,"a":2}', '{"a":2}', false],
  ['{"a":1,"a":2}', '{"a":1}', false],
  ['{"a":1,"a":2}', '{"a":2,"a":1}', false],
  ['{"a":1,"b":0,"a":2}', '{"a":1,"a":2.0,"b":0}', true],
  ['{"__proto__":1}', '{"__proto__":2}', false],
  // What is no JSON, even beside itself
  ...['', ' ', '{', '}', '[1,]', '[,1]', '[1 2]', '{"a":1,}', '{,}', '{"a"}', '{a:1}', "{'a':1}", '[1}', '1 2'].map(
    noJson,
  ),
  ...['01', '-', '+1', '.5', '1.', '1e', '1e+', '0x1', 'NaN', 'Infinity', 'nul', 'nulll', 'True'].map(noJson),
  ...['"', '"\\x"', '"\\u12g4"', '"\\u123"', '"a\nb"', '"a\tb"', '"\\\'"', '\ufeff1', '1\u00a0', '//\n1'].map(noJson),
  ['{"a":1}', 'x', false],
  ['x', '{"a":1}', false],
  // Ignored places
  ['{"a":1,"at":1}', '{"a":1,"at":2}', true, '$.at'],
  ['{"a":1,"at":1}', '{"a":1}', true, '$.at'],
  ['{"a":{"at":1}}', '{"a":{"at":2}}', false, '$.at'],
  ['{"a":{"at":1}}', '{"a":{"at":2}}', true, '$.a.at'],
  ['{"a":{"at":1}}', '{"a":{"at":2}}', true, '$["a"][\'at\']'],
  ['{"a":{"at":1}}', '{"a":{"at":2}}', true, '$.*.at'],
  ['{"a":1,"a":2,"b":3}', '{"b":3}', true, '$.a'],
  ['{"items":[{"at":1,"n":1},{"at":2}]}', '{"items":[{"n":1},{"at":3}]}', true, '$.items[*].at'],
  ['{"items":[{"at":1,"n":1}]}', '{"items":[{"n":2}]}', false, '$.items[*].at'],
  ['{"items":[1,2,3]}', '{"items":[]}', true, '$.items[*]'],
  ['{"a":[1,2]}', '{"a":[9,2]}', true, '$.a[0]'],
  ['{"a":[1,2]}', '{"a":[9,3]}', false, '$.a[0]'],
  ['{"a":[1,2]}', '{"a":[2]}', false, '$.a[0]'],
  ['{"a":{"0":1}}', '{"a":{"0":2}}', false, '$.a[0]'],
  ['{"a.b":1}', '{"a.b":2}', true, "$['a.b']"],
  ['{"a":{"b":1}}', '{"a":{"b":2}}', false, "$['a.b']"],
  ['{"it\'s":1}', '{"it\'s":2}', true, "$['it\\'s']"],
  ['{"é":1}', '{"é":2}', true, "$['\\u00e9']"],
  ['{"updated-at":1,"é":1}', '{"updated-at":2}', true, '$.updated-at', '$.é'],
  ['{"a":{"x":[1,{"deep":[{}]}]},"b":1}', '{"b":1}', true, '$.a'],
  ['{"a":[1,}}', '{"a":2}', false, '$.a'],
  ['[{"a":1,"b":1}]', '[{"a":2,"b":2}]', true, '$[*].a', '$[0].b'],
];

function noJson(text: string): [string, string, boolean] {
  return [text, text, false];
}

describe('the same JSON', () => {
  for (const [a, b, wanted, ...ignored] of rows) {
    const [shownA, shownB] = [a, b].map((text) => JSON.stringify(text.slice(0, 60)));
    it(`${shownA} ${wanted ? '=' : '≠'} ${shownB}${ignored.map((path) => `, without ${path}`).join('')}`, () => {
      assert.equal(same(a, b, ...ignored), wanted);
      assert.equal(same(b, a, ...ignored), wanted);
    });
  }

  it('is not decided for bytes that are not UTF-8', () => {
    const bytes = Uint8Array.of(0x22, 0xff, 0x22);
    assert.equal(sameJson(bytes, bytes, []), false);
  });

  it('is decided at any depth', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['[{"b":0,"a":[', ']}]'],
    ] as const) {
      const nested = (leaf: string): string => `${open.repeat(30_000)}${leaf}${close.repeat(30_000)}`;
      assert.equal(same(nested('1'), nested('1.0')), true);
      assert.equal(same(nested('1'), nested('2')), false);
      assert.equal(same(nested('1'), nested('1').slice(0, -1)), false);
    }
  });

  it('is decided for huge numbers, names and objects', () => {
    const digits = '123456789'.repeat(20_000);
    assert.equal(same(`${digits}e99999`, `${digits}0e99998`), true);
    assert.equal(same(`1e${digits.slice(0, 90_000)}`, `10e${digits.slice(0, 90_000)}`), false);
    const members = Array.from({ length: 50_000 }, (_, i) => `"${'n'.repeat(50)}${i}":${i}`);
    assert.equal(same(`{${members.join()}}`, `{${members.toReversed().join()}}`), true);
  });

  it('gives up on an exponent that nobody means, so that the bytes decide', () => {
    const number = `1e${'9'.repeat(100_001)}`;
    assert.equal(same(number, number), false);
  });
});

describe('paths to ignore', () => {
  const nonsense = [
    ...['', 'updatedAt', '.a', '$', '$.', '$..a', '$a', '$.a.', '$.a b', '$[', '$[]', '$[a]', '$[-1]', '$[01]', '$[0'],
    ...["$['a", "$['a'", '$[\'a"]', '$["a"x]', "$['\\q']", '$[*', '$.**', '$.a[?(@.b)]', '$[0:2]', '$ .a', '$[1.5]'],
  ];
  for (const path of nonsense) {
    it(`${JSON.stringify(path)} is refused with a sentence`, () => {
      assert.throws(() => parseIgnoredPaths(['$.fine', path]), {
        name: 'UserError',
        message: /^“.*” is no path to ignore: .*\. Paths look like .*\.$/s,
      });
    });
  }
});

/** Few values, in many ways of writing them. */
const scalarText = fc.constantFrom(
  ...['null', 'true', 'false', '""', '"a"', '"\\u0061"', '"é"', '"\\u00E9"', '"1"', '" "', '"\\ud800"', '"\\\\"'],
  ...['0', '-0', '0.0e5', '1', '1.0', '10e-1', '0.1E1', '100', '1e2', '1.00e+2', '-1', '-0.1e1', '9007199254740993'],
  ...['9007199254740992', '12345678901234567890', '12345678901234567891', '1e30', '1e-30', '0.1', '100e-3'],
);

const memberName = fc.constantFrom('a', 'b', 'a.b', '', 'é', '__proto__', '\ud83d', '"', "'", '\\');

/** A value, and the same with the members of every object the other way round, as far as their names are unlike. */
interface TwiceWritten {
  readonly text: string;
  readonly reordered: string;
}

const { value } = fc.letrec<{ value: TwiceWritten; array: TwiceWritten; object: TwiceWritten }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalarText.map((text) => ({ text, reordered: text })),
    tie('array'),
    tie('object'),
  ),
  array: fc.array(tie('value'), { maxLength: 3 }).map((elements) => ({
    text: `[${elements.map(({ text }) => text).join(' , ')}]`,
    reordered: `[${elements.map(({ reordered }) => reordered).join()}]`,
  })),
  object: fc.array(fc.tuple(memberName, tie('value')), { maxLength: 4 }).map((members) => {
    const isAmbiguous = new Set(members.map(([name]) => name)).size < members.length;
    const reordered = isAmbiguous ? members : members.toReversed();
    return {
      text: `{${members.map(([name, { text }]) => `${JSON.stringify(name)}:${text}`).join()}}`,
      reordered: `{${reordered.map(([name, member]) => `${JSON.stringify(name)}:${member.reordered}`).join()}}`,
    };
  }),
}));

const ignoredPlaces = fc.array(
  fc.array(fc.oneof(memberName, fc.nat(2), fc.constant(null)), { minLength: 1, maxLength: 3 }),
  { maxLength: 3 },
);

const spaces = [' ', '\n', '\t \r', ''];

describe('the same JSON, against a slow reference', () => {
  it('random values, alike and not', () => {
    fc.assert(
      fc.property(value, value, fc.nat(), ignoredPlaces, (a, other, seed, ignored) => {
        for (const b of [a.text, a.reordered, other.text, rewriteJson(a.text, seed, spaces)]) {
          const context = `${a.text} | ${b} | ${ignored.map(pathText).join(' ')}`;
          assert.equal(same(a.text, b, ...ignored.map(pathText)), sameByReference(a.text, b, ignored), context);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('values written in another way are the same', () => {
    fc.assert(
      fc.property(value, fc.nat(), ({ text, reordered }, seed) => {
        assert.ok(
          same(text, rewriteJson(reordered, seed, spaces)),
          `${text} | ${rewriteJson(reordered, seed, spaces)}`,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('takes for JSON what JSON.parse takes for it', () => {
    const pieces = ['{', '}', '[', ']', ',', ':', '"', 'a', '\\', 'u', '0', '1', '-', '.', 'e', '+', 'null', ' ', '\t'];
    const almostJson = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map((parts) => parts.join('')),
      fc.tuple(value, fc.nat(), fc.constantFrom(...pieces)).map(([{ text }, at, piece]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + piece + text.slice(place + (at % 2));
      }),
    );
    fc.assert(
      fc.property(almostJson, (json) => assert.equal(same(json, json), isJson(json), json)),
      { numRuns: 2000 },
    );
  });
});
