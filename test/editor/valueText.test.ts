/** Values of records as text. */
import assert from 'node:assert/strict';
import { chooseView, valueDocument } from '../../src/editor/valueText.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const megabytes = (count: number, fill: string): string => fill.repeat(count * 1024 * 1024);

describe('chooseView', () => {
  const cases: readonly [name: string, source: Uint8Array | null, mirror: Uint8Array | null, layout: string][] = [
    ['JSON on both sides', bytes('{"a":1}'), bytes('{"a":2}'), 'json'],
    ['JSON beside a tombstone', bytes('{"a":1}'), null, 'json'],
    ['JSON that differs only in white space', bytes('{"a":1}'), bytes('{"a": 1}'), 'text'],
    ['JSON beside text', bytes('{"a":1}'), bytes('{a'), 'text'],
    ['text beside other bytes', bytes('a'), Uint8Array.of(0xff), 'hex'],
    ['a value beside an empty one', bytes('{"a":1}'), bytes(''), 'json'],
  ];
  for (const [name, source, mirror, layout] of cases) {
    it(name, () => assert.deepEqual(chooseView(source, mirror), { layout, from: 0 }));
  }

  it('shows very large values around their first difference', () => {
    const same = megabytes(3, 'é');
    const view = chooseView(bytes(`${same}a`), bytes(`${same}b`));
    assert.deepEqual(view, { layout: 'text', from: 6 * 1024 * 1024 - 4096 });
    assert.equal(valueDocument(bytes(`${same}a`), view), `(6.3 MB before this are not shown)\n${'é'.repeat(2048)}a`);
  });
});

describe('valueDocument', () => {
  it('lays JSON out', () => {
    assert.equal(valueDocument(bytes('{"a":1}'), { layout: 'json', from: 0 }), '{\n  "a": 1\n}');
  });

  it('shows carriage returns and a byte order mark, which an editor would swallow', () => {
    assert.equal(valueDocument(bytes('\uFEFFa\r\nb\rc'), { layout: 'text', from: 0 }), '\\ufeffa␍\nb␍c');
  });

  it('prints other bytes in hexadecimal', () => {
    const value = Uint8Array.of(...bytes('0123456789abcdef'), 0xff);
    assert.equal(
      valueDocument(value, { layout: 'hex', from: 0 }),
      '00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n' +
        '00000010  ff                                               .\n',
    );
  });

  it('cuts what is too large and says how much', () => {
    const document = valueDocument(bytes(megabytes(3, 'x')), { layout: 'text', from: 0 });
    assert.equal(document, `${megabytes(2, 'x')}\n(1.0 MB more are not shown, of 3.1 MB)\n`);
  });

  it('says that a value is empty', () => {
    assert.equal(valueDocument(bytes(''), { layout: 'text', from: 0 }), '(empty: a value of zero bytes)');
  });
});
