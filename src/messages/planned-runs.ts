import type { Block, Button, MessageDocument } from '../chat/message.ts';
import { plainText } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import { notice } from './notice.ts';

/** Missed runs that are named; the newest stand there, the others are counted. */
const NAMED = 10;

export const jobName = (speaker: Speaker, job: string): string => speaker.find(`job.${job}`) ?? job;

const postDigest = (speaker: Speaker): Button => ({
  label: speaker.say('button.post-digest'),
  style: 'primary',
  does: { path: 'digest/post', blanks: {} },
});

/** To the coordinators: which runs of a job did not take place (ISO instants, oldest first), and what can be done. */
export function jobMissed(
  speaker: Speaker,
  facts: { readonly job: string; readonly planned: readonly string[] },
): MessageDocument {
  const { job, planned } = facts;
  const head = speaker.rich('missed.head', { job: jobName(speaker, job), count: planned.length });
  const blocks: Block[] = [
    { block: 'paragraph', text: head },
    {
      block: 'entries',
      entries: planned
        .slice(-NAMED)
        .map((each) => ({ text: speaker.say('missed.planned', { moment: speaker.moment(each) }) })),
    },
  ];
  if (planned.length > NAMED)
    blocks.push({ block: 'note', text: speaker.say('missed.more', { count: planned.length - NAMED }) });
  const isDigest = job === 'weekly-digest';
  blocks.push({ block: 'paragraph', text: speaker.say(isDigest ? 'missed.digest' : 'missed.reminders') });
  if (isDigest) blocks.push({ block: 'buttons', buttons: [postDigest(speaker)] });
  return { lang: speaker.lang, summary: plainText(head), blocks };
}

/** To a coordinator: no channel is linked in which the weekly digest could be posted, and what to do. */
export function digestNowhere(speaker: Speaker): MessageDocument {
  return notice(speaker, [speaker.rich('nowhere.head'), speaker.say('nowhere.next')]);
}
