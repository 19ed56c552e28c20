import { say } from '../../src/chat/command.ts';
import { number } from '../../src/chat/option.ts';
import { reminderTable as tableOf } from '../../src/messages/reminder-table.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { reminderTable } from '../../src/use-cases/reminder-table.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: { page: number({ asked: false }) },
  async handle(blanks, context) {
    return say(tableOf(speakerOf(context), await reminderTable(context.house, context.actor, blanks.page ?? 1)));
  },
});
