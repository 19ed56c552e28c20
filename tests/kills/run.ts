import { defineCommand, runMain } from 'citty';
import { linesOf, plant } from '../simulation/planted.ts';
import { whole } from '../support/whole.ts';
import { type Lived, liveThrough } from './live-through.ts';
import { PLANTED } from './planted.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const main = defineCommand({
  meta: {
    name: 'kills',
    description:
      'Kills bots while they say digests and reminders, and counts what was said on the services’ own record',
  },
  args: {
    kills: { type: 'string', default: '50', description: 'How often a bot is killed' },
    database: {
      type: 'enum',
      options: ['postgres', 'embedded'],
      default: 'postgres',
      description: 'postgres (two bots) or embedded (one)',
    },
    channels: { type: 'string', default: '100', description: 'Agencies with a channel of their own' },
    people: { type: 'string', default: '2000', description: 'Officers who are owed a reminder' },
    seed: { type: 'string', default: '1', description: 'Where the kills come' },
    plant: { type: 'string', description: `Look for a fault planted on purpose: ${Object.keys(PLANTED).join(', ')}` },
    json: { type: 'boolean', default: false, description: 'The last line is one JSON object' },
  },
  async run({ args, rawArgs }) {
    if (args.plant !== undefined) return lookForPlanted(args.plant, rawArgs);
    const { database } = args;
    const lived = await liveThrough({
      kills: whole('kills', args.kills),
      channels: whole('channels', args.channels),
      people: whole('people', args.people),
      seed: whole('seed', args.seed),
      database,
      tell: (line) => process.stderr.write(`${line}\n`),
    });
    for (const each of lived.lost) say(`lost: ${each}`);
    for (const each of lived.twice) say(`twice: ${each}`);
    for (const each of new Set(lived.complaints)) say(`logged: ${each}`);
    say(args.json ? JSON.stringify({ database, seed: Number(args.seed), ...counted(lived) }) : readable(lived));
    process.exitCode = lived.lost.length + lived.twice.length > 0 ? 1 : 0;
  },
});

/** Plants a fault in a copy of the house and kills its bots: ends with 1 where nobody notices. */
async function lookForPlanted(name: string, args: readonly string[]): Promise<void> {
  await using copy = await plant(name, PLANTED);
  const wanted = PLANTED[name]?.foundBy ?? '';
  const rest = args.filter((each, at) => !each.startsWith('--plant') && args[at - 1] !== '--plant');
  const lines = await linesOf(copy.place, 'tests/kills/run.ts', rest);
  const found = lines.find((line) => line.startsWith(`${wanted}: `));
  say(`${name}: ${found ? `found by '${found.slice(0, 200)}'` : `not found; ${lines.slice(-4).join(' ')}`}`);
  process.exitCode = found ? 0 : 1;
}

const counted = ({ lost, twice, complaints, ...counts }: Lived) => ({
  ...counts,
  lost: lost.length,
  twice: twice.length,
  logged: complaints.length,
});

function readable(lived: Lived): string {
  const kills = Object.entries(lived.kills).map(([place, times]) => `${place} ${times}`);
  const killed = Object.values(lived.kills).reduce((sum, each) => sum + each, 0);
  return [
    `${killed} kills in ${lived.seconds} s: ${kills.join(', ')}.`,
    `${lived.promised} promised: ${lived.said} said, ${lived.inDoubt} in doubt, ${lived.refused} refused, ${lived.expired} expired.`,
    `${lived.messages} messages stand on the services; ${lived.takenAgain} deliveries were taken again after a kill.`,
    `Lost: ${lived.lost.length}. Twice: ${lived.twice.length}.`,
  ].join('\n');
}

await runMain(main);
