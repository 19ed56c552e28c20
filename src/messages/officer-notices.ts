import type { MessageDocument } from '../chat/message.ts';
import { shorten } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView } from '../use-cases/views.ts';
import { reportProgress } from './buttons.ts';
import { nameOf } from './commitment-card.ts';
import { notice } from './notice.ts';

/** To whoever reported it done: a coordinator does not agree, why, and the one thing to do. */
export function handedBack(
  speaker: Speaker,
  facts: { readonly commitment: CommitmentView; readonly by: string; readonly reason: string | null },
): MessageDocument {
  const { commitment, reason } = facts;
  const paragraphs = [speaker.rich('handed-back.head', { by: facts.by }), nameOf(speaker, commitment)];
  if (reason !== null && commitment.title !== null)
    paragraphs.push(speaker.say('claim.words', { text: shorten(reason, 1000) }));
  return notice(speaker, paragraphs, { buttons: [reportProgress(speaker, commitment.ref, commitment.version)] });
}
