import type { CommandShape } from '../../src/chat/command.ts';
import type { Lang } from '../../src/chat/language.ts';
import type { MessageDocument } from '../../src/chat/message.ts';
import { shorten } from '../../src/chat/text.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { digestOf, partOf } from '../../src/domain/digest.ts';
import { MONDAY_TO_FRIDAY } from '../../src/domain/working-days.ts';
import type { Speaker } from '../../src/locales/speaker.ts';
import { accountMoves, accountTaken } from '../../src/messages/account.ts';
import { approvalAsked, reportDecided } from '../../src/messages/approval.ts';
import { awayNoted, standInAsked, standInOver } from '../../src/messages/away.ts';
import { myList, reportObstacle } from '../../src/messages/buttons.ts';
import { calendarWanted, calendarYear } from '../../src/messages/calendar.ts';
import { commitmentCard } from '../../src/messages/commitment-card.ts';
import { type Asked, foundList, ownList } from '../../src/messages/commitment-list.ts';
import {
  claimNotice,
  digestUnseen,
  groupMissing,
  groupReport,
  notMineNotice,
} from '../../src/messages/coordinator-notices.ts';
import { commitmentChanged, groupConcluded, obstacleSolved } from '../../src/messages/corrected.ts';
import { type DigestItem, digestAgency, digestSummary } from '../../src/messages/digest.ts';
import { groupMember, groupOpening, groupProposal } from '../../src/messages/group.ts';
import { health } from '../../src/messages/health.ts';
import { help } from '../../src/messages/help.ts';
import { homePage } from '../../src/messages/home.ts';
import { type ImportCounts, importApplied, importPreview } from '../../src/messages/import.ts';
import { importList } from '../../src/messages/import-list.ts';
import { notice } from '../../src/messages/notice.ts';
import { obstacleClosed, obstacleLinked, obstacleRecorded } from '../../src/messages/obstacle.ts';
import { handedBack } from '../../src/messages/officer-notices.ts';
import { digestNowhere, jobMissed } from '../../src/messages/planned-runs.ts';
import { refusal } from '../../src/messages/refusal.ts';
import {
  type ComingDigest,
  digestBeforehand,
  type ReminderFacts,
  type ReminderReason,
  reminder,
} from '../../src/messages/reminder.ts';
import { reminderTable } from '../../src/messages/reminder-table.ts';
import { insteadFor, undeliveredList, undeliveredNotice } from '../../src/messages/undelivered.ts';
import { writtenTo } from '../../src/messages/written-to.ts';
import type { JobHealth, ProgressView, UndeliveredView } from '../../src/use-cases/views.ts';
import { RULES } from '../support/open-house.ts';
import {
  agency,
  commitment,
  dueAt,
  group,
  listed,
  many,
  obstacle,
  officer,
  report,
  restricted,
  shared,
  solution,
  step,
  TODAY,
  typed,
  unlisted,
  WORDS,
} from './register.ts';

/** A message of a kind, with so many of what it lists. */
export type Specimen = (speaker: Speaker, count: number, shapes: readonly CommandShape[]) => MessageDocument;

const AT = '2025-11-17T01:40:00.000Z';
const DAYS = { today: TODAY, before: '2025-11-10' };

const itemOf = (speaker: Speaker, at: number): DigestItem => {
  // Every fourth is done, and one is restricted.
  const view = at === 5 ? restricted(speaker.lang, at) : commitment(speaker.lang, at);
  const done = at % 4 === 3;
  const seen = done ? { ...view, doneOn: '2025-11-13', verifiedAt: AT } : view;
  return {
    id: seen.id,
    leadId: (at % 30) + 1,
    flagship: seen.flagship,
    obligor: at % 3 === 1 ? 'partner' : 'us',
    dueEnd: seen.due.end,
    doneOn: seen.doneOn,
    verified: done,
    lastWord: (seen.lastReportAt ?? seen.registeredAt).slice(0, 10),
    registeredOn: seen.registeredAt.slice(0, 10),
    newlyDone: done,
    commitment: seen,
  };
};

const reminding = (speaker: Speaker, count: number, more: Partial<ReminderFacts> = {}): MessageDocument =>
  reminder(speaker, {
    name: WORDS[speaker.lang].names[0],
    today: TODAY,
    silentDays: RULES.silentDays,
    items: many(count, (at) => commitment(speaker.lang, at)),
    others: 0,
    standingInFor: [],
    marks: [],
    reason: 'due',
    calendar: MONDAY_TO_FRIDAY,
    ...more,
  });

/** A digest to come, with one agency's part of it. */
const coming = (speaker: Speaker, day: string, count: number): ComingDigest => ({
  day,
  time: '08:00',
  parts: [
    {
      ...RULES,
      day,
      agency: agency(speaker.lang, 0),
      part: partOf(
        1,
        many(count, (at) => itemOf(speaker, at)),
        day,
        RULES,
      ),
      obstacles: [],
      held: null,
    },
  ],
});

const UNDELIVERED = [
  { kind: 'reminder', state: 'refused', why: 'dm-closed', place: 'direct' },
  { kind: 'digest-agency', state: 'refused', why: 'archived', place: 'agency' },
  { kind: 'group-opening', state: 'in-doubt', why: 'cannot-tell', place: 'group' },
  { kind: 'digest-summary', state: 'expired', why: 'expired', place: 'coordination' },
  { kind: 'claim', state: 'refused', why: 'teapot', place: 'coordination' },
] as const;
/** Every state, place and sort of reason in turn. */
const undelivered = (speaker: Speaker, at: number): UndeliveredView => ({
  ...(UNDELIVERED[at % UNDELIVERED.length] ?? UNDELIVERED[0]),
  id: 9000 + at,
  since: AT,
  platform: 'paper',
  officer: officer(speaker.lang, at).name,
  agency: agency(speaker.lang, at).name,
  groupId: 3,
});
const reasonsFor = (count: number, reason: ReminderReason): Readonly<Record<string, ReminderReason>> =>
  Object.fromEntries(many(count, (at) => [`C-${142 + at}`, reason]));

const away = (lang: Lang) => ({
  self: { ...officer(lang, 0), awayFrom: TODAY, awayUntil: '2025-11-21' },
  standIn: officer(lang, 1),
  told: true,
  deciding: null,
});

const groupFacts = (speaker: Speaker, count: number) => ({
  group: group(speaker.lang),
  reports: many(count, (at) => obstacle(speaker.lang, at)),
  touched: many(count, (at) => commitment(speaker.lang, at)),
  sectors: ['agriculture', 'construction', 'trade'],
  days: 41,
  dates: { nominate: '2025-11-18', agree: '2025-11-24', escalate: '2025-11-26' },
  decidedBy: null,
  needed: 3,
});

const importCounts = (speaker: Speaker, count: number): ImportCounts => ({
  create: count,
  update: 2,
  unchanged: 1,
  vanished: many(count, (at) => listed('vanished', `C-${at + 1}`)),
  precision: { day: count, month: 1, quarter: 2, half: 0, year: 1, ongoing: 1, unknown: 1 },
  agencies: { lead: 3, cooperating: 5 },
  newAgencies: many(count, (at) => {
    const { name } = agency(speaker.lang, at);
    listed('agencies', name.slice(0, 30));
    return name;
  }),
  skipped: [
    { row: 4, why: 'section' },
    { row: 9, why: 'section' },
  ],
  questions: many(count, (at) => {
    const text = typed(`03/04/${2025 + at}`, 'cell');
    listed('questions', text.slice(0, 10));
    return { row: at + 2, column: typed('Due date', 'column'), text, why: 'ambiguous-day' };
  }),
});

const run = (name: string, more: Partial<JobHealth> = {}): JobHealth => ({
  name,
  lastDone: '2025-11-10T01:00:00.000Z',
  missed: [],
  next: '2025-11-24T01:00:00.000Z',
  late: null,
  failingSince: null,
  ...more,
});

const fileName = () => typed('programme-annex.xlsx', 'file');
const imported = () => ({ id: 1, fileName: fileName(), created: 14, updated: 2 });
const wouldSend = { parts: 5, people: 9, messages: 14, unreachable: 2 };

/** One of every kind of message, by the function that makes it. */
const nameIn = (speaker: Speaker, at: 0 | 1 | 2): string => WORDS[speaker.lang].names[at];
/** A report as it was made; what became of it with `more`. */
const reported = (speaker: Speaker, at: number, more: Partial<ProgressView> = {}): ProgressView => ({
  id: 30 + at,
  commitmentId: 142 + at,
  at: '2025-10-03T03:00:00.000Z',
  by: officer(speaker.lang, at).name,
  byId: at + 1,
  text: report(speaker.lang, at),
  expected: null,
  claimsDone: false,
  state: 'counted',
  askedId: null,
  decided: null,
  ...more,
});
/** A report on the commitment of the same place, restricted where that is. */
const reportOn = (speaker: Speaker, at: number, more: Partial<ProgressView> = {}) => {
  const on = commitment(speaker.lang, at);
  return { commitment: on, report: reported(speaker, at, { ...(on.title === null ? { text: null } : {}), ...more }) };
};
const sentBack = (speaker: Speaker) => ({
  state: 'sent-back' as const,
  decided: { by: nameIn(speaker, 1), at: AT, why: WORDS[speaker.lang].obstacles[1] },
});
/** One of each kind of decision. */
const asked = (speaker: Speaker): readonly Asked[] => [
  { ...reportOn(speaker, 3, { state: 'waiting' }), kind: 'approval', since: '2025-11-10' },
  { commitment: commitment(speaker.lang, 4), kind: 'verification', since: '2025-11-12' },
  { commitment: commitment(speaker.lang, 2), kind: 'disowned', since: '2025-11-12' },
  { commitment: commitment(speaker.lang, 0), kind: 'long-overdue', since: '2025-11-13' },
];
/** What came back, without its words where the commitment is restricted. */
const secretly = (speaker: Speaker, at: number): Partial<ProgressView> => {
  const back = sentBack(speaker);
  return commitment(speaker.lang, at).title === null ? { ...back, decided: { ...back.decided, why: null } } : back;
};
const solvedReport = (speaker: Speaker, at: number) =>
  obstacle(speaker.lang, at, { state: 'solved', solvedHow: WORDS[speaker.lang].solution, solvedAt: AT });
const changed = (speaker: Speaker, what: 'amended' | 'withdrawn' | 'restored') =>
  commitmentChanged(speaker, {
    commitment: commitment(speaker.lang, 0),
    what,
    by: nameIn(speaker, 1),
    fields: what === 'amended' ? ['due', 'partners'] : [],
    reason: what === 'restored' ? null : WORDS[speaker.lang].solution,
  });

/** A week in which so many commitments are spoken of. */
function weekOf(speaker: Speaker, count: number): MessageDocument {
  // It names the agencies and the flagships; what is overdue stands in the agencies' parts.
  const items = unlisted(() => many(count, (at) => itemOf(speaker, at)));
  const digest = digestOf(items, DAYS, RULES);
  for (const { item } of digest.flagships) listed('flagships', item.commitment.ref);
  const agencies = many(30, (at) => agency(speaker.lang, at));
  for (const part of digest.parts)
    if (part.overdue.length > 0) listed('agencies', agencies[part.leadId - 1]?.name ?? '');
  return digestSummary(speaker, {
    day: TODAY,
    time: '08:00',
    digest,
    agencies: new Map(agencies.map((each) => [each.id, each])),
    obstacles: unlisted(() => many(count, (at) => obstacle(speaker.lang, at))),
    incomplete: { roadmap: 2, clears: 1 },
    held: { counted: 0, left: 12 },
  });
}

export const SPECIMENS: Readonly<Record<string, Specimen>> = {
  'digestSummary weekly': weekOf,
  // More agencies than are read line by line.
  'digestSummary in columns': (speaker, count) => weekOf(speaker, Math.max(count, 24)),
  'digestSummary nothing overdue': (speaker) =>
    digestSummary(speaker, {
      day: TODAY,
      time: '08:00',
      digest: digestOf([unlisted(() => itemOf(speaker, 1))], DAYS, RULES),
      agencies: new Map([[2, agency(speaker.lang, 1)]]),
      obstacles: [],
      incomplete: { roadmap: 0, clears: 0 },
      held: { counted: 3, left: 0 },
    }),
  'digestAgency part': (speaker, count) =>
    digestAgency(speaker, {
      day: TODAY,
      agency: agency(speaker.lang, 0),
      part: partOf(
        1,
        many(count, (at) => itemOf(speaker, at)),
        TODAY,
        RULES,
      ),
      obstacles: many(count, (at) => obstacle(speaker.lang, at)),
      dueSoonDays: RULES.dueSoonDays,
      silentDays: RULES.silentDays,
      held: null,
    }),
  'reminder due': (speaker, count) => reminding(speaker, count, { others: 4 }),
  'reminder of one': (speaker) => reminding(speaker, 1),
  'reminder for an absent officer': (speaker) =>
    reminding(speaker, 2, { standingInFor: [WORDS[speaker.lang].names[1]] }),
  'reminder answered': (speaker) =>
    reminding(speaker, 8, {
      marks: (['progress', 'obstacle', 'snoozed', 'not-mine', 'done', 'waiting', 'approved', 'sent-back'] as const).map(
        (what, at) => ({
          ref: `C-${142 + at}`,
          what,
          by: WORDS[speaker.lang].names[0],
          at: AT,
          ...(what === 'snoozed' ? { more: '2025-11-20' } : what === 'obstacle' ? { more: 'OB-7' } : {}),
        }),
      ),
    }),
  'reminder newly assigned': (speaker) => reminding(speaker, 2, { reason: 'assigned' }),
  'reminder before the digest': (speaker, count) =>
    reminding(speaker, 0, { beforehand: [coming(speaker, '2025-11-24', count)] }),
  'reminder before the digest to a stand-in': (speaker) =>
    reminding(speaker, 0, {
      beforehand: [coming(speaker, '2025-11-24', 1)],
      standingInFor: [WORDS[speaker.lang].names[1]],
    }),
  'reminder before two digests': (speaker) =>
    reminding(speaker, 1, { beforehand: ['2026-02-16', '2026-02-23'].map((day) => coming(speaker, day, 2)) }),
  'digestBeforehand part': (speaker, count) =>
    digestBeforehand(speaker, { digests: [coming(speaker, '2025-11-24', count)], marks: [] }),
  'digestUnseen agencies': (speaker, count) => {
    const { parts, ...digest } = unlisted(() => coming(speaker, '2025-11-24', 2));
    const agencies = many(count, (at) => agency(speaker.lang, at));
    for (const { name } of agencies) listed('agencies', name);
    const partsOf = (of: (typeof agencies)[number]) => parts.map((part) => ({ ...part, agency: of }));
    return digestUnseen(speaker, [{ ...digest, parts: agencies.flatMap(partsOf) }]);
  },
  'insteadFor reminder': (speaker, count) => insteadFor(speaker, reminding(speaker, count), officer(speaker.lang, 0)),
  'insteadFor reminder to stand-in': (speaker, count) =>
    insteadFor(speaker, reminding(speaker, count), officer(speaker.lang, 0), 'stand-in'),
  'undeliveredNotice day': (speaker, count) =>
    undeliveredNotice(speaker, {
      day: TODAY,
      found: many(Math.min(count, 8), (at) => undelivered(speaker, at)),
      total: count,
    }),
  'undeliveredNotice dealt with': (speaker) => undeliveredNotice(speaker, { day: TODAY, found: [], total: 0 }),
  'undeliveredList page': (speaker, count) =>
    undeliveredList(speaker, {
      found: many(count, (at) => undelivered(speaker, at)),
      total: count * 3,
      page: 2,
      perPage: count,
    }),
  'undeliveredList nothing left': (speaker) =>
    undeliveredList(speaker, {
      found: [],
      total: 0,
      page: 1,
      perPage: 8,
      done: speaker.say('undelivered.sent-again'),
    }),
  'reminder of what was reported done': (speaker) =>
    reminding(speaker, 2, { reasons: reasonsFor(2, { kind: 'verification', since: '2025-11-12' }) }),
  'reminder of what its officer says is not theirs': (speaker) =>
    reminding(speaker, 1, { reasons: reasonsFor(1, { kind: 'disowned', since: '2025-11-12' }) }),
  'reminder of what is long overdue': (speaker) =>
    reminding(speaker, 1, {
      reasons: reasonsFor(1, { kind: 'long-overdue', since: TODAY, officer: WORDS[speaker.lang].names[1] }),
    }),
  'reminder of a milestone': (speaker) =>
    reminding(speaker, 1, {
      reasons: reasonsFor(1, {
        kind: 'milestone',
        since: TODAY,
        milestone: {
          position: 1,
          title: WORDS[speaker.lang].titles[1] ?? '',
          due: { precision: 'day', start: '2025-11-21', end: '2025-11-21', raw: '21/11/2025' },
          doneOn: null,
        },
      }),
    }),
  'calendarYear undecided': (speaker, count) =>
    calendarYear(speaker, {
      year: 2026,
      decided: false,
      days: many(count, (at) => ({ day: addDays('2026-01-01', at % 365), worked: at % 5 === 4, name: 'Tết Bính Ngọ' })),
    }),
  'health well': (speaker) =>
    health(speaker, {
      well: true,
      coordinated: true,
      jobs: [run('weekly-digest'), run('daily-reminders', { lastDone: null }), run('clear-leftovers')],
      outbox: { waiting: 0, oldestWaiting: null, planned: 1, refused: 0, expired: 0, inDoubt: 0 },
      platforms: [{ platform: 'paper', connected: true, since: AT }],
      years: [{ year: 2025, known: true, decided: true }],
    }),
  'health not well': (speaker) =>
    health(speaker, {
      well: false,
      coordinated: false,
      jobs: [
        run('weekly-digest', {
          missed: ['2025-11-03T01:00:00.000Z', '2025-11-17T01:00:00.000Z'],
          late: '2025-11-24T01:00:00.000Z',
        }),
        run('daily-reminders', { failingSince: AT }),
      ],
      outbox: { waiting: 3, oldestWaiting: AT, planned: 2, refused: 1, expired: 2, inDoubt: 1 },
      platforms: [{ platform: 'paper', connected: false, since: AT }],
      years: [
        { year: 2025, known: true, decided: false },
        { year: 2026, known: false, decided: false },
      ],
    }),
  'reminderTable page': (speaker, count) =>
    reminderTable(speaker, {
      from: '2025-10-18',
      until: TODAY,
      total: count * 3,
      page: 2,
      perPage: 20,
      unsent: { day: TODAY, people: 2 },
      // No page has more.
      rows: many(Math.min(count, 20), (at) => ({
        officer: officer(speaker.lang, at),
        tally: { officerId: at, messages: 4, unanswered: 1, progress: 2, obstacle: 1, snoozed: 0, 'not-mine': 0 },
      })),
    }),
  'reminderTable nothing': (speaker) =>
    reminderTable(speaker, {
      from: '2025-10-18',
      until: TODAY,
      total: 0,
      page: 1,
      perPage: 20,
      rows: [],
      unsent: null,
    }),
  'jobMissed digest': (speaker, count) =>
    jobMissed(speaker, {
      job: 'weekly-digest',
      planned: many(count, (at) => `2025-${String((at % 12) + 1).padStart(2, '0')}-17T01:00:00.000Z`),
    }),
  digestNowhere: (speaker) => digestNowhere(speaker),
  'jobMissed reminders': (speaker) => jobMissed(speaker, { job: 'daily-reminders', planned: [AT] }),
  'calendarWanted next year': (speaker) => calendarWanted(speaker, { year: 2027, isNear: true }),
  'calendarWanted this year': (speaker) => calendarWanted(speaker, { year: 2026, isNear: false }),
  'commitmentCard whole': (speaker, count) => {
    const { lang } = speaker;
    return commitmentCard(speaker, {
      commitment: commitment(lang, 0),
      state: 'open-overdue',
      today: TODAY,
      officer: officer(lang, 0),
      milestones: many(count, (at) => ({
        position: at + 1,
        title: listed('milestones', step(lang, at)),
        due: dueAt(at),
        doneOn: at % 2 === 0 ? '2025-06-01' : null,
      })),
      progress: many(count, (at) => reported(speaker, at, { text: listed('reports', report(lang, at)) })),
      obstacles: many(count, (at) => obstacle(lang, at)),
      coordinator: true,
    });
  },
  'commitmentCard restricted': (speaker) =>
    commitmentCard(speaker, {
      commitment: restricted(speaker.lang, 0),
      state: 'open-overdue',
      today: TODAY,
      officer: officer(speaker.lang, 0),
      milestones: [],
      progress: [],
      obstacles: [],
      coordinator: false,
    }),
  'commitmentCard with a report that waits': (speaker) =>
    commitmentCard(speaker, {
      commitment: commitment(speaker.lang, 0),
      state: 'open-overdue',
      today: TODAY,
      officer: officer(speaker.lang, 0),
      milestones: [],
      progress: [
        reported(speaker, 2, { state: 'waiting' }),
        reported(speaker, 1, sentBack(speaker)),
        reported(speaker, 0),
      ],
      obstacles: [],
      coordinator: false,
      approval: { by: nameIn(speaker, 1), report: 32 },
    }),
  'commitmentCard done': (speaker) =>
    commitmentCard(speaker, {
      commitment: commitment(speaker.lang, 0, { doneOn: '2025-09-20', claimedAt: AT, verifiedAt: AT }),
      state: 'done-on-time',
      today: TODAY,
      officer: null,
      milestones: [],
      progress: [],
      obstacles: [],
      coordinator: false,
    }),
  'foundList page': (speaker, count) =>
    foundList(speaker, {
      found: many(count, (at) => commitment(speaker.lang, at)),
      total: count * 3,
      page: 2,
      perPage: count,
      today: TODAY,
      again: { text: 'railway' },
    }),
  'foundList nothing': (speaker) =>
    foundList(speaker, { found: [], total: 0, page: 1, perPage: 8, today: TODAY, again: {} }),
  'ownList mine': (speaker, count) =>
    ownList(speaker, {
      items: many(count, (at) => commitment(speaker.lang, at)),
      more: 3,
      page: 1,
      counts: { 'done-on-time': 2, 'done-late': 1, 'open-in-term': 4, 'open-overdue': 2, all: 9 },
      today: TODAY,
      asked: [],
    }),
  'ownList of decisions': (speaker, count) =>
    ownList(speaker, {
      items: many(count, (at) => commitment(speaker.lang, at)),
      more: 0,
      page: 1,
      counts: { 'done-on-time': 2, 'done-late': 1, 'open-in-term': 4, 'open-overdue': 2, all: 9 },
      today: TODAY,
      asked: unlisted(() => asked(speaker)),
    }),
  'ownList of many decisions': (speaker) =>
    ownList(speaker, {
      items: [],
      more: 0,
      page: 1,
      counts: { 'done-on-time': 0, 'done-late': 0, 'open-in-term': 0, 'open-overdue': 0, all: 0 },
      today: TODAY,
      asked: many(12, () => unlisted(() => asked(speaker)[0] as Asked)),
    }),
  'ownList of decisions alone': (speaker) =>
    ownList(speaker, {
      items: [],
      more: 0,
      page: 1,
      counts: { 'done-on-time': 0, 'done-late': 0, 'open-in-term': 0, 'open-overdue': 0, all: 0 },
      today: TODAY,
      asked: asked(speaker),
    }),
  'homePage mine': (speaker, count) =>
    homePage(speaker, {
      list: {
        items: many(count, (at) => commitment(speaker.lang, at)),
        more: 3,
        page: 1,
        counts: { 'done-on-time': 2, 'done-late': 1, 'open-in-term': 4, 'open-overdue': 2, all: 9 },
        today: TODAY,
        asked: [],
      },
      self: { ...officer(speaker.lang, 0), awayFrom: '2025-11-20', awayUntil: '2025-11-28' },
      standIn: officer(speaker.lang, 1),
      writtenTo: { now: 'paper', chosen: false },
      zone: 'Asia/Ho_Chi_Minh',
      hours: RULES.workHours,
    }),
  'ownList empty': (speaker) =>
    ownList(speaker, {
      items: [],
      more: 0,
      page: 1,
      counts: { 'done-on-time': 0, 'done-late': 0, 'open-in-term': 0, 'open-overdue': 0, all: 0 },
      today: TODAY,
      asked: [],
    }),
  'claimNotice waiting': (speaker) => claimNotice(speaker, { commitment: commitment(speaker.lang, 0), decided: null }),
  'claimNotice verified': (speaker) =>
    claimNotice(speaker, {
      commitment: commitment(speaker.lang, 0),
      decided: { by: WORDS[speaker.lang].names[1], at: AT, agreed: true, reason: null },
    }),
  'claimNotice handed back': (speaker) =>
    claimNotice(speaker, {
      commitment: commitment(speaker.lang, 0),
      decided: { by: WORDS[speaker.lang].names[1], at: AT, agreed: false, reason: WORDS[speaker.lang].obstacles[1] },
    }),
  'handedBack with a reason': (speaker) =>
    handedBack(speaker, {
      commitment: commitment(speaker.lang, 0),
      by: WORDS[speaker.lang].names[1],
      reason: WORDS[speaker.lang].obstacles[1],
    }),
  'approvalAsked several': (speaker, count) =>
    approvalAsked(speaker, {
      name: nameIn(speaker, 1),
      reports: many(count, (at) => reportOn(speaker, at, { state: 'waiting', claimsDone: at === 1 })),
      others: 2,
    }),
  'approvalAsked one': (speaker) =>
    approvalAsked(speaker, {
      name: nameIn(speaker, 1),
      reports: [reportOn(speaker, 0, { state: 'waiting' })],
      others: 0,
    }),
  'approvalAsked of coordinators': (speaker) =>
    approvalAsked(speaker, { name: null, reports: [reportOn(speaker, 0, { state: 'waiting' })], others: 0 }),
  'approvalAsked decided': (speaker) =>
    approvalAsked(speaker, {
      name: nameIn(speaker, 1),
      reports: [
        reportOn(speaker, 0, { decided: { by: nameIn(speaker, 1), at: AT, why: null } }),
        { ...reportOn(speaker, 1), report: { ...reportOn(speaker, 1).report, ...secretly(speaker, 1) } },
      ],
      others: 0,
    }),
  'reportDecided approved': (speaker) =>
    reportDecided(speaker, reportOn(speaker, 0, { decided: { by: nameIn(speaker, 1), at: AT, why: null } })),
  'reportDecided sent back': (speaker) => reportDecided(speaker, reportOn(speaker, 0, secretly(speaker, 0))),
  'reminder of a report to approve': (speaker) =>
    reminding(speaker, 1, {
      reasons: reasonsFor(1, {
        kind: 'approval',
        since: '2025-11-14',
        report: reported(speaker, 1, { state: 'waiting' }),
      }),
    }),
  'reminder of a report sent back': (speaker) =>
    reminding(speaker, 1, { reasons: reasonsFor(1, { kind: 'returned', since: '2025-11-13' }) }),
  'reminder of reports to approve': (speaker, count) =>
    reminding(speaker, count, {
      reasons: reasonsFor(count, {
        kind: 'approval',
        since: '2025-11-14',
        report: reported(speaker, 1, { state: 'waiting' }),
      }),
    }),
  'reminder where reports are approved': (speaker) =>
    reminding(speaker, 2, {
      approvers: [
        { agencyId: 1, name: nameIn(speaker, 1) },
        { agencyId: 2, name: nameIn(speaker, 1) },
      ],
    }),
  'standInAsked for a week': (speaker) =>
    standInAsked(speaker, { absent: officer(speaker.lang, 0), inPlaceOf: null, from: TODAY, until: '2025-11-21' }),
  'standInAsked next in line': (speaker) =>
    standInAsked(speaker, {
      absent: officer(speaker.lang, 0),
      inPlaceOf: officer(speaker.lang, 1),
      from: TODAY,
      until: '2025-11-21',
    }),
  'standInOver for a week': (speaker) =>
    standInOver(speaker, { absent: officer(speaker.lang, 0), from: TODAY, until: '2025-11-21' }),
  'awayNoted with a stand-in': (speaker) => awayNoted(speaker, { ...away(speaker.lang), gap: null }),
  'awayNoted with the next in line': (speaker) =>
    awayNoted(speaker, {
      ...away(speaker.lang),
      gap: { from: '2025-11-20', until: '2025-11-21', next: officer(speaker.lang, 0) },
    }),
  'awayNoted with nobody': (speaker) =>
    awayNoted(speaker, {
      ...away(speaker.lang),
      gap: { from: TODAY, until: '2025-11-21', next: null },
      deciding: [],
    }),
  'awayNoted of a coordinator': (speaker) =>
    awayNoted(speaker, {
      ...away(speaker.lang),
      gap: null,
      deciding: [officer(speaker.lang, 2), officer(speaker.lang, 0)],
    }),
  'accountMoves from another': (speaker) =>
    accountMoves(speaker, {
      officer: officer(speaker.lang, 0),
      from: officer(speaker.lang, 1),
      instead: true,
      platform: 'paper',
      does: { path: 'accord/join', blanks: { code: 'A1B2C3D4E5', move: 'yes' } },
    }),
  'accountTaken by another': (speaker) =>
    accountTaken(speaker, { officer: officer(speaker.lang, 0), holder: officer(speaker.lang, 1), platform: 'paper' }),
  'notMineNotice proposed': (speaker) =>
    notMineNotice(speaker, {
      commitment: commitment(speaker.lang, 0),
      by: WORDS[speaker.lang].names[0],
      proposed: officer(speaker.lang, 1),
    }),
  'groupProposal waiting': (speaker, count) => groupProposal(speaker, groupFacts(speaker, count)),
  'groupProposal called': (speaker) =>
    groupProposal(speaker, {
      ...groupFacts(speaker, 3),
      group: group(speaker.lang, { state: 'called', decidedAt: AT, decidedById: 1 }),
      decidedBy: WORDS[speaker.lang].names[1],
    }),
  'groupProposal declined': (speaker) =>
    groupProposal(speaker, {
      ...groupFacts(speaker, 3),
      group: group(speaker.lang, { state: 'declined', decidedAt: AT, decidedById: 1 }),
      decidedBy: WORDS[speaker.lang].names[1],
    }),
  'groupOpening exchange': (speaker, count) =>
    groupOpening(speaker, {
      ...groupFacts(speaker, count),
      group: group(speaker.lang, {
        state: 'called',
        decidedAt: AT,
        decidedById: 1,
        proposals: many(count, (at) => ({ by: WORDS[speaker.lang].names[2], text: solution(speaker.lang, at) })),
      }),
      decidedBy: WORDS[speaker.lang].names[1],
    }),
  'groupOpening by the rule': (speaker, count) =>
    groupOpening(speaker, {
      ...groupFacts(speaker, count),
      group: group(speaker.lang, { state: 'called', decidedAt: AT }),
    }),
  'groupMissing members': (speaker, count) =>
    groupMissing(speaker, {
      group: group(speaker.lang, { state: 'called' }),
      names: many(count, (at) => listed('members', officer(speaker.lang, at).name)),
    }),
  'groupMember elsewhere': (speaker, count) =>
    groupMember(speaker, {
      ...groupFacts(speaker, count),
      group: group(speaker.lang, { state: 'called', decidedAt: AT, decidedById: 1 }),
      decidedBy: WORDS[speaker.lang].names[1],
      platform: 'paper',
    }),
  'writtenTo where last seen': (speaker) =>
    writtenTo(speaker, { now: 'paper', chosen: false, platforms: ['paper', 'wire'], changed: false }),
  'writtenTo as chosen': (speaker) =>
    writtenTo(speaker, { now: 'paper', chosen: true, platforms: ['paper', 'wire'], changed: true }),
  'writtenTo on one alone': (speaker) =>
    writtenTo(speaker, { now: 'paper', chosen: false, platforms: ['paper'], changed: false }),
  'groupReport further': (speaker) =>
    groupReport(speaker, { group: group(speaker.lang, { state: 'called' }), report: obstacle(speaker.lang, 1) }),
  'obstacleRecorded like others': (speaker, count) =>
    obstacleRecorded(speaker, {
      obstacle: obstacle(speaker.lang, 0),
      suggestions: many(count, (at) => obstacle(speaker.lang, at + 1)),
      solvedBefore: [],
    }),
  'obstacleRecorded first': (speaker) =>
    obstacleRecorded(speaker, { obstacle: obstacle(speaker.lang, 0), suggestions: [], solvedBefore: [] }),
  'obstacleRecorded solved before': (speaker, count) =>
    obstacleRecorded(speaker, {
      obstacle: obstacle(speaker.lang, 0),
      suggestions: [],
      solvedBefore: many(count, (at) => solvedReport(speaker, at + 1)),
    }),
  'obstacleClosed with others open': (speaker, count) =>
    obstacleClosed(speaker, {
      obstacle: solvedReport(speaker, 0),
      left: many(count, (at) => obstacle(speaker.lang, at + 1)),
      group: null,
    }),
  'obstacleClosed last': (speaker) =>
    obstacleClosed(speaker, {
      obstacle: solvedReport(speaker, 0),
      left: [],
      group: group(speaker.lang, { state: 'called' }),
    }),
  'obstacleSolved yours': (speaker) =>
    obstacleSolved(speaker, {
      solved: solvedReport(speaker, 0),
      own: solvedReport(speaker, 0),
      by: nameIn(speaker, 1),
    }),
  'obstacleSolved alike': (speaker) =>
    obstacleSolved(speaker, {
      solved: solvedReport(speaker, 0),
      own: obstacle(speaker.lang, 1),
      by: nameIn(speaker, 1),
    }),
  'groupConcluded with reports open': (speaker, count) =>
    groupConcluded(speaker, {
      group: group(speaker.lang, { state: 'concluded', outcome: WORDS[speaker.lang].solution, concludedAt: AT }),
      by: nameIn(speaker, 1),
      open: count,
    }),
  'commitmentChanged amended': (speaker) => changed(speaker, 'amended'),
  'commitmentChanged withdrawn': (speaker) => changed(speaker, 'withdrawn'),
  'commitmentChanged restored': (speaker) => changed(speaker, 'restored'),
  'commitmentCard withdrawn': (speaker) =>
    commitmentCard(speaker, {
      commitment: commitment(speaker.lang, 0, { withdrawnAt: AT, withdrawnWhy: WORDS[speaker.lang].solution }),
      state: 'open-overdue',
      today: TODAY,
      officer: officer(speaker.lang, 0),
      milestones: [],
      progress: [],
      obstacles: [],
      coordinator: true,
    }),
  'obstacleLinked waiting': (speaker) => linked(speaker, 'none'),
  'obstacleLinked proposed': (speaker) => linked(speaker, 'proposed'),
  'obstacleLinked called': (speaker) => linked(speaker, 'called'),
  'obstacleLinked joined': (speaker) => linked(speaker, 'joined'),
  'obstacleLinked decided': (speaker) => linked(speaker, 'decided'),
  'importPreview first': (speaker, count) =>
    importPreview(speaker, {
      id: 1,
      fileName: fileName(),
      source: typed('programme annex', 'file'),
      known: false,
      counts: importCounts(speaker, count),
      applied: false,
    }),
  'importPreview newer edition': (speaker) =>
    importPreview(speaker, {
      id: 1,
      fileName: fileName(),
      source: typed('programme annex', 'file'),
      known: true,
      counts: { ...unlisted(() => importCounts(speaker, 2)), questions: [], newAgencies: [], kept: 3 },
      applied: true,
    }),
  'importList of questions': (speaker, count) =>
    importList(speaker, {
      id: 1,
      fileName: fileName(),
      counts: unlisted(() => importCounts(speaker, count)),
      what: 'questions',
      page: 1,
    }),
  'importApplied waiting': (speaker) => importApplied(speaker, { ...imported(), wouldSend, started: null }),
  'importApplied started': (speaker) =>
    importApplied(speaker, { ...imported(), wouldSend, started: { by: WORDS[speaker.lang].names[1], at: AT } }),
  'help officer': (speaker, _count, shapes) =>
    help(speaker, { shapes, linked: true, coordinator: true, name: WORDS[speaker.lang].names[0], about: null }),
  'help guest': (speaker, _count, shapes) =>
    help(speaker, { shapes, linked: false, coordinator: true, name: typed('Lan', 'name'), about: null }),
  'help about one noun': (speaker, _count, shapes) =>
    help(speaker, { shapes, linked: true, coordinator: true, name: typed('Lan', 'name'), about: 'commitment' }),
  'refusal nearest': (speaker) =>
    refusal(speaker, {
      text: speaker.say('error.no-such-commitment', {
        ref: 'C-999',
        nearest: ['Solar training', 'Customs data']
          .map((title, at) => `C-${99 + at * 100} (${shorten(typed(title, 'title'), 50)})`)
          .join('; '),
      }),
      path: 'commitment/show',
      draft: 'a1b2c3d4e5f6',
      next: ['C-99', 'C-199'].map((ref) => ({
        label: speaker.say('button.use', { what: ref }),
        does: { path: 'commitment/show', blanks: { draft: 'a1b2c3d4e5f6', commitment: ref } },
      })),
    }),
  'refusal of words': (speaker) =>
    refusal(speaker, {
      text: speaker.say('refusal.words-left', { words: typed('please hurry', 'typed') }),
      path: 'progress/report',
      draft: 'a1b2c3d4e5f6',
      next: [],
    }),
  'notice progress recorded': (speaker) =>
    notice(speaker, [speaker.rich('progress.recorded', { ref: 'C-142' })], {
      buttons: [reportObstacle(speaker, 'C-142'), myList(speaker)],
    }),
};

function linked(speaker: Speaker, what: 'none' | 'decided' | 'proposed' | 'called' | 'joined'): MessageDocument {
  return obstacleLinked(speaker, {
    obstacle: obstacle(speaker.lang, 0),
    shared: shared(speaker.lang),
    sectors: what === 'none' ? ['construction', 'trade'] : ['agriculture', 'construction', 'trade'],
    needed: 3,
    group: what,
  });
}
