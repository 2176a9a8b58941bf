/** How the two dumps are called on the page: by file name, with the folder where that alone tells them apart. */
import { visible } from '../core/words/text.js';
import type { DumpName, PairNames } from './resultProtocol.js';

/** The parts of `vscode.Uri` that names are made of. */
export interface NamedUri {
  /** With `/` on every system. */
  readonly path: string;
  readonly fsPath: string;
  toString(): string;
}

export function dumpNames({ source, mirror }: { readonly source: NamedUri; readonly mirror: NamedUri }): PairNames {
  const depth = depthThatTellsApart(source.path.split('/'), mirror.path.split('/'));
  return { source: dumpName(source, depth), mirror: dumpName(mirror, depth) };
}

function dumpName(uri: NamedUri, depth: number): DumpName {
  return {
    uri: uri.toString(),
    name: visible(uri.path.split('/').slice(-depth).join('/')),
    path: visible(uri.fsPath),
  };
}

/** How many segments from the end must be shown; one if the paths are the same. */
function depthThatTellsApart(source: readonly string[], mirror: readonly string[]): number {
  const longest = Math.max(source.length, mirror.length);
  for (let depth = 1; depth <= longest; depth++) {
    if (source.at(-depth) !== mirror.at(-depth)) return depth;
  }
  return 1;
}
