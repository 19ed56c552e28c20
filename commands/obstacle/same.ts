import { edit } from '../../src/chat/command.ts';
import { obstacle } from '../../src/chat/option.ts';
import { obstacleLinked } from '../../src/messages/obstacle.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { linkObstacle } from '../../src/use-cases/link-obstacle.ts';

export default command({
  answers: 'edit',
  options: {
    obstacle: obstacle({ required: true, positional: true }),
    other: obstacle({ required: true, positional: true }),
  },
  async handle(blanks, context) {
    return edit(
      obstacleLinked(
        speakerOf(context),
        await linkObstacle(context.house, context.actor, blanks.obstacle, blanks.other),
      ),
    );
  },
});
