import { say } from '../../src/chat/command.ts';
import { choice, officer } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { nameApprover } from '../../src/use-cases/name-approver.ts';

export default command({
  answers: 'private',
  options: {
    officer: officer({ required: true, positional: true }),
    approver: choice(['yes', 'no'], {}),
  },
  async handle(blanks, context) {
    const yes = blanks.approver !== 'no';
    const named = await nameApprover(context.house, context.actor, blanks.officer, yes);
    const speaker = speakerOf(context);
    return say(
      notice(speaker, [
        speaker.rich(yes ? 'officer.approver' : 'officer.no-approver', { name: named.name, agency: named.agency.name }),
      ]),
    );
  },
});
