/** Failures on their way from a thread to whoever started it: errors cross as data, not as objects. */
import { UserError } from '../core/errors.js';

export type WorkerFailure =
  | { readonly kind: 'userError'; readonly message: string; readonly path: string | null; readonly line: number | null }
  | { readonly kind: 'crashed'; readonly message: string };

export function failureOf(error: unknown): WorkerFailure {
  if (error instanceof UserError) {
    return { kind: 'userError', message: error.message, path: error.path, line: error.line };
  }
  return { kind: 'crashed', message: error instanceof Error ? error.message : String(error) };
}
