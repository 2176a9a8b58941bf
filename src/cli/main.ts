/** Entry of the command line: a shell around run. */
import { run } from './run.js';

/** Put in by the build, from package.json. */
declare const PACKAGE_VERSION: string;

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());

// A reader that has seen enough (`| head`) closes the pipe: no error to the user.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const { stdout, stderr } = process;
run(process.argv.slice(2), { stdout, stderr, version: PACKAGE_VERSION, signal: interrupted.signal }).then(
  (exitCode) => {
    // Not process.exit: what is still being written to a pipe would be lost.
    process.exitCode = exitCode;
  },
);
