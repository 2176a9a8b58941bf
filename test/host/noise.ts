/**
 * What code-server's workbench says in every run: its connection, no gallery, native modules that are not built. And on
 * a busy machine: it looks for an account, and gives up if the extension host takes more than five seconds to start.
 */
const NOISE = [
  /^(Resolving|Resolved) connection token/,
  /^Creating a socket/,
  /^\[(reconnection-grace-time|Service Worker|AgentHost:remote|AccountPolicyGate)\]/,
  /^Ignoring fetching additional builtin extensions/,
  /^Updating additional builtin extensions cache/,
  /^Failed to load resource: the server responded with a status of 404/,
  /Could not locate the bindings file/,
  /Cannot find module '.\/build\/Release\/watchdog'/,
  /Timed out waiting for authentication provider 'github' to register/,
];

/** True for a console message that says nothing about the extension. */
export function isNoise(message: string): boolean {
  return NOISE.some((pattern) => pattern.test(message));
}

/** Calls inside VS Code itself, twenty for each of its errors: below them nobody finds what the tests print. */
const OWN_FRAME = /^\s*at .*\/vs\/workbench\/api\/node\/extensionHostProcess\.js:\d+/;

/** Keeps what an error says and the calls that lead through the extension or the tests. */
export function withoutOwnFrames(message: string): string {
  const lines = message.split('\n');
  return lines.filter((line) => !OWN_FRAME.test(line)).join('\n');
}
