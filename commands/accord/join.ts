import { say } from '../../src/chat/command.ts';
import { choice, text } from '../../src/chat/option.ts';
import { accountMoves } from '../../src/messages/account.ts';
import { myList } from '../../src/messages/buttons.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { linkByCode } from '../../src/use-cases/link-account.ts';

export default command({
  answers: 'private',
  open: true,
  options: {
    code: text({ required: true, positional: true, maxLength: 40 }),
    move: choice(['yes'], { asked: false }),
  },
  async handle(blanks, context) {
    const { house, actor, account } = context;
    const { officer, moves } = await linkByCode(house, actor, account, blanks.code, blanks.move === 'yes');
    const speaker = speakerOf(context);
    if (moves)
      return say(
        accountMoves(speaker, {
          officer,
          from: moves.from,
          instead: moves.instead !== null,
          platform: account.platform,
          does: { path: 'accord/join', blanks: { code: blanks.code, move: 'yes' } },
        }),
      );
    return say(
      notice(speaker, [speaker.rich('join.done', { name: officer.name, agency: officer.agency.name })], {
        buttons: [myList(speaker)],
      }),
    );
  },
});
