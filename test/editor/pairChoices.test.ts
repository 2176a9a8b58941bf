/** What is remembered of a pair of dumps, over a store such as VS Code's. */
import assert from 'node:assert/strict';
import { noChoices } from '../../src/editor/comparisonSettings.js';
import { PairChoiceStore } from '../../src/editor/pairChoices.js';

const pair = { source: 'file:///old.txt', mirror: 'file:///new.txt' };
const swapped = { source: pair.mirror, mirror: pair.source };

/** As a workspace keeps it: what cannot be written as JSON is lost. */
function store(): PairChoiceStore {
  let kept = '{}';
  return new PairChoiceStore({
    get: (key: string, otherwise?: unknown) => JSON.parse(kept)[key] ?? otherwise,
    update: async (key, value) => {
      kept = JSON.stringify({ ...JSON.parse(kept), [key]: value });
    },
  });
}

describe('the choices for a pair', () => {
  it('are none at first', () => assert.deepEqual(store().of(pair), noChoices));

  it('are kept, one beside the other', async () => {
    const choices = store();
    await choices.choose(pair, { mirror: { separator: '|', nullLiteral: null } });
    await choices.choose(pair, { ignoredPaths: ['$.a'] });
    assert.deepEqual(choices.of(pair), {
      source: {},
      mirror: { separator: '|', nullLiteral: null },
      ignoredPaths: ['$.a'],
    });
    assert.deepEqual(choices.of({ ...pair, mirror: 'file:///other.txt' }), noChoices);
  });

  it('go with the dump when the sides are swapped', async () => {
    const choices = store();
    await choices.choose(pair, { mirror: { format: 'kt' } });
    assert.deepEqual(choices.of(swapped), { source: { format: 'kt' }, mirror: {}, ignoredPaths: [] });
    await choices.choose(swapped, { source: {}, mirror: { format: null } });
    assert.deepEqual(choices.of(pair), { source: { format: null }, mirror: {}, ignoredPaths: [] });
  });

  it('can all be taken back', async () => {
    const choices = store();
    await choices.choose(pair, { source: { format: 'kt' } });
    await choices.choose(pair, { source: {} });
    assert.equal(choices.of(pair), noChoices);
  });

  it('of the last hundred pairs are kept', async () => {
    const choices = store();
    const pairs = Array.from({ length: 101 }, (_, i) => ({ source: `file:///${i}`, mirror: 'file:///new.txt' }));
    for (const each of pairs) await choices.choose(each, { ignoredPaths: ['$.a'] });
    assert.deepEqual(choices.of(pairs[0]!), noChoices);
    assert.deepEqual(choices.of(pairs[1]!).ignoredPaths, ['$.a']);
  });
});
