import { say } from '../../src/chat/command.ts';
import { agency, choice, number, text } from '../../src/chat/option.ts';
import { foundList } from '../../src/messages/commitment-list.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { findCommitments } from '../../src/use-cases/find-commitments.ts';

export default command({
  answers: 'private',
  options: {
    text: text({ positional: true, maxLength: 120 }),
    agency: agency({}),
    partner: text({ maxLength: 80 }),
    state: choice(['open', 'overdue', 'done', 'withdrawn'], {}),
    page: number({ asked: false }),
  },
  async handle(blanks, context) {
    const found = await findCommitments(context.house, context.actor, blanks);
    // The next page is asked for with the same blanks, as far as a button's code holds them.
    const { page: _, agency: __, ...search } = blanks;
    const again = Object.fromEntries(
      Object.entries({ ...search, agency: found.agencyCode ?? undefined }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    );
    return say(foundList(speakerOf(context), { ...found, again }));
  },
});
