/** Asks for the text that keys must contain, and filters while it is typed. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { counted } from '../core/words/numbers.js';
import type { ComparisonTree } from './comparisonTree.js';

/** Typing goes on that long before a result of millions is searched. */
const pauseMs = 150;

/** Settles when the input is closed: Enter keeps the filter, Escape brings back the one before. */
export function askForFilter(tree: ComparisonTree): Promise<void> {
  const before = tree.filter;
  const input = vscode.window.createInputBox();
  input.title = l10n.t('Filter Keys');
  input.placeholder = l10n.t('Text that the key contains; empty for all keys');
  input.value = before;
  let pause: NodeJS.Timeout | undefined;
  const filter = async (text: string): Promise<void> => {
    clearTimeout(pause);
    await tree.setFilter(text);
    if (tree.filter === text) input.prompt = text === '' ? '' : l10n.t('{0} found', counted(tree.matches, 'key'));
  };
  return new Promise<void>((resolve) => {
    let isKept = false;
    input.onDidChangeValue((text) => {
      clearTimeout(pause);
      pause = setTimeout(() => void filter(text), pauseMs);
    });
    input.onDidAccept(() => {
      isKept = true;
      void filter(input.value);
      input.hide();
    });
    input.onDidHide(() => {
      clearTimeout(pause);
      if (!isKept) void tree.setFilter(before);
      input.dispose();
      resolve();
    });
    input.show();
  });
}
