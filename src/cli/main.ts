/** Entry of the command line: a shell around run. */
import { exitCodes, run } from './run.js';

/** Put in by the build, from package.json. */
declare const PACKAGE_VERSION: string;

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());

process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) closes the pipe: no error to the user.
  if (code === 'EPIPE') process.exit();
  const reason = code ?? message;
  process.stderr.write(
    `kafka-dump-compare: Standard output cannot be written (${reason}). Free space there, or name a file with --output.\n`,
  );
  process.exit(exitCodes.trouble);
});

const { stdout, stderr } = process;
run(process.argv.slice(2), { stdout, stderr, version: PACKAGE_VERSION, signal: interrupted.signal }).then(
  (exitCode) => {
    // Not process.exit: what is still being written to a pipe would be lost.
    process.exitCode = exitCode;
  },
);
