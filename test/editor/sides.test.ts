/** Guessing the sides from file names. */
import assert from 'node:assert/strict';
import { looksSwapped } from '../../src/editor/sides.js';

describe('looksSwapped', () => {
  const pairs: readonly [first: string, second: string, swapped: boolean][] = [
    ['/d/old-topic.txt', '/d/mirrored-topic.txt', false],
    ['/d/mirrored-topic.txt', '/d/old-topic.txt', true],
    ['/d/topic.source.txt', '/d/topic.mirror.txt', false],
    ['/d/topic.mirror.txt', '/d/topic.source.txt', true],
    ['/d/after.log', '/d/before.log', true],
    ['/d/topic.txt', '/d/topic-new.txt', false],
    ['/d/topic-new.txt', '/d/topic.txt', true],
    ['/d/ordersTarget.json', '/d/ordersSrc.json', true],
    ['/d/ORDERS_OLD2.TXT', '/d/ORDERS_NEW2.TXT', false],
    // A word in both names tells nothing apart: here the folder decides.
    ['/new/mirror-maker.txt', '/old/mirror-maker.txt', true],
    ['C:\\dumps\\new\\a.txt', 'C:\\dumps\\old\\a.txt', true],
    ['/d/a.txt', '/d/b.txt', false],
    ['/d/b.txt', '/d/a.txt', false],
    // "renewed" and "sourdough" only contain the words.
    ['/d/renewed.txt', '/d/sourdough.txt', false],
    // The name beats the folder.
    ['/new/old.txt', '/old/new.txt', false],
  ];
  for (const [first, second, swapped] of pairs) {
    it(`${first} and ${second}: ${swapped ? 'swapped' : 'as given'}`, () => {
      assert.equal(looksSwapped(first, second), swapped);
    });
  }
});
