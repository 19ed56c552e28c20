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
  async handle(said, context) {
    const yes = said.approver !== 'no';
    const named = await nameApprover(context.house, context.actor, said.officer, yes);
    const speaker = speakerOf(context);
    const { name, agency } = named;
    const words = speaker.rich(yes ? 'officer.approver' : 'officer.no-approver', { name, agency: agency.name });
    const blanks = { agency: agency.code, approval: 'yes' };
    const next = { label: speaker.say('button.reports-approved'), does: { path: 'agency/approval', blanks } };
    return say(notice(speaker, [words], { buttons: yes ? [next] : [] }));
  },
});
