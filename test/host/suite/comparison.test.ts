/** Comparing in a real VS Code: the commands, the state they lead to, and the tree that shows it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { kindExplanations, lateExplanations } from '../../../src/core/words/kindExplanations.js';
import { kindLabels, sectionLabels } from '../../../src/core/words/labels.js';
import { clockTime } from '../../../src/core/words/time.js';
import {
  closeEditors,
  compare,
  compareWell,
  DumpFolder,
  eventually,
  extensionParts,
  momentOf,
  record,
  treeLines,
} from './extension.js';

const sourceDump =
  record(1, 'stale', '{"rev":2}') +
  record(2, 'same', 'a') +
  record(3, 'missing', 'm') +
  record(4, 'gone', 'null') +
  record(5, 'ba\u0001d', '1') +
  record(30, 'later', 'x');
const mirrorDump =
  record(0, 'stale', '{\n "rev": 1\n}') +
  record(2, 'same', 'a') +
  record(3, 'extra', '') +
  record(5, 'ba\u0001d', '2') +
  record(6, 'end', 'null');

/** The moment of a record, in the zone of this machine. */
const clock = (minute: number): string => clockTime(momentOf(minute));

describe('comparing two dumps', () => {
  let dumps: DumpFolder;
  let source: vscode.Uri;
  let mirror: vscode.Uri;
  before(async () => {
    dumps = await DumpFolder.create();
    source = await dumps.write('old.txt', sourceDump);
    mirror = await dumps.write('new.txt', mirrorDump);
  });
  after(() => dumps.remove());
  afterEach(closeEditors);

  it('shows the result as a tree', async () => {
    const { words } = await compareWell(source, mirror);
    assert.match(words.headline, /^Different: 5 of 8 keys/);
    assert.deepEqual(await treeLines(), [
      `${words.headline} | ${words.details.join(' ')}`,
      'source | old.txt · 6 records · 6 keys',
      '  1 | on both sides',
      '  1 | tombstones, expired on the other side',
      '  4 | not on the mirror',
      'mirror | new.txt · 5 records · 5 keys',
      '  1 | on both sides',
      '  1 | tombstones, expired on the other side',
      '  3 | not at the source',
      'Before the other side’s end | 4 · look here first',
      `  Missing on the mirror | 1 · ${kindLabels.missing.meaning}`,
      `    missing | :3 · written ${clock(3)}`,
      `      source | :3 · ${clock(3)} · m`,
      '      mirror | no record of this key',
      `  Diverged | 1 · ${kindLabels.diverged.meaning}`,
      '    ba␁d | :5 ↔ :6',
      `      source | :5 · ${clock(5)} · 1`,
      `      mirror | :6 · ${clock(5)} · 2`,
      `  Stale | 1 · ${kindLabels.stale.meaning}`,
      '    stale | 1 min behind · :1 ↔ :1',
      `      source | :1 · ${clock(1)} · {"rev":2}`,
      `      mirror | :1 · ${clock(0)} · {↵"rev": 1↵}`,
      `  Only on the mirror | 1 · ${kindLabels.extra.meaning}`,
      '    extra | :5 · deleted at the source, or foreign',
      '      source | no record of this key',
      `      mirror | :5 · ${clock(3)} · empty`,
      `After the mirror’s end | 1 · ${sectionLabels.afterMirrorEnd.meaning}`,
      `  Missing on the mirror | 1 · ${kindLabels.missing.meaning}`,
      `    later | :6 · written ${clock(30)}`,
      `      source | :6 · ${clock(30)} · x`,
      '      mirror | no record of this key',
      'What to check | 5',
      `  Missing on the mirror: 1 key | ${kindExplanations.missing.check}`,
      `  Diverged: 1 key | ${kindExplanations.diverged.check}`,
      `  Stale: 1 key | ${kindExplanations.stale.check}`,
      `  After the mirror’s end: 1 key | ${lateExplanations.afterMirrorEnd.check}`,
      '  Only on the mirror: 1 key | whether these keys were deleted at the source; if nobody did, who may write to the mirror',
      'Same | 1 key · 2 deleted on both sides',
      'Notes | how the dumps were read',
      '  source | kafka-console-consumer · separator “::” · timestamp, partition, key, value',
      '  mirror | kafka-console-consumer · separator “::” · timestamp, partition, key, value',
      '  1 tombstone assumed from the text “null”. | source :4',
      '  1 tombstone assumed from the text “null”. | mirror :7',
      '  Topics compacted | only the latest value of a key counts · change…',
    ]);
  });

  it('guesses the sides from the names, whatever the order of the selection', async () => {
    await compareWell(mirror, source);
    const { session } = await extensionParts();
    assert.equal(session.state.kind === 'done' && session.state.pair.source.fsPath, source.fsPath);
  });

  it('swaps the sides', async () => {
    await compareWell(source, mirror);
    await vscode.commands.executeCommand('kafkaDumpCompare.swapSides');
    const { session } = await extensionParts();
    if (session.state.kind !== 'done') assert.fail(session.state.kind);
    assert.equal(session.state.pair.source.fsPath, mirror.fsPath);
    assert.equal(session.state.comparison.keys.missing, 1);
    assert.deepEqual(
      (await treeLines()).filter((line) => line.startsWith('source')),
      ['source | new.txt · 5 records · 5 keys'],
    );
  });

  it('compares a file with the one selected as the source', async () => {
    await vscode.commands.executeCommand('kafkaDumpCompare.selectAsSource', source);
    await vscode.commands.executeCommand('kafkaDumpCompare.compareWithSource', mirror);
    const { session } = await extensionParts();
    assert.equal(session.state.kind === 'done' && session.state.pair.source.fsPath, source.fsPath);
  });

  it('forgets a closed comparison', async () => {
    await compareWell(source, mirror);
    await vscode.commands.executeCommand('kafkaDumpCompare.closeComparison');
    const { session } = await extensionParts();
    assert.equal(session.state.kind, 'empty');
    assert.deepEqual(await treeLines(), []);
  });

  it('reads the dumps as the settings say', async () => {
    const settings = vscode.workspace.getConfiguration('kafkaDumpCompare');
    await settings.update('assumeNoNulls', true, vscode.ConfigurationTarget.Global);
    try {
      const { comparison } = await compareWell(source, mirror);
      assert.equal(comparison.options.source.nullLiteral, null);
      assert.equal(comparison.source.tombstones, 0);
    } finally {
      await settings.update('assumeNoNulls', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

describe('the filter', () => {
  let dumps: DumpFolder;
  before(async () => {
    dumps = await DumpFolder.create();
    const keys = Array.from({ length: 1200 }, (_, index) => record(index + 1, `user-${index}`, 'v')).join('');
    const common = record(0, 'common', 'v');
    await compareWell(await dumps.write('old.txt', common + keys), await dumps.write('new.txt', common));
  });
  after(async () => {
    await dumps.remove();
    await closeEditors();
  });

  it('looks through all keys, not only those that are loaded', async () => {
    const { tree } = await extensionParts();
    assert.ok((await treeLines()).some((line) => line.includes('Load 500 More | 700 not shown')));
    await tree.setFilter('USER-119');
    assert.equal(tree.matches, 11);
    assert.ok((await treeLines()).some((line) => line.trim().startsWith('user-1199 | :1201 · written')));
    await vscode.commands.executeCommand('kafkaDumpCompare.clearFilter');
    assert.equal(tree.filter, '');
  });
});

describe('a comparison without a result', () => {
  let dumps: DumpFolder;
  before(async () => {
    dumps = await DumpFolder.create();
  });
  after(() => dumps.remove());
  afterEach(closeEditors);

  it('says what is wrong with a file, and the way on', async () => {
    const good = await dumps.write('old.txt', record(1, 'k', 'v'));
    const bad = await dumps.write('new.txt', 'Dear diary\n'.repeat(100));
    const state = await compare(good, bad);
    if (state.kind !== 'failed') assert.fail(state.kind);
    assert.match(state.message, /new\.txt, line 1: no Kafka record starts here/);
    assert.deepEqual(await treeLines(), [
      'Could not compare | new.txt:1',
      'source | old.txt',
      'mirror | new.txt',
      'Open Line 1 | ',
      'Change How the Mirror Is Read… | ',
      'Compare Again | ',
      'Open Settings | ',
    ]);
  });

  it('can be cancelled', async () => {
    const { session } = await extensionParts();
    const text = record(1, 'k', 'v').repeat(400_000);
    const [source, mirror] = [await dumps.write('old.big.txt', text), await dumps.write('new.big.txt', text)];
    const compared = compare(source, mirror);
    await eventually(
      'news of the run',
      () => (session.state.kind === 'running' && session.state.progress) || undefined,
    );
    assert.match((await treeLines())[0] ?? '', /^Comparing \| \d+ % · .* of \d+ MB/);
    await vscode.commands.executeCommand('kafkaDumpCompare.cancel');
    assert.equal((await compared).kind, 'cancelled');
    assert.deepEqual((await treeLines())[0], 'Cancelled | nothing was compared');
  });

  it('gives way to a newer one', async () => {
    const { session } = await extensionParts();
    const text = record(1, 'k', 'v').repeat(400_000);
    const [source, mirror] = [await dumps.write('old.big.txt', text), await dumps.write('new.big.txt', text)];
    const [small, other] = [
      await dumps.write('old.txt', record(1, 'k', 'v')),
      await dumps.write('new.txt', record(1, 'k', 'v')),
    ];
    const first = compare(source, mirror);
    await eventually('the first run', () => (session.state.kind === 'running' ? true : undefined));
    await Promise.all([first, compare(small, other)]);
    assert.equal(session.state.kind === 'done' && session.state.pair.source.fsPath, small.fsPath);
  });
});
