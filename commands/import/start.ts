import { edit } from '../../src/chat/command.ts';
import { number } from '../../src/chat/option.ts';
import { importApplied } from '../../src/messages/import.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { startImport } from '../../src/use-cases/import-start.ts';

export default command({
  answers: 'edit',
  forCoordinators: true,
  options: { id: number({ required: true, positional: true }) },
  async handle(blanks, context) {
    return edit(importApplied(speakerOf(context), await startImport(context.house, context.actor, blanks.id)));
  },
});
