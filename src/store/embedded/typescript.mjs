// A worker thread and a child process do not inherit the loader their parent runs under (Node 20, vitest),
// so this plain JavaScript brings it: in a worker the module to run is handed over as data, in a process as an argument.
import { isMainThread, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(isMainThread ? process.argv[2] : workerData.module);
