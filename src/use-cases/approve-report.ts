import { approverOn } from '../domain/approval.ts';
import { UserError } from '../domain/user-error.ts';
import { updateAsked } from './ask-approval.ts';
import { theAgency, theCommitment } from './find-things.ts';
import { requireCoordinator, requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { markReminder, type Pressed } from './mark-reminder.ts';
import type { Actor, AgencyView, CommitmentView, OfficerView, ProgressView, Reader, Writer } from './ports.ts';
import { answeringFor, tellCoordinators, tellDirectly } from './tell.ts';
import { dayIn, todayOf } from './zoned.ts';

/** Reports looked through for a newer one that counts. */
const LATEST = 20;

export interface Decision {
  readonly commitment: string;
  /** Its number; the one that has waited longest where none is said. */
  readonly report?: number | undefined;
  readonly approved: boolean;
  /** What is missing: of a report that is sent back. */
  readonly reason?: string | undefined;
}

/**
 * Approves a report, which counts from then on, or sends it back with a sentence; its officer is told of either. A
 * report that says it is done becomes a claim then, of the day on which it was written.
 */
export async function decideReport(
  house: House,
  actor: Actor,
  wish: Decision,
  pressed: Pressed | null,
): Promise<{ commitment: CommitmentView; report: ProgressView; claimed: boolean; left: number }> {
  if (actor.role !== 'house') requireOfficer(actor);
  // The words go into the register as they were written, though they may be closed to any chat.
  return house.store.write({ ...actor, sight: 'house' }, async (writer) => {
    const commitment = await theCommitment(writer, wish.commitment);
    const waiting = await writer.waitingReports([commitment.id]);
    const [named] = wish.report === undefined ? waiting : await writer.reportsByIds([wish.report]);
    if (named?.commitmentId !== commitment.id) throw new UserError('no-report-waits', { ref: commitment.ref });
    await requireApprover(house, writer, actor, commitment, named);
    const at = house.clock.now();
    const why = wish.approved ? null : (wish.reason ?? null);
    const report = await writer.decideReport(named.id, { approved: wish.approved, why, at });
    const changed = wish.approved ? await count(house, writer, commitment, report) : commitment;
    await updateAsked(house, writer, report);
    await markReminder(writer, pressed, {
      ref: commitment.ref,
      what: wish.approved ? 'approved' : 'sent-back',
      by: actor.displayName,
      at,
    });
    await tellReporter(house, writer, report);
    const claimed = changed.claimedAt !== commitment.claimedAt;
    return { commitment: changed, report, claimed, left: waiting.filter((each) => each.id !== report.id).length };
  });
}

/** From now on a report is the agency's word, and a claim where it says so. */
async function count(
  house: House,
  writer: Writer,
  commitment: CommitmentView,
  report: ProgressView,
): Promise<CommitmentView> {
  const newer = (await writer.progress(commitment.id, LATEST)).some(
    (each) => each.state === 'counted' && (each.at > report.at || (each.at === report.at && each.id > report.id)),
  );
  const claims = report.claimsDone && commitment.claimedAt === null && commitment.verifiedAt === null;
  const changed = await writer.changeCommitment(
    commitment.id,
    {
      ...(newer ? {} : { lastReportAt: report.at, lastReport: report.text ?? '' }),
      ...(claims ? { claimedAt: house.clock.now(), doneOn: dayIn(report.at, house.zone) } : {}),
    },
    claims ? 'claimed-done' : 'progress',
  );
  if (claims)
    await tellCoordinators(writer, house, {
      key: `claim:${commitment.ref}:${changed.version}`,
      kind: 'claim',
      facts: { commitmentId: commitment.id },
    });
  return changed;
}

async function tellReporter(house: House, writer: Writer, report: ProgressView): Promise<void> {
  const reporter = await writer.officer(report.byId);
  if (!reporter) return;
  const officer = await answeringFor(writer, reporter, todayOf(house));
  if (officer.id === writer.actor.officerId) return;
  await tellDirectly(writer, house, officer, {
    key: `report-decided:${report.id}`,
    kind: 'report-decided',
    facts: { reportId: report.id },
  });
}

/** Whoever approves for the agency, their stand-in while they are away, or a coordinator where that is left to them. */
async function requireApprover(
  house: House,
  reader: Reader,
  actor: Actor,
  commitment: CommitmentView,
  report: ProgressView,
): Promise<void> {
  const people = await reader.officers();
  if (mayApprove(house, people, actor, commitment, report)) return;
  const approver = approverOn(people, commitment.lead.id, todayOf(house), report.byId);
  if (approver === null) throw new UserError('not-coordinator');
  throw new UserError('not-the-approver', { name: approver.name, agency: commitment.lead.name });
}

/** Whether somebody may approve a report now. Nobody but the approver approves what they reported themselves. */
export function mayApprove(
  house: House,
  people: readonly OfficerView[],
  viewer: Partial<Pick<Actor, 'officerId' | 'role'>>,
  commitment: CommitmentView,
  report: ProgressView,
): boolean {
  const named = people.find((each) => each.approver && each.agency.id === commitment.lead.id);
  if (named && named.id === viewer.officerId) return true;
  const approver = approverOn(people, commitment.lead.id, todayOf(house), report.byId);
  if (approver !== null) return approver.id === viewer.officerId;
  return viewer.role === 'coordinator' || viewer.role === 'house';
}

/** Whether an agency's reports count only once approved: a coordinator says so, or whoever approves there. */
export async function setApproval(
  house: House,
  actor: Actor,
  typed: string,
  approves: boolean,
): Promise<{ agency: AgencyView; approver: string | null; waiting: number }> {
  if (actor.officerId === null) requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const agency = await theAgency(writer, typed);
    const people = await writer.officers({ agencyId: agency.id });
    const approver = people.find((each) => each.approver) ?? null;
    if (approver === null || approver.id !== actor.officerId) requireCoordinator(actor);
    await writer.setApproves(agency.id, approves);
    const own = await writer.allCommitments({ leadId: agency.id, open: true });
    const waiting = await writer.waitingReports(own.map((each) => each.id));
    return { agency, approver: approver?.name ?? null, waiting: waiting.length };
  });
}

/** What somebody reported, for the form in which they report again. */
export async function reportedBefore(
  house: House,
  actor: Actor,
  id: number,
): Promise<{ commitment: CommitmentView; report: ProgressView }> {
  requireOfficer(actor);
  const reader = house.store.read(actor);
  const [report] = await reader.reportsByIds([id]);
  const commitment = report && (await reader.commitment(report.commitmentId));
  if (!report || !commitment) throw new UserError('no-such-report', { id });
  const isOwn = report.byId === actor.officerId || commitment.lead.id === actor.agencyId;
  if (!isOwn) throw new UserError('not-concerned', { ref: commitment.ref, lead: commitment.lead.name });
  return { commitment, report };
}
