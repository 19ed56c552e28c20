import { say } from '../../src/chat/command.ts';
import { longText, workingGroup } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { proposeSolution } from '../../src/use-cases/call-group.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  options: {
    group: workingGroup({ required: true, positional: true }),
    text: longText({ required: true, positional: true }),
  },
  async handle(blanks, context) {
    const { ref } = await proposeSolution(context.house, context.actor, blanks.group, blanks.text);
    const speaker = speakerOf(context);
    return say(notice(speaker, [speaker.rich('group.solution-recorded', { ref })]));
  },
});
