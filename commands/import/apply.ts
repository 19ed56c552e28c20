import { number } from '../../src/chat/option.ts';
import { importApplied } from '../../src/messages/import.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { applyImport } from '../../src/use-cases/import-apply.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  slow: true,
  hidden: true,
  options: { id: number({ required: true, positional: true }) },
  async *handle(blanks, context) {
    const speaker = speakerOf(context);
    yield notice(speaker, [speaker.say('import.applying')]);
    return { say: importApplied(speaker, await applyImport(context.house, context.actor, blanks.id)) };
  },
});
