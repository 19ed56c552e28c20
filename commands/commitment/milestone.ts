import { say } from '../../src/chat/command.ts';
import { commitment, dueDate, number, text } from '../../src/chat/option.ts';
import { showCommitment } from '../../src/messages/buttons.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { setMilestone } from '../../src/use-cases/milestones.ts';
import { LONGEST_TITLE } from '../../src/use-cases/register-commitment.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {
    commitment: commitment({ required: true, positional: true }),
    title: text({ required: true, maxLength: LONGEST_TITLE }),
    due: dueDate({ required: true }),
    // Without one it is a further milestone.
    number: number({}),
  },
  async handle(blanks, context) {
    const { ref, position, due } = await setMilestone(context.house, context.actor, blanks);
    const speaker = speakerOf(context);
    const set = speaker.rich('milestone.set', { ref, number: String(position), due: speaker.due(due) });
    return say(notice(speaker, [set], { buttons: [showCommitment(speaker, ref)] }));
  },
});
