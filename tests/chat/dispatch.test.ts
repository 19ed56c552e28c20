import { describe, expect, it } from 'vitest';
import { encodeAction, fitsCode } from '../../src/chat/action.ts';
import { type Command, say } from '../../src/chat/command.ts';
import { createDispatch, type DispatchParts, type Draft, type Explained } from '../../src/chat/dispatch.ts';
import type { Account, Interaction, Outcome, Said } from '../../src/chat/interaction.ts';
import type { Lang } from '../../src/chat/language.ts';
import type { Button, MessageDocument } from '../../src/chat/message.ts';
import { choice, commitment, longText, type Options, text } from '../../src/chat/option.ts';
import { shapesOf } from '../../src/chat/read-commands.ts';
import { plainText } from '../../src/chat/text.ts';

/** A house of three commands that remember what they were called with; sentences are their own keys. */
interface Call {
  readonly path: string;
  readonly blanks: object;
  readonly version?: number;
  readonly once: string;
  readonly lang: Lang;
}
class Mistake extends Error {
  readonly field: string | undefined;
  readonly more: Partial<Explained>;
  constructor(message: string, field?: string, more: Partial<Explained> = {}) {
    super(message);
    this.field = field;
    this.more = more;
  }
}

const words = (text: string): MessageDocument => ({
  lang: 'en',
  summary: text,
  blocks: [{ block: 'paragraph', text }],
});

function open(more: Partial<DispatchParts<Call[], string>> = {}) {
  const calls: Call[] = [];
  const drafts = new Map<string, { draft: Draft; account: string }>();
  const faults: unknown[] = [];
  let nudges = 0;
  let count = 0;
  const noting = <O extends Options>(path: string, declared: Omit<Command<Call[], string, O>, 'handle'>) =>
    ({
      ...declared,
      async handle(blanks: object, { actor, version, lang }: { actor: string; version?: number; lang: Lang }) {
        calls.push({ path, blanks, once: actor, lang, ...(version === undefined ? {} : { version }) });
        return say(words(`${path} is done`));
      },
    }) as unknown as Command<Call[], string>;
  const required = { required: true, positional: true } as const;
  const commands = new Map<string, Command<Call[], string>>([
    [
      'progress/report',
      noting('progress/report', {
        answers: 'private',
        formerly: ['progress/tell'],
        options: {
          commitment: commitment(required),
          text: longText(required),
          done: choice(['yes', 'no'], {}),
        },
      }),
    ],
    ['accord/help', noting('accord/help', { answers: 'public', open: true, options: {} })],
    ['my/language', noting('my/language', { answers: 'edit', slow: true, options: { note: text({ asked: false }) } })],
    [
      'import/file',
      {
        answers: 'private',
        options: {},
        async *handle() {
          yield words('one moment');
          yield words('half');
          return { edit: words('all') };
        },
      } as Command<Call[], string>,
    ],
  ]);
  const phrases = {
    find: (lang: Lang, key: string, facts: Readonly<Record<string, string | number>> = {}) =>
      /^(form\..*\.(intro|submit))$/.test(key) ? null : [lang, key, ...Object.values(facts)].join(' '),
  };
  const inbound = createDispatch<Call[], string>({
    commands,
    shapes: shapesOf(commands, phrases),
    phrases,
    house: calls,
    defaultLang: 'en',
    help: 'accord/help',
    recognise: async (account, once) => ({
      actor: once,
      lang: account.id === 'an' ? 'vi' : null,
      linked: account.id !== 'guest',
    }),
    explain: (error) =>
      error instanceof Mistake
        ? { text: error.message, ...(error.field === undefined ? {} : { field: error.field }), ...error.more }
        : null,
    fault(error) {
      faults.push(error);
      return 'F00';
    },
    refusal: (lang, text, path, draft, next = []) => ({
      lang,
      summary: text,
      blocks: [...words([text, path, draft].filter(Boolean).join(' | ')).blocks, { block: 'buttons', buttons: next }],
    }),
    async saveDraft(draft, account) {
      const id = `d${++count}`;
      drafts.set(id, { draft, account: account.id });
      return id;
    },
    async loadDraft(id, account) {
      const found = drafts.get(id);
      return found?.account === account.id ? found.draft : null;
    },
    complete: async (query, kind) => [{ value: query.typed, label: kind }],
    nonce: () => `n${++count}`,
    afterwards: () => void nudges++,
    ...more,
  });
  const interaction = (said: Said, who: Partial<Account> = {}): Interaction => ({
    id: 'i1',
    account: { platform: 'paper', id: 'lan', name: 'Lan', ...who },
    place: { conversation: 'room', direct: false, message: 'm1' },
    said,
  });
  return { inbound, calls, drafts, faults, interaction, commands, nudged: () => nudges };
}

const typed = (path: string, line: string): Said => ({ by: 'words', path, words: line });
const pressed = (code: string): Said => ({ by: 'press', code });
const textOf = (outcome: Outcome): string => {
  const { blocks } = outcome.do === 'ask' ? outcome.asDocument : outcome.document;
  return blocks.flatMap((block) => (block.block === 'paragraph' ? [plainText(block.text)] : [])).join('\n');
};

const buttonsOf = (outcome: Outcome): readonly Button[] =>
  (outcome.do === 'ask' ? outcome.asDocument : outcome.document).blocks.flatMap((block) =>
    block.block === 'buttons' ? block.buttons : [],
  );

describe('the four ways of saying the same', () => {
  it('come to the same command with the same blanks', async () => {
    const { inbound, calls, interaction } = open();
    const blanks = { commitment: 'C-142', text: 'No site' };
    await inbound.run(interaction(typed('progress/report', 'C-142 No site')));
    await inbound.run(interaction({ by: 'options', path: 'progress/report', blanks }));
    await inbound.run(interaction(pressed(encodeAction({ path: 'progress/report', blanks }, '0'))));
    await inbound.run(
      interaction({
        by: 'form',
        state: { path: 'progress/report', blanks: { commitment: 'C-142' }, nonce: 'n' },
        blanks: { text: 'No site' },
      }),
    );
    expect(calls.map((call) => call.blanks)).toEqual(Array(4).fill({ ...blanks, done: undefined }));
    // Each way has its own key, under which it happens once; typed words and options by the interaction's id.
    expect(calls.map((call) => call.once)).toEqual([
      'said:paper:i1',
      'said:paper:i1',
      expect.stringMatching(/^press:paper:lan:room:m1:progress\/report/),
      'form:n',
    ]);
  });

  it('carry the version they were made from', async () => {
    const { inbound, calls, interaction } = open();
    const blanks = { commitment: 'C-142', text: 'No site' };
    await inbound.run(interaction(pressed(encodeAction({ path: 'progress/report', blanks, version: 4 }, '0'))));
    await inbound.run(
      interaction({ by: 'form', state: { path: 'progress/report', blanks, nonce: 'n', version: 5 }, blanks: {} }),
    );
    expect(calls.map((call) => call.version)).toEqual([4, 5]);
  });

  it('reach a renamed command, and say so where it is gone', async () => {
    const { inbound, calls, interaction } = open();
    await inbound.run(interaction(pressed('progress/tell?commitment=C-1&text=x||0')));
    expect(calls.map((call) => call.path)).toEqual(['progress/report']);
    for (const said of [pressed('gone/away?||0'), pressed('…')])
      expect(textOf(await inbound.run(interaction(said)))).toBe('en refusal.old-button');
  });
});

describe('before it runs', () => {
  it('a form opens where something required is missing, with what is known filled in', async () => {
    const { inbound, interaction } = open();
    const plan = await inbound.plan(interaction(typed('progress/report', 'C-142')));
    if (plan.do !== 'open-form') throw new Error(plan.do);
    expect(plan.form.state).toMatchObject({ path: 'progress/report', blanks: { commitment: 'C-142' } });
    expect(plan.form.fields.map((field) => field.name)).toEqual(['text', 'done']);
  });

  it('the platform learns how it is answered', async () => {
    const { inbound, interaction } = open();
    expect(await inbound.plan(interaction(typed('accord/help', '')))).toEqual({
      do: 'run',
      answers: 'public',
      slow: false,
    });
    expect(await inbound.plan(interaction(typed('my/language', '')))).toEqual({
      do: 'run',
      answers: 'edit',
      slow: true,
    });
    expect(await inbound.plan(interaction(pressed('gone/away?||')))).toEqual({
      do: 'run',
      answers: 'private',
      slow: false,
    });
  });
});

describe('a no', () => {
  it('whom nobody knows may only do what is open', async () => {
    const { inbound, calls, interaction } = open();
    const guest = { id: 'guest' };
    expect(textOf(await inbound.run(interaction(typed('progress/report', 'C-1 x'), guest)))).toContain(
      'refusal.not-linked',
    );
    expect(calls).toEqual([]);
    await inbound.run(interaction(typed('accord/help', ''), guest));
    expect(calls).toHaveLength(1);
  });

  it('keeps what was typed as a draft of whoever typed it', async () => {
    const { inbound, drafts, interaction } = open();
    const refused = await inbound.run(interaction(typed('progress/report', 'done:perhaps C-142 No site')));
    expect(textOf(refused)).toContain('invalid.not-a-choice');
    expect([...drafts.values()]).toEqual([
      {
        account: 'lan',
        draft: {
          path: 'progress/report',
          blanks: { commitment: 'C-142', done: 'perhaps', text: 'No site' },
          origin: { conversation: 'room', message: 'm1' },
          // Said under the field when the form opens again.
          problems: { done: expect.stringContaining('invalid.not-a-choice') },
        },
      },
    ]);
  });

  it('keeps words that fit nowhere', async () => {
    const { inbound, calls, interaction } = open();
    expect(textOf(await inbound.run(interaction(typed('accord/help', 'with the harbour'))))).toContain(
      'refusal.words-left with the harbour',
    );
    expect(calls).toEqual([]);
  });

  it('to a form comes back in the form, under its field, with a new name to send it by', async () => {
    const { inbound, interaction } = open();
    const state = { path: 'progress/report', blanks: { commitment: 'C-142' }, nonce: 'first' };
    const outcome = await inbound.run(interaction({ by: 'form', state, blanks: { text: 'x'.repeat(3001) } }));
    if (outcome.do !== 'ask') throw new Error(outcome.do);
    expect(outcome.form.state.nonce).not.toBe('first');
    expect(outcome.form.fields.find((field) => field.name === 'text')).toMatchObject({
      value: 'x'.repeat(3001),
      error: expect.stringContaining('invalid.too-long'),
    });
  });

  it('of ours has a number, and loses nothing either', async () => {
    const { inbound, commands, faults, drafts, interaction } = open();
    commands.set('progress/report', {
      ...(commands.get('progress/report') as Command<Call[], string>),
      async handle() {
        throw new Error('the disk is full');
      },
    });
    const outcome = await inbound.run(interaction(typed('progress/report', 'C-142 No site')));
    expect(textOf(outcome)).toContain('refusal.fault F00');
    expect(faults).toHaveLength(1);
    expect(drafts.size).toBe(1);
  });

  it('is never thrown, though nothing can be kept', async () => {
    const broken = open({
      saveDraft: async () => {
        throw new Error('no database');
      },
      recognise: async () => {
        throw new Mistake('not now');
      },
    });
    expect(textOf(await broken.inbound.run(broken.interaction(typed('progress/report', 'C-1 x'))))).toBe('not now');
    expect(broken.nudged()).toBe(1);
  });
});

describe('all that is wrong', () => {
  it('with a form is said at once, each under its field', async () => {
    const { inbound, interaction } = open();
    const state = { path: 'progress/report', blanks: {}, nonce: 'n' };
    const outcome = await inbound.run(
      interaction({ by: 'form', state, blanks: { commitment: 'railway', text: 'x'.repeat(3001), done: 'perhaps' } }),
    );
    if (outcome.do !== 'ask') throw new Error(outcome.do);
    expect(outcome.form.fields.map(({ name, error }) => [name, error?.split(' ')[1]])).toEqual([
      ['commitment', 'invalid.not-a-reference'],
      ['text', 'invalid.too-long'],
      ['done', 'invalid.not-a-choice'],
    ]);
    expect(textOf({ do: 'say', to: 'private', document: outcome.asDocument })).toMatch(
      /not-a-reference.*too-long.*not-a-choice/s,
    );
  });

  it('in the eyes of the handler too; what belongs to no field stands on top', async () => {
    const { inbound, commands, interaction } = open();
    commands.set('progress/report', {
      ...(commands.get('progress/report') as Command<Call[], string>),
      async handle() {
        throw new Mistake('closed', 'register', { others: [{ text: 'too short', field: 'text' }] });
      },
    });
    const state = { path: 'progress/report', blanks: { commitment: 'C-1' }, nonce: 'n' };
    const outcome = await inbound.run(interaction({ by: 'form', state, blanks: { text: 'x' } }));
    if (outcome.do !== 'ask') throw new Error(outcome.do);
    expect(outcome.form.error).toBe('closed');
    expect(outcome.form.fields.find((field) => field.name === 'text')?.error).toBe('too short');
  });

  it('is mended by presses that always fit a code', async () => {
    const { inbound, commands, drafts, interaction } = open();
    const long = 'Ministry of Agriculture, Environment, Fisheries, Forestry, Irrigation and Rural Development';
    commands.set('progress/report', {
      ...(commands.get('progress/report') as Command<Call[], string>),
      async handle() {
        throw new Mistake('unclear', 'text', {
          next: [
            { label: 'short', blanks: { text: 'MAE' } },
            { label: 'long', blanks: { text: long } },
          ],
        });
      },
    });
    const refused = await inbound.run(interaction(typed('progress/report', 'C-142 ministry')));
    const [short, other] = buttonsOf(refused);
    expect(short?.does.blanks).toMatchObject({ text: 'MAE' });
    expect(buttonsOf(refused).every((button) => fitsCode(button.does))).toBe(true);
    expect(drafts.get(other?.does.blanks['draft'] ?? '')?.draft.blanks).toEqual({ commitment: 'C-142', text: long });
  });
});

describe('a command mistyped', () => {
  it('is answered with what may have been meant, and the words come along', async () => {
    const { inbound, calls, interaction } = open();
    const answer = await inbound.run(interaction(typed('progres/reprot', 'C-142 No site')));
    expect(textOf(answer)).toBe('en refusal.did-you-mean /progres reprot');
    const [meant, ...others] = buttonsOf(answer);
    expect(others).toEqual([]);
    expect(meant).toMatchObject({ label: '/progress report' });
    await inbound.run(interaction(pressed(encodeAction(meant?.does ?? { path: '', blanks: {} }, '0'))));
    expect(calls.map((call) => call.blanks)).toEqual([{ commitment: 'C-142', text: 'No site', done: undefined }]);
  });

  it('with more words than a code holds keeps them in a draft', async () => {
    const { inbound, drafts, interaction } = open();
    const text = 'No site is ready. '.repeat(20).trim();
    const [meant] = buttonsOf(await inbound.run(interaction(typed('progress/rep', `C-142 ${text}`))));
    expect(drafts.get(meant?.does.blanks['draft'] ?? '')?.draft.blanks).toEqual({ commitment: 'C-142', text });
  });

  it('and like none there is, is a call for help', async () => {
    const { inbound, calls, interaction } = open();
    await inbound.run(interaction(typed('weather/tomorrow', 'please')));
    expect(calls.map((call) => call.path)).toEqual(['accord/help']);
  });
});

describe('a form that continues a draft', () => {
  it('keeps what is typed in it and not shown when it comes back', async () => {
    const six = Object.fromEntries(['one', 'two', 'three', 'four', 'five', 'six'].map((name) => [name, text({})]));
    const wide = {
      answers: 'private',
      options: six,
      async handle() {
        throw new Mistake('six is wrong', 'six');
      },
    } as unknown as Command<Call[], string>;
    const house = open();
    house.drafts.set('d0', { account: 'lan', draft: { path: 'progress/report', blanks: { six: 'kept' } } });
    house.commands.set('progress/report', wide);
    const again = open({
      commands: house.commands,
      shapes: shapesOf(house.commands, { find: (_lang, key) => key }),
      loadDraft: async (id) => house.drafts.get(id)?.draft ?? null,
    });
    const typedNow = { one: 'a', two: 'b', three: 'c', four: 'd', five: 'e' };
    const state = { path: 'progress/report', blanks: {}, nonce: 'n', draft: 'd0' };
    const outcome = await again.inbound.run(again.interaction({ by: 'form', state, blanks: typedNow }));
    if (outcome.do !== 'ask') throw new Error(outcome.do);
    const shown = Object.fromEntries(outcome.form.fields.map((field) => [field.name, field.value]));
    expect({ ...outcome.form.state.blanks, ...shown }).toEqual({ ...typedNow, six: 'kept' });
  });
});

describe('an answer', () => {
  it('shows how far it is, then edits', async () => {
    const { inbound, interaction } = open();
    const shown: string[] = [];
    const outcome = await inbound.run(interaction(typed('import/file', '')), (each) => void shown.push(each.summary));
    expect(shown).toEqual(['one moment', 'half']);
    expect(outcome).toEqual({ do: 'edit', document: { ...words('all'), continued: 'en message.continued' } });
  });

  it('is in the language of whoever asked, from the second time on without a look-up', async () => {
    const { inbound, calls, interaction } = open();
    const an = { platform: 'paper', id: 'an', name: 'An', locale: 'en-GB' };
    expect(inbound.languageOf(an)).toBe('en');
    await inbound.run(interaction(typed('accord/help', ''), an));
    expect(calls[0]?.lang).toBe('vi');
    expect(inbound.languageOf(an)).toBe('vi');
    expect(inbound.languageOf({ ...an, id: 'other', locale: 'ar_EG' })).toBe('ar');
    expect(inbound.languageOf({ ...an, id: 'third', locale: 'fr' })).toBe('en');
  });

  it('nudges the outbox once, whatever came of it', async () => {
    const { inbound, interaction, nudged } = open();
    await inbound.run(interaction(typed('accord/help', '')));
    await inbound.run(interaction(typed('gone/away', '')));
    expect(nudged()).toBe(2);
  });
});

describe('what is typed', () => {
  it('is completed by its kind; a choice by its own', async () => {
    const { inbound } = open();
    const query = { account: { platform: 'paper', id: 'lan', name: 'Lan' }, path: 'progress/report', limit: 5 };
    expect(await inbound.complete({ ...query, name: 'commitment', typed: 'C-1' })).toEqual([
      { value: 'C-1', label: 'commitment' },
    ]);
    expect((await inbound.complete({ ...query, name: 'done', typed: '' })).map((each) => each.value)).toEqual([
      'yes',
      'no',
    ]);
    expect(await inbound.complete({ ...query, name: 'nothing', typed: '' })).toEqual([]);
    expect(await inbound.complete({ ...query, path: 'gone/away', name: 'done', typed: '' })).toEqual([]);
  });

  it('cannot turn the words beside it around', async () => {
    const { inbound, calls, interaction } = open();
    await inbound.run(interaction(typed('progress/report', 'C-142 No \u202Esite\u200B')));
    expect(calls[0]?.blanks).toMatchObject({ text: 'No site' });
  });
});
