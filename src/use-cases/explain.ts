import type { Explained } from '../chat/dispatch.ts';
import { shorten } from '../chat/text.ts';
import type { UserError } from '../domain/user-error.ts';
import type { Speaker } from '../locales/speaker.ts';

/** The sentence of a refusal, and the presses that mend it: the nearest things that may have been meant. */
export function explain(error: UserError, speaker: Speaker): Explained {
  const facts = Object.fromEntries(Object.entries(error.facts).map(([name, value]) => [name, spoken(speaker, value)]));
  const text = speaker.find(`error.${error.code}`, facts) ?? speaker.say('refusal.fault', { number: error.code });
  const { field, nearest = [] } = error;
  return {
    text,
    ...(field === undefined ? {} : { field }),
    ...(error.version === undefined ? {} : { version: error.version }),
    ...(field === undefined
      ? {}
      : {
          next: nearest.map(({ value, label }) => ({
            label: speaker.say('button.use', { what: shorten(label, 60) }),
            blanks: { [field]: value },
          })),
        }),
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Instants and days as the reader writes them; what people typed is shortened, so that the sentence stays one. */
function spoken(speaker: Speaker, value: string | number): string | number {
  if (typeof value === 'number') return value;
  if (INSTANT.test(value)) return speaker.moment(value);
  return DAY.test(value) ? speaker.day(value) : shorten(value, 200);
}
