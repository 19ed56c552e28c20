import { say } from '../../src/chat/command.ts';
import { account, choice, officerByName, text } from '../../src/chat/option.ts';
import { accountMoves } from '../../src/messages/account.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { linkAccount } from '../../src/use-cases/link-account.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {
    officer: officerByName({ required: true, positional: true }),
    account: account({ required: true }),
    platform: text({ maxLength: 40 }),
    move: choice(['yes'], { asked: false }),
  },
  async handle(blanks, context) {
    const platform = blanks.platform ?? context.account.platform;
    const linking = await linkAccount(context.house, context.actor, {
      platform,
      account: blanks.account,
      officer: blanks.officer,
      move: blanks.move === 'yes',
    });
    const speaker = speakerOf(context);
    const { moves } = linking;
    if (moves)
      return say(
        accountMoves(speaker, {
          officer: linking.officer,
          from: moves.from,
          instead: moves.instead !== null,
          platform,
          does: {
            path: 'officer/link',
            blanks: { officer: `#${linking.officer.id}`, account: linking.account.id, platform, move: 'yes' },
          },
        }),
      );
    return say(
      notice(speaker, [speaker.rich('officer.linked', { name: linking.officer.name, account: linking.account.name })]),
    );
  },
});
