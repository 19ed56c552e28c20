import { spawn } from 'node:child_process';
import path from 'node:path';
import { defineCommand, runMain } from 'citty';
import pg from 'pg';
import { migrateToLatest } from '../../src/store/migrate.ts';
import { startNativePostgres } from '../support/native-postgres.ts';
import { SMALL, YEAR } from './office.ts';
import { PLANTED, plant } from './planted.ts';
import { type Outcome, simulate } from './simulate.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const main = defineCommand({
  meta: {
    name: 'simulate',
    description: 'Lives through many small worlds with faults and holds them against what was promised',
  },
  args: {
    seeds: { type: 'string', default: '100', description: 'How many small worlds' },
    years: { type: 'string', default: '0', description: 'How many whole years of a whole office, after them' },
    from: { type: 'string', default: '1', description: 'The first seed' },
    json: { type: 'boolean', default: false, description: 'The last line is one JSON object' },
    'until-found': { type: 'boolean', default: false, description: 'Stop at the first world with a failure' },
    plant: {
      type: 'string',
      description: `Look for a fault planted on purpose: ${Object.keys(PLANTED).join(', ')}, all`,
    },
  },
  async run({ args }) {
    if (args.plant !== undefined) return lookForPlanted(args.plant, args.seeds);
    const from = whole('from', args.from);
    const begun = performance.now();
    await using server = await startNativePostgres();
    const pool = new pg.Pool({ connectionString: server.url, max: 4 });
    pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
    const outcomes: Outcome[] = [];
    try {
      await migrateToLatest(pool);
      // The first world of a process loads modules at its own pace: it is lived through once more than it counts.
      await simulate(0, pool, SMALL);
      const worlds = [
        ...Array.from({ length: whole('seeds', args.seeds) }, (_, at) => ({ seed: from + at, size: SMALL })),
        ...Array.from({ length: whole('years', args.years) }, (_, at) => ({ seed: from + at, size: YEAR })),
      ];
      for (const { seed, size } of worlds) {
        const outcome = await simulate(seed, pool, size);
        outcomes.push(outcome);
        const year = size === YEAR ? ' (a year)' : '';
        for (const { invariant, text } of outcome.violations) say(`seed ${seed}${year}: ${invariant}: ${text}`);
        if (args['until-found'] && outcome.violations.length > 0) break;
        if (outcomes.length % 50 === 0)
          say(`${outcomes.length} worlds, ${Math.round((performance.now() - begun) / 1000)} s`);
      }
    } finally {
      await pool.end();
    }
    const result = summary(outcomes, from, (performance.now() - begun) / 1000);
    say(args.json ? JSON.stringify(result) : readable(result));
    process.exitCode = result.failures.length > 0 ? 1 : 0;
  },
});

/** Plants one fault, or each, in a copy of the house and lives through its worlds until it shows. Ends with 1 where one does not. */
async function lookForPlanted(name: string, seeds: string): Promise<void> {
  for (const each of name === 'all' ? Object.keys(PLANTED) : [name]) {
    await using copy = await plant(each);
    const lines = await linesOf(copy.place, ['--seeds', seeds, '--until-found']);
    const wanted = PLANTED[each]?.foundBy ?? '';
    const found = lines.find((line) => line.startsWith('seed ') && line.includes(`: ${wanted}: `));
    if (!found) process.exitCode = 1;
    say(
      `${each}: ${found ? `found by '${found.slice(0, 200)}'` : `not found within ${seeds} worlds; ${lines.at(-1) ?? ''}`}`,
    );
  }
}

function linesOf(place: string, args: readonly string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', path.join('tests', 'simulation', 'run.ts'), ...args], {
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

function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} must be a whole number, not '${text}'`);
  return number;
}

function summary(outcomes: readonly Outcome[], from: number, seconds: number) {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, each) => total + of(each), 0);
  const faults: Record<string, number> = {};
  for (const outcome of outcomes)
    for (const [kind, count] of Object.entries(outcome.faults)) faults[kind] = (faults[kind] ?? 0) + count;
  return {
    seeds: outcomes.length,
    from,
    seconds: Math.round(seconds * 10) / 10,
    failures: outcomes.flatMap(({ seed, violations }) => violations.map((each) => ({ seed, ...each }))),
    delivered: sum((each) => each.tally.delivered),
    expired: sum((each) => each.tally.expired),
    refused: sum((each) => each.tally.refused),
    inDoubt: sum((each) => each.tally.inDoubt),
    faults,
  };
}

function readable(result: ReturnType<typeof summary>): string {
  const failing = new Set(result.failures.map((each) => each.seed)).size;
  const faults = Object.entries(result.faults).map(([kind, count]) => `${kind} ${count}`);
  return [
    `${result.seeds} worlds in ${result.seconds} s, ${failing} of them with something that must not be.`,
    `Delivered ${result.delivered}, expired ${result.expired}, refused ${result.refused}, in doubt ${result.inDoubt}.`,
    `Faults: ${faults.join(', ')}.`,
  ].join('\n');
}

await runMain(main);
