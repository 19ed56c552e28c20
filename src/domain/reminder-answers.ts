/** What somebody said about a commitment of theirs. */
export type AnswerKind = 'progress' | 'obstacle' | 'snoozed' | 'not-mine';

/** A reminder that was said. `at`: ISO instant. */
export interface SaidReminder {
  readonly officerId: number;
  readonly at: string;
  readonly commitmentIds: readonly number[];
}

export interface Answer {
  readonly officerId: number;
  readonly at: string;
  readonly what: AnswerKind;
  readonly commitmentId: number;
}

export interface Tally extends Readonly<Record<AnswerKind, number>> {
  readonly officerId: number;
  readonly messages: number;
  /** Messages after which nothing was said of any of their commitments before the next. */
  readonly unanswered: number;
}

/** Per officer who was reminded or answered: how often, and how. In the order of their ids: nobody is ranked. */
export function tallyAnswers(reminders: readonly SaidReminder[], answers: readonly Answer[]): Tally[] {
  const ids = [...new Set([...reminders, ...answers].map((each) => each.officerId))].toSorted((a, b) => a - b);
  return ids.map((officerId) => {
    const said = reminders.filter((each) => each.officerId === officerId).toSorted((a, b) => order(a.at, b.at));
    const own = answers.filter((each) => each.officerId === officerId);
    const count = (what: AnswerKind) => own.filter((each) => each.what === what).length;
    const isAnswered = ({ at, commitmentIds }: SaidReminder, index: number): boolean => {
      const next = said[index + 1]?.at;
      return own.some(
        (answer) =>
          commitmentIds.includes(answer.commitmentId) &&
          order(at, answer.at) <= 0 &&
          (next === undefined || order(answer.at, next) < 0),
      );
    };
    return {
      officerId,
      messages: said.length,
      unanswered: said.filter((each, index) => !isAnswered(each, index)).length,
      progress: count('progress'),
      obstacle: count('obstacle'),
      snoozed: count('snoozed'),
      'not-mine': count('not-mine'),
    };
  });
}

const order = (a: string, b: string): number => Date.parse(a) - Date.parse(b);
