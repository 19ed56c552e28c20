import { say } from '../../src/chat/command.ts';
import { number } from '../../src/chat/option.ts';
import { calendarYear } from '../../src/messages/calendar.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { calendarOf } from '../../src/use-cases/work-calendar.ts';

export default command({
  answers: 'private',
  options: { year: number({ positional: true, asked: false }) },
  async handle(blanks, context) {
    return say(calendarYear(speakerOf(context), await calendarOf(context.house, context.actor, blanks.year)));
  },
});
