import { say } from '../../src/chat/command.ts';
import { agency, commitment, dueDate, text } from '../../src/chat/option.ts';
import { showCommitment } from '../../src/messages/buttons.ts';
import { fieldNames } from '../../src/messages/corrected.ts';
import { notice } from '../../src/messages/notice.ts';
import { AMENDED, amendable, amendCommitment } from '../../src/use-cases/amend-commitment.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { LONGEST_TITLE } from '../../src/use-cases/register-commitment.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {
    commitment: commitment({ required: true, positional: true }),
    // Asked by the handler, which fills the form in first; it stands in the first step where there are several.
    reason: text({ maxLength: 600 }),
    title: text({ maxLength: LONGEST_TITLE }),
    due: dueDate({}),
    partners: text({ maxLength: 1000 }),
    instrument: text({}),
    lead: agency({}),
    cooperating: text({ maxLength: 1000 }),
  },
  async handle(blanks, context) {
    const { house, actor, emptied, version } = context;
    const said = Object.fromEntries(
      [...AMENDED, 'reason' as const].flatMap((name) => (blanks[name] === undefined ? [] : [[name, blanks[name]]])),
    );
    // Without a reason it is not done yet: the form opens with what stands there, and what was typed beside it.
    if (blanks.reason === undefined && !emptied.has('reason')) {
      const { commitment: now, values } = await amendable(house, actor, blanks.commitment);
      return { ask: { blanks: { ...values, ...said, commitment: now.ref }, version: now.version } };
    }
    const amended = await amendCommitment(house, actor, blanks, emptied, version);
    const speaker = speakerOf(context);
    const { ref } = amended.commitment;
    const done = speaker.rich('amend.done', { ref, fields: fieldNames(speaker, amended.changed) });
    const told = amended.told === null ? [] : [speaker.say('register.told', { officer: amended.told })];
    return say(notice(speaker, [done, ...told], { buttons: [showCommitment(speaker, ref)] }));
  },
});
