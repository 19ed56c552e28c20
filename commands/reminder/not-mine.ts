import { say } from '../../src/chat/command.ts';
import { commitment, officer } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { notMine } from '../../src/use-cases/answer-reminder.ts';
import { command, pressedIn, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  options: { commitment: commitment({ required: true, positional: true }), proposed: officer({}) },
  async handle(blanks, context) {
    const { ref } = await notMine(context.house, context.actor, blanks.commitment, blanks.proposed, pressedIn(context));
    const speaker = speakerOf(context);
    return say(notice(speaker, [speaker.rich('not-mine.done', { ref })]));
  },
});
