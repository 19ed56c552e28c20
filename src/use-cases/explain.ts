import type { Explained } from '../chat/dispatch.ts';
import { PlatformError } from '../chat/platform.ts';
import { shorten } from '../chat/text.ts';
import { UserError } from '../domain/user-error.ts';
import type { Speaker } from '../locales/speaker.ts';

/** A no that a person can do something about, if this is one: ours, or that a file they attached cannot be had. */
export function asUserError(error: unknown): UserError | null {
  if (error instanceof UserError) return error;
  return error instanceof PlatformError && error.code.startsWith('file-')
    ? new UserError(error.code, {}, { field: 'file' })
    : null;
}

/** The sentences of a refusal, and the presses that mend it: the nearest things that may have been meant. */
export function explain(error: UserError, speaker: Speaker): Explained {
  const others = error.others.map((each) => sentenceOf(each, speaker));
  return {
    ...sentenceOf(error, speaker),
    ...(error.version === undefined ? {} : { version: error.version }),
    ...(others.length === 0 ? {} : { others }),
    ...(error.field === undefined
      ? {}
      : { next: [error, ...error.others].flatMap((each) => nearestOf(each, speaker)).slice(0, MOST_OFFERED) }),
  };
}

/** More presses under one refusal are no help. */
const MOST_OFFERED = 5;

function sentenceOf({ code, facts, field }: UserError, speaker: Speaker): { text: string; field?: string } {
  const said = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, spoken(speaker, value)]));
  const text = speaker.find(`error.${code}`, said) ?? speaker.say('refusal.fault', { number: code });
  return { text, ...(field === undefined ? {} : { field }) };
}

const nearestOf = ({ field, nearest = [] }: UserError, speaker: Speaker) =>
  field === undefined
    ? []
    : nearest.map(({ value, label }) => ({
        label: speaker.say('button.use', { what: shorten(label, 60) }),
        blanks: { [field]: value },
      }));

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Instants and days as the reader writes them; what people typed is shortened, so that the sentence stays one. */
function spoken(speaker: Speaker, value: string | number): string | number {
  if (typeof value === 'number') return value;
  if (INSTANT.test(value)) return speaker.moment(value).plain;
  return DAY.test(value) ? speaker.day(value) : shorten(value, 200);
}
