import { say } from '../../src/chat/command.ts';
import { commitment as commitmentOption, officer } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { notMine, requireAnswerable } from '../../src/use-cases/answer-reminder.ts';
import { command, pressedIn, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  options: { commitment: commitmentOption({ required: true, positional: true }), proposed: officer({}) },
  async handle(blanks, context) {
    const { house, actor } = context;
    // Whose it may be is asked; it may be left empty.
    if (blanks.proposed === undefined && !context.emptied.has('proposed')) {
      await requireAnswerable(house, actor, blanks.commitment);
      return { ask: { blanks: { commitment: blanks.commitment } } };
    }
    const { commitment, asked } = await notMine(house, actor, blanks.commitment, blanks.proposed, pressedIn(context));
    const { ref } = commitment;
    const speaker = speakerOf(context);
    const done =
      asked === null
        ? speaker.rich('not-mine.done', { ref })
        : speaker.rich('not-mine.done-approver', { ref, approver: asked });
    return say(notice(speaker, [done]));
  },
});
