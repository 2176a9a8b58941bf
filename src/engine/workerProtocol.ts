/** The messages between the worker that compares and whoever started it. Errors cross as data, not as objects. */
import type { Comparison } from '../core/comparison.js';
import type { CompareRequest, Progress } from './compareDumps.js';

export type WorkerInput = CompareRequest;

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly comparison: Comparison }
  | { readonly kind: 'userError'; readonly message: string; readonly path: string | null; readonly line: number | null }
  | { readonly kind: 'crashed'; readonly message: string };
