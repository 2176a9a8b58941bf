import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { verdictWords } from '../../src/core/words/verdict.js';
import { noChoices } from '../../src/editor/comparisonSettings.js';
import { ResultConversation } from '../../src/editor/resultConversation.js';
import type { HostMessage, PageState } from '../../src/editor/resultProtocol.js';
import type { DumpPair, SessionState } from '../../src/editor/session.js';
import { comparison, difference } from '../support/comparisons.js';

const uri = (path: string): unknown => ({ path, fsPath: path, toString: () => `file://${path}` });
const pair = { source: uri('/a/old.txt'), mirror: uri('/a/new.txt') } as DumpPair;
const differing = comparison([difference('k', 'stale')]);
const done: SessionState = {
  kind: 'done',
  pair,
  comparison: differing,
  words: verdictWords(differing),
  choices: noChoices,
};
const starting: SessionState = { kind: 'running', pair, startedAt: 0, progress: null };
const noFilter = { search: '', kinds: [], section: null, partition: null, interval: null };

class Conversation extends ResultConversation {
  constructor(
    readonly posted: HostMessage[] = [],
    readonly commands: (readonly unknown[])[] = [],
  ) {
    super({
      // As `postMessage` does: what cannot be cloned must not be sent.
      post: (message) => posted.push(structuredClone(message)),
      runCommand: (...command) => commands.push(command),
    });
  }

  static ready(state: SessionState): Conversation {
    const conversation = new Conversation();
    conversation.show(state);
    conversation.receive({ type: 'ready', timeZone: 'UTC' });
    return conversation;
  }

  get version(): number {
    return this.posted.at(-1)?.version ?? -1;
  }

  get shown(): PageState | undefined {
    const last = this.posted.findLast((message) => message.type === 'state');
    return last?.state;
  }
}

describe('the conversation with the page', () => {
  it('begins when the page is ready, and pauses when it is hidden', () => {
    const conversation = new Conversation();
    conversation.show(starting);
    assert.deepEqual(conversation.posted, []);
    conversation.receive({ type: 'ready', timeZone: 'Europe/Paris' });
    assert.equal(conversation.shown?.kind, 'running');
    conversation.pause();
    conversation.show(done);
    assert.equal(conversation.posted.length, 1);
    conversation.receive({ type: 'ready', timeZone: 'Europe/Paris' });
    assert.equal(conversation.shown?.kind, 'done');
  });

  it('says the moments of the verdict in the reader’s zone', () => {
    const late = comparison([difference('k', 'missing', { at: Date.UTC(2026, 10, 22, 14), late: 'afterMirrorEnd' })]);
    const conversation = new Conversation();
    conversation.show({ kind: 'done', pair, comparison: late, words: verdictWords(late), choices: noChoices });
    conversation.receive({ type: 'ready', timeZone: 'Asia/Kathmandu' });
    assert.ok(conversation.shown?.kind === 'done');
    assert.match(conversation.shown.summary.details.join(' '), /18:45:00/);
    conversation.receive({ type: 'ready', timeZone: 'Mars/Olympus' });
    assert.match(JSON.stringify(conversation.shown), /13:00:00/);
  });

  it('numbers the states: news of a run is no new one, another run is', () => {
    const conversation = Conversation.ready(starting);
    const first = conversation.version;
    const read = { phase: 'reading', bytesDone: 50, bytesTotal: 100, records: 3 } as const;
    const progress = { ...read, warnings: 0, found: null };
    conversation.show({ kind: 'running', pair, startedAt: Date.now() - 1000, progress });
    assert.equal(conversation.version, first);
    assert.ok(conversation.shown?.kind === 'running');
    assert.equal(conversation.shown.progress?.percent, 50);
    assert.equal(conversation.shown.progress.words[0], '50 bytes of 100 bytes');
    conversation.show(starting);
    assert.notEqual(conversation.version, first);
  });

  it('tells what a run has found so far', () => {
    const conversation = Conversation.ready(starting);
    const found = {
      counts: { same: 900, deleted: 1, missing: 1234, extra: 0, modified: 2 },
      first: [difference('lost\n', 'missing')],
    };
    const progress = { phase: 'comparing', bytesDone: 1, bytesTotal: 1, records: 3, warnings: 2, found } as const;
    conversation.show({ kind: 'running', pair, startedAt: 0, progress });
    assert.ok(conversation.shown?.kind === 'running');
    assert.equal(conversation.shown.progress?.warnings, 2);
    assert.deepEqual(conversation.shown.progress.found, {
      keysCompared: 2137,
      words: '1,234 missing · 2 modified',
      keys: [
        { key: { text: 'lost␊', length: 5, base64: null }, outcome: 'missing', lines: { source: 10, mirror: null } },
      ],
    });
  });

  it('hands out rows and closer looks', async () => {
    const conversation = Conversation.ready(done);
    const { version } = conversation;
    conversation.receive({ type: 'rows', version, query: 7, filter: noFilter, first: 0, count: 10 });
    await setImmediate();
    const rows = conversation.posted.at(-1);
    assert.ok(rows?.type === 'rows' && rows.query === 7 && rows.page.total === 1);
    conversation.receive({ type: 'timeline', version, within: null });
    const timeline = conversation.posted.at(-1);
    assert.ok(timeline?.type === 'timeline' && timeline.timeline?.bins.length === 1);
  });

  it('turns wishes into commands', () => {
    const conversation = Conversation.ready(done);
    const { version } = conversation;
    for (const action of ['openSourceLine', 'openMirrorLine', 'diffValues', 'ignoreField']) {
      conversation.receive({ type: 'difference', version, action, index: 0 });
    }
    conversation.receive({ type: 'openLine', version, side: 'mirror', line: 3 });
    conversation.receive({ type: 'reading', version, side: 'mirror', action: 'changeReading' });
    conversation.receive({ type: 'reading', version, side: 'source', action: 'readAsDetected' });
    for (const command of [
      'swapSides',
      'compareAgain',
      'cancel',
      'compareFiles',
      'exportReport',
      'stopIgnoring',
      'changeSettings',
    ]) {
      conversation.receive({ type: 'command', command });
    }
    assert.deepEqual(conversation.commands, [
      ['kafkaDumpCompare.openSourceLine', 0],
      ['kafkaDumpCompare.openMirrorLine', 0],
      ['kafkaDumpCompare.diffValues', 0],
      ['kafkaDumpCompare.ignoreField', 0],
      ['kafkaDumpCompare.openWarning', 'mirror', 3],
      ['kafkaDumpCompare.changeReading', 'mirror'],
      ['kafkaDumpCompare.readAsDetected', 'source'],
      ['kafkaDumpCompare.swapSides'],
      ['kafkaDumpCompare.compareAgain'],
      ['kafkaDumpCompare.cancel'],
      ['kafkaDumpCompare.compareFiles'],
      ['kafkaDumpCompare.exportReport'],
      ['kafkaDumpCompare.stopIgnoring'],
      ['workbench.action.openSettings', 'kafkaDumpCompare'],
    ]);
  });

  it('ignores what was meant for an outdated comparison, what is not there, and what makes no sense', async () => {
    const conversation = Conversation.ready(done);
    const { version } = conversation;
    conversation.receive({ type: 'difference', version, action: 'diffValues', index: 1 });
    conversation.receive({ type: 'nonsense' });
    conversation.show(starting);
    conversation.show(done);
    const before = conversation.posted.length;
    conversation.receive({ type: 'difference', version, action: 'diffValues', index: 0 });
    conversation.receive({ type: 'rows', version, query: 1, filter: noFilter, first: 0, count: 10 });
    await setImmediate();
    assert.deepEqual(conversation.commands, []);
    assert.equal(conversation.posted.length, before);
  });

  it('says where in which dump a comparison failed', () => {
    const failed = { kind: 'failed', pair, message: 'No.', line: 18 } as const;
    const placeOf = (path: string | null) => {
      const { shown } = Conversation.ready({ ...failed, path });
      return shown?.kind === 'failed' ? shown.place : undefined;
    };
    assert.deepEqual(placeOf('/a/new.txt'), { side: 'mirror', line: 18 });
    assert.deepEqual(placeOf('/a/old.txt'), { side: 'source', line: 18 });
    assert.equal(placeOf(null), null);
    const { shown } = Conversation.ready({ ...failed, line: null, path: '/a/old.txt' });
    assert.ok(shown?.kind === 'failed' && shown.place === null);
    assert.equal(shown.side, 'source');
  });
});
