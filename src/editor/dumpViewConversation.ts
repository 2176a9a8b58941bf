/**
 * What the page of a dump view and the dump have to say to each other: reads what the page shows, finds what it looks
 * for, and knows the lines. Knows neither panel nor webview.
 */
import type { Comparison, DumpLayout } from '../core/comparison.js';
import { differencesWithin, nextDifference } from '../core/differencePlaces.js';
import { CancelledError } from '../core/errors.js';
import { emptyLineIndex } from '../core/lineIndex.js';
import type { DumpOptions } from '../core/options.js';
import type { RecordLocation, Side } from '../core/record.js';
import { kindLabels } from '../core/words/labels.js';
import { count } from '../core/words/numbers.js';
import { visible } from '../core/words/text.js';
import { detectFile } from '../engine/detectFile.js';
import type { startDumpJob } from '../engine/dumpJobs.js';
import { type DumpPage, DumpPager } from '../engine/dumpPager.js';
import { DumpFile } from '../engine/dumpReader.js';
import { offsetOfLine } from '../engine/lineIndex.js';
import { DumpLines } from './dumpLines.js';
import { readDetails } from './dumpViewDetails.js';
import { parseDumpViewMessage } from './dumpViewMessages.js';
import type {
  Direction,
  DumpRow,
  DumpViewHostMessage,
  DumpViewMessage,
  DumpViewPage,
  PageAction,
  RowMark,
  SearchText,
} from './dumpViewProtocol.js';
import { rowMaker } from './dumpViewRows.js';
import { commandIds } from './ids.js';

/** The comparison that is shown, where this dump is a side of it. */
export interface ComparedDump {
  readonly comparison: Comparison;
  readonly side: Side;
}

export interface DumpViewPartners {
  /** To the page. */
  readonly post: (message: DumpViewHostMessage) => void;
  readonly runCommand: (command: string, ...args: readonly unknown[]) => void;
  readonly openValue: (layout: DumpLayout, location: RecordLocation) => void;
  /** How dumps are read that no comparison has read. */
  readonly dumpOptions: () => DumpOptions;
  readonly startJob: (
    ...job: Parameters<typeof startDumpJob> extends [string, ...infer Rest] ? Rest : never
  ) => ReturnType<typeof startDumpJob>;
}

/** The dump, once it is open. */
interface OpenDump {
  readonly file: DumpFile;
  readonly layout: DumpLayout | null;
  readonly problem: string | null;
  readonly lines: DumpLines;
}

const noSearch: SearchText = { text: '', matchCase: false };

export class DumpViewConversation {
  readonly #path: string;
  readonly #partners: DumpViewPartners;
  readonly #ended = new AbortController();
  readonly #dump: Promise<OpenDump>;
  #compared: ComparedDump | null;
  /** Whether the page listens. */
  #isReady = false;
  /** Where the page is to go as soon as it listens. */
  #wanted: RecordLocation | null = null;
  #search: { readonly text: SearchText; readonly run: AbortController } | null = null;

  constructor(path: string, compared: ComparedDump | null, partners: DumpViewPartners) {
    this.#path = path;
    this.#partners = partners;
    this.#compared = compared;
    // Reading begins while the page is still being loaded.
    this.#dump = this.#open();
    this.#dump.catch(() => undefined);
  }

  /** Another comparison is shown, or none. */
  compare(compared: ComparedDump | null): void {
    this.#compared = compared;
    if (this.#isReady) this.#postDifferences();
  }

  /** Goes to a record. */
  show(location: RecordLocation): void {
    if (this.#isReady) void this.#guarded((dump) => this.#jumpTo(dump, location));
    else this.#wanted = location;
  }

  act(action: PageAction): void {
    this.#partners.post({ type: 'act', action });
  }

  /** The page is gone, or hidden; it says `ready` when it is back. */
  pause(): void {
    this.#isReady = false;
    this.#search?.run.abort();
  }

  async dispose(): Promise<void> {
    this.pause();
    this.#ended.abort();
    const dump = await this.#dump.catch(() => null);
    await dump?.file.close();
  }

  /** @param message anything: the page is not trusted */
  receive(message: unknown): void {
    const parsed = parseDumpViewMessage(message);
    if (parsed === null) return;
    switch (parsed.type) {
      case 'ready':
        this.#isReady = true;
        void this.#guarded((dump) => this.#welcome(dump, parsed.at));
        return;
      case 'search':
        void this.#guarded((dump) => this.#find(dump, parsed.search, parsed.direction, parsed.from));
        return;
      case 'cancelSearch':
        this.#search?.run.abort();
        this.#search = null;
        return;
      case 'diffValues':
        this.#partners.runCommand(commandIds.diffValues, parsed.index, { preserveFocus: true });
        return;
      default:
        void this.#guarded((dump) => this.#answer(dump, parsed));
    }
  }

  async #answer(
    dump: OpenDump,
    message: Exclude<DumpViewMessage, { type: 'ready' | 'search' | 'cancelSearch' | 'diffValues' }>,
  ): Promise<void> {
    switch (message.type) {
      case 'pages': {
        const pages = await this.#pages(dump, message.place, message.at, message.search);
        this.#partners.post({ type: 'pages', query: message.query, pages });
        return;
      }
      case 'line': {
        const line = await dump.lines.lineAt(message.at);
        if (line !== null) this.#partners.post({ type: 'line', at: message.at, line });
        return;
      }
      case 'goToLine':
        await this.#goToLine(dump, message.line);
        return;
      case 'difference':
        await this.#goToDifference(dump, message.direction, message.from);
        return;
      case 'details':
        this.#partners.post({ type: 'details', details: await readDetails(dump.file, dump.layout, message) });
        return;
      case 'openValue': {
        const line = (await dump.lines.lineAt(message.byteOffset)) ?? 1;
        const { byteOffset, byteLength } = message;
        if (dump.layout !== null) this.#partners.openValue(dump.layout, { byteOffset, byteLength, line, lineCount: 1 });
      }
    }
  }

  async #open(): Promise<OpenDump> {
    const file = await DumpFile.open(this.#path);
    const compared = this.#compared;
    const index = compared?.comparison.lineIndexes[compared.side] ?? emptyLineIndex;
    // A dump that was written to since has other lines.
    const lines = new DumpLines(file, index.bytesCounted === file.bytes ? index : emptyLineIndex);
    if (compared !== null) return { file, lines, layout: compared.comparison[compared.side], problem: null };
    try {
      const { layout } = await detectFile(file, this.#partners.dumpOptions());
      return { file, lines, layout, problem: null };
    } catch (error) {
      return { file, lines, layout: null, problem: error instanceof Error ? error.message : String(error) };
    }
  }

  async #welcome(dump: OpenDump, at: number | null): Promise<void> {
    const { file, layout, problem } = dump;
    this.#partners.post({
      type: 'opened',
      dump: {
        name: visible(file.path.split(/[/\\]/).at(-1) ?? file.path),
        path: visible(file.path),
        bytes: file.bytes,
        start: layout?.bomLength ?? 0,
        columns: layout?.columns ?? [],
        problem,
      },
    });
    this.#postDifferences();
    const wanted = this.#wanted;
    this.#wanted = null;
    if (wanted === null) await this.#jump(dump, Math.min(at ?? 0, file.bytes), '');
    else await this.#jumpTo(dump, wanted);
    this.#countLines(dump);
  }

  /** In the background, and not before there is something to see. */
  #countLines({ lines }: OpenDump): void {
    const postCounted = (): void =>
      this.#partners.post({ type: 'counted', bytes: lines.bytesCounted, isDone: lines.isComplete });
    if (lines.isComplete || lines.isBeingCounted) {
      postCounted();
      return;
    }
    lines.isBeingCounted = true;
    this.#partners
      .startJob({ kind: 'countLines', path: this.#path }, this.#ended.signal, (news) => {
        if (news.kind !== 'counted') return;
        lines.learn(news.index);
        if (this.#isReady) postCounted();
      })
      .catch((error: unknown) => this.#report(error));
  }

  /** @param place `near` gives the page that holds the byte, behind the one before it */
  async #pages(
    dump: OpenDump,
    place: 'near' | 'from' | 'before',
    at: number,
    search: SearchText,
  ): Promise<DumpViewPage[]> {
    const pager = new DumpPager(dump.file, dump.layout, rowMaker(search));
    const position = Math.min(at, dump.file.bytes);
    if (place !== 'near') {
      return [await this.#viewPage(dump, await pager[place](position))];
    }
    const start = await pager.startOf(position);
    const [before, from] = await Promise.all([pager.before(start), pager.from(start)]);
    const page = await this.#viewPage(dump, from);
    return [await this.#viewPage(dump, before), page];
  }

  async #viewPage(dump: OpenDump, page: DumpPage<DumpRow>): Promise<DumpViewPage> {
    return { ...page, firstLine: await dump.lines.firstLineOf(page), marks: this.#marksIn(page) };
  }

  #marksIn({ byteOffset, end }: DumpPage<DumpRow>): RowMark[] {
    if (this.#compared === null) return [];
    const { comparison, side } = this.#compared;
    return differencesWithin(comparison.differences, side, byteOffset, end).map((place) => ({
      ...place,
      kind: comparison.differences.kindAt(place.index),
    }));
  }

  async #jumpTo(dump: OpenDump, { byteOffset, line }: RecordLocation): Promise<void> {
    dump.lines.know(byteOffset, line);
    await this.#jump(dump, byteOffset, '');
  }

  async #jump(dump: OpenDump, byteOffset: number, words: string, search: SearchText = noSearch): Promise<void> {
    const pages = await this.#pages(dump, 'near', byteOffset, search);
    this.#partners.post({ type: 'jump', byteOffset, words, pages });
  }

  async #goToLine(dump: OpenDump, line: number): Promise<void> {
    const found = await offsetOfLine(dump.file, dump.lines.index, line, this.#ended.signal);
    if (found === null) {
      this.#partners.post({ type: 'failed', message: `The dump has fewer than ${count(line)} lines.` });
      return;
    }
    dump.lines.know(found, line);
    await this.#jump(dump, found, '');
  }

  async #goToDifference(dump: OpenDump, direction: Direction, from: number): Promise<void> {
    const compared = this.#compared;
    const found =
      compared === null ? null : nextDifference(compared.comparison.differences, compared.side, from, direction);
    if (compared === null || found === null) {
      this.#partners.post({ type: 'failed', message: 'No comparison is shown in which keys of this dump differ.' });
      return;
    }
    const location = compared.comparison.differences.at(found.index)?.[compared.side];
    if (location != null) dump.lines.know(location.byteOffset, location.line);
    const kind = kindLabels[compared.comparison.differences.kindAt(found.index)].title.toLowerCase();
    const words = `Difference ${count(found.number)} of ${count(found.total)}: ${kind}`;
    await this.#jump(dump, found.byteOffset, words, this.#search?.text ?? noSearch);
  }

  async #find(dump: OpenDump, text: SearchText, direction: Direction, from: number): Promise<void> {
    this.#search?.run.abort();
    const run = new AbortController();
    this.#search = { text, run };
    const post = (state: Extract<DumpViewHostMessage, { type: 'search' }>['state']): void => {
      if (this.#search?.run === run) this.#partners.post({ type: 'search', state });
    };
    const search = { ...text, text: new TextEncoder().encode(text.text), direction, from };
    post({ kind: 'running', percent: 0 });
    try {
      const match = await this.#partners.startJob({ kind: 'search', path: this.#path, search }, run.signal, (news) => {
        if (news.kind !== 'searched') return;
        post({ kind: 'running', percent: Math.floor((100 * news.bytesDone) / Math.max(1, dump.file.bytes)) });
      });
      if (this.#search?.run !== run) return;
      if (match !== null) await this.#jump(dump, match.byteOffset, '', text);
      post(match === null ? { kind: 'nothing' } : { kind: 'found', isWrapped: match.isWrapped });
    } catch (error) {
      if (error instanceof CancelledError) return;
      post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  #postDifferences(): void {
    const compared = this.#compared;
    const total =
      compared === null ? 0 : (nextDifference(compared.comparison.differences, compared.side, -1, 'next')?.total ?? 0);
    this.#partners.post({ type: 'differences', total });
  }

  /** What the page asks for and cannot be had is said on the page. */
  async #guarded(use: (dump: OpenDump) => Promise<void>): Promise<void> {
    try {
      await use(await this.#dump);
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error: unknown): void {
    if (error instanceof CancelledError || this.#ended.signal.aborted) return;
    this.#partners.post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
