import { say } from '../../src/chat/command.ts';
import { homePage } from '../../src/messages/home.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { myHome } from '../../src/use-cases/my-home.ts';

export default command({
  answers: 'private',
  hidden: true,
  home: true,
  options: {},
  async handle(_blanks, context) {
    return say(homePage(speakerOf(context), await myHome(context.house, context.actor)));
  },
});
