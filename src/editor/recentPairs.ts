/** The pairs that were compared last in this workspace, the latest first. */
import * as vscode from 'vscode';
import type { DumpPair } from './session.js';

const storageKey = 'recentPairs';
const keptPairs = 10;

interface StoredPair {
  readonly source: string;
  readonly mirror: string;
}

export class RecentPairs {
  readonly #storage: vscode.Memento;

  constructor(storage: vscode.Memento) {
    this.#storage = storage;
  }

  get all(): readonly DumpPair[] {
    return this.#stored.map(({ source, mirror }) => ({
      source: vscode.Uri.parse(source),
      mirror: vscode.Uri.parse(mirror),
    }));
  }

  async add(pair: DumpPair): Promise<void> {
    const added = { source: pair.source.toString(), mirror: pair.mirror.toString() };
    const others = this.#stored.filter(({ source, mirror }) => source !== added.source || mirror !== added.mirror);
    await this.#storage.update(storageKey, [added, ...others].slice(0, keptPairs));
  }

  get #stored(): readonly StoredPair[] {
    return this.#storage.get<readonly StoredPair[]>(storageKey, []);
  }
}
