import { say } from '../../src/chat/command.ts';
import { text } from '../../src/chat/option.ts';
import { help } from '../../src/messages/help.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  open: true,
  options: { about: text({ positional: true, asked: false, maxLength: 3000 }) },
  async handle(blanks, context) {
    return say(
      help(speakerOf(context), {
        shapes: context.house.commands,
        linked: context.actor.role !== 'guest',
        coordinator: context.actor.role === 'coordinator',
        name: context.actor.displayName,
        about: blanks.about ?? null,
      }),
    );
  },
});
