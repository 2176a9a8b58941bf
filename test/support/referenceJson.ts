/**
 * A slow comparison of JSON values that shares no code with the project's: JSON.parse judges what is JSON and decodes
 * strings, a recursive reader over regular expressions keeps numbers and repeated members, numbers are fractions of
 * big integers, and ignored places are found by matching their spelled-out location against a pattern.
 */

type Tree =
  | { readonly kind: 'number'; readonly numerator: bigint; readonly denominator: bigint }
  | { readonly kind: 'scalar'; readonly value: unknown }
  | { readonly kind: 'array'; readonly elements: readonly (Tree | null)[] }
  | { readonly kind: 'object'; readonly members: readonly { readonly name: string; readonly value: Tree | null }[] };

/** A place: names and indexes from the root on. */
type Place = readonly (string | number)[];

/** A path to ignore as it was made, before it was written down; null stands for any child. */
export type PathSteps = readonly (string | number | null)[];

/** A path as users write it. */
export function pathText(path: PathSteps): string {
  const steps = path.map((step) => {
    if (step === null) return '[*]';
    return typeof step === 'number' ? `[${step}]` : `[${JSON.stringify(step)}]`;
  });
  return `$${steps.join('')}`;
}

export function sameByReference(a: string, b: string, ignored: readonly PathSteps[]): boolean {
  if (!isJson(a) || !isJson(b)) return false;
  return isSame(treeOf(a, ignored), treeOf(b, ignored));
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function treeOf(text: string, ignored: readonly PathSteps[]): Tree {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[-+.eE0-9]+|true|false|null|[[\]{}:,]/gs) ?? [];
  const isIgnored = (place: Place): boolean =>
    ignored.some((path) => path.length === place.length && path.every((step, i) => step === null || step === place[i]));
  let next = 0;
  const read = (place: Place): Tree | null => {
    const token = tokens[next++] as string;
    const tree = token === '[' ? readArray(place) : token === '{' ? readObject(place) : scalarOf(token);
    return isIgnored(place) ? null : tree;
  };
  const readArray = (place: Place): Tree => {
    const elements: (Tree | null)[] = [];
    while (tokens[next] !== ']') {
      elements.push(read([...place, elements.length]));
      if (tokens[next] === ',') next++;
    }
    next++;
    return { kind: 'array', elements };
  };
  const readObject = (place: Place): Tree => {
    const members: { name: string; value: Tree | null }[] = [];
    while (tokens[next] !== '}') {
      const name = JSON.parse(tokens[next] as string);
      next += 2;
      members.push({ name, value: read([...place, name]) });
      if (tokens[next] === ',') next++;
    }
    next++;
    return { kind: 'object', members };
  };
  return read([]) as Tree;
}

function scalarOf(token: string): Tree {
  if (!/^[-0-9]/.test(token)) return { kind: 'scalar', value: JSON.parse(token) };
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(token) ?? [];
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const ten = 10n ** BigInt(Math.abs(power));
  return power >= 0
    ? { kind: 'number', numerator: digits * ten, denominator: 1n }
    : { kind: 'number', numerator: digits, denominator: ten };
}

function isSame(a: Tree, b: Tree): boolean {
  if (a.kind === 'number') {
    return b.kind === 'number' && a.numerator * b.denominator === b.numerator * a.denominator;
  }
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.value === b.value;
  if (a.kind === 'array') return b.kind === 'array' && areSame(a.elements, b.elements);
  if (b.kind !== 'object') return false;
  const names = [...a.members, ...b.members].map(({ name }) => name);
  return names.every((name) => areSame(valuesOf(a, name), valuesOf(b, name)));
}

function valuesOf({ members }: Extract<Tree, { kind: 'object' }>, wanted: string): (Tree | null)[] {
  return members.filter(({ name }) => name === wanted).map(({ value }) => value);
}

function areSame(a: readonly (Tree | null)[], b: readonly (Tree | null)[]): boolean {
  const [left, right] = [a, b].map((trees) => trees.filter((tree) => tree !== null));
  return (
    left !== undefined &&
    right !== undefined &&
    left.length === right.length &&
    left.every((tree, i) => isSame(tree, right[i] as Tree))
  );
}
