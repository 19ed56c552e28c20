import { say } from '../../src/chat/command.ts';
import { agency, choice, officer, text } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { addOfficer } from '../../src/use-cases/people.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {
    name: text({ required: true, positional: true, maxLength: 120 }),
    agency: agency({ required: true }),
    email: text({ maxLength: 200 }),
    role: choice(['officer', 'coordinator', 'leader'], {}),
    'stand-in': officer({}),
  },
  async handle(blanks, context) {
    const { officer: added, code } = await addOfficer(context.house, context.actor, {
      ...blanks,
      standIn: blanks['stand-in'],
    });
    const speaker = speakerOf(context);
    const how = added.email === null ? 'officer.invite' : 'officer.invite-or-email';
    return say(
      notice(speaker, [
        speaker.rich('officer.added', { name: added.name, agency: added.agency.name }),
        speaker.rich(how, { code, days: context.house.rules.invitationDays }),
      ]),
    );
  },
});
