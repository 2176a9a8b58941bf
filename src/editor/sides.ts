/**
 * Which of two files is the source and which the mirror, guessed from their names: the order in which VS Code hands
 * over a selection says nothing.
 */

const sourceWords = new Set(
  'source src old before original orig origin legacy previous prev from left primary'.split(' '),
);
const mirrorWords = new Set(
  'mirror mirrored new after target dst dest destination sink copy copied replica replicated migrated to right'.split(
    ' ',
  ),
);

/** True if the first path reads like the mirror and the second like the source; paths with `/` or `\`. */
export function looksSwapped(first: string, second: string): boolean {
  return leaning(first, second) > leaning(second, first);
}

/** Above 0 if a path reads like a mirror, below 0 if like a source. Folders decide only where the names do not. */
function leaning(path: string, other: string): number {
  const [folder, name] = wordsOfFolderAndName(path);
  const [otherFolder, otherName] = wordsOfFolderAndName(other);
  return weigh(name, otherName) || weigh(folder, otherFolder);
}

/** Words that both paths have tell nothing apart. */
function weigh(words: readonly string[], otherWords: readonly string[]): number {
  const own = words.filter((word) => !otherWords.includes(word));
  return own.filter((word) => mirrorWords.has(word)).length - own.filter((word) => sourceWords.has(word)).length;
}

function wordsOfFolderAndName(path: string): [folder: string[], name: string[]] {
  const nameStart = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return [wordsOf(path.slice(0, nameStart)), wordsOf(path.slice(nameStart))];
}

function wordsOf(text: string): string[] {
  return text
    .split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
