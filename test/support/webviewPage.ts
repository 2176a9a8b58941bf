/**
 * A page of the extension in a browser: the real bundle and document, under the real content policy, in the colours of
 * a theme. Only VS Code is missing; what the page says goes to a function of the test.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../src/editor/pageHtml.js';
import { outFolder, repositoryFolder } from '../host/paths.js';
import { type ThemeName, themeOf } from './themes.js';

const origin = 'http://webview.test';
const screenshotFolder = path.join(outFolder, 'screenshots');

export interface Resources {
  readonly script: string;
  readonly style: string;
}

/** Bundles a page as the packaged extension has it. @param name of its files in media/ */
export async function buildPage(name: string): Promise<Resources> {
  const { outputFiles } = await build({
    absWorkingDir: repositoryFolder,
    entryPoints: { webview: `media/${name}.ts`, style: `media/${name}.css` },
    outdir: 'out/webview',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  const textOf = (file: string): string => outputFiles.find((each) => each.path.endsWith(file))?.text ?? '';
  return { script: textOf('webview.js'), style: textOf('style.css') };
}

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly timeZone?: string;
}

export class WebviewPage {
  /** What the page did that it must not do: errors, and what its content policy held back. */
  readonly faults: string[] = [];

  private constructor(readonly page: Page) {}

  /** @param receive takes what the page says */
  static async open(
    browser: Browser,
    resources: Resources,
    receive: (message: unknown) => void,
    { theme = 'dark', width = 1100, height = 1000, timeZone = 'UTC' }: OpenOptions = {},
  ): Promise<WebviewPage> {
    const context = await browser.newContext({ viewport: { width, height }, timezoneId: timeZone });
    const page = await context.newPage();
    const opened = new WebviewPage(page);
    page.on('pageerror', (error) => opened.faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') opened.faults.push(message.text());
    });
    await page.exposeFunction('toHost', receive);
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
          if (!route.request().url().endsWith('/favicon.ico')) opened.faults.push(`asked for ${route.request().url()}`);
          return route.abort();
      }
    });
    return opened;
  }

  async load(): Promise<void> {
    await this.page.goto(`${origin}/`);
  }

  post(message: unknown): void {
    void this.page.evaluate(`postMessage(${JSON.stringify(message)}, '*')`).catch(() => undefined);
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(screenshotFolder, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshotFolder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

function documentOf(bodyClass: string): string {
  const html = pageHtml({
    title: 'Kafka Dump Compare',
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
