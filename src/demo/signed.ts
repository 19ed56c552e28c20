import { addDays, type Day, daysBetween } from '../domain/calendar.ts';
import { monthsBefore } from './dates.ts';
import type { Luck } from './luck.ts';
import { type DemoEvent, EARLIER_EVENTS, PARTNERS, type Partner, RECENT_EVENTS } from './partners.ts';
import { FIELDS, type Field, TOPICS, type Topic } from './topics/index.ts';

/** As many as one government signed in nine months, and as many of them as in its third quarter. */
export const SIGNED = 339;
export const SIGNED_RECENTLY = 86;
/** The newest has been in the register for some days. */
const NEWEST_DAYS = 6;

export interface Signed {
  readonly title: string;
  readonly instrument: string;
  readonly event: string | null;
  readonly field: Field;
  readonly partner: Partner;
  readonly partners: readonly string[];
  readonly subject: string;
  readonly result: string;
  readonly signedOn: Day;
}

/** What was signed in the nine months before today, oldest first: on occasions, and by themselves. */
export function planSigned(today: Day, luck: Luck): Signed[] {
  const nine = addDays(monthsBefore(today, 9), 1);
  const three = monthsBefore(today, 3);
  const occasions = [
    ...spread(EARLIER_EVENTS, nine, three, SIGNED - SIGNED_RECENTLY, luck),
    ...spread(RECENT_EVENTS, addDays(three, 1), addDays(today, -NEWEST_DAYS), SIGNED_RECENTLY, luck),
  ].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const choose = createChooser(luck);
  return occasions.map(({ day, event, partner }) => {
    const { field, topic } = choose(partner);
    const instrument = instrumentOf(topic, partner, luck);
    const second =
      event === null && partner.kind === 'near' && topic.with === 'neighbours' && luck.chance(0.2)
        ? luck.pick(NEAR.filter((each) => each !== partner))
        : null;
    const partners = second ? [partner, second] : [partner];
    return {
      title: titleOf(instrument, topic.subject, partners, luck),
      instrument,
      event: event?.name ?? null,
      field,
      partner,
      partners: partners.map((each) => each.name),
      subject: topic.subject,
      result: topic.result,
      signedOn: day,
    };
  });
}

const NEAR = PARTNERS.filter((each) => each.kind === 'near');

/** The events' commitments on their days, the rest on any day of the span, both ends included. */
function spread(events: readonly DemoEvent[], from: Day, until: Day, count: number, luck: Luck) {
  const days = daysBetween(from, until);
  const signed: { day: Day; event: DemoEvent | null; partner: Partner }[] = events.flatMap((event) => {
    const day = addDays(from, Math.round(event.at * days));
    return Array.from({ length: event.signed }, () => ({ day, event, partner: partnerNamed(event.partner) }));
  });
  while (signed.length < count)
    signed.push({ day: addDays(from, luck.int(0, days)), event: null, partner: luck.pick(PARTNERS) });
  return signed;
}

function partnerNamed(name: string): Partner {
  const partner = PARTNERS.find((each) => each.name === name);
  if (!partner) throw new Error(`no partner is called ${name}`);
  return partner;
}

/** The field promised least so far that has something new for this partner: fields stay even, and no title comes twice. */
function createChooser(luck: Luck) {
  const used = new Set<Topic | string>();
  const promised = new Map<Field, number>();
  return (partner: Partner): { field: Field; topic: Topic } => {
    const open = FIELDS.map((field) => ({
      field,
      promised: promised.get(field) ?? 0,
      topics: TOPICS[field].filter(
        (topic) =>
          (partner.fields === null || partner.fields.includes(field)) &&
          suits(topic, partner) &&
          !used.has(`${topic.subject} ${partner.name}`),
      ),
    })).filter(({ topics }) => topics.length > 0);
    const least = Math.min(...open.map((each) => each.promised));
    const { field, topics } = luck.pick(open.filter((each) => each.promised === least));
    // What one has with nobody else is taken first with a neighbour, whom few topics are for.
    const own = partner.kind === 'near' ? topics.filter((topic) => topic.with === 'neighbours') : [];
    const topic = luck.pick(own.length > 0 && luck.chance(0.6) ? own : topics);
    used.add(`${topic.subject} ${partner.name}`);
    promised.set(field, (promised.get(field) ?? 0) + 1);
    return { field, topic };
  };
}

const AT_SEA =
  /\b(?:sea|seafarers|marine|maritime|submarine|coast|coastal|ports?|shipping|fisheries|offshore|island)\b/;

const suits = (topic: Topic, partner: Partner): boolean =>
  !(partner.inland && AT_SEA.test(topic.subject)) &&
  (partner.kind === 'near' || topic.with === 'anybody' || (topic.with === 'countries' && partner.kind === 'country'));

const INSTRUMENTS = {
  states: [
    'memorandum of understanding',
    'memorandum of understanding',
    'agreement',
    'protocol',
    'joint statement',
    'action plan',
    'letter of intent',
    'cooperation programme',
    'exchange of letters',
  ],
  organisations: [
    'memorandum of understanding',
    'technical assistance agreement',
    'cooperation programme',
    'action plan',
    'declaration',
  ],
  banks: [
    'financing agreement',
    'financing agreement',
    'technical assistance agreement',
    'memorandum of understanding',
  ],
} as const;

function instrumentOf(topic: Topic, partner: Partner, luck: Luck): string {
  const word = /treaty|agreement|memorandum|protocol/i.exec(topic.result)?.[0].toLowerCase();
  if (word) return word === 'memorandum' ? 'memorandum of understanding' : word;
  if (partner.kind !== 'organisation') return luck.pick(INSTRUMENTS.states);
  return luck.pick(partner.name.endsWith('Bank') ? INSTRUMENTS.banks : INSTRUMENTS.organisations);
}

function titleOf(instrument: string, subject: string, partners: readonly Partner[], luck: Luck): string {
  const said = partners.map((each) => each.said).join(' and ');
  // At the head of a title an article says nothing.
  const headed = capital(subject.replace(/^an? /, ''));
  const form = luck.int(1, 20);
  if (form <= 9) return `${capital(instrument)} with ${said} on ${subject}`;
  if (form <= 15) return `${headed}: ${instrument} with ${said}`;
  return `${headed}, ${partners.map((each) => each.name).join(' and ')}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
