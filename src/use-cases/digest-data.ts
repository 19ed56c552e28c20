import type { Day } from '../domain/calendar.ts';
import { type Digest, digestOf, partOf } from '../domain/digest.ts';
import { lackingClears } from '../domain/six-clears.ts';
import type { DigestItem } from '../messages/digest.ts';
import type { House } from './house.ts';
import type { AgencyView, CommitmentView, ObstacleView, Reader } from './ports.ts';
import { dayIn, instantOf } from './zoned.ts';

const itemOf = (house: House, commitment: CommitmentView): DigestItem => ({
  id: commitment.id,
  leadId: commitment.lead.id,
  flagship: commitment.flagship,
  obligor: commitment.obligor,
  dueEnd: commitment.due.end,
  doneOn: commitment.doneOn,
  verified: commitment.verifiedAt !== null,
  lastWord: dayIn(commitment.lastReportAt ?? commitment.registeredAt, house.zone),
  registeredOn: dayIn(commitment.registeredAt, house.zone),
  commitment,
});

export interface WeekFacts {
  readonly monday: Day;
  readonly digest: Digest<DigestItem>;
  readonly agencies: ReadonlyMap<number, AgencyView>;
  readonly obstacles: readonly ObstacleView[];
  readonly incomplete: { readonly roadmap: number; readonly clears: number };
  /** Imported and not started: counted only where `withHeld`. */
  readonly held: number;
}

/** The whole week as of its Monday, for a viewer. `withHeld`: what imports hold back is shown too (a preview), or which of it. */
export async function weekFacts(
  house: House,
  reader: Reader,
  monday: Day,
  withHeld: boolean | ((commitment: CommitmentView) => boolean),
): Promise<WeekFacts> {
  const all = await reader.allCommitments();
  const shown =
    typeof withHeld === 'function' ? all.filter(withHeld) : withHeld ? all : all.filter((each) => !each.held);
  const agencies = new Map((await reader.agencies()).map((agency) => [agency.id, agency]));
  const open = shown.filter((each) => each.verifiedAt === null);
  const withRoadmap = new Set((await reader.milestones(open.map((each) => each.id))).map((each) => each.commitmentId));
  return {
    monday,
    digest: digestOf(
      shown.map((each) => itemOf(house, each)),
      monday,
      house.rules,
    ),
    agencies,
    obstacles: await weekObstacles(house, reader, monday),
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
    held: all.length - shown.length,
  };
}

/** One agency's part of the week. */
export async function agencyWeek(house: House, reader: Reader, monday: Day, agencyId: number, withHeld: boolean) {
  const own = await reader.allCommitments({ leadId: agencyId });
  const shown = withHeld ? own : own.filter((each) => !each.held);
  const part = partOf(
    agencyId,
    shown.map((each) => itemOf(house, each)),
    monday,
    house.rules,
  );
  const obstacles = (await weekObstacles(house, reader, monday)).filter((each) => each.agency.id === agencyId);
  return { part, obstacles };
}

/** New obstacles of the week that ended with this Monday. */
async function weekObstacles(house: House, reader: Reader, monday: Day): Promise<readonly ObstacleView[]> {
  const week = 7 * 86_400_000;
  const end = instantOf(monday, '00:00', house.zone);
  const from = new Date(Date.parse(end) - week).toISOString();
  // What was reported on the Monday itself before the digest is new as well.
  const until = new Date(Date.parse(end) + 86_400_000).toISOString();
  return (await reader.obstaclesSince(from)).filter((each) => each.at < until && each.state === 'open');
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
