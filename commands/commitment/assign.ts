import { say } from '../../src/chat/command.ts';
import { commitment, officer } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { assignOfficer } from '../../src/use-cases/answer-reminder.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  options: {
    commitment: commitment({ required: true, positional: true }),
    officer: officer({ required: true, positional: true }),
  },
  async handle(blanks, context) {
    const assigned = await assignOfficer(context.house, context.actor, blanks.commitment, blanks.officer);
    const speaker = speakerOf(context);
    return say(
      notice(speaker, [speaker.rich('assign.done', { ref: assigned.commitment.ref, officer: assigned.officer })]),
    );
  },
});
