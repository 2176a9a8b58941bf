/**
 * The fields in which two JSON values differ, as paths that can be ignored: the deepest places at which one value has
 * something else than the other, or has nothing. Elements of an array are held against each other by position, as the
 * comparison does.
 */
import { followPaths, type IgnoredPaths, type PathsFromHere, pathText, type Step } from './ignoredPaths.js';
import { areEqual, type Container, readJson, type Value } from './jsonValue.js';
import { excerpt } from './words/text.js';

/** A field to ignore: one place, or with `[*]` all places that differ in their positions in arrays alone. */
export interface DifferingField {
  /** As of `parseIgnoredPaths`. */
  readonly path: string;
  /** At how many places it differs. */
  readonly places: number;
  /** What stands at the first of them on either side, in a few characters; null where nothing does. */
  readonly source: string | null;
  readonly mirror: string | null;
}

export interface DifferingFields {
  /** The fields, with `[*]` for positions in arrays. None if the values differ as a whole, or are the same JSON. */
  readonly fields: readonly DifferingField[];
  /** The places in arrays one by one, as far as they are not one of `fields`. */
  readonly elements: readonly DifferingField[];
  /** There are more places than were looked at. */
  readonly isCut: boolean;
}

/** Where a value stands: the last step, and where its container does. */
interface Place {
  readonly step: Step;
  readonly parent: Place | null;
  readonly depth: number;
}

/** What stands at a place on either side: one value, none, or several members of one name. */
interface Pair {
  readonly a: readonly Value[];
  readonly b: readonly Value[];
  /** Null at the root. */
  readonly place: Place | null;
  readonly ignored: PathsFromHere;
}

/** Places that are looked at: nobody picks from more. */
const mostPlaces = 1000;
/** What differs deeper is told of its container here: a path of more steps is no use to anyone. */
const deepestPlace = 40;
const valueCharacters = 40;

/**
 * @param ignored paths whose places are left out, since they no longer make a difference
 * @returns null if either value is not JSON in UTF-8
 */
export function differingFields(a: Uint8Array, b: Uint8Array, ignored: IgnoredPaths): DifferingFields | null {
  // Read whole: places are counted before anything is left out.
  const [valueOfA, valueOfB] = [readJson(a, []), readJson(b, [])];
  if (valueOfA === null || valueOfB === null) return null;
  const found = differingPlaces([valueOfA], [valueOfB], ignored);
  const places = found.filter(({ place }) => place !== null);
  const general = new Map<string, DifferingField>();
  const elements: DifferingField[] = [];
  for (const each of places) {
    const steps = stepsTo(each.place);
    const path = pathText(steps.map((step) => (step !== 'any' && 'index' in step ? 'any' : step)));
    const words = { source: valueText(each.a), mirror: valueText(each.b) };
    const known = general.get(path);
    general.set(path, known === undefined ? { path, places: 1, ...words } : { ...known, places: known.places + 1 });
    const own = pathText(steps);
    if (own !== path) elements.push({ path: own, places: 1, ...words });
  }
  return { fields: [...general.values()], elements, isCut: found.length >= mostPlaces };
}

/** In the order of the names, of elements in their own. */
function differingPlaces(a: Pair['a'], b: Pair['b'], ignored: PathsFromHere): Pair[] {
  const found: Pair[] = [];
  const open: Pair[] = [{ a, b, place: null, ignored }];
  for (let pair = open.pop(); pair !== undefined && found.length < mostPlaces; pair = open.pop()) {
    const inside = pairsInside(pair);
    if (inside === null && !areSame(pair)) found.push(pair);
    for (const next of inside?.reverse() ?? []) open.push(next);
  }
  return found;
}

function areSame({ a, b }: Pair): boolean {
  return a.length === b.length && a.every((value, i) => areEqual(value, b[i] as Value));
}

/** Null if the places inside cannot be held against each other: these are no two objects, and no two arrays. */
function pairsInside({ a: [a, ...moreOfA], b: [b, ...moreOfB], place, ignored }: Pair): Pair[] | null {
  const depth = (place?.depth ?? 0) + 1;
  if (moreOfA.length + moreOfB.length > 0 || depth > deepestPlace) return null;
  if (a === undefined || b === undefined || typeof a === 'string' || typeof b === 'string') return null;
  if ((a.names === null) !== (b.names === null)) return null;
  const pairs: Pair[] = [];
  const add = (to: string | number, x: Pair['a'] | undefined, y: Pair['b'] | undefined): void => {
    const further = followPaths(ignored, to);
    if (further === null) return;
    const step = typeof to === 'string' ? { name: to } : { index: to };
    pairs.push({ a: x ?? [], b: y ?? [], place: { step, parent: place, depth }, ignored: further });
  };
  if (a.names === null || b.names === null) {
    const length = Math.max(a.values.length, b.values.length);
    for (let i = 0; i < length; i++) add(i, a.values.slice(i, i + 1), b.values.slice(i, i + 1));
    return pairs;
  }
  const membersOfA = membersOf(a);
  const membersOfB = membersOf(b);
  for (const name of new Set([...membersOfA.keys(), ...membersOfB.keys()])) {
    add(name, membersOfA.get(name), membersOfB.get(name));
  }
  return pairs;
}

/** By name, those of one name in their order. */
function membersOf({ names, values }: Container): Map<string, Value[]> {
  const members = new Map<string, Value[]>();
  for (const [i, name] of (names ?? []).entries()) {
    const known = members.get(name);
    if (known === undefined) members.set(name, [values[i] as Value]);
    else known.push(values[i] as Value);
  }
  return members;
}

function stepsTo(place: Place | null): Step[] {
  const steps: Step[] = [];
  for (let at = place; at !== null; at = at.parent) steps.push(at.step);
  return steps.reverse();
}

/** `"text"`, `12.5`, `{…}`; null where nothing stands. */
function valueText(values: readonly Value[]): string | null {
  const [value] = values;
  if (value === undefined) return null;
  if (values.length > 1) return `${values.length} members of this name`;
  if (typeof value !== 'string') {
    const [open, close] = value.names === null ? '[]' : '{}';
    return value.values.length === 0 ? `${open}${close}` : `${open}…${close}`;
  }
  if (value.startsWith('"')) return `"${excerpt(value.slice(1), valueCharacters)}"`;
  return excerpt(plainNumber(value), valueCharacters);
}

/** `125e-1` as `12.5`; what is no number, or would get long, as it is. */
function plainNumber(text: string): string {
  const [, minus, digits, power] = /^(-?)(\d+)e(-?\d+)$/.exec(text) ?? [];
  const exponent = Number(power);
  if (digits === undefined || !(Math.abs(exponent) <= valueCharacters / 2)) return text;
  if (exponent >= 0) return `${minus}${digits}${'0'.repeat(exponent)}`;
  const padded = digits.padStart(1 - exponent, '0');
  return `${minus}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
