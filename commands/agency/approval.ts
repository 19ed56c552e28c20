import { say } from '../../src/chat/command.ts';
import { agency, choice } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { setApproval } from '../../src/use-cases/approve-report.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  options: {
    agency: agency({ required: true, positional: true }),
    approval: choice(['yes', 'no'], { required: true }),
  },
  async handle(blanks, context) {
    const yes = blanks.approval === 'yes';
    const set = await setApproval(context.house, context.actor, blanks.agency, yes);
    const speaker = speakerOf(context);
    const words = { agency: set.agency.name, approver: set.approver ?? '' };
    if (!yes) {
      const left = set.waiting === 0 ? [] : [speaker.say('agency.approval-waiting', { count: set.waiting })];
      return say(notice(speaker, [speaker.rich('agency.approval-off', words), ...left]));
    }
    if (set.approver !== null) return say(notice(speaker, [speaker.rich('agency.approval-on', words)]));
    const name = { label: speaker.say('button.name-approver'), does: { path: 'officer/approver', blanks: {} } };
    return say(notice(speaker, [speaker.rich('agency.approval-on-nobody', words)], { buttons: [name] }));
  },
});
