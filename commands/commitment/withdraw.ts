import { say } from '../../src/chat/command.ts';
import { commitment, text } from '../../src/chat/option.ts';
import { restoreCommitment, showCommitment } from '../../src/messages/buttons.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { withdrawCommitment } from '../../src/use-cases/withdraw-commitment.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {
    commitment: commitment({ required: true, positional: true }),
    reason: text({ required: true, positional: true, maxLength: 600 }),
  },
  async handle(blanks, context) {
    const { commitment: withdrawn, told } = await withdrawCommitment(
      context.house,
      context.actor,
      blanks.commitment,
      blanks.reason,
    );
    const speaker = speakerOf(context);
    const { ref } = withdrawn;
    const said = told === null ? [] : [speaker.say('register.told', { officer: told })];
    return say(
      notice(speaker, [speaker.rich('withdraw.done', { ref }), ...said], {
        buttons: [restoreCommitment(speaker, ref), showCommitment(speaker, ref)],
      }),
    );
  },
});
