/** Reads and uses one of the extension's tree views. */
import type { Locator, Page } from 'playwright-core';
import { escapeForRegExp, waitFor } from './patience.js';

export interface TreeRow {
  readonly label: string;
  /** Empty if the row has none. */
  readonly description: string;
  /** 1-based depth. */
  readonly level: number;
  /** Undefined for a row that cannot be expanded. */
  readonly expanded: boolean | undefined;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  readonly selected: boolean;
}

/** A row's whole label, or a pattern that its label matches. */
type Label = string | RegExp;

/**
 * Names the first row with this label; or, as a list, the first one below rows with the other labels, the outermost
 * first: `['After the mirror’s end', 'Stale']`. Labels between them may be left out.
 */
export type RowName = Label | readonly Label[];

export class TreeView {
  private readonly list: Locator;
  private readonly rowElements: Locator;

  constructor(
    private readonly page: Page,
    viewName: string,
  ) {
    this.list = page.locator(`.pane-body [role="tree"][aria-label="${viewName}"]`);
    // Direct children only: a tree repeats the rows above the first one on screen in a sticky header.
    this.rowElements = this.list.locator('.monaco-list-rows > .monaco-list-row');
  }

  /** The rows on screen, from top to bottom. A long tree has more: see `allRows`. */
  async rows(): Promise<TreeRow[]> {
    return (await this.indexedRows()).map(({ row }) => row);
  }

  /** All rows, read page by page from the top. */
  async allRows(): Promise<TreeRow[]> {
    const rows: TreeRow[] = [];
    await this.scrollThrough((page) => {
      for (const { index, row } of page) rows[index] = row;
      return false;
    });
    return rows;
  }

  /** Waits until such a row is on screen, and resolves with it. */
  async waitForRow(name: RowName): Promise<TreeRow> {
    return waitFor(`the row ${name}`, async () => {
      const rows = await this.rows();
      return rows.find((_row, position) => isNamed(rows, position, name));
    });
  }

  /** Expands the row, if it is not, and waits for its first child. */
  async expand(name: RowName): Promise<void> {
    const row = await this.bringIntoView(name);
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    const index = Number(await row.getAttribute('data-index'));
    const level = Number(await row.getAttribute('aria-level'));
    await row.locator('.monaco-tl-twistie').click();
    await waitFor(`the children of ${name}`, async () => {
      const below = (await this.indexedRows()).find((other) => other.index > index);
      if (below !== undefined) return below.row.level > level || undefined;
      // The row is the lowest on screen; this moves the list by a few rows.
      await this.page.mouse.wheel(0, 1);
      return undefined;
    });
  }

  async collapse(name: RowName): Promise<void> {
    const row = await this.bringIntoView(name);
    if ((await row.getAttribute('aria-expanded')) === 'true') await row.locator('.monaco-tl-twistie').click();
  }

  /** Clicks the row's text, which runs its command. */
  async click(name: RowName): Promise<void> {
    const row = await this.bringIntoView(name);
    await row.locator('.label-name').first().click();
  }

  /** Clicks an inline action of the row, by its title. */
  async clickInlineAction(name: RowName, title: string): Promise<void> {
    const row = await this.bringIntoView(name);
    await row.hover();
    await row
      .locator('.actions .action-label')
      .and(row.getByRole('button', { name: startingWith(title) }))
      .click();
  }

  /** The titles of the row's inline actions. */
  async inlineActions(name: RowName): Promise<string[]> {
    const row = await this.bringIntoView(name);
    await row.hover();
    return row
      .locator('.actions .action-label')
      .evaluateAll((actions) => actions.map((action) => action.getAttribute('aria-label') ?? ''));
  }

  /** The row's element, scrolled into view if need be, for what has no helper here (`chooseInMenuOf`). */
  async bringIntoView(name: RowName): Promise<Locator> {
    await this.list.waitFor();
    return waitFor(`the row ${name}`, async () => {
      let rowIndex = -1;
      const rows: TreeRow[] = [];
      await this.scrollThrough((page) => {
        for (const { index, row } of page) rows[index] = row;
        rowIndex = rows.findIndex((_row, position) => isNamed(rows, position, name));
        return rowIndex >= 0;
      });
      return rowIndex < 0 ? undefined : this.rowElements.and(this.page.locator(`[data-index="${rowIndex}"]`));
    });
  }

  /**
   * Goes from the top to the bottom, a screen at a time, until `look` says that it has seen enough. By keyboard, because
   * a turn of the wheel moves the list by a few rows only. This moves the focus, not the selection.
   */
  private async scrollThrough(look: (rows: IndexedRow[]) => boolean): Promise<void> {
    await this.list.focus();
    await this.page.keyboard.press('Home');
    let rows = await waitFor('the top of the tree', async () => {
      const shown = await this.indexedRows();
      return shown.length === 0 || shown[0]?.index === 0 ? shown : undefined;
    });
    while (rows.length > 0 && !look(rows) && !rows.at(-1)?.isLast) {
      await this.pressPageDown();
      rows = await this.indexedRows();
    }
  }

  private async pressPageDown(): Promise<void> {
    const focused = () => this.list.getAttribute('aria-activedescendant');
    const before = await focused();
    await this.page.keyboard.press('PageDown');
    await waitFor('the next page of the tree', async () => (await focused()) !== before || undefined);
  }

  private async indexedRows(): Promise<IndexedRow[]> {
    const rows = await this.rowElements.evaluateAll((elements) =>
      elements.map((element) => ({
        index: Number(element.getAttribute('data-index')),
        isLast: element.getAttribute('data-last-element') === 'true',
        row: {
          label: element.querySelector('.label-name')?.textContent ?? '',
          description: element.querySelector('.label-description')?.textContent ?? '',
          level: Number(element.getAttribute('aria-level')),
          expanded: element.hasAttribute('aria-expanded')
            ? element.getAttribute('aria-expanded') === 'true'
            : undefined,
          ariaLabel: element.getAttribute('aria-label') ?? '',
          selected: element.classList.contains('selected'),
        },
      })),
    );
    return rows.sort((left, right) => left.index - right.index);
  }
}

interface IndexedRow {
  readonly index: number;
  readonly isLast: boolean;
  readonly row: TreeRow;
}

/** Whether `name` names the row at `position`. The rows are those of the tree in its order, or a stretch of it. */
function isNamed(rows: readonly TreeRow[], position: number, name: RowName): boolean {
  const [own, ...above] = [...labelsOf(name)].reverse();
  let level = rows[position]?.level ?? 0;
  if (!hasLabel(rows[position], own)) return false;
  for (let index = position - 1; index >= 0 && above.length > 0; index--) {
    const row = rows[index];
    if (row === undefined || row.level >= level) continue;
    level = row.level;
    if (hasLabel(row, above[0])) above.shift();
  }
  return above.length === 0;
}

function labelsOf(name: RowName): readonly Label[] {
  return typeof name === 'string' || name instanceof RegExp ? [name] : name;
}

function hasLabel(row: TreeRow | undefined, label: Label | undefined): boolean {
  if (row === undefined || label === undefined) return false;
  return typeof label === 'string' ? row.label === label : label.test(row.label);
}

/** A key binding may follow the title. */
function startingWith(title: string): RegExp {
  return new RegExp(`^${escapeForRegExp(title)}`);
}
