import { edit } from '../../src/chat/command.ts';
import { number } from '../../src/chat/option.ts';
import { undeliveredList } from '../../src/messages/undelivered.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { listUndelivered, sendAgain } from '../../src/use-cases/undelivered.ts';

export default command({
  answers: 'edit',
  hidden: true,
  forCoordinators: true,
  options: { delivery: number({ required: true, positional: true }) },
  async handle(blanks, context) {
    await sendAgain(context.house, context.actor, blanks.delivery);
    const speaker = speakerOf(context);
    const left = await listUndelivered(context.house, context.actor, 1);
    return edit(undeliveredList(speaker, { ...left, done: speaker.say('undelivered.sent-again') }));
  },
});
