import { say } from '../../src/chat/command.ts';
import { choice, commitment, dueDate, longText } from '../../src/chat/option.ts';
import { myList, reportObstacle } from '../../src/messages/buttons.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, pressedIn, speakerOf } from '../../src/use-cases/command.ts';
import { reportProgress } from '../../src/use-cases/report-progress.ts';

export default command({
  answers: 'private',
  shortcut: { anywhere: true },
  formerly: ['commitment/progress'],
  options: {
    commitment: commitment({ required: true, positional: true }),
    text: longText({ required: true, positional: true }),
    expected: dueDate({}),
    done: choice(['no', 'yes'], {}),
  },
  async handle(blanks, context) {
    const { ref } = await reportProgress(context.house, context.actor, blanks, context.version, pressedIn(context));
    const speaker = speakerOf(context);
    const recorded = speaker.rich(blanks.done === 'yes' ? 'progress.claimed' : 'progress.recorded', { ref });
    return say(notice(speaker, [recorded], { buttons: [reportObstacle(speaker, ref), myList(speaker)] }));
  },
});
