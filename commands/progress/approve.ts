import { say } from '../../src/chat/command.ts';
import { commitment, number } from '../../src/chat/option.ts';
import { showCommitment } from '../../src/messages/buttons.ts';
import { notice } from '../../src/messages/notice.ts';
import { decideReport } from '../../src/use-cases/approve-report.ts';
import { command, pressedIn, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  options: {
    commitment: commitment({ required: true, positional: true }),
    report: number({ asked: false, positional: true }),
  },
  async handle(blanks, context) {
    const { house, actor } = context;
    const decided = await decideReport(house, actor, { ...blanks, approved: true }, pressedIn(context));
    const speaker = speakerOf(context);
    const { ref } = decided.commitment;
    const done = speaker.rich(decided.claimed ? 'approve.claimed' : 'approve.done', { ref, by: decided.report.by });
    const left = decided.left === 0 ? [] : [speaker.say('approve.left', { count: decided.left })];
    return say(notice(speaker, [done, ...left], { buttons: [showCommitment(speaker, ref)] }));
  },
});
