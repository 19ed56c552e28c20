import { say } from '../../src/chat/command.ts';
import { choice, text } from '../../src/chat/option.ts';
import { SECTORS } from '../../src/domain/sectors.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { addAgency } from '../../src/use-cases/people.ts';
import { namesIn } from '../../src/use-cases/register-commitment.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {
    name: text({ required: true, positional: true, maxLength: 200 }),
    sector: choice(SECTORS, { required: true }),
    kind: choice(['ministry', 'body', 'province', 'commune'], { required: true }),
    aliases: text({}),
    code: text({ maxLength: 40 }),
  },
  async handle(blanks, context) {
    const agency = await addAgency(context.house, context.actor, { ...blanks, aliases: namesIn(blanks.aliases) });
    const speaker = speakerOf(context);
    return say(
      notice(speaker, [speaker.rich('agency.added', { name: agency.name, code: agency.code })], {
        buttons: [
          {
            label: speaker.say('button.add-officer'),
            style: 'primary',
            does: { path: 'officer/add', blanks: { agency: agency.code } },
          },
        ],
      }),
    );
  },
});
