import { largeSheet } from './large-sheet.ts';
import { startup } from './startup.ts';

/** `npm run bench -- NAME`: figures of one run on this machine, printed and judged by nobody but the reader. */
const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  'large-sheet': largeSheet,
  startup,
};

const [name = ''] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench) await bench();
else {
  console.error(`npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
  process.exitCode = 1;
}
