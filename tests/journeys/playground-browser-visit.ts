import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Playground } from '../../src/chat/playground/index.ts';
import type { PlaygroundPerson } from '../../src/chat/playground/people.ts';
import { browser } from '../support/chromium.ts';
import type { Seen, SeenMessage, Upload } from './stage.ts';
import type { Visit, Visits } from './stage-playground.ts';

/** What stands in an element as a reader sees it: a line for each line, [Label] for what can be pressed. */
const READ = `(root) => {
  const out = [];
  const walk = (node) => {
    if (node.nodeType === 3) return void out.push(node.textContent);
    if (node.nodeType !== 1 || ['SVG', 'OPTION'].includes(node.tagName.toUpperCase())) return;
    const block = !getComputedStyle(node).display.startsWith('inline') || node.tagName === 'BUTTON';
    if (block) out.push('\\n');
    if (node.tagName === 'BUTTON') out.push('[' + node.textContent.trim() + ']');
    else node.childNodes.forEach(walk);
    if (block) out.push('\\n');
  };
  walk(root);
  return out.join('').split(/\\n\\s*/).map((line) => line.trim()).filter(Boolean).join('\\n');
}`;
/** All messages of a conversation at once: each question to the page on its own takes longer than what it asks. */
const READ_MESSAGES = `(articles) => articles.map((article) => {
  const bot = article.classList.contains('bot');
  const edits = Number(article.dataset.edits);
  return {
    id: article.dataset.message,
    edits,
    edited: edits > 0,
    bot,
    own: article.classList.contains('private'),
    text: (${READ})(article.querySelector(bot ? '[data-blocks]' : '.said')),
    buttons: Array.from(article.querySelectorAll('[data-press]'), (button) => button.textContent.trim()),
    form: null,
  };
})`;
const READ_ROWS = `(rows) => rows.map((row) => ({
  id: row.dataset.conversation,
  name: row.querySelector('.row-name').textContent,
  direct: row.dataset.kind === 'direct',
}))`;
// Handed over as source: a compiler's helpers do not exist inside the page.
const reader = <In, Out>(source: string) => new Function(`return ${source}`)() as (found: In) => Out;
const readElement = reader<unknown, string>(READ);
const readMessages = reader<unknown, ShownMessage[]>(READ_MESSAGES);
const readRows = reader<unknown, Row[]>(READ_ROWS);

interface Row {
  readonly id: string;
  readonly name: string;
  readonly direct: boolean;
}

interface ShownMessage extends SeenMessage {
  readonly edits: number;
  readonly bot: boolean;
  readonly own: boolean;
}

/** People who talk through the page in one headless browser, each in a session of their own. */
export function openBrowserVisits(playground: Playground): Visits {
  const contexts: BrowserContext[] = [];
  async function open(person: PlaygroundPerson): Promise<Page> {
    const context = await (await browser()).newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    contexts.push(context);
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    await page.goto(`${playground.url}#${new URLSearchParams({ as: person.id })}`);
    await page.locator('.page[data-loaded]').waitFor();
    return page;
  }
  return {
    visit: (person) => visitOf(person, playground, () => open(person)),
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
    },
  };
}

function visitOf(person: PlaygroundPerson, playground: Playground, open: () => Promise<Page>): Visit {
  let opened: Promise<Page> | null = null;
  const sheet = (): Promise<Page> => {
    opened ??= open();
    return opened;
  };

  /** Goes to a conversation as a reader does, by its row; one that is no longer listed by its address. */
  async function enter(page: Page, conversation: string): Promise<void> {
    const row = page.locator(`[data-conversation="${conversation}"]`);
    if ((await row.count()) > 0) await row.click();
    else {
      await page.goto(`${playground.url}#${new URLSearchParams({ as: person.id, in: conversation })}`);
      await page.reload();
    }
    await page.locator(`.page[data-loaded="${conversation}"]`).waitFor();
  }

  const rowsOf = (page: Page): Promise<Row[]> => page.locator('[data-conversation]').evaluateAll(readRows);

  async function conversationId(page: Page, where: string | undefined): Promise<string> {
    const found = (await rowsOf(page)).find(({ name, direct }) =>
      where === undefined ? direct : !direct && name === where,
    );
    if (!found) throw new Error(`${person.name} sees no conversation ${where ?? 'with the bot'}`);
    return found.id;
  }

  const shown = (page: Page): Promise<ShownMessage[]> => page.locator('[data-message]').evaluateAll(readMessages);

  /** Does one thing and waits until the page has shown what came of it. */
  async function turn(page: Page, act: () => Promise<void>): Promise<Seen> {
    const before = new Map((await shown(page)).map(({ id, edits }) => [id, edits]));
    const turns = Number(await page.locator('.page').getAttribute('data-turns'));
    await act();
    await page.locator(`.page[data-busy="0"]:not([data-turns="${turns}"])`).waitFor();
    const dialog = page.locator('dialog.form');
    if ((await dialog.count()) > 0) return seenForm(dialog);
    const said = (await shown(page)).filter(({ id, edits, bot }) => bot && before.get(id) !== edits);
    return {
      text: said.map(({ text }) => text).join('\n'),
      buttons: said.flatMap(({ buttons }) => buttons),
      form: null,
    };
  }

  return {
    accountId: person.id,
    async types(line, { where, file } = {}) {
      const page = await sheet();
      await enter(page, await conversationId(page, where));
      if (file) {
        await page
          .locator('.composer input[type=file]')
          .setInputFiles({ name: file.name, mimeType: '', buffer: Buffer.from(file.bytes) });
        await page.locator('.attached .chip').waitFor();
      }
      await page.locator('#composer').fill(line);
      return turn(page, () => page.locator('#composer').press('Enter'));
    },
    async presses(label, { on, where } = {}) {
      const page = await sheet();
      const ids = where === undefined ? (await rowsOf(page)).map(({ id }) => id) : [await conversationId(page, where)];
      let newest: { order: number; conversation: string; message: string } | null = null;
      for (const conversation of ids) {
        await enter(page, conversation);
        for (const { id, text, buttons } of await shown(page)) {
          const order = Number(id.slice(1));
          if (!buttons.includes(label) || (on !== undefined && !text.includes(on)) || order < (newest?.order ?? 0))
            continue;
          newest = { order, conversation, message: id };
        }
      }
      if (!newest) throw new Error(`${person.name} sees no [${label}]`);
      await enter(page, newest.conversation);
      const article = page.locator(`[data-message="${newest.message}"]`);
      const labelled = page.locator('[data-press]').filter({ hasText: exactly(label) });
      const button = article.locator(labelled).first();
      // A choice of a menu is seen once its menu is opened.
      if (!(await button.isVisible())) await article.locator('details', { has: labelled }).locator('summary').click();
      return turn(page, () => button.click());
    },
    async fills(values) {
      const page = await sheet();
      const dialog = page.locator('dialog.form');
      for (const [label, typed] of Object.entries(values))
        await fillField(dialog.locator(`[data-field="${label}"]`), typed);
      return turn(page, () => dialog.locator('.dialog-foot .primary').click());
    },
    async completes(path, blank, typed) {
      const page = await sheet();
      await enter(page, await conversationId(page, undefined));
      const line = `/${path.replace('/', ' ')} ${blank}:${/\s/.test(typed) ? `"${typed}` : typed}`;
      await page.locator('#composer').fill(line);
      await page
        .locator('.composer[data-suggested]')
        .and(page.locator(`[data-suggested="${line.replaceAll('"', '\\"')}"]`))
        .waitFor();
      const labels = await page.locator('.suggestions li bdi:first-child').allTextContents();
      await page.locator('#composer').fill('');
      return labels;
    },
    async directMessages() {
      const page = await sheet();
      await enter(page, await conversationId(page, undefined));
      return (await shown(page)).filter(({ bot }) => bot);
    },
    async reads(conversation) {
      const page = await sheet();
      await enter(page, conversation);
      return (await shown(page)).filter(({ own }) => !own);
    },
  };
}

const exactly = (label: string) => new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);

/** A search field is filled by typing and taking the first suggestion, where there is one. */
async function fillField(field: Locator, typed: string | Upload): Promise<void> {
  if (typeof typed !== 'string') {
    const file = { name: typed.name, mimeType: 'application/octet-stream', buffer: Buffer.from(typed.bytes) };
    return field.locator('input[type=file]').setInputFiles(file);
  }
  if ((await field.locator('select').count()) > 0)
    return void (await field.locator('select').selectOption({ label: typed }));
  if ((await field.locator('.search').count()) === 0) return field.locator('.field').fill(typed);
  await field.locator('.field').fill(typed);
  await field.locator(`.found[data-searched="${typed.replaceAll('"', '\\"')}"]`).waitFor();
  const first = field.locator('.found li:not(.none)').first();
  if ((await first.count()) > 0) await first.click();
  else await field.locator('.field').press('Escape');
}

async function seenForm(dialog: Locator): Promise<Seen> {
  const fields = await Promise.all(
    (await dialog.locator('[data-field]').all()).map(async (field) => {
      const error = await field.locator('.field-error').textContent();
      const label = (await field.getAttribute('data-field')) ?? '';
      return { label, value: await shownIn(field), ...(error ? { error } : {}) };
    }),
  );
  const title = (await dialog.locator('h2').textContent()) ?? '';
  const error = dialog.locator('.form-error');
  const submit = ((await dialog.locator('.dialog-foot .primary').textContent()) ?? '').trim();
  const whole = (await error.count()) > 0 ? { error: (await error.textContent()) ?? '' } : {};
  return { text: await dialog.evaluate(readElement), buttons: [submit], form: { title, fields, ...whole } };
}

async function shownIn(field: Locator): Promise<string> {
  const select = field.locator('select');
  if ((await select.count()) > 0) {
    const value = await select.inputValue();
    return value === '' ? '' : ((await select.locator('option:checked').textContent()) ?? '');
  }
  const input = field.locator('.field');
  return (await input.count()) > 0 ? input.inputValue() : ((await field.locator('.chip').allTextContents())[0] ?? '');
}
