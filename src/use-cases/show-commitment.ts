import { approverOn } from '../domain/approval.ts';
import { stateOf } from '../domain/state.ts';
import type { CardFacts } from '../messages/commitment-card.ts';
import { stateFacts } from '../messages/commitment-list.ts';
import { mayApprove } from './approve-report.ts';
import { theCommitment } from './find-things.ts';
import type { House } from './house.ts';
import type { Actor, CommitmentView, Reader, Viewer } from './ports.ts';
import { todayOf } from './zoned.ts';

/** Everything about one commitment that the viewer may see. */
export async function showCommitment(
  house: House,
  viewer: Viewer & Partial<Pick<Actor, 'role'>>,
  ref: string,
): Promise<CardFacts> {
  const reader = house.store.read(viewer);
  const commitment = await theCommitment(reader, ref, { withdrawn: true });
  const today = todayOf(house);
  const secret = commitment.title === null;
  return {
    commitment,
    ...(await approvalOf(house, reader, viewer, commitment)),
    coordinator: viewer.role === 'coordinator',
    today,
    state: stateOf(stateFacts(commitment), today),
    officer: commitment.officerId === null ? null : await reader.officer(commitment.officerId),
    milestones: secret ? [] : await reader.milestones([commitment.id]),
    progress: secret ? [] : await reader.progress(commitment.id, 3),
    obstacles: secret ? [] : await reader.obstaclesOf({ commitmentId: commitment.id, open: true }),
  };
}

/** Who approves the report that waits longest, of those the viewer may see. */
async function approvalOf(
  house: House,
  reader: Reader,
  viewer: Viewer & Partial<Pick<Actor, 'role'>>,
  commitment: CommitmentView,
): Promise<Pick<CardFacts, 'approval'>> {
  const [report] = await reader.waitingReports([commitment.id]);
  if (!report) return {};
  const people = await reader.officers();
  const approver = approverOn(people, commitment.lead.id, todayOf(house), report.byId);
  return {
    approval: {
      by: approver?.name ?? null,
      report: mayApprove(house, people, viewer, commitment, report) ? report.id : null,
    },
  };
}
