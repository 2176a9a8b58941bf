/** The result page in a browser, with the real other end of the conversation in this process. */
import type { Browser, Page } from 'playwright-core';
import type { Comparison } from '../../src/core/comparison.js';
import type { Side } from '../../src/core/record.js';
import { verdictWords } from '../../src/core/words/verdict.js';
import { noChoices } from '../../src/editor/comparisonSettings.js';
import { ResultConversation } from '../../src/editor/resultConversation.js';
import type { DumpPair, SessionState } from '../../src/editor/session.js';
import { buildPage, type OpenOptions, type Resources, WebviewPage } from './webviewPage.js';

export type { OpenOptions, Resources };

export function buildResultPage(): Promise<Resources> {
  return buildPage('resultPage');
}

export class ResultPageUnderTest {
  /** What the page asked VS Code to do. */
  readonly commands: (readonly unknown[])[] = [];
  readonly #conversation: ResultConversation;
  #webview: WebviewPage | null = null;

  private constructor() {
    this.#conversation = new ResultConversation({
      post: (message) => this.#webview?.post(message),
      runCommand: (...command) => this.commands.push(command),
    });
  }

  static async open(browser: Browser, resources: Resources, options: OpenOptions = {}): Promise<ResultPageUnderTest> {
    const tested = new ResultPageUnderTest();
    const receive = (message: unknown): void => tested.#conversation.receive(message);
    tested.#webview = await WebviewPage.open(browser, resources, receive, options);
    await tested.#webview.load();
    return tested;
  }

  get page(): Page {
    return (this.#webview as WebviewPage).page;
  }

  /** What the page did that it must not do: errors, and what its content policy held back. */
  get faults(): readonly string[] {
    return (this.#webview as WebviewPage).faults;
  }

  show(state: SessionState): void {
    this.#conversation.show(state);
  }

  /** Shows a result and waits until it is drawn. */
  async showResult(comparison: Comparison, choices = noChoices): Promise<void> {
    this.show(doneState(comparison, choices));
    await this.page.waitForSelector('.verdict');
    if (comparison.differences.length > 0) await this.page.waitForSelector('.rows .cell-key');
  }

  /** As when the tab was in the background for a while: the document starts again, its saved state is kept. */
  async hideAndShow(): Promise<void> {
    this.#conversation.pause();
    await this.page.reload();
  }

  async screenshot(name: string): Promise<void> {
    await this.#webview?.screenshot(name);
  }

  async close(): Promise<void> {
    await this.#webview?.close();
  }
}

export function doneState(comparison: Comparison, choices = noChoices): SessionState {
  return { kind: 'done', pair: pairOf(comparison), comparison, words: verdictWords(comparison), choices };
}

/** The parts of URIs that the page's host looks at. */
export function pairOf({ source, mirror }: Readonly<Record<Side, { readonly path: string }>>): DumpPair {
  const uri = (file: string): unknown => ({ path: file, fsPath: file, toString: () => `file://${file}` });
  return { source: uri(source.path), mirror: uri(mirror.path) } as DumpPair;
}
