/**
 * The result page in a browser: the real bundle and document, under the real content policy, in the colours of a
 * theme, with the real other end of the conversation in this process. Only VS Code is missing.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { Comparison } from '../../src/core/comparison.js';
import type { Side } from '../../src/core/record.js';
import { verdictWords } from '../../src/core/words/verdict.js';
import { ResultConversation } from '../../src/editor/resultConversation.js';
import { resultPageHtml } from '../../src/editor/resultPageHtml.js';
import type { DumpPair, SessionState } from '../../src/editor/session.js';
import { outFolder, repositoryFolder } from '../host/paths.js';
import { type ThemeName, themeOf } from './themes.js';

const origin = 'http://result-page.test';
const screenshotFolder = path.join(outFolder, 'screenshots');

export interface Resources {
  readonly script: string;
  readonly style: string;
}

/** Bundles the page as the packaged extension has it. */
export async function buildResultPage(): Promise<Resources> {
  const { outputFiles } = await build({
    absWorkingDir: repositoryFolder,
    entryPoints: { webview: 'media/resultPage.ts', style: 'media/resultPage.css' },
    outdir: 'out/result-page',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  const textOf = (name: string): string => outputFiles.find((file) => file.path.endsWith(name))?.text ?? '';
  return { script: textOf('webview.js'), style: textOf('style.css') };
}

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly timeZone?: string;
}

export class ResultPageUnderTest {
  /** What the page asked VS Code to do. */
  readonly commands: (readonly unknown[])[] = [];
  /** What the page did that it must not do: errors, and what its content policy held back. */
  readonly faults: string[] = [];
  readonly #conversation: ResultConversation;

  private constructor(readonly page: Page) {
    this.#conversation = new ResultConversation({
      post: (message) => void page.evaluate(`postMessage(${JSON.stringify(message)}, '*')`).catch(() => undefined),
      runCommand: (...command) => this.commands.push(command),
    });
  }

  static async open(browser: Browser, resources: Resources, options: OpenOptions = {}): Promise<ResultPageUnderTest> {
    const { theme = 'dark', width = 1100, height = 1000, timeZone = 'UTC' } = options;
    const context = await browser.newContext({ viewport: { width, height }, timezoneId: timeZone });
    const page = await context.newPage();
    const tested = new ResultPageUnderTest(page);
    page.on('pageerror', (error) => tested.faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') tested.faults.push(message.text());
    });
    await page.exposeFunction('toHost', (message: unknown) => tested.#conversation.receive(message));
    await page.addInitScript({ content: browserSide(themeOf(theme)) });
    await page.route('**/*', (route) => {
      switch (new URL(route.request().url()).pathname) {
        case '/':
          return route.fulfill({ contentType: 'text/html', body: documentOf(themeOf(theme).bodyClass) });
        case '/webview.js':
          return route.fulfill({ contentType: 'text/javascript', body: resources.script });
        case '/webview.css':
          return route.fulfill({ contentType: 'text/css', body: resources.style });
        default:
          if (!route.request().url().endsWith('/favicon.ico')) tested.faults.push(`asked for ${route.request().url()}`);
          return route.abort();
      }
    });
    await page.goto(`${origin}/`);
    return tested;
  }

  show(state: SessionState): void {
    this.#conversation.show(state);
  }

  /** Shows a result and waits until it is drawn. */
  async showResult(comparison: Comparison): Promise<void> {
    this.show(doneState(comparison));
    await this.page.waitForSelector('.verdict');
    if (comparison.differences.length > 0) await this.page.waitForSelector('.rows .cell-key');
  }

  /** As when the tab was in the background for a while: the document starts again, its saved state is kept. */
  async hideAndShow(): Promise<void> {
    this.#conversation.pause();
    await this.page.reload();
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(screenshotFolder, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshotFolder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

export function doneState(comparison: Comparison): SessionState {
  return { kind: 'done', pair: pairOf(comparison), comparison, words: verdictWords(comparison) };
}

/** The parts of URIs that the page's host looks at. */
export function pairOf({ source, mirror }: Readonly<Record<Side, { readonly path: string }>>): DumpPair {
  const uri = (file: string): unknown => ({ path: file, fsPath: file, toString: () => `file://${file}` });
  return { source: uri(source.path), mirror: uri(mirror.path) } as DumpPair;
}

function documentOf(bodyClass: string): string {
  const html = resultPageHtml({
    cspSource: origin,
    nonce: 'nonce-of-the-test',
    scriptUri: `${origin}/webview.js`,
    styleUri: `${origin}/webview.css`,
  });
  return html.replace('<body>', `<body class="${bodyClass}">`);
}

/** What VS Code puts into a webview. Text, since these run in the browser, of which the test's compiler knows nothing. */
function browserSide({ variables }: ReturnType<typeof themeOf>): string {
  const rules = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  const css = `:root { ${rules.join(' ')} } body { margin: 0; }`;
  return `
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(css)});
    document.adoptedStyleSheets = [sheet];
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => toHost(message),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
    });
  `;
}
