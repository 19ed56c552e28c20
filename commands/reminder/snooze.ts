import { say } from '../../src/chat/command.ts';
import { choice, commitment, day, text } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { SNOOZES, snoozeReminder } from '../../src/use-cases/answer-reminder.ts';
import { command, pressedIn, speakerOf } from '../../src/use-cases/command.ts';

export default command({
  answers: 'private',
  options: {
    commitment: commitment({ required: true, positional: true }),
    until: choice(SNOOZES, { positional: true }),
    day: day({ asked: false }),
    reason: text({}),
  },
  async handle(blanks, context) {
    const snoozed = await snoozeReminder(context.house, context.actor, blanks, pressedIn(context));
    const speaker = speakerOf(context);
    return say(
      notice(speaker, [speaker.rich('snooze.done', { ref: snoozed.commitment.ref, day: speaker.day(snoozed.until) })], {
        note: speaker.say('reminder.no-extension'),
      }),
    );
  },
});
