/** Waiting for what a user would wait for. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again until `attempt` resolves with something other than undefined, and resolves with that. Rejects after
 * `timeoutMilliseconds` with what was waited for, and with the reason if the last attempt rejected.
 */
export async function waitFor<T>(
  what: string | (() => string),
  attempt: () => Promise<T | undefined>,
  timeoutMilliseconds = 20_000,
): Promise<T> {
  const end = performance.now() + timeoutMilliseconds;
  let lastError: unknown;
  do {
    try {
      const result = await attempt();
      if (result !== undefined) return result;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await sleep(25);
  } while (performance.now() < end);
  const reason = lastError === undefined ? '' : ` ${String(lastError)}`;
  throw new Error(`Waited in vain for ${typeof what === 'string' ? what : what()}.${reason}`);
}

export function escapeForRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
