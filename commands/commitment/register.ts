import { say } from '../../src/chat/command.ts';
import { agency, choice, dueDate, officer, text } from '../../src/chat/option.ts';
import { reportObstacle, showCommitment } from '../../src/messages/buttons.ts';
import { nameOf } from '../../src/messages/commitment-card.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { LONGEST_TITLE, registerCommitment } from '../../src/use-cases/register-commitment.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  shortcut: { anywhere: true },
  options: {
    title: text({ required: true, positional: true, maxLength: LONGEST_TITLE }),
    lead: agency({ required: true }),
    due: dueDate({ required: true }),
    partners: text({}),
    instrument: text({}),
    cooperating: text({ asked: false }),
    officer: officer({ asked: false }),
    event: text({ asked: false }),
    result: text({ asked: false, maxLength: 1000 }),
    signed: text({ asked: false, maxLength: 40 }),
    flagship: choice(['yes', 'no'], { asked: false }),
    restricted: choice(['yes', 'no'], { asked: false }),
  },
  async handle(blanks, context) {
    const { commitment, told } = await registerCommitment(context.house, context.actor, {
      ...blanks,
      flagship: blanks.flagship === 'yes',
      restricted: blanks.restricted === 'yes',
    });
    const speaker = speakerOf(context);
    const registered = speaker.rich('register.done', {
      ref: commitment.ref,
      lead: commitment.lead.name,
      due: speaker.due(commitment.due),
    });
    const next = told === null ? speaker.say('register.nobody-told') : speaker.say('register.told', { officer: told });
    return say(
      notice(speaker, [registered, nameOf(speaker, commitment), next], {
        buttons: [showCommitment(speaker, commitment.ref), reportObstacle(speaker, commitment.ref)],
      }),
    );
  },
});
