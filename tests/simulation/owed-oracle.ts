import { addDays, type Day, daysBetween, weekdayOf } from '../../src/domain/calendar.ts';
import type { Schedule } from '../../src/jobs/schedule.ts';
import { dayIn, instantOf } from '../../src/use-cases/zoned.ts';
import { RULES } from '../support/open-house.ts';

/** A row of the history, in the order in which it was committed. */
export interface HistoryRow {
  readonly thing: string;
  readonly thing_id: string;
  readonly change: string;
  readonly after: Readonly<Record<string, unknown>> | null;
}

interface Commitment {
  end: Day | null;
  officer: number | null;
  claimed: string | null;
  disowned: string | null;
  verified: string | null;
  assigned: string;
  reported: string | null;
  registered: string;
}

/** Who was owed a reminder in one run of the job, by the rules as they are written down and not by the code that plans. */
export interface OwedRun {
  readonly day: Day;
  readonly officers: ReadonlySet<number>;
}

/**
 * Reads the whole history again and says, for each run of the reminders, whom it owed a message. It knows the rules in
 * words only: 14, 7 and 2 workdays before a date, the day itself, the workday after it, then each week on the day of the
 * digest (on a holiday, the workday after it); silence and unanswered assignments likewise; claims are the coordinators',
 * and so is what its officer says is not theirs, until another is named or one of them reports.
 * On the last workday with reminders before a digest (before a long rest, before several), whoever answers for what will stand in it: overdue, due soon or silent then,
 * verified or reported as an obstacle since the one before. It counts days one by one.
 */
export function owedRuns(
  rows: readonly HistoryRow[],
  parts: {
    readonly coordinators: readonly number[];
    readonly zone: string;
    readonly started: string;
    readonly digest: Schedule;
    readonly reminders: Schedule;
    readonly isWorkday: (day: Day) => boolean;
  },
): OwedRun[] {
  const { coordinators, zone, started, digest, reminders, isWorkday } = parts;
  const { count, onOrAfter } = counting(isWorkday);
  const digestDay = digest.weekdays[0] ?? 1;
  const isDigestDay = (day: Day) => weekdayOf(day) === digestDay;
  const commitments = new Map<string, Commitment>();
  const away = new Map<number, { from: Day; until: Day }>();
  const standIn = new Map<number, number>();
  const postponed = new Map<string, Day>();
  const obstacles: { readonly officer: number; readonly at: string }[] = [];
  const runs: OwedRun[] = [];
  let [before, previous] = [dayIn(started, zone), dayIn(started, zone)];
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  for (const { thing, thing_id, change, after } of rows) {
    if (thing === 'commitment' && change === 'registered' && after) {
      commitments.set(thing_id, {
        end: text((after['due'] as { end?: unknown } | undefined)?.end),
        officer: Number(after['officerId']),
        claimed: null,
        disowned: null,
        verified: null,
        assigned: String(after['registeredAt']),
        reported: null,
        registered: String(after['registeredAt']),
      });
    } else if (thing === 'commitment' && change === 'reminder-postponed' && after)
      postponed.set(`${thing_id} ${String(after['officerId'])}`, String(after['until']));
    else if (thing === 'commitment' && after) {
      const known = commitments.get(thing_id);
      if (!known) continue;
      if ('disowned_at' in after) known.disowned = text(after['disowned_at']);
      if (change === 'assigned') {
        known.officer = Number(after['officer_id']);
        known.assigned = String(after['assigned_at']);
      }
      if ('claimed_at' in after) known.claimed = text(after['claimed_at']);
      if ('verified_at' in after) known.verified = text(after['verified_at']);
      if ('last_report_at' in after) known.reported = text(after['last_report_at']);
    } else if (thing === 'obstacle' && change === 'reported' && after) {
      const known = commitments.get(`C-${String(after['commitmentId'])}`);
      if (known) known.reported = String(after['at']);
      obstacles.push({ officer: Number(after['officerId']), at: String(after['at']) });
    } else if (thing === 'officer' && change === 'changed' && after) {
      const id = Number(thing_id);
      if ('standInId' in after) standIn.set(id, Number(after['standInId']));
      if (text(after['awayFrom']) !== null)
        away.set(id, { from: String(after['awayFrom']), until: String(after['awayUntil']) });
    } else if (thing === 'job' && thing_id === 'daily-reminders' && change === 'done' && after) {
      const day = String(after['plannedLocal']).slice(0, 10);
      // A run that a clock ahead had recorded is run again when its day comes, and looks back as it did.
      if (day !== previous) before = previous;
      const since = before < day ? before : addDays(day, -1);
      runs.push({ day, officers: owedOn(day, since) });
      previous = day;
    }
  }
  return runs;

  function owedOn(today: Day, since: Day): ReadonlySet<number> {
    const owed = new Set<number>();
    if (!isWorkday(today)) return owed;
    const isAway = (id: number) => {
      const span = away.get(id);
      return span !== undefined && span.from <= today && today <= span.until;
    };
    // The first of the stand-ins who is in; else (nobody approves in these worlds) the first coordinator who is.
    const answering = (id: number) => {
      const tried = [id];
      for (let next = standIn.get(id); isAway(id) && next !== undefined && !tried.includes(next); ) {
        if (!isAway(next)) return next;
        tried.push(next);
        next = standIn.get(next);
      }
      return isAway(id) ? (coordinators.find((each) => !isAway(each)) ?? id) : id;
    };
    for (let day = addDays(today, 1), away = 1; away <= 60; day = addDays(day, 1), away++) {
      if (isDigestDay(day)) for (const id of standingIn(day)) owed.add(answering(id));
      if (isWorkday(day) && reminders.weekdays.includes(weekdayOf(day))) break;
    }
    const passed = (days: readonly Day[]) => days.some((day) => since < day && day <= today);
    const weekly = lastDigestDays(today);
    for (const [ref, each] of commitments) {
      if (each.verified !== null) continue;
      const owes = (holder: number, days: readonly Day[]) => {
        const recipient = answering(holder);
        const until = postponed.get(`${ref} ${recipient}`) ?? postponed.get(`${ref} ${holder}`);
        if (until !== undefined && today < until) return;
        if (passed(until === undefined ? days : [...days, onOrAfter(until)])) owed.add(recipient);
      };
      if (each.claimed !== null) {
        const waits = count(dayIn(each.claimed, zone), 2);
        for (const id of coordinators.filter((each) => !isAway(each)))
          owes(id, [waits, ...weekly.filter((day) => day >= waits)]);
        continue;
      }
      if (each.officer === null) continue;
      if (each.disowned !== null && (each.reported === null || each.reported <= each.disowned)) {
        const waits = count(dayIn(each.disowned, zone), 2);
        for (const id of coordinators.filter((each) => !isAway(each)))
          owes(id, [waits, ...weekly.filter((day) => day >= waits)]);
        continue;
      }
      if (each.end !== null) {
        const late = count(each.end, 1);
        const { end } = each;
        owes(each.officer, [
          ...RULES.remindBefore.map((days) => count(end, -days)),
          isWorkday(end) ? end : count(end, -1),
          late,
          ...weekly.filter((day) => day >= late),
        ]);
      }
      const answered = each.reported !== null && each.reported >= each.assigned;
      const unanswered = !answered && daysBetween(dayIn(each.assigned, zone), today) < 30;
      const word = unanswered
        ? count(dayIn(each.assigned, zone), 2)
        : onOrAfter(addDays(dayIn(each.reported ?? each.registered, zone), RULES.silentDays + 1));
      owes(each.officer, [word, ...weekly.filter((day) => day >= word)]);
    }
    return owed;
  }

  /** Whose the things are that the digest of a day says. */
  function standingIn(day: Day): number[] {
    const before = Date.parse(instantOf(addDays(day, -7), digest.time, zone));
    const isNews = (at: string) => Date.parse(at) > before;
    const of = [...commitments.values()].filter(({ end, verified, reported, registered }) => {
      if (verified !== null) return isNews(verified);
      const isNear = end !== null && daysBetween(day, end) <= RULES.dueSoonDays;
      return isNear || daysBetween(dayIn(reported ?? registered, zone), day) > RULES.silentDays;
    });
    return [
      ...of.flatMap(({ officer }) => officer ?? []),
      ...obstacles.filter(({ at }) => isNews(at)).map(({ officer }) => officer),
    ];
  }

  /** The days of the digest in the five weeks up to a day; where one is a holiday, the workday after it. */
  function lastDigestDays(today: Day): Day[] {
    const days: Day[] = [];
    for (let back = 0; back < 35; back++) {
      const day = addDays(today, -back);
      if (isDigestDay(day)) days.push(onOrAfter(day));
    }
    return days;
  }
}

/** Counts workdays one by one. */
function counting(isWorkday: (day: Day) => boolean) {
  /** The workday so many after (or before) a day. */
  function count(from: Day, workdays: number): Day {
    let day = from;
    for (let left = Math.abs(workdays); left > 0; ) {
      day = addDays(day, workdays > 0 ? 1 : -1);
      if (isWorkday(day)) left--;
    }
    return day;
  }
  return { count, onOrAfter: (day: Day): Day => (isWorkday(day) ? day : count(day, 1)) };
}
