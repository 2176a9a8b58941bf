import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeBase64InPlace } from '../../../src/core/formats/base64.js';
import { parseEpoch, parseIsoTime } from '../../../src/core/formats/timestampText.js';

const iso = (text: string): number | null => parseIsoTime(Buffer.from(`<${text}>`), 1, 1 + Buffer.byteLength(text));

describe('timestamps as text', () => {
  const times: readonly [string, number | null][] = [
    ['2023-07-22T04:26:40Z', 1690000000000],
    ['2023-07-22T04:26:40.5Z', 1690000000500],
    ['2023-07-22T04:26:40.05Z', 1690000000050],
    ['2023-07-22T04:26:40.0509999999Z', 1690000000050],
    ['2023-07-22T04:26:40,123Z', 1690000000123],
    ['2023-07-22 04:26:40.123', 1690000000123],
    ['2023-07-22T09:56:40.123+05:30', 1690000000123],
    ['2023-07-21T23:26:40.123-0500', 1690000000123],
    ['2023-07-22T05:26:40.123+01', 1690000000123],
    ['1970-01-01T00:00:00Z', 0],
    ['1969-12-31T23:59:59.999Z', -1],
    ['0001-01-01T00:00:00Z', -1],
    ['0001-01-01T01:24:00+01:24', -1],
    ['2024-02-29T23:59:59.999Z', 1709251199999],
    ['9999-12-31T23:59:59.999Z', 253402300799999],
    ['', null],
    ['2023-07-22', null],
    ['2023-07-22T04:26:4', null],
    ['2023-13-22T04:26:40Z', null],
    ['2023-07-22T04:61:40Z', null],
    ['2023-07-22T04:26:40Zx', null],
    ['2023-07-22T04:26:40+1:00', null],
    ['2023-07-22T04:26:40+01:0', null],
    ['2023/07/22T04:26:40Z', null],
    ['Sat Jul 22 2023 06:26:40 GMT+0200', null],
  ];
  for (const [text, expected] of times) it(`“${text}”`, () => assert.equal(iso(text), expected));

  it('reads back what JavaScript prints, in any zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -840, max: 840 }), (ms, minutes) => {
        const shifted = new Date(ms + minutes * 60_000);
        fc.pre(shifted.getTime() >= 0);
        const two = (number: number): string => String(number).padStart(2, '0');
        const zone = `${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
        assert.equal(iso(shifted.toISOString().replace('Z', zone)), ms);
      }),
    );
  });

  const numbers: readonly [string, 'milliseconds' | 'seconds', number | null][] = [
    ['1690000000123', 'milliseconds', 1690000000123],
    ['0', 'milliseconds', 0],
    ['9007199254740991', 'milliseconds', 9007199254740991],
    ['-1', 'milliseconds', -1],
    ['-62135596800000', 'milliseconds', -1],
    ['1690000000.123000000', 'seconds', 1690000000123],
    ['1690000000.123999999', 'seconds', 1690000000123],
    ['1690000000.1', 'seconds', 1690000000100],
    ['1690000000', 'seconds', 1690000000000],
    ['-0.001000000', 'seconds', -1],
    ['1690000000.9', 'milliseconds', 1690000000],
    ['', 'milliseconds', null],
    ['-', 'milliseconds', null],
    ['1e3', 'milliseconds', null],
    ['"1"', 'milliseconds', null],
  ];
  for (const [text, unit, expected] of numbers) {
    it(`${text} ${unit}`, () => assert.equal(parseEpoch(Buffer.from(text), 0, text.length, unit), expected));
  }
});

describe('base64', () => {
  it('gives back what Node.js encodes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const text = Buffer.from(Buffer.from(bytes).toString('base64'));
        assert.deepEqual(text.subarray(0, decodeBase64InPlace(text, 0, text.length)), Buffer.from(bytes));
      }),
    );
  });

  for (const wrong of ['a', 'aa', 'aa=', 'a===', 'aa=a', 'a-b_', 'ab==', 'aaa!']) {
    it(`refuses ${wrong}`, () => assert.equal(decodeBase64InPlace(Buffer.from(wrong), 0, wrong.length), -1));
  }
});
