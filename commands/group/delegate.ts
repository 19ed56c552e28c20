import { say } from '../../src/chat/command.ts';
import { officer, workingGroup } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { delegateInGroup } from '../../src/use-cases/call-group.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  options: {
    group: workingGroup({ required: true, positional: true }),
    officer: officer({ required: true, positional: true }),
  },
  async handle(blanks, context) {
    const { group, delegate, added } = await delegateInGroup(
      context.house,
      context.actor,
      blanks.group,
      blanks.officer,
    );
    const speaker = speakerOf(context);
    return say(
      notice(speaker, [
        speaker.rich(added ? 'group.delegated' : 'group.delegate-in', { ref: group.ref, name: delegate.name }),
      ]),
    );
  },
});
