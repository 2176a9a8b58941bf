/** Ignore a Field…: shows in which fields of their JSON the values of a key differ, and asks for the one to leave out. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Comparison } from '../core/comparison.js';
import type { DifferingField, DifferingFields } from '../core/differingFields.js';
import { CancelledError, UserError } from '../core/errors.js';
import { count } from '../core/words/numbers.js';
import { visible } from '../core/words/text.js';
import { fieldsInWorker } from '../engine/resultJobs.js';
import { type KeyOnBothSides, keyTitle } from './valueDiff.js';

interface FieldItem extends vscode.QuickPickItem {
  readonly path?: string;
}

/**
 * The path of the field, undefined if the user gives up.
 * @throws UserError if there is no field to choose: the key has no two values, or they are not JSON
 */
export async function askForField(
  workerPath: string,
  comparison: Comparison,
  key: KeyOnBothSides,
): Promise<string | undefined> {
  const { source, mirror } = key;
  const name = keyTitle(key);
  if (source === null || mirror === null || source.tombstone || mirror.tombstone) {
    throw new UserError(l10n.t('{0} has no value on one side: there are no fields to compare.', name));
  }
  const input = vscode.window.createQuickPick<FieldItem>();
  const hidden = new AbortController();
  input.title = l10n.t('Ignore a Field: {0}', name);
  input.placeholder = l10n.t('Field in which the values differ (source ↔ mirror)');
  input.matchOnDescription = true;
  input.busy = true;
  try {
    const picked = new Promise<string | undefined>((resolve) => {
      input.onDidHide(() => resolve(undefined));
      input.onDidAccept(() => {
        const path = input.selectedItems[0]?.path;
        if (path !== undefined) resolve(path);
      });
    });
    void picked.then(() => hidden.abort());
    input.show();
    const fields = await fieldsInWorker(workerPath, comparison, { source, mirror }, hidden.signal);
    input.items = itemsOf(requireFields(fields, name));
    input.busy = false;
    return await picked;
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    throw error;
  } finally {
    input.dispose();
  }
}

/** Which of the fields that are ignored are no longer to be; undefined if the user gives up. Nobody is asked about one. */
export async function askForIgnored(paths: readonly string[]): Promise<readonly string[] | undefined> {
  if (paths.length === 1) return paths;
  const items = paths.map((path) => ({ label: visible(path), path, picked: true }));
  const options = { title: l10n.t('Stop Ignoring Fields'), placeHolder: l10n.t('Fields to compare again') };
  const picked = await vscode.window.showQuickPick(items, { ...options, canPickMany: true });
  return picked?.map(({ path }) => path);
}

function requireFields(found: DifferingFields | null, name: string): DifferingFields {
  if (found === null) {
    throw new UserError(l10n.t('The values of {0} are not JSON on both sides: they have no fields to ignore.', name));
  }
  if (found.fields.length === 0) {
    throw new UserError(
      l10n.t('The values of {0} differ in no field that could be ignored: either as a whole, or not as JSON.', name),
    );
  }
  return found;
}

function itemsOf({ fields, elements, isCut }: DifferingFields): FieldItem[] {
  const separator = (label: string): FieldItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    ...fields.map(itemOf),
    ...(elements.length === 0 ? [] : [separator(l10n.t('in one element of an array'))]),
    ...elements.map(itemOf),
    ...(isCut ? [separator(l10n.t('there are more'))] : []),
  ];
}

function itemOf({ path, places, source, mirror }: DifferingField): FieldItem {
  const absent = l10n.t('absent');
  const values = `${source ?? absent} ↔ ${mirror ?? absent}`;
  const description = places === 1 ? values : l10n.t('{0} places: {1}, …', count(places), values);
  return { label: visible(path), description, path };
}
