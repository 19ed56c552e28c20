import { say } from '../../src/chat/command.ts';
import { officer, text } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { linkAccount } from '../../src/use-cases/people.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {
    officer: officer({ required: true, positional: true }),
    account: text({ required: true, maxLength: 80 }),
    platform: text({ maxLength: 40 }),
  },
  async handle(blanks, context) {
    const linked = await linkAccount(
      context.house,
      context.actor,
      blanks.platform ?? context.account.platform,
      blanks.account,
      blanks.officer,
    );
    const speaker = speakerOf(context);
    return say(notice(speaker, [speaker.rich('officer.linked', { name: linked.name, account: blanks.account })]));
  },
});
