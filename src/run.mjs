// Runs one of our TypeScript files: `node src/run.mjs src/main.ts …`, or in a worker thread the one handed over as data.
// Plain JavaScript, because neither Node 20 nor a thread or process that somebody else started understands TypeScript.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread, workerData } from 'node:worker_threads';
import { prepared } from './prepare.mjs';

const place = await prepared();
const [entry] = isMainThread ? process.argv.splice(2, 1) : [workerData.run];
// What goes wrong is told by the lines of the source.
process.setSourceMapsEnabled(true);
if (entry !== undefined) await import(pathToFileURL(path.join(place, entry.replace(/\.ts$/, '.mjs'))).href);
