/** A report that does not add up is an error: each term of either sum, one more and one less. */
import assert from 'node:assert/strict';
import type { KeylessDifferences, Ledger } from '../../src/core/comparison.js';
import { assertLedgerAddsUp } from '../../src/core/ledger.js';

interface Account {
  readonly source: { readonly records: number; readonly keyless: number };
  readonly mirror: { readonly records: number; readonly keyless: number };
  readonly ledger: Ledger;
  readonly keyless: KeylessDifferences;
}

const sound: Account = {
  source: { records: 26, keyless: 5 },
  mirror: { records: 32, keyless: 6 },
  ledger: {
    matched: 10,
    source: { superseded: 4, repeated: 3, expiredTombstones: 2, notInOther: 2 },
    mirror: { superseded: 6, repeated: 5, expiredTombstones: 1, notInOther: 4 },
    approximateKeys: 0,
  },
  keyless: { onlyInSource: 1, repeatedInSource: 1, onlyInMirror: 2, repeatedInMirror: 1 },
};

const check = ({ source, mirror, ledger, keyless }: Account): void =>
  assertLedgerAddsUp(source, mirror, ledger, keyless);

/** The account with the number at `path` changed by `by`. */
function changed(path: string, by: number): Account {
  const account: Account = structuredClone(sound);
  const names = path.split('.');
  const last = names.pop() as string;
  const holder = names.reduce<Record<string, unknown>>(
    (object, name) => object[name] as Record<string, unknown>,
    account as unknown as Record<string, unknown>,
  );
  holder[last] = (holder[last] as number) + by;
  return account;
}

describe('the ledger', () => {
  it('that adds up is fine', () => check(sound));

  const ofSide = ['superseded', 'repeated', 'expiredTombstones', 'notInOther'];
  const terms: readonly [string, string][] = [
    ['ledger.matched', 'source'],
    ...['source', 'mirror'].flatMap((side) =>
      [`${side}.records`, ...ofSide.map((term) => `ledger.${side}.${term}`)].map((path): [string, string] => [
        path,
        side,
      ]),
    ),
  ];
  for (const [path, side] of terms) {
    for (const by of [1, -1]) {
      it(`with ${by} in ${path} is an error`, () =>
        assert.throws(() => check(changed(path, by)), {
          message: new RegExp(`^The ledger of the ${side} adds up to \\d+, not to its \\d+ records\\.$`),
        }));
    }
  }

  for (const name of ['onlyInSource', 'repeatedInSource', 'onlyInMirror', 'repeatedInMirror']) {
    it(`with one more ${name} of the keyless is an error`, () =>
      assert.throws(() => check(changed(`keyless.${name}`, 1)), {
        message: /^The keyless records on both sides are \d+ by the source’s count and \d+ by the mirror’s\.$/,
      }));
  }
});
