import { say } from '../../src/chat/command.ts';
import { commitment } from '../../src/chat/option.ts';
import { showCommitment } from '../../src/messages/buttons.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { restoreCommitment } from '../../src/use-cases/withdraw-commitment.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: { commitment: commitment({ required: true, positional: true }) },
  async handle(blanks, context) {
    const { commitment: restored, told } = await restoreCommitment(context.house, context.actor, blanks.commitment);
    const speaker = speakerOf(context);
    const { ref } = restored;
    const said = told === null ? [] : [speaker.say('register.told', { officer: told })];
    return say(
      notice(speaker, [speaker.rich('restore.done', { ref }), ...said], { buttons: [showCommitment(speaker, ref)] }),
    );
  },
});
