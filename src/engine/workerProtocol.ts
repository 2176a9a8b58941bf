/** The messages between the worker that compares and whoever started it. Errors cross as data, not as objects. */
import type { Comparison } from '../core/comparison.js';
import type { CompareRequest, Progress } from './compareDumps.js';
import type { LaneJob } from './laneProtocol.js';

/** What a thread is for. */
export type WorkerData =
  | { readonly kind: 'compare'; readonly request: CompareRequest }
  | { readonly kind: 'lane'; readonly job: LaneJob };

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly comparison: Comparison }
  | { readonly kind: 'userError'; readonly message: string; readonly path: string | null; readonly line: number | null }
  | { readonly kind: 'crashed'; readonly message: string };
