import { say } from '../../src/chat/command.ts';
import { choice, commitment, day, text } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { requirePostponable, SNOOZES, snoozeReminder } from '../../src/use-cases/answer-reminder.ts';
import { command, pressedIn, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  options: {
    commitment: commitment({ required: true, positional: true }),
    until: choice(SNOOZES, { positional: true }),
    day: day({}),
    reason: text({}),
  },
  async handle(blanks, context) {
    // Until when is asked, with what most people take filled in.
    if (blanks.until === undefined && blanks.day === undefined && !context.emptied.has('until')) {
      const { commitment: ref, reason } = blanks;
      await requirePostponable(context.house, context.actor, ref);
      return { ask: { blanks: { commitment: ref, until: '3-days', ...(reason === undefined ? {} : { reason }) } } };
    }
    const snoozed = await snoozeReminder(context.house, context.actor, blanks, pressedIn(context));
    const speaker = speakerOf(context);
    const facts = { ref: snoozed.commitment.ref, day: speaker.day(snoozed.until) };
    const done =
      snoozed.goesOnFor === null
        ? speaker.rich('snooze.done', facts)
        : speaker.rich('snooze.own', { ...facts, officer: snoozed.goesOnFor });
    return say(
      notice(speaker, [done], {
        note: speaker.say('reminder.no-extension'),
      }),
    );
  },
});
