import { say } from '../../src/chat/command.ts';
import { text } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { postDigest } from '../../src/use-cases/post-digest.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  slow: true,
  options: { week: text({ positional: true, maxLength: 8, asked: false }) },
  async handle(blanks, context) {
    const { week, promised, planned } = await postDigest(context.house, context.actor, blanks.week);
    const speaker = speakerOf(context);
    const said = [speaker.rich('digest.posting', { week, count: promised })];
    if (planned !== null) said.push(speaker.rich('digest.planned-too', { moment: speaker.moment(planned) }));
    return say(notice(speaker, said));
  },
});
