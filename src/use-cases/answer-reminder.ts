import { approverOn } from '../domain/approval.ts';
import { addDays, nextMonday } from '../domain/calendar.ts';
import { idOf } from '../domain/reference.ts';
import { actsFor } from '../domain/stand-in.ts';
import { UserError } from '../domain/user-error.ts';
import { theCommitment, theDay, theOfficer } from './find-things.ts';
import { type OfficerActor, requireConcerned, requireCoordinator, requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { markReminder, type Pressed } from './mark-reminder.ts';
import type { Actor, CommitmentView, OfficerView, Reader, Writer } from './ports.ts';
import { peopleOf, standsInFor, tellAssigned, tellCoordinators, tellDirectly } from './tell.ts';
import { todayOf } from './zoned.ts';

export const SNOOZES = ['1-day', '3-days', 'next-monday'] as const;
/** Days a reminder may be postponed at once: longer would be forgetting. */
const LONGEST_SNOOZE = 30;
/** Times in a row that need no reason. */
const FREE_SNOOZES = 2;
export type Snooze = (typeof SNOOZES)[number];

/**
 * Postpones the reminder, not the deadline: for the officer alone, and never in the digest. `goesOnFor`: the name of the
 * officer who is reminded all the same, where only the actor's own reminders, of what they decide, wait.
 */
export async function snoozeReminder(
  house: House,
  actor: Actor,
  wish: { commitment: string; until?: Snooze | undefined; day?: string | undefined; reason?: string | undefined },
  pressed: Pressed | null,
): Promise<{ commitment: CommitmentView; until: string; goesOnFor: string | null }> {
  requireOfficer(actor);
  const today = todayOf(house);
  const until = wish.day === undefined ? untilOf(wish.until ?? '3-days', today) : theDay(wish.day, 'day');
  if (until <= today) throw new UserError('day-passed', { day: until }, { field: 'day' });
  if (until > addDays(today, LONGEST_SNOOZE))
    throw new UserError('snooze-too-long', { days: LONGEST_SNOOZE }, { field: 'day' });
  return house.store.write(actor, async (writer) => {
    const commitment = await theCommitment(writer, wish.commitment);
    const goesOnFor = await remindedToo(house, writer, actor, commitment);
    const at = house.clock.now();
    const before = await writer.snooze(commitment.id, actor.officerId);
    // What was reported since begins a new row of postponements.
    const times =
      before && (commitment.lastReportAt === null || commitment.lastReportAt < before.at) ? before.times : 0;
    if (times >= FREE_SNOOZES && wish.reason === undefined)
      throw new UserError('snooze-needs-reason', { ref: commitment.ref, times }, { field: 'reason' });
    await writer.setSnooze({
      commitmentId: commitment.id,
      officerId: actor.officerId,
      until,
      reason: wish.reason ?? null,
      at,
      times: times + 1,
    });
    await markReminder(writer, pressed, {
      ref: commitment.ref,
      what: 'snoozed',
      by: actor.displayName,
      at,
      more: until,
    });
    return { commitment, until, goesOnFor };
  });
}

/** Throws where the actor may not postpone it: before a form asks until when. */
export async function requirePostponable(house: House, actor: Actor, ref: string): Promise<void> {
  requireOfficer(actor);
  const reader = house.store.read(actor);
  await remindedToo(house, reader, actor, await theCommitment(reader, ref));
}

/**
 * Who else is reminded of it: nobody where it is the actor's, or that of whoever they act for; its officer's name where
 * the actor only decides about it. Throws where the actor is not reminded of it at all.
 */
async function remindedToo(
  house: House,
  reader: Reader,
  actor: OfficerActor,
  commitment: CommitmentView,
): Promise<string | null> {
  const today = todayOf(house);
  const people = await peopleOf(reader);
  const actsForThem = actsFor(actor.officerId, people, today).map((each) => each.id);
  requireConcerned(actor, commitment, actsForThem);
  const { officerId, lead } = commitment;
  if (officerId !== null && [actor.officerId, ...actsForThem].includes(officerId)) return null;
  const officer = officerId === null ? null : (people.get(officerId)?.name ?? null);
  const decides =
    actor.role === 'coordinator' || approverOn([...people.values()], lead.id, today)?.id === actor.officerId;
  if (!decides) throw new UserError('not-reminded', { ref: commitment.ref, officer: officer ?? lead.name });
  return officer;
}

/** Throws where the actor may not answer for it: before a form asks for more. */
export async function requireAnswerable(house: House, actor: Actor, ref: string): Promise<void> {
  requireOfficer(actor);
  const reader = house.store.read(actor);
  const commitment = await theCommitment(reader, ref);
  requireConcerned(actor, commitment, await standsInFor(reader, actor.officerId, todayOf(house)));
}

function untilOf(snooze: Snooze, today: string): string {
  switch (snooze) {
    case '1-day':
      return addDays(today, 1);
    case '3-days':
      return addDays(today, 3);
    case 'next-monday':
      return nextMonday(today);
    default:
      return snooze satisfies never;
  }
}

/**
 * "Not mine": whoever approves for the lead agency is asked, or else the coordinators, with whom the officer proposes; it
 * stays with them until it is settled. `asked`: the approver's name, or null.
 */
export async function notMine(
  house: House,
  actor: Actor,
  ref: string,
  proposed: string | undefined,
  pressed: Pressed | null,
): Promise<{ commitment: CommitmentView; asked: string | null }> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const commitment = await theCommitment(writer, ref);
    requireConcerned(actor, commitment, await standsInFor(writer, actor.officerId, todayOf(house)));
    const other = proposed === undefined ? null : await theOfficer(writer, proposed, 'proposed');
    const at = house.clock.now();
    await writer.changeCommitment(commitment.id, { disownedAt: at }, 'not-mine');
    // Once a day, and again for each officer who is proposed.
    const day = `not-mine:${commitment.ref}:${actor.officerId}:${todayOf(house)}`;
    const isSaid = other === null && (await writer.deliveriesByKey(day)).length > 0;
    const message = {
      key: other === null ? day : `${day}:${other.id}`,
      kind: 'not-mine',
      facts: { commitmentId: commitment.id, officerId: actor.officerId, proposedId: other?.id ?? null },
    };
    const approver = await approverOf(writer, commitment, todayOf(house));
    const isAsked =
      approver !== null &&
      approver.id !== actor.officerId &&
      (isSaid || (await tellDirectly(writer, house, approver, message)) !== null);
    if (!isAsked && !isSaid) await tellCoordinators(writer, house, message);
    const asked = isAsked ? approver.name : null;
    await markReminder(writer, pressed, {
      ref: commitment.ref,
      what: 'not-mine',
      by: actor.displayName,
      at,
      ...(asked === null ? {} : { more: asked }),
    });
    return { commitment, asked };
  });
}

const approverOf = async (reader: Reader, commitment: CommitmentView, today: string): Promise<OfficerView | null> =>
  approverOn(await reader.officers(), commitment.lead.id, today);

/** A coordinator names the officer who answers for it; whoever approves for the lead agency, one of its own. */
export async function assignOfficer(
  house: House,
  actor: Actor,
  ref: string,
  officerTyped: string,
): Promise<{ commitment: CommitmentView; officer: string }> {
  if (actor.officerId === null) requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const isCoordinators = actor.role === 'coordinator' || actor.role === 'house';
    const commitment = isCoordinators ? await theCommitment(writer, ref) : await approvedBy(house, writer, actor, ref);
    const officer = await theOfficer(writer, officerTyped);
    if (!isCoordinators && officer.agency.id !== commitment.lead.id)
      throw new UserError('approver-own-agency', { agency: commitment.lead.name }, { field: 'officer' });
    const changed = await writer.changeCommitment(
      commitment.id,
      { officerId: officer.id, assignedAt: house.clock.now(), disownedAt: null },
      'assigned',
    );
    await tellAssigned(writer, house, changed);
    return { commitment: changed, officer: officer.name };
  });
}

/** A commitment of an agency for which the actor approves, today or always. */
async function approvedBy(house: House, writer: Writer, actor: Actor, ref: string): Promise<CommitmentView> {
  const commitment = await writer.commitment(idOf('C', ref) ?? 0);
  const approver = commitment && (await approverOf(writer, commitment, todayOf(house)));
  if (!commitment || approver?.id !== actor.officerId) throw new UserError('not-coordinator');
  return commitment;
}
