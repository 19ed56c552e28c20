import { say } from '../../src/chat/command.ts';
import { officerByName } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { invite } from '../../src/use-cases/link-account.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: { officer: officerByName({ required: true, positional: true }) },
  async handle(blanks, context) {
    const invited = await invite(context.house, context.actor, blanks.officer);
    const speaker = speakerOf(context);
    return say(
      notice(speaker, [
        speaker.rich('officer.invited', { name: invited.officer.name }),
        speaker.rich('officer.invite', { code: invited.code, days: context.house.rules.invitationDays }),
      ]),
    );
  },
});
