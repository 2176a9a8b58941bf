/**
 * Remembers in the workspace what was chosen for a pair of dumps: how each is read, and which fields are ignored. A
 * choice belongs to its dump and not to the side: it goes along when the sides are swapped.
 */
import type * as vscode from 'vscode';
import { noChoices, type PairChoices } from './comparisonSettings.js';

const storageKey = 'pairChoices';
/** The pairs chosen for longest ago are forgotten. */
const keptPairs = 100;

/** Both dumps in their roles, by what tells them apart. */
export interface NamedPair {
  readonly source: { toString(): string };
  readonly mirror: { toString(): string };
}

interface StoredChoices {
  readonly source: string;
  readonly mirror: string;
  readonly choices: PairChoices;
}

export class PairChoiceStore {
  readonly #storage: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(storage: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#storage = storage;
  }

  /** Of a pair for which nothing was chosen: `noChoices`. */
  of(pair: NamedPair): PairChoices {
    const found = this.#stored.find((each) => isSamePair(each, pair));
    if (found === undefined) return noChoices;
    return found.source === pair.source.toString() ? found.choices : swapped(found.choices);
  }

  /** Adds to what was chosen for the pair, or replaces it. */
  async choose(pair: NamedPair, change: Partial<PairChoices>): Promise<void> {
    const choices = { ...this.of(pair), ...change };
    const others = this.#stored.filter((each) => !isSamePair(each, pair));
    const own = { source: pair.source.toString(), mirror: pair.mirror.toString(), choices };
    await this.#storage.update(storageKey, (isNothing(choices) ? others : [own, ...others]).slice(0, keptPairs));
  }

  get #stored(): readonly StoredChoices[] {
    return this.#storage.get<readonly StoredChoices[]>(storageKey, []);
  }
}

function isSamePair({ source, mirror }: StoredChoices, pair: NamedPair): boolean {
  const [one, other] = [pair.source.toString(), pair.mirror.toString()];
  return (source === one && mirror === other) || (source === other && mirror === one);
}

function swapped({ source, mirror, ignoredPaths }: PairChoices): PairChoices {
  return { source: mirror, mirror: source, ignoredPaths };
}

function isNothing({ source, mirror, ignoredPaths }: PairChoices): boolean {
  return Object.keys(source).length + Object.keys(mirror).length + ignoredPaths.length === 0;
}
