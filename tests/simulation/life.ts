import type { Account, Outcome } from '../../src/chat/interaction.ts';
import { allWords } from '../use-cases/small-office.ts';
import type { Instance } from './instance.ts';
import type { Luck } from './luck.ts';
import type { Office, Staff } from './office.ts';

/** Something a person types at some moment. */
export interface Saying {
  readonly id: string;
  readonly at: number;
  readonly who: Staff;
  readonly path: string;
  readonly words: string;
  /** A word that nobody else says: whether it is in the register can be looked up. */
  readonly mark: string;
}

/** What the bot answered: recorded, or not. */
export interface Answered {
  readonly saying: Saying;
  readonly recorded: boolean;
}

const HOUR = 3_600_000;

/** Who says what in a world's weeks: some report, some meet obstacles, some postpone, some go away, some have been asked by mistake. */
export function livesOf(office: Office, luck: Luck, from: number, days: number): readonly Saying[] {
  const sayings: Saying[] = [];
  const coordinators = office.staff.filter((each) => each.role === 'coordinator');
  const officers = office.staff.filter((each) => each.role === 'officer');
  let marks = 0;
  const say = (at: number, who: Staff, path: string, words: (mark: string) => string) => {
    const mark = `word${++marks}`;
    sayings.push({ id: `saying-${marks}`, at, who, path, words: words(mark), mark });
  };
  // Most people open such a tool twice a month.
  const perDay = Math.max(1, Math.round(office.commitments.length / 24));
  for (let day = 0; day < days; day++) {
    for (let each = 0; each < perDay; each++) {
      const { ref, officer } = luck.pick(office.commitments);
      const at = from + day * 24 * HOUR + luck.whole(0, 10 * HOUR);
      switch (luck.whole(0, 9)) {
        case 0:
        case 1:
          say(at, officer, 'progress/report', (mark) => `${ref} We went on, ${mark}.`);
          break;
        case 2:
          say(at, officer, 'progress/report', (mark) => `done:yes ${ref} It is done, ${mark}.`);
          say(at + luck.whole(1, 40) * HOUR, luck.pick(coordinators), 'commitment/verify', () => `${ref} yes`);
          break;
        case 3:
          say(at, officer, 'obstacle/report', (mark) => `${ref} No resettlement site is ready, ${mark}`);
          break;
        case 4:
          say(at, officer, 'reminder/snooze', () => `${ref} 3-days`);
          break;
        case 5: {
          const day = (add: number) => new Date(at + add * 24 * HOUR).toISOString().slice(0, 10);
          if (!luck.chance(0.3)) break;
          const until = day(luck.whole(2, 9));
          say(at, officer, 'my/away', () => `${day(1)} ${until}`);
          // Some with whoever stands in for them.
          const colleague = office.staff.find((other) => other.agency === officer.agency && other.id !== officer.id);
          if (colleague && luck.chance(0.4)) say(at + HOUR, colleague, 'my/away', () => `${day(1)} ${until}`);
          break;
        }
        case 6:
          if (!luck.chance(0.5)) break;
          say(at, officer, 'reminder/not-mine', () => `${ref} proposed:""`);
          if (luck.chance(0.7))
            say(at + luck.whole(1, 200) * HOUR, luck.pick(coordinators), 'commitment/assign', () => {
              return `${ref} ${luck.pick(officers).account.toLowerCase()}@gov.example`;
            });
          break;
        default:
      }
    }
  }
  return sayings.toSorted((a, b) => a.at - b.at);
}

const RECORDED = /\brecorded\b/i;

/** A person types it to a running bot; resolves to whether they were told that it is recorded. */
export async function typesIt(instance: Instance, saying: Saying): Promise<Answered> {
  const { accord } = instance;
  if (!accord) return { saying, recorded: false };
  const account: Account = { platform: saying.who.platform, id: saying.who.account, name: saying.who.account };
  const outcome = await accord.inbound.run({
    id: saying.id,
    account,
    place: { conversation: 'room', direct: false },
    said: { by: 'words', path: saying.path, words: saying.words },
  });
  return { saying, recorded: RECORDED.test(wordsOf(outcome)) };
}

function wordsOf(outcome: Outcome): string {
  return outcome.do === 'say' || outcome.do === 'edit' ? allWords(outcome.document) : '';
}
