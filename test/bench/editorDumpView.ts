/** Jumping in a dump of gigabytes: from the wish to the row on the screen, in the real page with the real host. */
import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';
import { defaultDumpOptions } from '../../src/core/options.js';
import type { RecordLocation } from '../../src/core/record.js';
import { DumpViewConversation } from '../../src/editor/dumpViewConversation.js';
import { launchBrowser } from '../host/browser.js';
import { DumpViewUnderTest } from '../support/dumpViewPage.js';
import { Random } from '../support/random.js';
import { makeTemporaryFolder } from '../support/temporaryFolder.js';
import { buildPage } from '../support/webviewPage.js';
import { benchFolder } from './data/dataFolder.js';
import type { Measure } from './editorMeasure.js';

const blockRecords = 400_000;
const dumpBytes = 10e9;
const jumps = 30;
const bar = { atMost: 150, of: 'median' } as const;

/**
 * A block of records that stands in the dump again and again; where a record is follows from its number. Every byte is
 * written, and nothing here keeps what it has read: that a block was seen before is of no help.
 */
class RepeatedDump {
  readonly #block: Buffer;
  readonly #starts = new Float64Array(blockRecords + 1);

  constructor(readonly file: string) {
    const records = Array.from({ length: blockRecords }, (_, i) => {
      const record = `CreateTime:${1_690_000_000_000 + i}::Partition:${i % 12}::user-${i}::{"id":${i},"plan":"team","note":"${'x'.repeat(i % 90)}"}\n`;
      this.#starts[i + 1] = (this.#starts[i] as number) + record.length;
      return record;
    });
    this.#block = Buffer.from(records.join(''));
  }

  /** @returns records written */
  write(bytes: number): number {
    const space = statfsSync(path.dirname(this.file));
    assert.ok(space.bavail * space.bsize > 1.5 * bytes, 'There is too little room on the disk.');
    const file = openSync(this.file, 'w');
    const blocks = Math.ceil(bytes / this.#block.length);
    for (let i = 0; i < blocks; i++) writeSync(file, this.#block);
    closeSync(file);
    return blocks * blockRecords;
  }

  locate(record: number): RecordLocation & { readonly key: string } {
    const within = record % blockRecords;
    const [start, end] = [this.#starts[within] as number, this.#starts[within + 1] as number];
    return {
      byteOffset: Math.floor(record / blockRecords) * this.#block.length + start,
      byteLength: end - start - 1,
      line: record + 1,
      lineCount: 1,
      key: `user-${within}`,
    };
  }
}

export async function benchDumpView(): Promise<Measure[]> {
  mkdirSync(benchFolder, { recursive: true });
  const folder = await makeTemporaryFolder('dump-view', benchFolder);
  const browser = await launchBrowser();
  try {
    const dump = new RepeatedDump(path.join(folder.path, 'large.txt'));
    const records = dump.write(dumpBytes);
    const random = new Random(1);
    const anywhere = (): ReturnType<typeof dump.locate> => dump.locate(random.between(0, records - 1));
    const before = process.memoryUsage().rss;

    const first = anywhere();
    const tested = await DumpViewUnderTest.open(browser, await buildPage('dumpView'), { file: dump.file, at: first });
    await watchFor(tested, first);
    await shownAt(tested);
    const times: number[] = [];
    for (let i = 0; i < jumps; i++) {
      const target = anywhere();
      await watchFor(tested, target);
      const asked = Date.now();
      tested.conversation.show(target);
      times.push((await shownAt(tested)) - asked);
    }
    await tested.close();
    const grown = process.memoryUsage().rss - before;
    console.log(
      `editor: ${records} records in 10 GB; jumping among them took ${Math.round(grown / 1e6)} MB more memory`,
    );
    return [
      { what: '10 GB: jumping to a record, until it is on the screen', times, bar },
      { what: '10 GB: opening at a record, until the page is sent it', times: await openings(dump, anywhere), bar },
    ];
  } finally {
    await browser.close();
    await folder.remove();
  }
}

/** From nothing to what the page is sent: the dump opened, its format found, the rows around a record read. */
async function openings(dump: RepeatedDump, anywhere: () => RecordLocation): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < jumps; i++) {
    const started = performance.now();
    let conversation: DumpViewConversation | null = null;
    await new Promise<void>((resolve) => {
      conversation = new DumpViewConversation(dump.file, null, {
        post: ({ type }) => {
          if (type === 'jump') resolve();
        },
        runCommand: () => undefined,
        openValue: () => undefined,
        dumpOptions: () => defaultDumpOptions,
        // Lines are counted later, and not here.
        startJob: () => Promise.resolve(null),
      });
      conversation.show(anywhere());
      conversation.receive({ type: 'ready', at: null });
    });
    times.push(performance.now() - started);
    await (conversation as DumpViewConversation | null)?.dispose();
  }
  return times;
}

/** The page notes the moment at which the row was painted. Text, since it runs in the browser. */
async function watchFor({ page }: DumpViewUnderTest, { line, key }: { line: number; key: string }): Promise<void> {
  await page.evaluate(`
    globalThis.shownAt = new Promise((resolve) => {
      const look = () => {
        const row = document.querySelector('.dump-row.active');
        const isIt = row?.querySelector('.cell-line')?.textContent.replace(/\\D/g, '') === '${line}'
          && row.querySelector('.cell-key')?.textContent.includes('${key}');
        // The next frame comes after it was painted.
        if (isIt) requestAnimationFrame(() => resolve(Date.now()));
        else requestAnimationFrame(look);
      };
      look();
    });
    // What a script ends with is waited for.
    undefined;
  `);
}

async function shownAt({ page }: DumpViewUnderTest): Promise<number> {
  return (await page.evaluate('globalThis.shownAt')) as number;
}
