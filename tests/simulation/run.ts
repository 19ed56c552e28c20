import { availableParallelism } from 'node:os';
import { defineCommand, runMain } from 'citty';
import { startNativePostgres } from '../support/native-postgres.ts';
import { whole } from '../support/whole.ts';
import { liveThroughAll } from './crew.ts';
import { linesOf, PLANTED, plant } from './planted.ts';
import { failingOf, readable, reportOf } from './report.ts';
import type { Outcome } from './simulate.ts';
import type { Task } from './worker.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Nothing happens in the server by its own clock: a world lived through again finds it doing the same. */
const WITHOUT_A_LIFE_OF_ITS_OWN = { autovacuum: 'off', jit: 'off', max_parallel_workers_per_gather: '0' };

const main = defineCommand({
  meta: {
    name: 'simulate',
    description: 'Lives through many small worlds with faults and holds them against what was promised',
  },
  args: {
    seeds: { type: 'string', default: '100', description: 'How many small worlds' },
    years: {
      type: 'string',
      default: '0',
      description: 'How many whole years of a whole office, by the seeds after them',
    },
    from: { type: 'string', default: '1', description: 'The first seed' },
    jobs: {
      type: 'string',
      default: String(Math.min(4, availableParallelism())),
      description: 'How many processes live through them, each on its own database',
    },
    json: { type: 'boolean', default: false, description: 'The last line is one JSON object' },
    trace: { type: 'boolean', default: false, description: 'Every step of every world, line by line' },
    'until-found': { type: 'string', description: "Stop at the first world that breaks this invariant, or 'any'" },
    plant: {
      type: 'string',
      description: `Look for a fault planted on purpose: ${Object.keys(PLANTED).join(', ')}, all`,
    },
  },
  async run({ args }) {
    if (args.plant !== undefined) return lookForPlanted(args.plant, args.seeds, args.from);
    const from = whole('from', args.from);
    const [seeds, years] = [whole('seeds', args.seeds), whole('years', args.years)];
    // What is told line by line is of one world after the other.
    const jobs = args.trace ? 1 : whole('jobs', args.jobs);
    const tasks = (first: number, many: number, year: boolean): Task[] =>
      Array.from({ length: many }, (_, at) => ({ seed: first + at, year, aloud: args.trace }));
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    await using server = await startNativePostgres(WITHOUT_A_LIFE_OF_ITS_OWN);
    const outcomes: Outcome[] = [];
    // The longest first, so that all processes end at about the same time.
    await liveThroughAll([...tasks(from + seeds, years, true), ...tasks(from, seeds, false)], {
      server: server.socketUrl,
      jobs,
      found(outcome, { year }) {
        outcomes.push(outcome);
        for (const { invariant, text } of outcome.violations)
          say(`seed ${outcome.seed}${year ? ' (a year)' : ''}: ${invariant}: ${text}`);
        if (outcomes.length % 50 === 0) say(`${outcomes.length} worlds, ${Math.round(seconds())} s`);
        if (args.trace) say(`seed ${outcome.seed} has the fingerprint ${outcome.fingerprint}`);
        const wanted = args['until-found'];
        return !outcome.violations.some(({ invariant }) => wanted === 'any' || wanted === invariant);
      },
    });
    const report = reportOf(outcomes, from, seconds());
    say(args.json ? JSON.stringify(report) : readable(report));
    process.exitCode = failingOf(report) > 0 ? 1 : 0;
  },
});

/** Plants one fault, or each, in a copy of the house and lives through its worlds until it shows. Ends with 1 where one does not. */
async function lookForPlanted(name: string, seeds: string, from: string): Promise<void> {
  for (const each of name === 'all' ? Object.keys(PLANTED) : [name]) {
    await using copy = await plant(each);
    const wanted = PLANTED[each]?.foundBy ?? '';
    const lines = await linesOf(copy.place, 'tests/simulation/run.ts', [
      '--seeds',
      seeds,
      '--from',
      from,
      '--jobs',
      '1',
      '--until-found',
      wanted,
    ]);
    const found = lines.find((line) => line.startsWith('seed ') && line.includes(`: ${wanted}: `));
    if (!found) process.exitCode = 1;
    say(
      `${each}: ${found ? `found by '${found.slice(0, 200)}'` : `not found within ${seeds} worlds; ${lines.at(-1) ?? ''}`}`,
    );
  }
}

await runMain(main);
