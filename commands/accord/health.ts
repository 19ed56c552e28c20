import { say } from '../../src/chat/command.ts';
import { health } from '../../src/messages/health.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { showHealth } from '../../src/use-cases/health.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {},
  async handle(_blanks, context) {
    return say(health(speakerOf(context), await showHealth(context.house, context.actor)));
  },
});
