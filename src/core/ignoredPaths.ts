/**
 * Places in JSON values that a comparison leaves out: the part of JSONPath (RFC 9535) that points at fixed places,
 * `$.updatedAt`, `$['a.b']`, `$.a[0]`, and at all children of one, `$.items[*].updatedAt`, `$.*.id`.
 */
import { UserError } from './errors.js';
import { scanString } from './jsonText.js';

/** One step down: into a member, an element (0-based), or `any` of either. */
export type Step = { readonly name: string } | { readonly index: number } | 'any';

/** Parsed paths; each has at least one step. Plain data. */
export type IgnoredPaths = readonly (readonly Step[])[];

/** Where each path that leads through the current value goes on; a path that ends at the value is among none. */
export type PathsFromHere = IgnoredPaths;

/** @throws UserError that quotes the path and says what is wrong with it */
export function parseIgnoredPaths(paths: readonly string[]): IgnoredPaths {
  return paths.map(parsePath);
}

const syntax = "Paths look like $.updatedAt, $.items[*].updatedAt, $.a[0] or $['a.b']";

function parsePath(path: string): Step[] {
  const wrong = (what: string): UserError => new UserError(`“${path}” is no path to ignore: ${what}. ${syntax}.`);
  if (!path.startsWith('$')) throw wrong('it must begin with $');
  if (path === '$') throw wrong('it would leave nothing to compare');
  const steps: Step[] = [];
  for (let at = 1; at < path.length; ) {
    const found = path.charAt(at) === '[' ? stepInBrackets(path, at) : stepBehindPoint(path, at);
    if (found === null) throw wrong(`“${path.slice(at)}” cannot be read`);
    steps.push(found.step);
    at = found.end;
  }
  return steps;
}

/** The path that `parseIgnoredPaths` reads as these steps. */
export function pathText(steps: readonly Step[]): string {
  return `$${steps.map(stepText).join('')}`;
}

function stepText(step: Step): string {
  if (step === 'any') return '[*]';
  if ('index' in step) return `[${step.index}]`;
  if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step.name)) return `.${step.name}`;
  // JSON's escapes, with the other quote.
  const escaped = JSON.stringify(step.name).slice(1, -1);
  return `['${escaped.replace(/\\(.)|'/g, (found, letter) => (found === "'" ? "\\'" : letter === '"' ? '"' : found))}']`;
}

interface FoundStep {
  readonly step: Step;
  readonly end: number;
}

/** `.name` or `.*`; more generous than the RFC, so that `$.updated-at` need not be quoted. */
function stepBehindPoint(path: string, at: number): FoundStep | null {
  const [text, name] = /^\.(\*|[^.*[\]'"\s]+)/.exec(path.slice(at)) ?? [];
  if (text === undefined || name === undefined) return null;
  return { step: name === '*' ? 'any' : { name }, end: at + text.length };
}

/** `[0]`, `[*]`, `['name']` or `["name"]`, with JSON's escapes. */
function stepInBrackets(path: string, at: number): FoundStep | null {
  const quote = path.charCodeAt(at + 1);
  if (quote === 0x22 || quote === 0x27) {
    const name = scanString(path, at + 1, quote);
    if (name === null || path.charAt(name.end) !== ']') return null;
    return { step: { name: name.text }, end: name.end + 1 };
  }
  const [text, what] = /^\[(\*|0|[1-9]\d{0,14})\]/.exec(path.slice(at)) ?? [];
  if (text === undefined || what === undefined) return null;
  return { step: what === '*' ? 'any' : { index: Number(what) }, end: at + text.length };
}

const none: PathsFromHere = [];

/**
 * Follows the paths one step down, into the member or element `step`.
 *
 * @returns where they go on from there; null if one of them ends there: the place is to be left out
 */
export function followPaths(paths: PathsFromHere, step: string | number): PathsFromHere | null {
  if (paths.length === 0) return none;
  const further: (readonly Step[])[] = [];
  for (const path of paths) {
    if (!leadsTo(path[0] as Step, step)) continue;
    if (path.length === 1) return null;
    further.push(path.slice(1));
  }
  return further;
}

function leadsTo(step: Step, to: string | number): boolean {
  if (step === 'any') return true;
  return 'name' in step ? step.name === to : step.index === to;
}
