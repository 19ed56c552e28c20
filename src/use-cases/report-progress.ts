import { UserError } from '../domain/user-error.ts';
import { type Approval, approvalNeeded, askApproval } from './ask-approval.ts';
import { theCommitment, theDue } from './find-things.ts';
import { requireConcerned, requireCoordinator, requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { markReminder, type Pressed } from './mark-reminder.ts';
import type { Actor, CommitmentView, Writer } from './ports.ts';
import { answering, answeringFor, standsInFor, tellCoordinators, tellDirectly } from './tell.ts';
import { todayOf } from './zoned.ts';

/** Reports looked through for the one that said it is done. */
const LATEST = 20;

export interface Progress {
  readonly commitment: string;
  readonly text: string;
  readonly expected?: string | undefined;
  readonly done?: 'yes' | 'no' | undefined;
}

/**
 * Records what an officer says of a commitment; "done" is a claim that a coordinator then verifies. Where the agency's
 * reports have to be approved it changes nothing of the commitment before that: `waits` says for whom it waits.
 */
export async function reportProgress(
  house: House,
  actor: Actor,
  report: Progress,
  version: number | undefined,
  pressed: Pressed | null,
): Promise<{ commitment: CommitmentView; waits: Approval | null }> {
  requireOfficer(actor);
  const claimsDone = report.done === 'yes';
  if (report.expected !== undefined) theDue(report.expected, 'expected');
  return house.store.write(actor, async (writer) => {
    const commitment = await theCommitment(writer, report.commitment);
    requireConcerned(actor, commitment, await standsInFor(writer, actor.officerId, todayOf(house)));
    if (commitment.verifiedAt !== null) throw new UserError('already-verified', { ref: commitment.ref });
    const at = house.clock.now();
    const waits = await approvalNeeded(house, writer, commitment, actor);
    const [id = 0] = await writer.addProgress({
      commitmentId: commitment.id,
      officerId: actor.officerId,
      at,
      text: report.text,
      expected: report.expected ?? null,
      claimsDone,
      ...(waits ? { waits: { askedId: waits.approver?.id ?? null } } : {}),
    });
    if (waits) {
      const same = await writer.changeCommitment(commitment.id, {}, 'report-waits', version);
      await markReminder(writer, pressed, {
        ref: commitment.ref,
        what: 'waiting',
        by: actor.displayName,
        at,
        ...(waits.approver ? { more: waits.approver.name } : {}),
      });
      await askApproval(house, writer, waits, id);
      return { commitment: same, waits };
    }
    const changed = await writer.changeCommitment(
      commitment.id,
      { lastReportAt: at, lastReport: report.text, ...(claimsDone ? { claimedAt: at, doneOn: todayOf(house) } : {}) },
      claimsDone ? 'claimed-done' : 'progress',
      version,
    );
    await markReminder(writer, pressed, {
      ref: commitment.ref,
      what: claimsDone ? 'done' : 'progress',
      by: actor.displayName,
      at,
    });
    if (claimsDone)
      await tellCoordinators(writer, house, {
        key: `claim:${commitment.ref}:${changed.version}`,
        kind: 'claim',
        facts: { commitmentId: commitment.id },
      });
    return { commitment: changed, waits: null };
  });
}

/** A coordinator agrees that it is done, or hands it back, with a reason where one is given: its officer is told. */
export async function verifyCommitment(
  house: House,
  actor: Actor,
  ref: string,
  agree: boolean,
  reason?: string,
): Promise<CommitmentView> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const commitment = await theCommitment(writer, ref);
    if (commitment.verifiedAt !== null) throw new UserError('already-verified', { ref: commitment.ref });
    if (commitment.claimedAt === null) throw new UserError('not-claimed', { ref: commitment.ref });
    const at = house.clock.now();
    const changed = await writer.changeCommitment(
      commitment.id,
      agree ? { verifiedAt: at } : { claimedAt: null, doneOn: null, ...(reason === undefined ? {} : { reason }) },
      agree ? 'verified' : 'handed-back',
    );
    // Wherever the claim was told, the message says what was decided; of an older claim it was decided then.
    for (const told of await writer.deliveriesByKey(`claim:${commitment.ref}`)) {
      if (told.facts['at'] === undefined)
        await writer.redeliver(
          told.id,
          { ...told.facts, by: actor.displayName, at, agreed: agree, reason: reason ?? null },
          at,
        );
    }
    if (!agree) await tellHandedBack(house, writer, changed, reason);
    return changed;
  });
}

/** To whoever reported it done (their stand-in while they are away), else to whoever answers for it. */
async function tellHandedBack(
  house: House,
  writer: Writer,
  commitment: CommitmentView,
  reason: string | undefined,
): Promise<void> {
  const today = todayOf(house);
  const claim = (await writer.progress(commitment.id, LATEST)).find(
    (each) => each.claimsDone && each.state === 'counted',
  );
  const claimer = claim ? await writer.officer(claim.byId) : null;
  const officer = claimer ? await answeringFor(writer, claimer, today) : await answering(writer, commitment, today);
  if (!officer) return;
  await tellDirectly(writer, house, officer, {
    key: `handed-back:${commitment.ref}:${commitment.version}`,
    kind: 'handed-back',
    facts: { commitmentId: commitment.id, by: writer.actor.displayName, reason: reason ?? null },
  });
}
