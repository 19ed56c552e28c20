import { say } from '../../src/chat/command.ts';
import { longText, obstacle } from '../../src/chat/option.ts';
import { obstacleClosed } from '../../src/messages/obstacle.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { solveObstacle } from '../../src/use-cases/solve-obstacle.ts';

export default command({
  answers: 'private',
  options: {
    obstacle: obstacle({ required: true, positional: true }),
    how: longText({ required: true, positional: true }),
  },
  async handle(blanks, context) {
    return say(
      obstacleClosed(
        speakerOf(context),
        await solveObstacle(context.house, context.actor, blanks.obstacle, blanks.how),
      ),
    );
  },
});
