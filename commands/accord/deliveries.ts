import { say } from '../../src/chat/command.ts';
import { number } from '../../src/chat/option.ts';
import { undeliveredList } from '../../src/messages/undelivered.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { listUndelivered } from '../../src/use-cases/undelivered.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: { page: number({ asked: false }) },
  async handle(blanks, context) {
    return say(
      undeliveredList(speakerOf(context), await listUndelivered(context.house, context.actor, blanks.page ?? 1)),
    );
  },
});
