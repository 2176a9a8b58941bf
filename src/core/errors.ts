/** Errors that reach the user as they are: one sentence that names the file, what was expected and the way on. */
export class UserError extends Error {
  override readonly name = 'UserError';

  /**
   * @param message one or two whole sentences
   * @param path the dump at fault, where there is one
   * @param line 1-based line at fault, where there is one
   */
  constructor(
    message: string,
    readonly path: string | null = null,
    readonly line: number | null = null,
  ) {
    super(message);
  }
}

/** The user asked to stop; nothing went wrong. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('The comparison was cancelled.');
  }
}
