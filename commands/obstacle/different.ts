import { edit } from '../../src/chat/command.ts';
import { obstacle } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { keepApart } from '../../src/use-cases/link-obstacle.ts';

export default command({
  answers: 'edit',
  hidden: true,
  options: { obstacle: obstacle({ required: true, positional: true }) },
  async handle(blanks, context) {
    const { ref } = await keepApart(context.house, context.actor, blanks.obstacle);
    const speaker = speakerOf(context);
    return edit(notice(speaker, [speaker.rich('obstacle.kept-apart', { ref })]));
  },
});
