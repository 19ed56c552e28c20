import type { Block, Button, Entry, MessageDocument } from '../chat/message.ts';
import { join, type Text } from '../chat/text.ts';
import type { Day } from '../domain/calendar.ts';
import { refOf } from '../domain/reference.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { OfficerView, UndeliveredView } from '../use-cases/views.ts';
import { notice } from './notice.ts';

export interface UndeliveredFacts {
  readonly found: readonly UndeliveredView[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
}

const deliveries = (page = 1) => ({ path: 'accord/deliveries', blanks: page === 1 ? {} : { page: String(page) } });

/** To the coordinators: what of a day did not arrive, why, and what mends it. */
export function undeliveredNotice(
  speaker: Speaker,
  facts: { readonly day: Day; readonly found: readonly UndeliveredView[]; readonly total: number },
): MessageDocument {
  const day = speaker.day(facts.day);
  if (facts.total === 0) return notice(speaker, [speaker.say('undelivered.dealt-with', { day })]);
  const head = speaker.say('undelivered.head', { day, count: facts.total });
  const blocks: Block[] = [
    { block: 'paragraph', text: head },
    { block: 'entries', entries: facts.found.map((each) => entryOf(speaker, each)) },
  ];
  const more = facts.total - facts.found.length;
  if (more > 0) blocks.push({ block: 'note', text: speaker.say('undelivered.more', { count: more }) });
  blocks.push({ block: 'buttons', buttons: [{ label: speaker.say('button.undelivered'), does: deliveries() }] });
  return { lang: speaker.lang, summary: head, blocks };
}

/** For a coordinator: everything that did not arrive, each with what can be done about it. */
export function undeliveredList(
  speaker: Speaker,
  facts: UndeliveredFacts & { readonly done?: string | undefined },
): MessageDocument {
  const { found, total, page, perPage } = facts;
  const from = (page - 1) * perPage + 1;
  const head =
    found.length === 0
      ? speaker.say('undelivered.none')
      : speaker.say('undelivered.heading', { from, to: from + found.length - 1, total });
  const blocks: Block[] = facts.done === undefined ? [] : [{ block: 'paragraph', text: facts.done }];
  blocks.push({ block: 'paragraph', text: head });
  for (const each of found.filter(({ state }) => state === 'in-doubt')) {
    blocks.push({ block: 'entries', entries: [entryOf(speaker, each)] });
    blocks.push({ block: 'buttons', buttons: [arrived(speaker, each.id), again(speaker, each.id)] });
  }
  const settled = found.filter(({ state }) => state !== 'in-doubt');
  if (settled.length > 0)
    blocks.push({
      block: 'entries',
      entries: settled.map((each) => ({ ...entryOf(speaker, each), button: again(speaker, each.id) })),
    });
  const pages: Button[] = [];
  if (page > 1) pages.push({ label: speaker.say('button.previous'), does: deliveries(page - 1) });
  if (page * perPage < total) pages.push({ label: speaker.say('button.next'), does: deliveries(page + 1) });
  if (pages.length > 0) blocks.push({ block: 'buttons', buttons: pages });
  return { lang: speaker.lang, summary: facts.done ?? head, blocks };
}

/** The same message where their agency reads it, or their stand-in: by the person's name, for it did not reach them. */
export function insteadFor(
  speaker: Speaker,
  message: MessageDocument,
  officer: OfficerView,
  reader: 'agency' | 'stand-in' = 'agency',
): MessageDocument {
  const { name, accounts } = officer;
  const sentence = speaker.say(reader === 'agency' ? 'undelivered.instead' : 'undelivered.to-stand-in');
  return {
    ...message,
    summary: `${name}: ${message.summary}`,
    blocks: [{ block: 'note', text: join([{ person: { name, accounts } }], ': ', sentence) }, ...message.blocks],
  };
}

const again = (speaker: Speaker, id: number): Button => ({
  label: speaker.say('button.send-again'),
  does: { path: 'accord/send-again', blanks: { delivery: String(id) } },
});
const arrived = (speaker: Speaker, id: number): Button => ({
  label: speaker.say('button.arrived'),
  style: 'primary',
  does: { path: 'accord/arrived', blanks: { delivery: String(id) } },
});

function entryOf(speaker: Speaker, each: UndeliveredView): Entry {
  const what = speaker.find(`delivery.kind.${each.kind}`) ?? speaker.say('delivery.kind.other');
  const since = speaker.moment(each.since);
  return {
    text: speaker.rich('undelivered.line', { what, whom: whom(speaker, each) }),
    detail: join(speaker.rich(`undelivered.${each.state}`, { since }), ' ', why(speaker, each)),
  };
}

function whom(speaker: Speaker, each: UndeliveredView): string {
  switch (each.place) {
    case 'direct':
      return speaker.say('undelivered.to-officer', { name: each.officer ?? '', agency: each.agency ?? '' });
    case 'agency':
      return speaker.say('undelivered.to-agency', { agency: each.agency ?? '', platform: each.platform });
    case 'coordination':
      return speaker.say('undelivered.to-coordination', { platform: each.platform });
    case 'group':
      return speaker.say('undelivered.to-group', { ref: refOf('WG', each.groupId ?? 0) });
    default:
      return each.place satisfies never;
  }
}

/** Why, and what mends it, in one sentence or two. What has expired says it in its state. */
function why(speaker: Speaker, each: UndeliveredView): Text {
  if (each.state === 'expired') return '';
  if (each.state === 'in-doubt') return speaker.say('delivery.why.cannot-tell');
  const reason = each.why === 'archived' && each.place === 'direct' ? 'dm-closed' : each.why;
  return speaker.find(`delivery.why.${reason}`) ?? speaker.say('delivery.why.other', { code: each.why });
}
