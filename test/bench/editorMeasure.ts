/** One part of the extension, as it was timed, and the bar that is held against it. */
export interface Measure {
  readonly what: string;
  /** Milliseconds, in the order in which they were taken. */
  readonly times: readonly number[];
  /** Milliseconds at most. A bar that nothing may ever pass is held against the longest. Null for what has none. */
  readonly bar: { readonly atMost: number; readonly of: 'median' | 'longest' } | null;
}
