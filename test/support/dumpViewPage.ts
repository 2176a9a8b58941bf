/** The page of a dump view in a browser, with the real other end of the conversation, and a real dump, in this process. */
import type { Browser, Page } from 'playwright-core';
import { defaultDumpOptions } from '../../src/core/options.js';
import type { RecordLocation } from '../../src/core/record.js';
import { type ComparedDump, DumpViewConversation } from '../../src/editor/dumpViewConversation.js';
import { runDumpJob } from '../../src/engine/dumpJobs.js';
import type { DumpMatch } from '../../src/engine/dumpSearch.js';
import { type OpenOptions, type Resources, WebviewPage } from './webviewPage.js';

export class DumpViewUnderTest {
  /** What the page asked VS Code to do. */
  readonly commands: (readonly unknown[])[] = [];
  readonly conversation: DumpViewConversation;
  #webview: WebviewPage | null = null;

  private constructor(file: string, compared: ComparedDump | null) {
    this.conversation = new DumpViewConversation(file, compared, {
      post: (message) => this.#webview?.post(message),
      runCommand: (...command) => this.commands.push(command),
      openValue: (_layout, { byteOffset }) => this.commands.push(['openValue', byteOffset]),
      dumpOptions: () => defaultDumpOptions,
      // Without a thread: what it would do is done here.
      startJob: (job, signal, onNews) =>
        new Promise<DumpMatch | null>((resolve, reject) => {
          void runDumpJob(job, (message) => {
            if (signal.aborted) return;
            if (message.kind === 'done') resolve(message.match);
            else if (message.kind === 'failed') reject(new Error(message.message));
            else onNews(message);
          });
        }),
    });
  }

  /** @param at the record to show, null for the beginning */
  static async open(
    browser: Browser,
    resources: Resources,
    dump: { readonly file: string; readonly compared?: ComparedDump; readonly at?: RecordLocation },
    options: OpenOptions = {},
  ): Promise<DumpViewUnderTest> {
    const tested = new DumpViewUnderTest(dump.file, dump.compared ?? null);
    const receive = (message: unknown): void => tested.conversation.receive(message);
    tested.#webview = await WebviewPage.open(browser, resources, receive, options);
    if (dump.at !== undefined) tested.conversation.show(dump.at);
    await tested.#webview.load();
    await tested.page.waitForSelector('.dump-rows .dump-row');
    return tested;
  }

  get page(): Page {
    return (this.#webview as WebviewPage).page;
  }

  get faults(): readonly string[] {
    return (this.#webview as WebviewPage).faults;
  }

  /** As when the tab was in the background for a while: the document starts again, its saved state is kept. */
  async hideAndShow(): Promise<void> {
    this.conversation.pause();
    await this.page.reload();
    await this.page.waitForSelector('.dump-rows .dump-row');
  }

  async screenshot(name: string): Promise<void> {
    await this.#webview?.screenshot(name);
  }

  async close(): Promise<void> {
    await this.#webview?.close();
    await this.conversation.dispose();
  }
}
