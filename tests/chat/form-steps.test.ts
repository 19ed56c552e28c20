import { describe, expect, it } from 'vitest';
import { decodeAction, encodeAction } from '../../src/chat/action.ts';
import type { OptionShape } from '../../src/chat/command.ts';
import { buildForm } from '../../src/chat/form-of-command.ts';
import { stepKept, stepsOf } from '../../src/chat/form-steps.ts';
import { LANGS } from '../../src/chat/language.ts';
import { plainDocument } from '../../src/chat/plain-document.ts';
import { phrases } from '../../src/locales/index.ts';

const option = (name: string, more: Partial<OptionShape> = {}): OptionShape => ({
  name,
  kind: 'text',
  field: 'line',
  required: false,
  completes: false,
  asked: true,
  positional: null,
  maxLength: 100,
  label: () => name,
  hint: () => '',
  choices: () => [],
  ...more,
});
const options = [
  option('file', { kind: 'file', field: 'file', required: true }),
  ...'abcdef'.split('').map((name) => option(name)),
  option('must', { required: true }),
  option('never', { asked: false }),
];
const shape = {
  path: 'commitment/amend',
  noun: 'commitment',
  verb: 'amend',
  hidden: false,
  description: () => '',
  title: () => 'Amend',
  options,
};
const form = (wish: Partial<Parameters<typeof buildForm>[0]> = {}) =>
  buildForm({ shape, lang: 'en', blanks: {}, nonce: 'n', phrases, room: 3, ...wish });
const names = (of: ReturnType<typeof buildForm>) => of.fields.map((field) => field.name);

describe('the steps of a form', () => {
  it('ask for what is required first, and for files last', () => {
    const steps = stepsOf(options.slice(0, 8), 3).map((step) => step.map((each) => each.name));
    expect(steps).toEqual([
      ['must', 'a', 'b'],
      ['c', 'd', 'e'],
      ['f', 'file'],
    ]);
  });

  it('are as many as it takes, and none where everything has room', () => {
    expect([names(form()), form().progress, form().state.step]).toEqual([['a', 'b', 'must'], '1 of 3', 1]);
    const last = form({ step: 3 });
    expect([names(last), last.progress]).toEqual([['file', 'f'], '3 of 3']);
    expect(form({ step: 9 }).progress).toBe('3 of 3');
    const { room: _, ...whole } = { room: 3, shape, lang: 'en' as const, blanks: {}, nonce: 'n', phrases };
    const one = buildForm(whole);
    expect([one.fields.length, one.progress, one.state.step]).toEqual([8, undefined, undefined]);
    expect(form({ blanks: { a: '1', b: '2', c: '3', d: '4', e: '5' } }).progress).toBeUndefined();
  });

  it('begin at the first that has an error, which is shown though it is never asked for', () => {
    const wrong = form({ errors: { d: 'No.' } });
    expect([wrong.progress, wrong.fields.find((field) => field.name === 'd')?.error]).toEqual(['2 of 3', 'No.']);
    expect(names(form({ errors: { never: 'No.' } }))).toContain('never');
  });
});

describe.each(LANGS)('the note after a step, in %s', (lang) => {
  it('leads on, back and away', () => {
    const facts = { lang, path: 'commitment/amend', form: 'Amend', draft: 'd'.repeat(12), at: 2, of: 3, version: 7 };
    const document = stepKept(phrases, { ...facts, complete: true });
    const [, buttons] = document.blocks;
    if (buttons?.block !== 'buttons') throw new Error('no buttons');
    const codes = buttons.buttons.map((button, at) => decodeAction(encodeAction(button.does, String(at)))?.action);
    expect(codes.map((action) => [action?.blanks['step'], action?.version])).toEqual([
      ['3', 7],
      ['send', 7],
      ['1', 7],
      ['2', 7],
    ]);
    expect(plainDocument(document)).toMatchSnapshot();
    const open = stepKept(phrases, { ...facts, complete: false }).blocks[1];
    expect(open?.block === 'buttons' && open.buttons.map((button) => button.does.blanks['step'])).toEqual([
      '3',
      '1',
      '2',
    ]);
  });
});
