import { say } from '../../src/chat/command.ts';
import { choice, number } from '../../src/chat/option.ts';
import { importList } from '../../src/messages/import-list.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { showImport } from '../../src/use-cases/import-file.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  hidden: true,
  options: {
    id: number({ required: true, positional: true }),
    list: choice(['questions', 'agencies', 'vanished'], { required: true, positional: true }),
    page: number({ asked: false }),
  },
  async handle({ id, list, page }, context) {
    const kept = await showImport(context.house, context.actor, id);
    return say(importList(speakerOf(context), { ...kept, what: list, page: page ?? 1 }));
  },
});
