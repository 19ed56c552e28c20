// Runs one of our TypeScript files: `node src/run.mjs src/main.ts …`, or in a worker thread the one handed over as data.
// Plain JavaScript, because neither Node 20 nor a thread or process that somebody else started understands TypeScript.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { isMainThread, workerData } from 'node:worker_threads';
import { prepared } from './prepare.mjs';

// The database's code is made faster function by function, beside everything else. By V8's usual measure (1,800,000 in
// Node 20) that begins at once and takes a third of a start; by this one it waits for what stays busy.
setFlagsFromString('--wasm-tiering-budget=60000000');
const place = await prepared();
const [entry] = isMainThread ? process.argv.splice(2, 1) : [workerData.run];
// What goes wrong is told by the lines of the source.
process.setSourceMapsEnabled(true);
if (entry !== undefined) await import(pathToFileURL(path.join(place, entry.replace(/\.ts$/, '.mjs'))).href);
