import { say } from '../../src/chat/command.ts';
import { text } from '../../src/chat/option.ts';
import { writtenTo } from '../../src/messages/written-to.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { choosePlatform, whereWrittenTo } from '../../src/use-cases/people.ts';

export default command({
  answers: 'private',
  options: { platform: text({ positional: true, maxLength: 40 }) },
  async handle({ platform }, { house, actor, ...context }) {
    const speaker = speakerOf({ house, actor, ...context });
    if (platform === undefined)
      return say(writtenTo(speaker, { ...(await whereWrittenTo(house, actor)), changed: false }));
    return say(writtenTo(speaker, { ...(await choosePlatform(house, actor, platform)), changed: true }));
  },
});
