import { expect, it } from 'vitest';
import { LANGS } from '../../src/chat/language.ts';
import { plainDocument } from '../../src/chat/plain-document.ts';
import { made, NAMES } from './made.ts';
import { type Field, type Pen, restrictedAll, written } from './register.ts';

/** What would tell what a commitment is about. */
const TELLING: ReadonlySet<Field> = new Set(['title', 'partner', 'instrument', 'event', 'result', 'obstacle']);
const telling: Pen = (words, field) => (TELLING.has(field) ? 'HUSHED' : words);
/** Their words come ready from elsewhere: tests/use-cases/restricted.test.ts asks for them. */
const READY_MADE = new Set(['refusal nearest']);

it.each(NAMES.filter((name) => !READY_MADE.has(name)))('%s says of what is restricted its reference alone', (name) => {
  for (const lang of LANGS) {
    const { made: document } = written(telling, () => restrictedAll(() => made(name, lang)));
    expect(`${plainDocument(document)} ${document.summary}`).not.toContain('HUSHED');
  }
});

it('says it where it is open', () => {
  for (const name of ['commitmentCard whole', 'digestAgency part', 'groupOpening exchange', 'reminder due'])
    expect(plainDocument(written(telling, () => made(name, 'en')).made), name).toContain('HUSHED');
});
