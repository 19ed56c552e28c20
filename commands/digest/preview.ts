import { say } from '../../src/chat/command.ts';
import { agency, text } from '../../src/chat/option.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { previewDigest } from '../../src/use-cases/preview-digest.ts';

export default command({
  answers: 'private',
  slow: true,
  options: { week: text({ positional: true, maxLength: 8, asked: false }), agency: agency({ asked: false }) },
  async handle(blanks, context) {
    return say(await previewDigest(context.house, context.actor, speakerOf(context), blanks));
  },
});
