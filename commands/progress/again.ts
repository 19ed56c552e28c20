import { number } from '../../src/chat/option.ts';
import { reportedBefore } from '../../src/use-cases/approve-report.ts';
import { command } from '../../src/use-cases/command.ts';

/** The form of a report, filled in with one that was sent back: nothing is typed twice. */
export default command({
  answers: 'private',
  hidden: true,
  options: { report: number({ required: true, positional: true }) },
  async handle(blanks, { house, actor }) {
    const { commitment, report } = await reportedBefore(house, actor, blanks.report);
    return {
      ask: {
        path: 'progress/report',
        blanks: {
          commitment: commitment.ref,
          ...(report.text === null ? {} : { text: report.text }),
          ...(report.expected === null ? {} : { expected: report.expected }),
          ...(report.claimsDone ? { done: 'yes' } : {}),
        },
        version: commitment.version,
      },
    };
  },
});
