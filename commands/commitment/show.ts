import { say } from '../../src/chat/command.ts';
import { commitment } from '../../src/chat/option.ts';
import { commitmentCard } from '../../src/messages/commitment-card.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { showCommitment } from '../../src/use-cases/show-commitment.ts';

export default command({
  answers: 'private',
  options: { commitment: commitment({ required: true, positional: true }) },
  async handle(blanks, context) {
    return say(
      commitmentCard(speakerOf(context), await showCommitment(context.house, context.actor, blanks.commitment)),
    );
  },
});
