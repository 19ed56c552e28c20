import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A fault put into a copy of the code on purpose: the simulation must find it, by this invariant. */
export interface Planted {
  readonly what: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly foundBy: string;
}

export const PLANTED: Readonly<Record<string, Planted>> = {
  'blind-repeat': {
    what: 'a send whose answer never came is repeated without looking whether it arrived',
    file: 'src/outbox/failures.ts',
    from: "if (error.kind === 'unknown') return settle(delivery, { state: 'in-doubt', error: code, lookAt: soon(MINUTE) });",
    to: "if (error.kind === 'unknown') return settle(delivery, { state: 'pending', error: code, notBefore: soon(MINUTE) });",
    foundBy: 'once',
  },
  overtaking: {
    what: 'a delivery is said although an earlier one of its channel still waits',
    file: 'src/store/outbox.ts',
    from: '(b.attempts > 0 or b.not_before <=',
    to: '(b.attempts > 99 and b.not_before <=',
    foundBy: 'order',
  },
  'never-expires': {
    what: 'what nobody wants to hear any more is said all the same',
    file: 'src/store/outbox.ts',
    from: 'sql<boolean>`(expires_at <',
    to: 'sql<boolean>`(false and expires_at <',
    foundBy: 'time',
  },
  'lost-week-end': {
    what: 'thresholds crossed on days without a run are forgotten',
    file: 'src/jobs/daily-reminders.ts',
    from: 'since < tick.day ? since : addDays(tick.day, -1)',
    to: 'since < "0" ? since : addDays(tick.day, -1)',
    foundBy: 'owed',
  },
  'open-secret': {
    what: 'messages are composed with the sight of the house',
    file: 'src/use-cases/compose.ts',
    from: 'house.store.read({ ...CHANNEL, officerId: channel.officerId })',
    to: "house.store.read({ ...CHANNEL, sight: 'house', officerId: channel.officerId })",
    foundBy: 'secret',
  },
  'due-is-overdue': {
    what: 'what is due on the day of the digest counts as overdue',
    file: 'src/domain/state.ts',
    from: 'today > facts.dueEnd ?',
    to: 'today >= facts.dueEnd ?',
    foundBy: 'states',
  },
};

/**
 * A copy of the house with one fault in it, gone when disposed of. Throws where the code no longer has the line that the
 * fault replaces: the fault is then planted anew by hand.
 */
export async function plant(
  name: string,
  faults: Readonly<Record<string, Planted>> = PLANTED,
): Promise<{ readonly place: string } & AsyncDisposable> {
  const planted = faults[name];
  if (!planted) throw new Error(`There is no planted fault '${name}'. There are: ${Object.keys(faults).join(', ')}.`);
  const place = await mkdtemp(path.join(tmpdir(), 'accord-planted-'));
  for (const each of ['src', 'commands', 'migrations', 'tests', 'package.json', 'tsconfig.json'])
    await cp(path.join(ROOT, each), path.join(place, each), { recursive: true });
  await symlink(path.join(ROOT, 'node_modules'), path.join(place, 'node_modules'));
  const file = path.join(place, planted.file);
  const text = await readFile(file, 'utf8');
  if (!text.includes(planted.from)) throw new Error(`${planted.file} no longer says: ${planted.from}`);
  await writeFile(file, text.replace(planted.from, planted.to));
  return { place, [Symbol.asyncDispose]: () => rm(place, { recursive: true, force: true }) };
}

/** Runs a program of ours in such a copy; resolves to what it printed. */
export function linesOf(place: string, program: string, args: readonly string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
      cwd: place,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.once('error', reject).once('close', () => resolve(text.trim().split('\n')));
  });
}
