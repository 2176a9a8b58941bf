/**
 * Checks what the result page sends: a page shows text from dumps and is trusted no further than its messages can
 * be understood. Nothing here throws; what does not fit is null.
 */
import { type DifferenceKind, differenceKinds, type SectionKind } from '../core/differenceGroups.js';
import type { Side } from '../core/record.js';
import type { Interval } from '../core/timeline.js';
import type { DifferenceAction, PageCommand, PageMessage, ReadingAction, RowFilter } from './resultProtocol.js';

/** Rows in one answer. */
const maxRowCount = 500;
const maxSearchLength = 10_000;

const actions: readonly DifferenceAction[] = ['openSourceLine', 'openMirrorLine', 'diffValues', 'ignoreField'];
const commands: readonly PageCommand[] = [
  'swapSides',
  'compareAgain',
  'cancel',
  'compareFiles',
  'exportReport',
  'stopIgnoring',
  'changeSettings',
];
const readingActions: readonly ReadingAction[] = ['changeReading', 'readAsDetected'];
const sides: readonly Side[] = ['source', 'mirror'];
const sections: readonly SectionKind[] = ['inTime', 'afterMirrorEnd', 'afterSourceEnd'];

export function parsePageMessage(message: unknown): PageMessage | null {
  if (!isObject(message)) return null;
  switch (message['type']) {
    case 'ready':
      return typeof message['timeZone'] === 'string' ? { type: 'ready', timeZone: message['timeZone'] } : null;
    case 'rows': {
      const { version, query, first, count } = message;
      const filter = parseFilter(message['filter']);
      if (!isCount(version) || !isCount(query) || !isCount(first) || !isCount(count) || filter === null) return null;
      return { type: 'rows', version, query, filter, first, count: Math.min(count, maxRowCount) };
    }
    case 'timeline': {
      const { version } = message;
      const within = parseInterval(message['within']);
      return isCount(version) && within !== undefined ? { type: 'timeline', version, within } : null;
    }
    case 'difference': {
      const { version, index } = message;
      const action = oneOf(actions, message['action']);
      return isCount(version) && isCount(index) && action ? { type: 'difference', version, action, index } : null;
    }
    case 'openLine': {
      const { version, line } = message;
      const side = oneOf(sides, message['side']);
      return isCount(version) && isCount(line) && line > 0 && side ? { type: 'openLine', version, side, line } : null;
    }
    case 'reading': {
      const { version } = message;
      const action = oneOf(readingActions, message['action']);
      const side = oneOf(sides, message['side']);
      return isCount(version) && action && side ? { type: 'reading', version, action, side } : null;
    }
    case 'command': {
      const command = oneOf(commands, message['command']);
      return command === undefined ? null : { type: 'command', command };
    }
    default:
      return null;
  }
}

/** The pair of URIs in what a page left behind; null if it left nothing of the kind. */
export function parseSavedPair(saved: unknown): { readonly source: string; readonly mirror: string } | null {
  if (!isObject(saved)) return null;
  const { source, mirror } = saved;
  return typeof source === 'string' && typeof mirror === 'string' ? { source, mirror } : null;
}

function parseFilter(filter: unknown): RowFilter | null {
  if (!isObject(filter)) return null;
  const { search, partition } = filter;
  const kinds = filter['kinds'];
  const section = filter['section'] === null ? null : oneOf(sections, filter['section']);
  const interval = parseInterval(filter['interval']);
  if (typeof search !== 'string' || search.length > maxSearchLength) return null;
  if (!Array.isArray(kinds) || !kinds.every(isKind)) return null;
  if (section === undefined || interval === undefined) return null;
  if (partition !== null && !isCount(partition)) return null;
  return { search, kinds, section, partition, interval };
}

/** Undefined if it is neither an interval nor null. */
function parseInterval(interval: unknown): Interval | null | undefined {
  if (interval === null) return null;
  if (!isObject(interval)) return undefined;
  const { from, to } = interval;
  return Number.isFinite(from) && Number.isFinite(to) ? { from: from as number, to: to as number } : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A whole number from 0 on. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isKind(value: unknown): value is DifferenceKind {
  return differenceKinds.some((kind) => kind === value);
}

export function oneOf<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((candidate) => candidate === value);
}
