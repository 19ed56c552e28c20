import { say } from '../../src/chat/command.ts';
import { choice, day, text } from '../../src/chat/option.ts';
import { showCalendar } from '../../src/messages/calendar.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { setDays } from '../../src/use-cases/work-calendar.ts';

export default command({
  answers: 'private',
  options: {
    from: day({ required: true, positional: true }),
    until: day({}),
    what: choice(['holiday', 'worked', 'ordinary'], { required: true, positional: true }),
    name: text({ positional: true, maxLength: 100 }),
  },
  async handle(blanks, context) {
    const { from, until } = await setDays(context.house, context.actor, blanks);
    const speaker = speakerOf(context);
    const days = { from: speaker.day(from), until: speaker.day(until), same: from === until ? 'yes' : 'no' };
    return say(
      notice(speaker, [speaker.say(`calendar.set-${blanks.what}`, days)], {
        buttons: [showCalendar(speaker, Number(from.slice(0, 4)))],
      }),
    );
  },
});
