import { say } from '../../src/chat/command.ts';
import { day, officer } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { setAway } from '../../src/use-cases/people.ts';

export default command({
  answers: 'private',
  options: {
    from: day({ required: true, positional: true }),
    until: day({ required: true, positional: true }),
    'stand-in': officer({}),
  },
  async handle(blanks, context) {
    const { self, standIn, told } = await setAway(
      context.house,
      context.actor,
      blanks.from,
      blanks.until,
      blanks['stand-in'],
    );
    const speaker = speakerOf(context);
    return say(
      notice(speaker, [
        speaker.rich('my.away', { from: speaker.day(self.awayFrom ?? ''), until: speaker.day(self.awayUntil ?? '') }),
        speaker.rich(told ? 'my.away-stand-in' : 'my.away-untold', { name: standIn.name }),
      ]),
    );
  },
});
