import { stateOf } from '../domain/state.ts';
import type { CardFacts } from '../messages/commitment-card.ts';
import { stateFacts } from '../messages/commitment-list.ts';
import { theCommitment } from './find-things.ts';
import type { House } from './house.ts';
import type { Actor, Viewer } from './ports.ts';
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
    coordinator: viewer.role === 'coordinator',
    today,
    state: stateOf(stateFacts(commitment), today),
    officer: commitment.officerId === null ? null : await reader.officer(commitment.officerId),
    milestones: secret ? [] : await reader.milestones([commitment.id]),
    progress: secret ? [] : await reader.progress(commitment.id, 3),
    obstacles: secret ? [] : await reader.obstaclesOf({ commitmentId: commitment.id, open: true }),
  };
}
