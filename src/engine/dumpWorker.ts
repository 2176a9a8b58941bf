/** Entry of the thread that walks through a dump: a shell around runDumpJob. */
import { parentPort, workerData } from 'node:worker_threads';
import { type DumpJob, runDumpJob } from './dumpJobs.js';

void runDumpJob(workerData as DumpJob, (message) => parentPort?.postMessage(message));
