/**
 * Drives a real VS Code workbench, with the packaged extension installed, for tests of what a user sees and does.
 * Selectors follow VS Code 1.139. Every helper waits until it finds what it names, and fails after the page's timeout.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';
import { launchBrowser } from './browser.js';
import { CodeServer } from './codeServer.js';
import { isNoise } from './noise.js';
import { vsixPath } from './paths.js';
import { escapeForRegExp, waitFor } from './patience.js';
import type { Settings } from './settings.js';
import { TreeView } from './treeView.js';

/** The themes tests use, with the file that VS Code names in the workbench's class list while it is on. */
const THEME_FILES = {
  'Default Dark Modern': 'themes-dark_modern-json',
  'Default Light Modern': 'themes-light_modern-json',
  'Default High Contrast': 'themes-hc_black-json',
};
export type Theme = keyof typeof THEME_FILES;

export interface WorkbenchOptions {
  /** A folder whose content is copied to the workspace. */
  readonly folder?: string;
  /** Files of the workspace: relative path → content. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly theme?: Theme;
  readonly settings?: Settings;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface VisibleLine {
  readonly lineNumber: number;
  readonly text: string;
}

const STEP_TIMEOUT_MILLISECONDS = 20_000;

/** The workbenches that are open now, for a picture of each when a test fails. */
export const openWorkbenches = new Set<Workbench>();

/** Starts a VS Code of its own, opens a temporary workspace in it and resolves when the explorer shows the files. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const theme = options.theme ?? 'Default Dark Modern';
  const settings: Settings = { 'workbench.colorTheme': theme, ...options.settings };
  const server = await CodeServer.start({ vsixPath, settings });
  const workspace = await makeWorkspace(options);
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: options.viewport ?? { width: 1280, height: 800 } });
    page.setDefaultTimeout(STEP_TIMEOUT_MILLISECONDS);
    // Tests run through a compiler that wraps named functions in a call to this helper, also those run in the page.
    await page.addInitScript({ content: 'globalThis.__name ??= (value) => value;' });
    const workbench = new Workbench(page, workspace, server, settings);
    await page.goto(`${server.url}?folder=${encodeURIComponent(workspace.path)}`);
    await workbench.explorerRows.first().waitFor({ timeout: 60_000 });
    await workbench.waitForTheme(theme);
    openWorkbenches.add(workbench);
    return workbench;
  } catch (error) {
    await browser?.close();
    await server.stop();
    await workspace.remove();
    throw error;
  }
}

export class Workbench {
  /** What the page, its webviews and the extension host have written to the console as errors. */
  readonly consoleErrors: string[] = [];
  readonly explorerRows: Locator;

  constructor(
    readonly page: Page,
    private readonly workspace: TemporaryFolder,
    private readonly server: CodeServer,
    private readonly settings: Settings,
  ) {
    this.explorerRows = page.locator('.explorer-folders-view .monaco-list-row');
    page.on('console', (message) => {
      if (message.type() === 'error' && !isNoise(message.text())) this.consoleErrors.push(message.text());
    });
  }

  /** The absolute path of the workspace, a copy that the test may change. */
  get folder(): string {
    return this.workspace.path;
  }

  async close(): Promise<void> {
    openWorkbenches.delete(this);
    await this.page.context().browser()?.close();
    await this.server.stop();
    await this.workspace.remove();
  }

  /** Adds to the settings the workbench was opened with; VS Code follows within a second. */
  async changeSettings(settings: Settings): Promise<void> {
    await this.server.changeSettings({ ...this.settings, ...settings });
  }

  async changeTheme(theme: Theme): Promise<void> {
    await this.changeSettings({ 'workbench.colorTheme': theme });
    await this.waitForTheme(theme);
  }

  /** The workbench shows itself in a fallback theme first. */
  async waitForTheme(theme: Theme): Promise<void> {
    await this.page.locator(`.monaco-workbench[class*="${THEME_FILES[theme]}"]`).waitFor();
  }

  // Explorer

  /**
   * Selects exactly these files in the explorer, in this order. Ctrl is held from the first click on, because a plain
   * click would also open the file, and the explorer then selects the opened file alone.
   */
  async selectFiles(...names: string[]): Promise<void> {
    await this.showExplorer();
    await this.page.locator('.explorer-folders-view .monaco-list').focus();
    await this.page.keyboard.press('Escape');
    for (const name of names) await this.explorerRow(name).click({ modifiers: ['ControlOrMeta'] });
    const selected = this.page.locator('.explorer-folders-view .monaco-list-row.selected .label-name');
    await waitFor(`${names.join(', ')} to be selected`, async () => {
      const selectedNames = await selected.allTextContents();
      return selectedNames.sort().join() === [...names].sort().join() || undefined;
    });
  }

  /** Selects the files and chooses an entry of the menu that a right click on the last one opens. */
  async chooseInExplorerMenu(names: readonly string[], entry: string): Promise<void> {
    await this.selectFiles(...names);
    await this.chooseInMenuOf(this.explorerRow(names.at(-1) ?? ''), entry);
  }

  /** The texts of the entries in the menu that a right click on the last of the selected files opens. */
  async explorerMenu(...names: string[]): Promise<string[]> {
    await this.selectFiles(...names);
    await this.explorerRow(names.at(-1) ?? '').click({ button: 'right' });
    await this.menuEntries().first().waitFor();
    const entries = await this.menuEntries().locator('.action-label').allTextContents();
    await this.page.keyboard.press('Escape');
    return entries.filter((entry) => entry !== '');
  }

  async showExplorer(): Promise<void> {
    if (await this.explorerRows.first().isVisible()) return;
    await this.runCommand('View: Show Explorer');
    await this.explorerRows.first().waitFor();
  }

  private explorerRow(name: string): Locator {
    // A decoration (a problem, a badge) adds to the label of the row, so the name itself is compared.
    return this.explorerRows.filter({ has: this.page.getByText(name, { exact: true }) });
  }

  // Menus

  /** Right-clicks `target` and chooses `entry`. Asks again while the extension's entries are not there yet. */
  async chooseInMenuOf(target: Locator, entry: string): Promise<void> {
    const item = this.menuEntries().filter({ has: this.page.getByText(entry, { exact: true }) });
    await waitFor(`the menu entry ${entry}`, async () => {
      await target.click({ button: 'right' });
      await this.menuEntries().first().waitFor();
      if ((await item.count()) > 0) return true;
      await this.page.keyboard.press('Escape');
      return undefined;
    });
    // A menu ignores clicks in the first tenth of a second, lest the right click that opened it chooses an entry.
    await waitFor(`the menu to take the click on ${entry}`, async () => {
      if ((await this.menuEntries().count()) === 0) return true;
      await item.click();
      await sleep(200);
      return undefined;
    });
  }

  /** The entries of the open context menu. */
  menuEntries(): Locator {
    return this.page.locator('.context-view .action-menu-item');
  }

  // Commands and quick picks

  /** Runs a command by the title the palette shows, category included: `View: Show Explorer`. */
  async runCommand(title: string): Promise<void> {
    await this.openPalette();
    await this.typeInQuickInput(`>${title}`);
    await this.pick(title);
  }

  /** The workbench may be busy with the last click and drop the key. */
  private async openPalette(): Promise<void> {
    await waitFor('the command palette', async () => {
      await this.page.keyboard.press('F1');
      await this.quickInput().waitFor({ timeout: 1000 });
      return true;
    });
  }

  /** Replaces what the open quick pick or input box contains. */
  async typeInQuickInput(text: string): Promise<void> {
    await this.quickInput().fill(text);
  }

  private quickInput(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-filter input');
  }

  /** The labels of the entries in the open quick pick. */
  async quickPickItems(): Promise<string[]> {
    await this.quickPickRows().first().waitFor();
    return this.quickPickRows().locator('.quick-input-list-label .label-name').allTextContents();
  }

  /**
   * Chooses the entry with this label in the open quick pick. Where one quick pick follows another, `title` says which:
   * the first stays on screen until the extension host has answered. The row is found and clicked in one go, because
   * the workbench reuses its element: a moment later it may stand for another entry of another list.
   */
  async pick(label: string, title = ''): Promise<void> {
    const exactly = new RegExp(`^${escapeForRegExp(label)}$`);
    await this.quickPickRows(title)
      .filter({ has: this.page.locator('.label-name', { hasText: exactly }), visible: true })
      .first()
      .dispatchEvent('click');
  }

  private quickPickRows(title = ''): Locator {
    return this.page
      .locator('.quick-input-widget')
      .filter({ has: this.page.locator('.quick-input-title', { hasText: title }) })
      .locator('.quick-input-list .monaco-list-row');
  }

  // Views

  /** A tree view of the side bar or panel by its name, shown or not. */
  tree(viewName: string): TreeView {
    return new TreeView(this.page, viewName);
  }

  // Notifications and dialogs

  // A notification goes away after about ten seconds; `Notifications: Show Notifications` brings it back.

  /** The messages of the notifications on screen, the newest first. */
  async notifications(): Promise<string[]> {
    return this.notificationItems().locator('.notification-list-item-message').allTextContents();
  }

  /** Resolves with the whole message of the first notification that matches. */
  async waitForNotification(text: string | RegExp): Promise<string> {
    const message = this.notification(text).locator('.notification-list-item-message');
    return (await message.textContent()) ?? '';
  }

  async clickNotificationButton(notification: string | RegExp, button: string): Promise<void> {
    await this.notification(notification).getByRole('button', { name: button, exact: true }).click();
  }

  private notification(text: string | RegExp): Locator {
    return this.notificationItems().filter({ hasText: text }).first();
  }

  private notificationItems(): Locator {
    return this.page.locator(':is(.notifications-toasts, .notifications-center) .notification-list-item');
  }

  /** The message of the open modal dialog and, in a second line, its detail. */
  async dialogText(): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    return (await dialog.locator('.dialog-message-text, .dialog-message-detail').allTextContents()).join('\n');
  }

  async clickDialogButton(name: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name, exact: true }).click();
  }

  // Editors

  /** The title of the active editor's tab, or undefined if none is open. */
  async activeEditorTitle(): Promise<string | undefined> {
    const label = this.page.locator('.editor-group-container.active .tab.active .monaco-icon-label-container');
    if ((await label.count()) === 0) return undefined;
    // VS Code splits the title, so that its end stays visible when there is little room.
    return (await label.locator('.label-name, .label-suffix').allTextContents()).join('');
  }

  /** Waits until the active editor has this title, and resolves with it. */
  async waitForEditor(title: string | RegExp): Promise<string> {
    let seen: string | undefined;
    return waitFor(
      () => `an active editor ${title}, it is ${seen}`,
      async () => {
        seen = await this.activeEditorTitle();
        const isRight = typeof title === 'string' ? seen === title : title.test(seen ?? '');
        return isRight ? seen : undefined;
      },
    );
  }

  /** The 1-based line the cursor is in, as the status bar says it; undefined without a text editor. */
  async cursorLineNumber(): Promise<number | undefined> {
    const status = this.page.locator('#status\\.editor\\.selection');
    if ((await status.count()) === 0) return undefined;
    const lineNumber = /Ln (\d+)/.exec((await status.textContent()) ?? '')?.[1];
    return lineNumber === undefined ? undefined : Number(lineNumber);
  }

  /** The cursor is where the test expects it a moment after the editor opens. */
  async waitForCursorLine(lineNumber: number): Promise<void> {
    let seen: number | undefined;
    await waitFor(
      () => `the cursor to be in line ${lineNumber}, it is in ${seen}`,
      async () => {
        seen = await this.cursorLineNumber();
        return seen === lineNumber || undefined;
      },
    );
  }

  /** The lines on screen in the active text editor; in a diff editor those of one side. */
  async visibleLines(side: 'only' | 'original' | 'modified' = 'only'): Promise<VisibleLine[]> {
    const group = this.page.locator('.editor-group-container.active');
    const editor = group.locator(
      side === 'only' ? '.editor-instance .monaco-editor' : `.editor.${side} .monaco-editor`,
    );
    await editor.first().locator('.view-line').first().waitFor();
    return editor.first().evaluate((element) => {
      // A line's number and its text are different elements at the same height.
      const linesByTop = (selector: string): Map<string, string> => {
        const lines = new Map<string, string>();
        for (const line of element.querySelectorAll(selector)) {
          const top = /top:\s*(-?[\d.]+)px/.exec(line.getAttribute('style') ?? '')?.[1];
          if (top !== undefined) lines.set(top, (line.textContent ?? '').replaceAll('\u00a0', ' '));
        }
        return lines;
      };
      const texts = linesByTop('.view-lines > .view-line');
      return [...linesByTop('.margin-view-overlays > div')]
        .map(([top, number]) => ({ lineNumber: Number(number), text: texts.get(top) ?? '' }))
        .filter(({ lineNumber }) => lineNumber > 0)
        .sort((left, right) => left.lineNumber - right.lineNumber);
    });
  }

  // Webviews

  /** The innermost frame of the webview in which `selector` shows up. */
  async webview(selector: string): Promise<Frame> {
    return waitFor(`a webview with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        if (frame !== this.page.mainFrame() && (await showsUp(frame, selector))) return frame;
      }
      return undefined;
    });
  }

  /** A picture of the whole window, as PNG. */
  async screenshot(file: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }
}

/** A frame may go away at any time, which only means that it is not the one. */
async function showsUp(frame: Frame, selector: string): Promise<boolean> {
  return frame
    .locator(selector)
    .first()
    .isVisible()
    .catch(() => false);
}

async function makeWorkspace(options: WorkbenchOptions): Promise<TemporaryFolder> {
  const workspace = await makeTemporaryFolder('workspace');
  if (options.folder !== undefined) await cp(options.folder, workspace.path, { recursive: true });
  for (const [name, content] of Object.entries(options.files ?? {})) {
    const file = path.join(workspace.path, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return workspace;
}
