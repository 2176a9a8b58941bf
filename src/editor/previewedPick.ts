/** A Quick Pick that shows, below what can be chosen, what the highlighted choice makes of a dump. */
import * as vscode from 'vscode';
import { CancelledError } from '../core/errors.js';
import type { DumpPreview } from '../engine/dumpPreview.js';
import { canGoOn, type ReadingChoice, type ReadingRow, type ReadingStep, readingRows } from './readingChoices.js';

export interface PreviewedQuestion {
  readonly step: ReadingStep;
  /** 1-based. */
  readonly number: number;
  readonly title: string;
  readonly placeholder: string;
  /** What can be chosen beside what is typed. */
  readonly choices: (typed: string) => readonly ReadingChoice[];
  /** Where typing filters, the choices do not depend on it. */
  readonly typing: 'filters' | 'chooses';
  /** The choice that is in force: it is highlighted at first. */
  readonly isCurrent: (choice: ReadingChoice) => boolean;
  /** Reads the dump under each choice, without holding up the thread; rejects with what is wrong with the file. */
  readonly preview: (
    choices: readonly ReadingChoice[],
    signal: AbortSignal,
    take: (choice: ReadingChoice, preview: DumpPreview) => void,
  ) => Promise<void>;
}

/** `preview` is undefined where the user was faster. */
export interface PreviewedAnswer {
  readonly choice: ReadingChoice;
  readonly preview: DumpPreview | undefined;
}

interface Item extends vscode.QuickPickItem {
  readonly choice?: ReadingChoice;
}

/** Typing and moving about go on that long before a dump is read, or the list drawn anew. */
const typingPauseMs = 150;
const movingPauseMs = 40;

/** Undefined when the user gives up. @throws UserError if the dump cannot be read at all */
export async function pickWithPreview(question: PreviewedQuestion): Promise<PreviewedAnswer | 'back' | undefined> {
  const pick = new PreviewedPick(question);
  try {
    return await pick.answer;
  } finally {
    pick.dispose();
  }
}

class PreviewedPick {
  readonly answer: Promise<PreviewedAnswer | 'back' | undefined>;
  readonly #question: PreviewedQuestion;
  readonly #input = vscode.window.createQuickPick<Item>();
  readonly #previews = new Map<ReadingChoice, DumpPreview>();
  #choices: readonly ReadingChoice[];
  #highlighted: ReadingChoice | undefined;
  #reading = new AbortController();
  #typingTimer: NodeJS.Timeout | undefined;
  #movingTimer: NodeJS.Timeout | undefined;
  #fail: (error: unknown) => void = () => undefined;

  constructor(question: PreviewedQuestion) {
    this.#question = question;
    this.#choices = question.choices('');
    this.#highlighted = this.#choices.find(question.isCurrent) ?? this.#choices[0];
    const input = this.#input;
    input.title = question.title;
    input.placeholder = question.placeholder;
    input.step = question.number;
    input.matchOnDescription = question.typing === 'filters';
    input.keepScrollPosition = true;
    input.ignoreFocusOut = true;
    if (question.number > 1) input.buttons = [vscode.QuickInputButtons.Back];
    this.answer = new Promise((resolve, reject) => {
      this.#fail = reject;
      input.onDidTriggerButton(() => resolve('back'));
      input.onDidHide(() => resolve(undefined));
      input.onDidAccept(() => {
        // A click takes a row that was not highlighted before.
        const choice = input.selectedItems[0]?.choice ?? this.#highlighted;
        const preview = choice === undefined ? undefined : this.#previews.get(choice);
        if (choice !== undefined && canGoOn(question.step, choice, preview)) resolve({ choice, preview });
      });
      input.onDidChangeActive(([active]) => this.#moveTo(active));
      if (question.typing === 'chooses') input.onDidChangeValue((text) => this.#type(text));
    });
    this.#draw();
    void this.#read();
    input.show();
  }

  dispose(): void {
    clearTimeout(this.#typingTimer);
    clearTimeout(this.#movingTimer);
    this.#reading.abort();
    this.#input.dispose();
  }

  /** A row of the preview stands for the choice that is shown. */
  #moveTo(active: Item | undefined): void {
    clearTimeout(this.#movingTimer);
    const choice = active?.choice;
    if (choice === undefined || choice === this.#highlighted) return;
    // A list that was drawn anew says at first that its top is active.
    this.#movingTimer = setTimeout(() => {
      this.#highlighted = choice;
      this.#draw();
    }, movingPauseMs);
  }

  #type(text: string): void {
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => {
      this.#choices = this.#question.choices(text);
      this.#highlighted = this.#choices[0];
      void this.#read();
      this.#draw();
    }, typingPauseMs);
  }

  async #read(): Promise<void> {
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#previews.clear();
    this.#input.busy = true;
    // The highlighted one is the first that is wanted.
    const choices = [...this.#choices].sort(
      (a, b) => Number(b === this.#highlighted) - Number(a === this.#highlighted),
    );
    try {
      await this.#question.preview(choices, reading.signal, (choice, preview) => {
        if (reading.signal.aborted) return;
        this.#previews.set(choice, preview);
        if (choice === this.#highlighted || this.#previews.size === choices.length) this.#draw();
      });
      if (this.#reading === reading) this.#input.busy = false;
    } catch (error) {
      if (!(error instanceof CancelledError)) this.#fail(error);
    }
  }

  #draw(): void {
    const { step, typing, isCurrent } = this.#question;
    const rows = readingRows(step, this.#choices, this.#previews, this.#highlighted);
    const items = rows.flatMap((row) => itemsOf(row, iconOf(row, isCurrent), typing === 'chooses'));
    this.#input.items = items;
    const active = items.find(({ choice }) => choice !== undefined && choice === this.#highlighted);
    this.#input.activeItems = active === undefined ? [] : [active];
  }
}

/** What is in force has a check mark; records have a key, so that nobody takes them for choices. */
function iconOf({ choice, isRecord }: ReadingRow, isCurrent: (choice: ReadingChoice) => boolean): string {
  if (choice === undefined) return isRecord ? 'key' : 'blank';
  return isCurrent(choice) ? 'check' : choice.isReset ? 'discard' : 'blank';
}

function itemsOf({ label, description, heading, choice }: ReadingRow, icon: string, alwaysShow: boolean): Item[] {
  const item: Item = {
    iconPath: new vscode.ThemeIcon(icon),
    label,
    description,
    ...(choice === undefined ? {} : { choice }),
    alwaysShow: alwaysShow || choice === undefined,
  };
  if (heading === undefined) return [item];
  return [{ label: heading, kind: vscode.QuickPickItemKind.Separator }, item];
}
