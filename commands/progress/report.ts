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
    const { house, actor, version } = context;
    const { commitment: on, waits } = await reportProgress(house, actor, blanks, version, pressedIn(context));
    const speaker = speakerOf(context);
    const { ref } = on;
    const recorded = !waits
      ? speaker.rich(blanks.done === 'yes' ? 'progress.claimed' : 'progress.recorded', { ref })
      : waits.approver
        ? speaker.rich('progress.waits', { ref, approver: waits.approver.name })
        : speaker.rich('progress.waits-coordinators', { ref });
    return say(notice(speaker, [recorded], { buttons: [reportObstacle(speaker, ref), myList(speaker)] }));
  },
});
