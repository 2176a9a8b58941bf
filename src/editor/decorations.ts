/** Quiet colours for kinds of differences, those that the theme gives to added, modified and deleted files. */
import * as vscode from 'vscode';
import { type DifferenceKind, differenceKinds } from '../core/differenceGroups.js';
import { kindScheme } from './ids.js';

/** Red is for what is not on the mirror, green for what is only there. */
export const kindColors: Readonly<Record<DifferenceKind, string>> = {
  missing: 'gitDecoration.deletedResourceForeground',
  diverged: 'gitDecoration.modifiedResourceForeground',
  stale: 'gitDecoration.modifiedResourceForeground',
  reordered: 'gitDecoration.modifiedResourceForeground',
  ahead: 'gitDecoration.modifiedResourceForeground',
  extra: 'gitDecoration.addedResourceForeground',
};

/** A resource for tree items of this kind; only its colour matters. */
export function kindUri(kind: DifferenceKind): vscode.Uri {
  return vscode.Uri.from({ scheme: kindScheme, path: `/${kind}` });
}

export function registerDecorations(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme, path }) => {
      const kind = differenceKinds.find((known) => path === `/${known}`);
      if (scheme !== kindScheme || kind === undefined) return undefined;
      return new vscode.FileDecoration(undefined, undefined, new vscode.ThemeColor(kindColors[kind]));
    },
  });
}
