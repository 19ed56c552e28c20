import { say } from '../../src/chat/command.ts';
import { choice, commitment, longText } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { verifyCommitment } from '../../src/use-cases/report-progress.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {
    commitment: commitment({ required: true, positional: true }),
    agree: choice(['yes', 'no'], { required: true, positional: true }),
    reason: longText({ asked: false, positional: true, maxLength: 1000 }),
  },
  async handle(blanks, context) {
    const agreed = blanks.agree === 'yes';
    const { ref } = await verifyCommitment(context.house, context.actor, blanks.commitment, agreed, blanks.reason);
    const speaker = speakerOf(context);
    return say(notice(speaker, [speaker.rich(agreed ? 'verify.done' : 'verify.handed-back', { ref })]));
  },
});
