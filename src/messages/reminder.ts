import type { Block, Button, Entry, MessageDocument } from '../chat/message.ts';
import { join, shorten, type Text } from '../chat/text.ts';
import { daysBetween, workingDaysBetween } from '../domain/calendar.ts';
import { daysOverdue } from '../domain/state.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView } from '../use-cases/views.ts';
import { myList, notMine, remindLater, reportObstacle, reportProgress } from './buttons.ts';
import { dueLine, isSecret, nameOf } from './commitment-card.ts';

/** What was done from a reminder, and by whom: the message then says so in the place of the press. */
export interface ReminderMark {
  readonly ref: string;
  readonly what: 'progress' | 'obstacle' | 'snoozed' | 'not-mine' | 'done';
  readonly by: string;
  readonly at: string;
  /** The day until which it was postponed, or the obstacle's reference. */
  readonly more?: string;
}

export interface ReminderFacts {
  readonly name: string;
  readonly today: string;
  readonly items: readonly CommitmentView[];
  readonly others: number;
  readonly standingInFor: readonly string[];
  readonly marks: readonly ReminderMark[];
  /** 'assigned': these are new to the person; 'due': they want an update. */
  readonly reason: 'assigned' | 'due';
  /** Days without a word after which an item is silent. */
  readonly silentDays: number;
}

/** One message for one person: their most urgent items, one clear press each, the number of the others. */
export function reminder(speaker: Speaker, facts: ReminderFacts): MessageDocument {
  const { items } = facts;
  const marked = new Map(facts.marks.map((mark) => [mark.ref, mark]));
  const head = speaker.say(facts.reason === 'assigned' ? 'reminder.head-assigned' : 'reminder.head', {
    name: facts.name,
    count: items.length,
  });
  const blocks: Block[] = [{ block: 'paragraph', text: head }];
  if (facts.standingInFor.length > 0)
    blocks.push({
      block: 'note',
      text: speaker.say('reminder.standing-in', { names: speaker.list(facts.standingInFor) }),
    });
  const open = items.filter((item) => !marked.has(item.ref));
  const alone = open.length === 1;
  blocks.push({
    block: 'entries',
    numbered: items.length > 1,
    entries: items.map((item): Entry => {
      const mark = marked.get(item.ref);
      if (mark) return { text: nameOf(speaker, item), detail: markText(speaker, mark) };
      const detail = urgencyText(speaker, item, facts);
      const entry = { text: nameOf(speaker, item), ...(detail === '' ? {} : { detail }) };
      return alone
        ? entry
        : {
            ...entry,
            button: { ...reportProgress(speaker, item.ref, item.version), label: speaker.say('button.progress') },
          };
    }),
  });
  if (open.length > 0) blocks.push({ block: 'paragraph', text: speaker.say('reminder.ask') });
  const only = open[0];
  if (alone && only) {
    blocks.push({
      block: 'buttons',
      buttons: [
        reportProgress(speaker, only.ref, only.version),
        reportObstacle(speaker, only.ref),
        remindLater(speaker, only.ref),
        notMine(speaker, only.ref),
      ],
    });
  } else if (open.length > 1) {
    blocks.push({
      block: 'menu',
      label: speaker.say('reminder.menu'),
      choices: open.flatMap((item) => otherActions(speaker, item.ref)),
    });
  }
  if (facts.others > 0) {
    blocks.push({ block: 'paragraph', text: speaker.rich('reminder.others', { count: facts.others }) });
    blocks.push({ block: 'buttons', buttons: [myList(speaker)] });
  }
  if (open.length > 0) blocks.push({ block: 'note', text: speaker.say('reminder.no-extension') });
  return { lang: speaker.lang, summary: head, blocks };
}

const otherActions = (speaker: Speaker, ref: string): Button[] =>
  [reportObstacle(speaker, ref), remindLater(speaker, ref), notMine(speaker, ref)].map((button) => ({
    ...button,
    label: speaker.say('reminder.choice', { ref, action: button.label }),
  }));

function urgencyText(speaker: Speaker, item: CommitmentView, { today, silentDays }: ReminderFacts): Text {
  if (isSecret(item)) return '';
  const due = dueLine(speaker, item);
  const late = daysOverdue(item.due.end, today);
  const silent = daysBetween(speaker.dayOf(item.lastReportAt ?? item.registeredAt), today);
  const parts: Text[] = [due];
  if (late > 0) parts.push(speaker.say('punctuation.semicolon'), speaker.rich('late.days', { days: late }));
  else if (item.due.end !== null && daysBetween(today, item.due.end) <= 14)
    parts.push(
      speaker.say('punctuation.semicolon'),
      speaker.rich('line.working-days', { days: workingDaysBetween(today, item.due.end) }),
    );
  // Where nothing was ever reported, the next sentence says so.
  if (silent > silentDays && item.lastReportAt !== null)
    parts.push(speaker.say('punctuation.semicolon'), speaker.say('line.silent', { days: silent }));
  parts.push(speaker.say('punctuation.stop'));
  if (item.lastReportAt === null) parts.push(speaker.say('reminder.no-report'));
  else if (item.lastReport !== null)
    parts.push(
      speaker.say('reminder.last-report', {
        day: speaker.shortDay(speaker.dayOf(item.lastReportAt)),
        text: shorten(item.lastReport, 140),
      }),
    );
  return join(...parts);
}

function markText(speaker: Speaker, mark: ReminderMark): Text {
  const at = speaker.moment(mark.at);
  switch (mark.what) {
    case 'progress':
      return speaker.rich('mark.progress', { by: mark.by, at });
    case 'done':
      return speaker.rich('mark.done', { by: mark.by, at });
    case 'obstacle':
      return speaker.rich('mark.obstacle', { by: mark.by, at, obstacle: mark.more ?? '' });
    case 'snoozed':
      return speaker.rich('mark.snoozed', {
        by: mark.by,
        until: mark.more === undefined ? '' : speaker.day(mark.more),
      });
    case 'not-mine':
      return speaker.rich('mark.not-mine', { by: mark.by, at });
    default:
      return mark.what satisfies never;
  }
}
