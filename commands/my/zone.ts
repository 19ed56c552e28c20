import { say } from '../../src/chat/command.ts';
import { text } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { setZone } from '../../src/use-cases/set-zone.ts';

export default command({
  answers: 'private',
  options: { zone: text({ required: true, positional: true, maxLength: 60 }) },
  async handle(blanks, context) {
    const zone = await setZone(context.house, context.actor, blanks.zone);
    const speaker = speakerOf(context);
    const { from, until } = context.house.rules.workHours;
    return say(notice(speaker, [speaker.say('my.zone', { zone, from, until })]));
  },
});
