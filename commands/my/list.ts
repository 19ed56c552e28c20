import { say } from '../../src/chat/command.ts';
import { number } from '../../src/chat/option.ts';
import { ownList } from '../../src/messages/commitment-list.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { myList } from '../../src/use-cases/my-list.ts';

export default command({
  answers: 'private',
  options: { page: number({ asked: false, positional: true }) },
  async handle(blanks, context) {
    return say(ownList(speakerOf(context), await myList(context.house, context.actor, Math.max(1, blanks.page ?? 1))));
  },
});
