/** Memory, or a sentence where the machine has no more of it. */
import { UserError } from '../core/errors.js';

/** @throws UserError where `take` throws the RangeError of a refused allocation */
export function allocate<T>(take: () => T): T {
  try {
    return take();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError('There is not enough memory for the comparison. Close other programs, or lower its budget.');
  }
}
