import { say } from '../../src/chat/command.ts';
import { workingGroup } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { declineGroup } from '../../src/use-cases/call-group.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: { group: workingGroup({ required: true, positional: true }) },
  async handle(blanks, context) {
    const group = await declineGroup(context.house, context.actor, blanks.group);
    const speaker = speakerOf(context);
    return say(notice(speaker, [speaker.rich('group.you-decline', { ref: group.ref, count: group.memberIds.length })]));
  },
});
