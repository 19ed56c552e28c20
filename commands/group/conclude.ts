import { say } from '../../src/chat/command.ts';
import { choice, longText, workingGroup } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { concludeGroup } from '../../src/use-cases/conclude-group.ts';

export default command({
  answers: 'private',
  options: {
    group: workingGroup({ required: true, positional: true }),
    outcome: longText({ required: true, positional: true }),
    solved: choice(['yes', 'no'], {}),
  },
  async handle(blanks, context) {
    const { group, open } = await concludeGroup(
      context.house,
      context.actor,
      blanks.group,
      blanks.outcome,
      blanks.solved === 'yes',
    );
    const speaker = speakerOf(context);
    const rest =
      open.length === 0
        ? speaker.say('concluded.solved')
        : speaker.say('concluded.open-refs', { count: open.length, refs: speaker.list(open.map((each) => each.ref)) });
    return say(notice(speaker, [speaker.rich('concluded.done', { ref: group.ref }), rest]));
  },
});
