import assert from 'node:assert/strict';
import { dumpNames } from '../../src/editor/dumpNames.js';

function namesOf(source: string, mirror: string): string[] {
  const uri = (path: string) => ({ path, fsPath: path, toString: () => `file://${path}` });
  const names = dumpNames({ source: uri(source), mirror: uri(mirror) });
  return [names.source.name, names.mirror.name];
}

describe('the names of the dumps', () => {
  for (const [source, mirror, expected] of [
    ['/a/old.txt', '/a/new.txt', ['old.txt', 'new.txt']],
    ['/old/orders.txt', '/new/orders.txt', ['old/orders.txt', 'new/orders.txt']],
    ['/old/x/orders.txt', '/new/x/orders.txt', ['old/x/orders.txt', 'new/x/orders.txt']],
    ['/a/orders.txt', '/a/orders.txt', ['orders.txt', 'orders.txt']],
    ['/orders.txt', '/b/orders.txt', ['/orders.txt', 'b/orders.txt']],
    ['/a/x\u202etxt.exe', '/a/y', ['x\\u202etxt.exe', 'y']],
  ] as const) {
    it(`of ${JSON.stringify(source)} and ${mirror}`, () => assert.deepEqual(namesOf(source, mirror), expected));
  }
});
