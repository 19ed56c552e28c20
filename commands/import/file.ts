import { file } from '../../src/chat/option.ts';
import { importPreview } from '../../src/messages/import.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { keepPreview } from '../../src/use-cases/import-file.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  slow: true,
  options: { file: file({ required: true, positional: true }) },
  async *handle(blanks, context) {
    const speaker = speakerOf(context);
    const { file: incoming } = blanks;
    yield notice(speaker, [speaker.say('import.reading', { file: incoming.name })]);
    const { row, preview } = await keepPreview(context.house, context.actor, incoming.name, await incoming.fetch());
    return {
      say: importPreview(speaker, {
        id: row.id,
        fileName: row.fileName,
        source: preview.source,
        known: preview.known,
        counts: preview.counts,
        applied: false,
      }),
    };
  },
});
