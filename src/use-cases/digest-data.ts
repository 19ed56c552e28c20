import type { Day } from '../domain/calendar.ts';
import { type Digest, digestOf, partOf } from '../domain/digest.ts';
import { lackingClears } from '../domain/six-clears.ts';
import type { DigestItem, Held } from '../messages/digest.ts';
import { type DigestMoment, daysOf } from './digest-week.ts';
import type { House } from './house.ts';
import type { AgencyView, CommitmentView, ObstacleView, Reader } from './ports.ts';
import { dayIn, timeIn } from './zoned.ts';

/**
 * Commitments as they were at the instant of a digest: what was verified or reported later was not yet. Due dates and
 * leads are the register's present ones, and an import counts in any week: its sheet says what was owed then.
 */
async function itemsAt(
  house: House,
  reader: Reader,
  moment: DigestMoment,
  commitments: readonly CommitmentView[],
): Promise<DigestItem[]> {
  const later = commitments.filter((each) => each.lastReportAt !== null && each.lastReportAt > moment.at);
  const words = new Map(
    (
      await reader.lastWords(
        later.map((each) => each.id),
        moment.at,
      )
    ).map((each) => [each.commitmentId, each.at]),
  );
  return commitments.map((commitment) => {
    const { verifiedAt, registeredAt } = commitment;
    const verified = verifiedAt !== null && verifiedAt <= moment.at;
    const said = later.includes(commitment) ? words.get(commitment.id) : commitment.lastReportAt;
    return {
      id: commitment.id,
      leadId: commitment.lead.id,
      flagship: commitment.flagship,
      obligor: commitment.obligor,
      dueEnd: commitment.due.end,
      doneOn: verified ? commitment.doneOn : null,
      verified,
      newlyDone: verified && verifiedAt > moment.since,
      lastWord: dayIn(said ?? registeredAt, house.zone),
      registeredOn: dayIn(registeredAt, house.zone),
      commitment,
    };
  });
}

export interface WeekFacts {
  /** The digest's own day. */
  readonly day: Day;
  /** 'HH:MM', local. */
  readonly time: string;
  readonly digest: Digest<DigestItem>;
  readonly agencies: ReadonlyMap<number, AgencyView>;
  readonly obstacles: readonly ObstacleView[];
  readonly incomplete: { readonly roadmap: number; readonly clears: number };
  readonly held: Held;
}

/** Which commitments a digest counts. */
export type Counted = (commitment: CommitmentView) => boolean;
/** What is posted leaves out what imports hold back. */
export const POSTED: Counted = (commitment) => !commitment.held;
/** A preview shows it too, and says so. */
export const PREVIEWED: Counted = () => true;

/** The whole week for a viewer. */
export async function weekFacts(
  house: House,
  reader: Reader,
  moment: DigestMoment,
  counted: Counted,
): Promise<WeekFacts> {
  const all = await reader.allCommitments();
  const shown = all.filter(counted);
  const items = await itemsAt(house, reader, moment, shown);
  const agencies = new Map((await reader.agencies()).map((agency) => [agency.id, agency]));
  const open = items.filter((each) => !each.verified).map((each) => each.commitment);
  const withRoadmap = new Set((await reader.milestones(open.map((each) => each.id))).map((each) => each.commitmentId));
  const days = daysOf(house, moment);
  return {
    day: days.today,
    time: timeIn(moment.at, house.zone),
    digest: digestOf(items, days, house.rules),
    agencies,
    obstacles: await newObstacles(reader, moment, counted),
    incomplete: {
      roadmap: open.filter((each) => !withRoadmap.has(each.id)).length,
      clears: open.filter(
        (each) =>
          lackingClears({
            officerId: each.officerId,
            title: each.title ?? each.ref,
            precision: each.due.precision,
            leadKind: each.lead.kind,
            result: each.result ?? (each.restricted ? each.ref : null),
          }).length > 0,
      ).length,
    },
    held: heldAmong(all, shown),
  };
}

/** One agency's part of the week. */
export async function agencyWeek(
  house: House,
  reader: Reader,
  moment: DigestMoment,
  agencyId: number,
  counted: Counted,
) {
  const own = await reader.allCommitments({ leadId: agencyId });
  const shown = own.filter(counted);
  const { today } = daysOf(house, moment);
  const part = partOf(agencyId, await itemsAt(house, reader, moment, shown), today, house.rules);
  const obstacles = (await newObstacles(reader, moment, counted)).filter((each) => each.agency.id === agencyId);
  return { day: today, part, obstacles, held: heldAmong(own, shown) };
}

const heldAmong = (all: readonly CommitmentView[], shown: readonly CommitmentView[]): Held => {
  const of = (commitments: readonly CommitmentView[]) => commitments.filter((each) => each.held).length;
  return { counted: of(shown), left: of(all) - of(shown) };
};

/** What was reported since the digest before and is still in the way, of the commitments that count. */
async function newObstacles(reader: Reader, moment: DigestMoment, counted: Counted): Promise<readonly ObstacleView[]> {
  const fresh = (await reader.obstaclesSince(moment.since)).filter(
    (each) => moment.since < each.at && each.at <= moment.at && each.state === 'open',
  );
  const of = await reader.commitmentsByIds([...new Set(fresh.map((each) => each.commitmentId))]);
  const ids = new Set(of.filter((each) => each.withdrawnAt === null && counted(each)).map((each) => each.id));
  return fresh.filter((each) => ids.has(each.commitmentId));
}

/** Whether an agency has anything that the week should say of it in the coordination channel. */
export const hasNews = (
  part: {
    overdue: readonly unknown[];
    dueSoon: readonly unknown[];
    silent: readonly unknown[];
    done: readonly unknown[];
  },
  obstacles: number,
): boolean => part.overdue.length + part.dueSoon.length + part.silent.length + part.done.length + obstacles > 0;
