/** Addresses of virtual documents. */
import assert from 'node:assert/strict';
import type { DumpLayout } from '../../src/core/comparison.js';
import { readValueAddress, valueAddress } from '../../src/editor/recordUri.js';

const layout: DumpLayout = {
  format: 'kafka-console-consumer',
  separator: '::',
  columns: ['timestamp', 'key', 'value'],
  crlf: false,
  nullLiteral: null,
  bomLength: 0,
};
const location = { line: 3, lineCount: 2, byteOffset: 40, byteLength: 17 };

describe('addresses of virtual documents', () => {
  it('give a value back, and no more than finds it', () => {
    const record = { ...location, timestamp: 5, partition: 1, offset: null, occurrences: 2, tombstone: false };
    const view = { layout: 'json', from: 0 } as const;
    const dump = { ...layout, records: 12, warnings: [] };
    const { path, query } = valueAddress('k', { file: '/d/a "ä" &=?#.txt', layout: dump, location: record, view });
    assert.equal(path, '/k.json');
    assert.deepEqual(readValueAddress(query), { file: '/d/a "ä" &=?#.txt', layout, location, view });
  });

  it('give a sentence back', () => {
    const { path, query } = valueAddress('k', { note: '(deleted)' });
    assert.equal(path, '/k.txt');
    assert.deepEqual(readValueAddress(query), { note: '(deleted)' });
  });

  const names: readonly [name: string, path: string][] = [
    ['orders/7\\x', '/orders∕7∕x.txt'],
    ['a\nb\u0000', '/a␊b␀.txt'],
    ['😀'.repeat(100), `/${'😀'.repeat(80)}….txt`],
    ['..', '/...txt'],
    ['', '/.txt'],
  ];
  for (const [name, path] of names) {
    it(`make a file name of ${JSON.stringify(name.slice(0, 12))}`, () => {
      assert.equal(valueAddress(name, { note: '' }).path, path);
    });
  }
});
