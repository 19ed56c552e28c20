import { say } from '../../src/chat/command.ts';
import { commitment, number } from '../../src/chat/option.ts';
import { showCommitment } from '../../src/messages/buttons.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, pressedIn, speakerOf } from '../../src/use-cases/command.ts';
import { milestoneDone } from '../../src/use-cases/milestones.ts';

export default command({
  answers: 'private',
  options: {
    commitment: commitment({ required: true, positional: true }),
    number: number({ required: true, positional: true }),
  },
  async handle(blanks, context) {
    const { house, actor } = context;
    const { ref } = await milestoneDone(house, actor, blanks.commitment, blanks.number, pressedIn(context));
    const speaker = speakerOf(context);
    const recorded = speaker.rich('milestone.recorded', { ref, number: String(blanks.number) });
    return say(notice(speaker, [recorded], { buttons: [showCommitment(speaker, ref)] }));
  },
});
