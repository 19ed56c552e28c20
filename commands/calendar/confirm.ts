import { say } from '../../src/chat/command.ts';
import { number } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { confirmYear } from '../../src/use-cases/work-calendar.ts';

export default command({
  answers: 'private',
  options: { year: number({ required: true, positional: true }) },
  async handle(blanks, context) {
    await confirmYear(context.house, context.actor, blanks.year);
    const speaker = speakerOf(context);
    return say(notice(speaker, [speaker.say('calendar.confirmed', { year: String(blanks.year) })]));
  },
});
