import { describe, expect, test } from 'vitest';
import { CodeTooLong, decodeAction } from '../../src/chat/action.ts';
import type { Form } from '../../src/chat/form.ts';
import { LANGS } from '../../src/chat/language.ts';
import type { MessageDocument } from '../../src/chat/message.ts';
import { clockOffers } from '../../src/chat/playground/clock.ts';
import { documentFromJson, documentToJson } from '../../src/chat/playground/document-json.ts';
import { plainLines, pressable } from '../../src/chat/playground/plain.ts';
import { previewOf } from '../../src/chat/playground/preview.ts';
import { readLine } from '../../src/chat/playground/register.ts';
import { render, withinLimits } from '../../src/chat/playground/render.ts';
import { renderForm } from '../../src/chat/playground/render-form.ts';
import { fitPlayground } from '../../src/chat/playground/room.ts';
import { completeWords, PLAYGROUND_WORDS } from '../../src/chat/playground/words.ts';
import { sampleWords } from '../support/playground-demo.ts';
import { ALL_BLOCKS, DIGEST, HOSTILE, REMINDER_AR, REMINDER_EN } from '../support/playground-specimens.ts';

const SPECIMENS = { DIGEST, REMINDER_EN, REMINDER_AR, ALL_BLOCKS };

/** A digest with so many entries, each as long as an entry gets. */
const longList = (count: number, lang: MessageDocument['lang']): MessageDocument => ({
  lang,
  summary: 'A list',
  blocks: [
    { block: 'heading', text: 'A list' },
    {
      block: 'entries',
      entries: Array.from({ length: count }, (_, at) => ({
        text: [{ bold: `C-${at}` }, ` ${'كلمة word từ '.repeat(40)}${HOSTILE}`],
        detail: 'x'.repeat(300),
        button: { label: 'Show', does: { path: 'commitment/show', blanks: { commitment: `C-${at}` } } },
      })),
    },
  ],
});

describe.each(Object.entries(SPECIMENS))('%s', (_name, document) => {
  test('becomes a view that JSON can hold, with a press for every button', () => {
    const view = render(document);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
    const codes = pressable(view).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(decodeAction(code)?.action.blanks).toEqual({ commitment: 'C-142' });
    expect(withinLimits(view)).toBe(true);
    expect(view.dir).toBe(document.lang === 'ar' ? 'rtl' : 'ltr');
  });

  test('comes back from the ledger as it went in', () => {
    expect(documentFromJson(documentToJson(document))).toEqual(document);
  });
});

test('every block in plain lines', () => {
  expect(plainLines(render(ALL_BLOCKS))).toMatchInlineSnapshot(`
    "WG-3 · Land clearance for cross-border works
    Proposed by Trần Thị Hà, to be answered by 18 November 2025, 17:00 with /group join: please nominate a leader.
    Proposed chair: Ministry of Agriculture and Environment
    Touched: C-118 (flagship, China), C-142 (Laos), C-205 (Japan)
    ———
    “No resettlement site, so no handover.” — Construction
    Agency | Assigned | Fell due | Done
    Ministry of Construction | 41 | 12 | 11 (91.7%)
    Ministry of Industry and Trade | 38 | 9 | 7 (77.8%)
    Answers
    joined: 3 · sent a delegate: 1 · silent: 2
    Steps
    1. <img src=x onerror="document.title=1"> & <script>document.title=2</script> *bold* \`x\` <!channel> @everyone [l](http://e.example)
    Typed by somebody
    [Join]
    Who can decide: [The Prime Minister] [The task force]
    [Join] [Conclude]
    Exchange group: no establishing decision recorded yet.
    states.png
    report.html"
  `);
});

test.each([1, 10, 100])('%i entries in each language: nothing is cut, every part fits', (count) => {
  for (const lang of LANGS) {
    const parts = fitPlayground(longList(count, lang));
    for (const part of parts) expect(withinLimits(render(part))).toBe(true);
    const said = parts.map((part) => plainLines(render(part))).join('\n');
    for (let at = 0; at < count; at++) expect(said).toContain(`• C-${at} `);
    expect(parts.flatMap((part) => pressable(render(part)))).toHaveLength(count);
    expect(said.split(HOSTILE)).toHaveLength(count + 1);
  }
});

test('a button whose blanks do not fit its code is an error, not a dead button', () => {
  const does = { path: 'commitment/show', blanks: { text: 'x'.repeat(90) } };
  expect(() =>
    render({ lang: 'en', summary: '', blocks: [{ block: 'buttons', buttons: [{ label: 'Show', does }] }] }),
  ).toThrow(CodeTooLong);
});

test('a ledger that holds another shape says so', () => {
  expect(() => documentFromJson('{"lang":"en","summary":"","blocks":[{"block":"carousel"}]}')).toThrow();
});

test('a form keeps its state, its values and what is wrong', () => {
  const form: Form = {
    lang: 'ar',
    state: { path: 'commitment/register', blanks: { kind: 'plan' }, nonce: 'n1', version: 3 },
    title: 'تسجيل',
    intro: [{ bold: 'C-142' }],
    error: HOSTILE,
    fields: [
      {
        name: 'agency',
        label: 'الجهة',
        kind: 'search',
        required: true,
        value: 'MOIT',
        valueLabel: 'Industry',
        maxLength: 200,
        error: 'غير معروفة',
      },
    ],
    submit: 'إرسال',
  };
  expect(renderForm(form)).toEqual({
    lang: 'ar',
    dir: 'rtl',
    state: form.state,
    title: 'تسجيل',
    intro: [{ is: 'bold', text: 'C-142' }],
    error: [{ is: 'text', text: HOSTILE }],
    fields: [
      {
        name: 'agency',
        label: 'الجهة',
        hint: null,
        kind: 'search',
        required: true,
        value: 'MOIT',
        valueLabel: 'Industry',
        choices: [],
        maxLength: 200,
        error: 'غير معروفة',
      },
    ],
    submit: 'إرسال',
  });
});

test('the pane shows payloads without the bytes in them, and what failed as nothing', () => {
  const failing = () => {
    throw new CodeTooLong('x');
  };
  expect(
    previewOf(REMINDER_EN, { a: () => ({ file: Buffer.from('abc'), other: new Uint8Array(2) }), b: failing }).dialects,
  ).toEqual({
    a: { file: '3 bytes', other: '2 bytes' },
    b: null,
  });
});

test.each([
  ['/commitment list', { path: 'commitment/list', words: '' }],
  ['  /Commitment LIST now\nplease ', { path: 'commitment/list', words: 'now\nplease' }],
  ['/commitment', null],
  ['/commitment fly C-1', { path: 'commitment/fly', words: 'C-1' }],
  ['commitment list', null],
])('%j is read as a command or as none', (line, read) => {
  expect(readLine(line)).toEqual(read);
});

describe('the clock', () => {
  const offers = (now: string, zone: string, present = now) =>
    Object.fromEntries(clockOffers(now, present, zone).map(({ name, to }) => [name, to]));

  test('moves to Monday 08:00 on the wall of its zone', () => {
    expect(offers('2025-11-14T02:20:00.000Z', 'Asia/Ho_Chi_Minh')).toEqual({
      hour: '2025-11-14T03:20:00.000Z',
      tomorrow: '2025-11-15T02:00:00.000Z',
      monday: '2025-11-17T01:00:00.000Z',
    });
  });
  test('on a Monday: to this morning while it lies ahead, else to next week', () => {
    expect(offers('2025-11-17T00:59:59.000Z', 'Asia/Ho_Chi_Minh').monday).toBe('2025-11-17T01:00:00.000Z');
    expect(offers('2025-11-17T01:00:00.000Z', 'Asia/Ho_Chi_Minh').monday).toBe('2025-11-24T01:00:00.000Z');
  });
  test('counts with the hour that summer time takes', () => {
    expect(offers('2025-10-24T10:00:00.000Z', 'Europe/Berlin').monday).toBe('2025-10-27T07:00:00.000Z');
    expect(offers('2025-10-20T10:00:00.000Z', 'Europe/Berlin').tomorrow).toBe('2025-10-21T07:00:00.000Z');
  });
  test('moves to the real present only where that lies ahead', () => {
    expect(offers('2025-11-14T02:20:00.000Z', 'UTC', '2025-12-01T00:00:00.000Z').now).toBe('2025-12-01T00:00:00.000Z');
    expect(offers('2025-11-14T02:20:00.000Z', 'UTC', '2025-11-13T00:00:00.000Z').now).toBeUndefined();
  });
});

test('the drafted words are there in every language, and a missing one shows its key', () => {
  for (const lang of LANGS) expect(Object.keys(sampleWords(lang)).sort()).toEqual([...PLAYGROUND_WORDS].sort());
  expect(completeWords({ send: 'Send' })).toMatchObject({ send: 'Send', attach: 'attach' });
});
