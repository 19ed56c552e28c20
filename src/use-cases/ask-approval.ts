import { approverOn, countsAtOnce } from '../domain/approval.ts';
import type { House } from './house.ts';
import type { Actor, CommitmentView, OfficerView, Reader, Writer } from './ports.ts';
import { tellCoordinators, tellDirectly } from './tell.ts';
import { todayOf } from './zoned.ts';

/** By whom a report has to be approved before it counts: null for the coordinators. */
export interface Approval {
  readonly approver: OfficerView | null;
}

/** Who approves what an officer reports on a commitment now; null where it counts at once. */
export async function approvalNeeded(
  house: House,
  reader: Reader,
  commitment: CommitmentView,
  by: Pick<Actor, 'role'> & { readonly officerId: number },
): Promise<Approval | null> {
  const agencyId = commitment.lead.id;
  if (!(await reader.approvingAgencies()).includes(agencyId)) return null;
  const people = await reader.officers();
  const today = todayOf(house);
  const report = { agencyId, byId: by.officerId, byCoordinator: by.role === 'coordinator' };
  if (countsAtOnce(people, report, today)) return null;
  return { approver: approverOn(people, agencyId, today, by.officerId) };
}

const dayKey = (officerId: number, day: string): string => `approval:${officerId}:${day}`;
const coordinatorsKey = (reportId: number): string => `approval:coordinators:${reportId}`;

/**
 * Asks for the approval of a report: of the approver in one message a day, which takes in whatever else comes that day;
 * of the coordinators where nobody approves for the agency.
 */
export async function askApproval(
  house: House,
  writer: Writer,
  { approver }: Approval,
  reportId: number,
): Promise<void> {
  const inPerson = approver !== null && (await askOfficer(house, writer, approver, reportId));
  if (inPerson) return;
  await tellCoordinators(writer, house, {
    key: coordinatorsKey(reportId),
    kind: 'approval',
    facts: { officerId: null, reportIds: [reportId] },
    besides: writer.actor.officerId,
  });
}

async function askOfficer(house: House, writer: Writer, approver: OfficerView, reportId: number): Promise<boolean> {
  const key = dayKey(approver.id, todayOf(house));
  const facts = { officerId: approver.id, reportIds: [reportId] };
  const outcome = await tellDirectly(writer, house, approver, { key, kind: 'approval', facts });
  const told = outcome === 'known' ? await writer.deliveryByKey(key) : null;
  if (told) {
    const reportIds = [...reportsIn(told.facts), reportId];
    await writer.redeliver(told.id, { ...told.facts, reportIds }, house.clock.now());
  }
  return outcome !== null;
}

/** Wherever a report's approval was asked for, the message says what became of it. */
export async function updateAsked(
  house: House,
  writer: Writer,
  report: { readonly id: number; readonly askedId: number | null },
): Promise<void> {
  const asked = [
    ...(report.askedId === null ? [] : await writer.deliveriesByKey(`approval:${report.askedId}`)),
    ...(await writer.deliveriesByKey(coordinatorsKey(report.id))),
  ];
  for (const told of asked)
    if (reportsIn(told.facts).includes(report.id)) await writer.redeliver(told.id, told.facts, house.clock.now());
}

/** The reports that a message asks about. */
export const reportsIn = (facts: Readonly<Record<string, unknown>>): readonly number[] =>
  (facts['reportIds'] as readonly number[] | undefined) ?? [];
