import type { Inbound } from '../interaction.ts';
import { directionOf, LANGS, type Lang } from '../language.ts';
import { type ClockOffer, clockOffers, type PlaygroundClock } from './clock.ts';
import type { Conversation } from './ledger.ts';
import { accountOf, type PlaygroundPerson } from './people.ts';
import { typedCommands, type ViewCommand } from './register.ts';
import type { Room } from './room.ts';
import { mayRead } from './view-message.ts';
import { completeWords } from './words.ts';

/** All that the page needs to be one person: who, where they can talk, what they can say, and in which words. */
export interface Desk {
  readonly me: PlaygroundPerson;
  readonly lang: Lang;
  readonly dir: 'ltr' | 'rtl';
  readonly people: readonly PlaygroundPerson[];
  readonly conversations: readonly Conversation[];
  /** Messages in each other person's direct conversation, by person: who was told something. */
  readonly told: Readonly<Record<string, number>>;
  readonly commands: readonly ViewCommand[];
  readonly words: Readonly<Record<string, string>>;
  readonly dialects: readonly string[];
  readonly clock: ViewClock;
}

export interface ViewClock {
  readonly now: string;
  readonly zone: string;
  readonly offers: readonly ClockOffer[];
}

export interface DeskParts {
  readonly room: Room;
  readonly inbound: Inbound;
  readonly clock: PlaygroundClock;
  readonly present: () => string;
  readonly zone: string;
  readonly words: (lang: Lang) => Readonly<Record<string, string>>;
  readonly dialects: readonly string[];
}

export const viewClock = ({ clock, present, zone }: Pick<DeskParts, 'clock' | 'present' | 'zone'>): ViewClock => ({
  now: clock.now(),
  zone,
  offers: clockOffers(clock.now(), present(), zone),
});

export async function layDesk(parts: DeskParts, me: PlaygroundPerson): Promise<Desk> {
  const { room, inbound } = parts;
  const [people, all] = await Promise.all([room.people.all(), room.ledger.conversations()]);
  const lang = inbound.languageOf(accountOf(me));
  const directs = all.filter((each) => each.kind === 'direct');
  return {
    me,
    lang,
    dir: directionOf(lang),
    people,
    // A direct conversation not yet begun is begun here: the bot can be written to at once.
    conversations: all.filter((each) => mayRead(each, me.id)),
    told: Object.fromEntries(
      directs.flatMap(({ members, said }) => (members[0] === undefined ? [] : [[members[0], said]])),
    ),
    commands: typedCommands(inbound.commands, lang),
    words: completeWords({ ...fallback(parts.words), ...parts.words(lang) }),
    dialects: parts.dialects,
    clock: viewClock(parts),
  };
}

/** A word that one language lacks is said in the first one. */
const fallback = (words: DeskParts['words']) => words(LANGS[0]);
