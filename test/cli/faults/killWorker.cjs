/** Loaded before the command line: every thread that it starts is killed as soon as it has said something. */
const workerThreads = require('node:worker_threads');

workerThreads.Worker = class extends workerThreads.Worker {
  constructor(...args) {
    super(...args);
    this.once('message', () => void this.terminate());
  }
};
