import type pg from 'pg';
import type { DiscordDouble } from '../doubles/discord/index.ts';
import type { SlackDouble } from '../doubles/slack/index.ts';
import type { Office, Service } from './office.ts';

/** What was promised, and what became of it on the services' own record. */
export interface Record {
  /** Digests and reminders that were promised. */
  readonly promised: number;
  /** Of these: recorded as said, as in doubt, as refused, as expired; what still waits is lost. */
  readonly said: number;
  readonly inDoubt: number;
  readonly refused: number;
  readonly expired: number;
  /** Messages that stand on the services. */
  readonly messages: number;
  /** Deliveries that were taken more than once: a kill had found them in somebody's hands. */
  readonly takenAgain: number;
  readonly lost: readonly string[];
  readonly twice: readonly string[];
}

interface Delivery {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly state: string;
  readonly said: readonly string[];
  readonly attempts: number;
  readonly error: string | null;
  readonly platform: string;
  readonly conversation: string | null;
  readonly account: string | null;
}

/** One message as its service shows it. */
interface Standing {
  readonly platform: Service;
  readonly conversation: string;
  readonly id: string;
  /** The mark that the bot put on it. */
  readonly mark: string | undefined;
  readonly words: string;
}

/** Holds the services' own record against what was owed and what the outbox believes. */
export async function examine(
  pool: pg.Pool,
  office: Office,
  services: { readonly slack: SlackDouble; readonly discord: DiscordDouble },
): Promise<Record> {
  const standing = [...onSlack(services.slack), ...onDiscord(services.discord)];
  const { rows } = await pool.query<Delivery>(
    `select d.id, d.key, d.kind, d.state, d.said, d.attempts, d.error, c.platform, c.conversation,
       (select a.account from accounts a where a.officer_id = c.officer_id and a.platform = c.platform) as account
     from deliveries d join channels c on c.id = d.channel_id where d.verb = 'post' order by d.id`,
  );
  const announced = rows.filter((each) => each.kind.startsWith('digest-') || each.kind === 'reminder');
  const count = (state: string) => announced.filter((each) => each.state === state).length;
  return {
    promised: announced.length,
    said: count('sent'),
    inDoubt: count('in-doubt'),
    refused: count('refused'),
    expired: count('expired'),
    messages: standing.length,
    takenAgain: announced.filter((each) => each.attempts > 1).length,
    lost: [...neverOwned(office, announced), ...notThere(rows, standing)],
    twice: [...standsTwice(standing), ...unknown(rows, standing)],
  };
}

const onSlack = ({ workspace }: SlackDouble): Standing[] =>
  [...workspace.channels.values()].flatMap((channel) =>
    channel.messages
      .filter((message) => message.user === workspace.bot.id && message.only === undefined)
      .map((message) => ({
        platform: 'slack' as const,
        conversation: channel.id,
        id: message.ts,
        mark: String(message.metadata?.event_payload.id),
        words: JSON.stringify(message.blocks),
      })),
  );

const onDiscord = ({ world }: DiscordDouble): Standing[] =>
  [...world.messages.values()]
    .filter((message) => message.author === world.bot.id && message.onlyFor === undefined)
    .map((message) => ({
      platform: 'discord' as const,
      conversation: message.channel_id,
      id: message.id,
      mark: message.nonce,
      words: JSON.stringify(message.components),
    }));

const named = (each: Delivery) => `${each.key} (${each.state}, ${each.attempts} attempts, ${each.error ?? 'no error'})`;

/** Whoever was owed something and was promised nothing: by what the office is, not by what the bot believes. */
function* neverOwned(office: Office, promised: readonly Delivery[]): Iterable<string> {
  const reminded = new Map<string, number>();
  const digests = new Map<string, number>();
  for (const { kind, platform, account, conversation } of promised) {
    const [counted, at] = kind === 'reminder' ? [reminded, account] : [digests, conversation];
    const key = `${platform} ${at}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  for (const { platform, account } of office.people) {
    const times = reminded.get(`${platform} ${account}`) ?? 0;
    if (times !== 1) yield `${platform} ${account} was promised ${times} reminders`;
  }
  const own = office.agencies.map((place) => ({ ...place, wanted: 1 }));
  const all = office.coordination.map((place) => ({ ...place, wanted: 1 + office.agencies.length }));
  for (const { platform, conversation, wanted } of [...own, ...all]) {
    const times = digests.get(`${platform} ${conversation}`) ?? 0;
    if (times !== wanted) yield `${platform} ${conversation} was promised ${times} of ${wanted} digest messages`;
  }
}

/** What still waits, and what is called said and stands nowhere. What nobody can tell, or was refused, is visible as such. */
function* notThere(deliveries: readonly Delivery[], standing: readonly Standing[]): Iterable<string> {
  const there = new Set(standing.map(({ platform, conversation, id }) => `${platform} ${conversation} ${id}`));
  for (const each of deliveries) {
    if (each.state === 'pending' || each.state === 'sending' || each.state === 'expired') yield `${named(each)}`;
    if (each.state === 'sent' && each.said.length === 0) yield `${named(each)} is called sent and was never said`;
    if (each.platform !== 'slack' && each.platform !== 'discord') continue;
    for (const id of each.said)
      if (!there.has(`${each.platform} ${each.conversation} ${id}`))
        yield `${named(each)} names ${id}, which is not there`;
  }
}

/** The same mark, or the same words, twice in one conversation. */
function* standsTwice(standing: readonly Standing[]): Iterable<string> {
  for (const by of ['mark', 'words'] as const) {
    const seen = new Set<string>();
    for (const each of standing) {
      const key = `${each.platform} ${each.conversation} ${each[by]}`;
      if (seen.has(key)) yield `${each.platform} ${each.conversation} has ${each.mark} twice (by its ${by})`;
      seen.add(key);
    }
  }
}

/** A message that no delivery knows of, in a conversation where nothing is in doubt, was said behind the outbox's back. */
function* unknown(deliveries: readonly Delivery[], standing: readonly Standing[]): Iterable<string> {
  const known = new Set(
    deliveries.flatMap((each) => each.said.map((id) => `${each.platform} ${each.conversation} ${id}`)),
  );
  const doubted = new Set(
    deliveries.flatMap((each) => (each.state === 'in-doubt' ? [`${each.platform} ${each.conversation}`] : [])),
  );
  for (const { platform, conversation, id, mark } of standing)
    if (!known.has(`${platform} ${conversation} ${id}`) && !doubted.has(`${platform} ${conversation}`))
      yield `${platform} ${conversation} has ${mark}, which no delivery knows`;
}
