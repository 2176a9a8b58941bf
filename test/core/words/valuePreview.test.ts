/** Values on one line. */
import assert from 'node:assert/strict';
import { valuePreview } from '../../../src/core/words/valuePreview.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const megabytes = (count: number, fill: string): string => fill.repeat(count * 1024 * 1024);

describe('valuePreview', () => {
  const cases: readonly [name: string, value: Uint8Array | null, preview: string][] = [
    ['a tombstone', null, 'deleted'],
    ['an empty value', bytes(''), 'empty'],
    ['the word null', bytes('null'), 'null'],
    ['text', bytes('{"a":1}'), '{"a":1}'],
    ['JSON over several lines', bytes('{\n  "a": 1\r\n}'), '{↵"a": 1↵}'],
    ['controls', bytes('a\rb\tc\u0000\u001b'), 'a␍b␉c␀␛'],
    ['text that turns the reading direction', bytes('a\u202eb'), 'a\\u202eb'],
    ['bytes that are not UTF-8', Uint8Array.of(0xff, 0x00, 0x41), '3 bytes, not UTF-8: ff 00 41'],
    ['a long value', bytes('é'.repeat(300)), `${'é'.repeat(200)}… (600 bytes)`],
    ['a very long value', bytes(megabytes(3, 'x')), `${'x'.repeat(200)}… (3.1 MB)`],
  ];
  for (const [name, value, preview] of cases) {
    it(name, () => assert.equal(valuePreview(value), preview));
  }

  it('is as short as asked for', () => {
    assert.equal(valuePreview(bytes('abcdef'), 3), 'abc… (6 bytes)');
    assert.equal(valuePreview(bytes('abc'), 3), 'abc');
  });
});
