/** Loaded before the command line: a machine with one core. Its last line on standard error counts the threads. */
const os = require('node:os');
const workerThreads = require('node:worker_threads');

let threads = 0;
os.availableParallelism = () => 1;
os.cpus = (
  (cpus) => () =>
    cpus().slice(0, 1)
)(os.cpus);
workerThreads.Worker = class extends workerThreads.Worker {
  constructor(...args) {
    super(...args);
    threads++;
  }
};
if (workerThreads.isMainThread) process.on('exit', () => process.stderr.write(`threads: ${threads}\n`));
