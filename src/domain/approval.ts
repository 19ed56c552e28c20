import type { Day } from './calendar.ts';
import { type Replaceable, whoIsIn } from './stand-in.ts';

/** Somebody of an agency, who may approve for it. */
export interface Approving extends Replaceable {
  readonly approver: boolean;
  readonly agency: { readonly id: number };
}

/**
 * Who approves for an agency on a day: its approver, or the first of their stand-ins who is in. Null where that is left to
 * the coordinators: nobody approves there, or nobody who does is in. `besides`: never this person, who reported.
 */
export function approverOn<P extends Approving>(
  people: readonly P[],
  agencyId: number,
  today: Day,
  besides: number | null = null,
): P | null {
  const approver = people.find((each) => each.approver && each.agency.id === agencyId);
  if (!approver) return null;
  const acting = whoIsIn(approver, new Map(people.map((each) => [each.id, each])), today);
  return acting?.id === besides ? null : acting;
}

/** Whether a report counts as soon as it is made: nobody has to approve it, or whoever makes it is the one who would. */
export function countsAtOnce(
  people: readonly Approving[],
  report: { readonly agencyId: number; readonly byId: number; readonly byCoordinator: boolean },
  today: Day,
): boolean {
  const approver = people.find((each) => each.approver && each.agency.id === report.agencyId);
  if (approver?.id === report.byId) return true;
  return report.byCoordinator && approverOn(people, report.agencyId, today, report.byId) === null;
}
