import { say } from '../../src/chat/command.ts';
import { commitment, longText } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { verifyCommitment } from '../../src/use-cases/report-progress.ts';

/** Not verified, with what is missing: the form asks for it, since the officer has to do something about it. */
export default command({
  answers: 'private',
  forCoordinators: true,
  options: {
    commitment: commitment({ required: true, positional: true }),
    reason: longText({ required: true, positional: true, maxLength: 1000 }),
  },
  async handle(blanks, context) {
    const { ref } = await verifyCommitment(context.house, context.actor, blanks.commitment, false, blanks.reason);
    const speaker = speakerOf(context);
    return say(notice(speaker, [speaker.rich('verify.handed-back', { ref })]));
  },
});
