import { say } from '../../src/chat/command.ts';
import { text } from '../../src/chat/option.ts';
import { myList } from '../../src/messages/buttons.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { linkByCode } from '../../src/use-cases/people.ts';

export default command({
  answers: 'private',
  open: true,
  options: { code: text({ required: true, positional: true, maxLength: 40 }) },
  async handle(blanks, context) {
    const officer = await linkByCode(context.house, context.actor, context.account, blanks.code);
    const speaker = speakerOf(context);
    return say(
      notice(speaker, [speaker.rich('join.done', { name: officer.name, agency: officer.agency.name })], {
        buttons: [myList(speaker)],
      }),
    );
  },
});
