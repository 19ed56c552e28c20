import type { Block, Button, Entry, MessageDocument } from '../chat/message.ts';
import { join, shorten, type Text } from '../chat/text.ts';
import { type Day, daysBetween } from '../domain/calendar.ts';
import { isDecision, type OwedKind } from '../domain/reminder-plan.ts';
import { daysOverdue } from '../domain/state.ts';
import { type WorkCalendar, workdaysBetween } from '../domain/working-days.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView, MilestoneView, ProgressView } from '../use-cases/views.ts';
import { approvalButtons, reportWords } from './approval.ts';
import {
  decideClaim,
  milestoneDone,
  myList,
  nameOfficer,
  notMine,
  remindLater,
  reportObstacle,
  reportProgress,
  showCommitment,
} from './buttons.ts';
import { dueLine, isSecret, nameOf } from './commitment-card.ts';
import { digestAgency } from './digest.ts';

/** What was done from a reminder, and by whom: the message then says so in the place of the press. */
export interface ReminderMark {
  readonly ref: string;
  readonly what:
    | 'progress'
    | 'milestone'
    | 'waiting'
    | 'obstacle'
    | 'snoozed'
    | 'not-mine'
    | 'done'
    | 'approved'
    | 'sent-back';
  readonly by: string;
  readonly at: string;
  /** The day until which it was postponed, the obstacle's reference, who is asked whose it is, or who approves it. */
  readonly more?: string;
}

/** Why an item is in the reminder, where it is not its own date or silence. */
export interface ReminderReason {
  readonly kind: OwedKind;
  /** Since when it waits. */
  readonly since: Day;
  /** Of a milestone: which. */
  readonly milestone?: MilestoneView;
  /** Of what is long overdue: whose it is. */
  readonly officer?: string;
  /** Of an approval: the report that has waited longest. */
  readonly report?: ProgressView;
}

/** What a digest will say of some agencies. */
export interface ComingDigest {
  /** When it is posted, local. */
  readonly day: Day;
  /** 'HH:MM' */
  readonly time: string;
  readonly parts: readonly Parameters<typeof digestAgency>[1][];
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
  /** By reference; an item without one is there for its date. */
  readonly reasons?: Readonly<Record<string, ReminderReason>>;
  readonly calendar: WorkCalendar;
  /** What the next digest will say of the reader's agencies, or the next ones; none of `items` stands in them. */
  readonly beforehand?: readonly ComingDigest[];
  /** The agencies whose reports count only once approved, and by whom (null: by coordinators). */
  readonly approvers?: readonly { readonly agencyId: number; readonly name: string | null }[];
}

/** One message for one person: their most urgent items, one clear press each, the number of the others. */
export function reminder(speaker: Speaker, facts: ReminderFacts): MessageDocument {
  const { items } = facts;
  const marked = new Map(facts.marks.map((mark) => [mark.ref, mark]));
  const kindOf = (item: CommitmentView): OwedKind => facts.reasons?.[item.ref]?.kind ?? 'due';
  const head = speaker.say(HEADS[headOf(facts, kindOf)], { name: facts.name, count: items.length });
  const more: Block[] =
    facts.others > 0 ? [{ block: 'paragraph', text: speaker.rich('reminder.others', { count: facts.others }) }] : [];
  const [coming] = facts.beforehand ?? [];
  const told = coming ? beforehandBlocks(speaker, facts, items.length === 0 ? more : []) : [];
  if (items.length === 0 && coming)
    return { lang: speaker.lang, summary: beforehandHead(speaker, coming, facts.name), blocks: told };
  const blocks: Block[] = [{ block: 'paragraph', text: head }, ...standingIn(speaker, facts.standingInFor)];
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
            button: isTheirs(kindOf(item))
              ? reportProgress(speaker, item.ref, item.version)
              : showCommitment(speaker, item.ref),
          };
    }),
  });
  const theirs = open.filter((item) => isTheirs(kindOf(item)));
  if (theirs.length > 0) blocks.push({ block: 'paragraph', text: speaker.say('reminder.ask') });
  const only = open[0];
  if (alone && only) {
    blocks.push({
      block: 'buttons',
      buttons: buttonsFor(speaker, only, kindOf(only), facts.reasons?.[only.ref]),
    });
  } else if (theirs.length > 0) {
    blocks.push({
      block: 'menu',
      label: speaker.say('reminder.menu'),
      choices: theirs.flatMap((item) => otherActions(speaker, item.ref)),
    });
  }
  if (more.length > 0) blocks.push(...more, { block: 'buttons', buttons: [myList(speaker)] });
  if (theirs.length > 0) blocks.push({ block: 'note', text: smallPrint(speaker, theirs, facts) });
  return { lang: speaker.lang, summary: head, blocks: [...blocks, ...told] };
}

const standingIn = (speaker: Speaker, names: readonly string[]): Block[] =>
  names.length === 0
    ? []
    : [{ block: 'note', text: speaker.say('reminder.standing-in', { names: speaker.list(names) }) }];

/** `name`: where the message begins with it. */
function beforehandHead(speaker: Speaker, { day, time }: ComingDigest, name: string | null): string {
  const when = { day: speaker.longDay(day), time };
  return name === null
    ? speaker.say('reminder.beforehand', when)
    : speaker.say('reminder.beforehand-dear', { name, ...when });
}

/** An agency's part of the digests to come, for its own channel: nobody of it is named who would be shown it. */
export function digestBeforehand(
  speaker: Speaker,
  facts: { readonly digests: readonly ComingDigest[]; readonly marks: readonly ReminderMark[] },
): MessageDocument {
  const blocks = beforehandBlocks(
    speaker,
    { ...facts, beforehand: facts.digests, items: [], standingInFor: [], name: null },
    [],
  );
  const [first] = facts.digests;
  return { lang: speaker.lang, summary: first ? beforehandHead(speaker, first, null) : '', blocks };
}

/** The digests' parts as they will be posted, each open item with the press that puts it right, and what else waits. */
function beforehandBlocks(
  speaker: Speaker,
  facts: Pick<ReminderFacts, 'beforehand' | 'items' | 'marks' | 'standingInFor'> & { readonly name: string | null },
  more: readonly Block[],
): Block[] {
  const marked = new Map(facts.marks.map((mark) => [mark.ref, mark]));
  const beside = (item: CommitmentView): Partial<Entry> => {
    const mark = marked.get(item.ref);
    if (mark) return { detail: markText(speaker, mark) };
    return item.verifiedAt === null ? { button: reportProgress(speaker, item.ref, item.version) } : {};
  };
  return [
    ...(facts.beforehand ?? []).flatMap((coming, at): Block[] => {
      const isFirst = at === 0 && facts.items.length === 0;
      return [
        ...(isFirst ? [] : [{ block: 'divider' } as const]),
        { block: 'paragraph', text: beforehandHead(speaker, coming, isFirst ? facts.name : null) },
        ...(isFirst ? standingIn(speaker, facts.standingInFor) : []),
        ...coming.parts.flatMap((part) => digestAgency(speaker, { ...part, beside }).blocks),
      ];
    }),
    ...more,
    { block: 'buttons', buttons: [myList(speaker), reportObstacle(speaker)] },
  ];
}

/** When a report counts, and that postponing moves no deadline. */
function smallPrint(speaker: Speaker, theirs: readonly CommitmentView[], { approvers = [] }: ReminderFacts): string {
  const noExtension = speaker.say('reminder.no-extension');
  const names = new Set(
    approvers.filter(({ agencyId }) => theirs.some((item) => item.lead.id === agencyId)).map(({ name }) => name),
  );
  const [name] = names;
  if (name === undefined) return noExtension;
  const counts =
    names.size > 1
      ? speaker.say('reminder.approved-first')
      : name === null
        ? speaker.say('reminder.approved-by-coordinators')
        : speaker.say('reminder.approved-by', { name });
  return `${counts} ${noExtension}`;
}

const HEADS = {
  assigned: 'reminder.head-assigned',
  approval: 'reminder.head-approve',
  verification: 'reminder.head-verify',
  disowned: 'reminder.head-disowned',
  'long-overdue': 'reminder.head-approver',
  due: 'reminder.head',
} as const;

/** What the message is about: one thing where all its items are of that kind. */
function headOf(facts: ReminderFacts, kindOf: (item: CommitmentView) => OwedKind): keyof typeof HEADS {
  if (facts.reason === 'assigned') return 'assigned';
  const kinds = new Set(facts.items.map(kindOf));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined && !isTheirs(only) ? only : 'due';
}

/** Whether an update is asked of the reader, and not a decision. */
const isTheirs = (
  kind: OwedKind,
): kind is Exclude<OwedKind, 'verification' | 'long-overdue' | 'approval' | 'disowned'> =>
  kind !== 'long-overdue' && !isDecision(kind);

function buttonsFor(speaker: Speaker, item: CommitmentView, kind: OwedKind, reason?: ReminderReason): Button[] {
  if (reason?.report) return approvalButtons(speaker, { commitment: item, report: reason.report });
  if (kind === 'verification') return [...decideClaim(speaker, item.ref), showCommitment(speaker, item.ref)];
  if (kind === 'disowned') return [nameOfficer(speaker, item.ref), showCommitment(speaker, item.ref)];
  if (!isTheirs(kind)) return [showCommitment(speaker, item.ref)];
  return [
    ...(reason?.milestone ? [milestoneDone(speaker, item.ref, reason.milestone.position)] : []),
    reportProgress(speaker, item.ref, item.version),
    reportObstacle(speaker, item.ref),
    remindLater(speaker, item.ref),
    notMine(speaker, item.ref),
  ];
}

const otherActions = (speaker: Speaker, ref: string): Button[] =>
  [reportObstacle(speaker, ref), remindLater(speaker, ref), notMine(speaker, ref)].map((button) => ({
    ...button,
    label: speaker.say('reminder.choice', { ref, action: button.label }),
  }));

function urgencyText(speaker: Speaker, item: CommitmentView, facts: ReminderFacts): Text {
  if (isSecret(item)) return '';
  const { today, silentDays } = facts;
  const reason = facts.reasons?.[item.ref];
  if (reason?.kind === 'verification')
    return join(speaker.say('reminder.claimed', { day: speaker.day(reason.since) }), ...lastReport(speaker, item));
  if (reason?.report) return reportWords(speaker, reason.report, facts.items.length === 1 ? 1500 : 140);
  const silent = daysBetween(speaker.dayOf(item.lastReportAt ?? item.registeredAt), today);
  const parts: Text[] = reason?.milestone
    ? [
        speaker.rich('reminder.milestone', { title: shorten(reason.milestone.title, 120) }),
        ...dateText(speaker, reason.milestone, facts),
      ]
    : dateText(speaker, item, facts);
  // Where nothing was ever reported, the next sentence says so.
  if (silent > silentDays && item.lastReportAt !== null)
    parts.push(speaker.say('punctuation.semicolon'), speaker.say('line.silent', { days: silent }));
  parts.push(speaker.say('punctuation.stop'));
  if (reason?.officer !== undefined) parts.push(speaker.say('reminder.with-officer', { name: reason.officer }));
  if (reason?.kind === 'returned') parts.push(speaker.say('reminder.returned', { day: speaker.day(reason.since) }));
  else if (reason?.kind === 'disowned')
    parts.push(speaker.say('reminder.disowned', { day: speaker.day(reason.since) }));
  else if (reason?.kind === 'assignment')
    parts.push(speaker.say('reminder.assigned', { day: speaker.day(reason.since) }));
  else parts.push(...lastReport(speaker, item, facts));
  return join(...parts);
}

/** The date of an item or of its milestone, and how far away it is. */
function dateText(
  speaker: Speaker,
  item: Pick<CommitmentView, 'due'>,
  { today, calendar }: Pick<ReminderFacts, 'today' | 'calendar'>,
): Text[] {
  const late = daysOverdue(item.due.end, today);
  const parts: Text[] = [dueLine(speaker, item)];
  if (late > 0) parts.push(speaker.say('punctuation.semicolon'), speaker.rich('late.days', { days: late }));
  else if (item.due.end !== null && daysBetween(today, item.due.end) <= 14)
    parts.push(
      speaker.say('punctuation.semicolon'),
      speaker.rich('line.working-days', { days: workdaysBetween(calendar, today, item.due.end) }),
    );
  return parts;
}

function lastReport(
  speaker: Speaker,
  item: CommitmentView,
  { approvers = [] }: Pick<ReminderFacts, 'approvers'> = {},
): Text[] {
  if (item.lastReportAt === null) return [speaker.say('reminder.no-report')];
  if (item.lastReport === null) return [];
  const day = speaker.shortDay(speaker.dayOf(item.lastReportAt));
  const key = approvers.some(({ agencyId }) => agencyId === item.lead.id)
    ? 'reminder.last-approved'
    : 'reminder.last-report';
  return [speaker.say(key, { day, text: shorten(item.lastReport, 140) })];
}

function markText(speaker: Speaker, mark: ReminderMark): Text {
  const at = speaker.moment(mark.at);
  switch (mark.what) {
    case 'progress':
      return speaker.rich('mark.progress', { by: mark.by, at });
    case 'milestone':
      return speaker.rich('mark.milestone', { by: mark.by, at });
    case 'waiting':
      return mark.more === undefined
        ? speaker.rich('mark.waiting-coordinators', { by: mark.by, at })
        : speaker.rich('mark.waiting', { by: mark.by, at, approver: mark.more });
    case 'approved':
      return speaker.rich('approval.approved', { by: mark.by, at });
    case 'sent-back':
      return speaker.rich('approval.sent-back', { by: mark.by, at });
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
      return mark.more === undefined
        ? speaker.rich('mark.not-mine', { by: mark.by, at })
        : speaker.rich('mark.not-mine-approver', { by: mark.by, at, approver: mark.more });
    default:
      return mark.what satisfies never;
  }
}
