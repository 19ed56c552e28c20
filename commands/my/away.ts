import { say } from '../../src/chat/command.ts';
import { day, officer } from '../../src/chat/option.ts';
import { awayNoted } from '../../src/messages/away.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { setAway } from '../../src/use-cases/set-away.ts';

export default command({
  answers: 'private',
  options: {
    from: day({ required: true, positional: true }),
    until: day({ required: true, positional: true }),
    'stand-in': officer({}),
  },
  async handle(blanks, context) {
    const absence = await setAway(context.house, context.actor, blanks.from, blanks.until, blanks['stand-in']);
    return say(awayNoted(speakerOf(context), absence));
  },
});
