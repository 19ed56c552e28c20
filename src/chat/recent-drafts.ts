import type { DispatchParts, Draft } from './dispatch-parts.ts';
import type { Account } from './interaction.ts';

const ROOM = 1000;

/**
 * The same parts, with the newest thousand drafts at hand: a form that goes on from one opens without the database,
 * within the three seconds that a platform gives. A draft never changes, so that what is at hand is what is stored.
 */
export function withRecentDrafts<P extends Pick<DispatchParts<never, never>, 'saveDraft' | 'loadDraft'>>(parts: P): P {
  const recent = new Map<string, Draft>();
  const keyOf = (id: string, { platform, id: account }: Account) => `${id} ${platform} ${account}`;
  function remember(id: string, account: Account, draft: Draft): void {
    recent.set(keyOf(id, account), draft);
    for (const oldest of recent.keys()) {
      if (recent.size <= ROOM) break;
      recent.delete(oldest);
    }
  }
  return {
    ...parts,
    async saveDraft(draft: Draft, account: Account) {
      const id = await parts.saveDraft(draft, account);
      remember(id, account, draft);
      return id;
    },
    async loadDraft(id: string, account: Account) {
      const near = recent.get(keyOf(id, account));
      if (near) return near;
      const draft = await parts.loadDraft(id, account);
      if (draft) remember(id, account, draft);
      return draft;
    },
  };
}
