import { say } from '../../src/chat/command.ts';
import { agency, commitment, longText } from '../../src/chat/option.ts';
import { obstacleRecorded } from '../../src/messages/obstacle.ts';
import { command, pressedIn, speakerOf } from '../../src/use-cases/command.ts';
import { reportObstacle } from '../../src/use-cases/report-obstacle.ts';

export default command({
  answers: 'private',
  shortcut: { anywhere: true, onMessage: 'text' },
  options: {
    commitment: commitment({ required: true, positional: true }),
    text: longText({ required: true, positional: true }),
    solution: longText({}),
    decider: agency({}),
  },
  async handle(blanks, context) {
    return say(
      obstacleRecorded(
        speakerOf(context),
        await reportObstacle(context.house, context.actor, blanks, pressedIn(context)),
      ),
    );
  },
});
