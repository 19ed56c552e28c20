import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Playground } from '../../src/chat/playground/index.ts';
import { browser, closeBrowser, hasChromium } from '../support/chromium.ts';
import { openDemo } from '../support/playground-demo.ts';

describe.skipIf(!hasChromium())('the page', () => {
  let context: BrowserContext;
  let playground: Playground;
  let page: Page;
  let goOn = () => {};
  const complaints: string[] = [];
  afterAll(closeBrowser);
  beforeEach(async () => {
    complaints.length = 0;
    playground = await openDemo(0, () => new Promise((resolve) => (goOn = resolve)));
    context = await (await browser()).newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(60_000);
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
    await page.goto(playground.url);
    await page.locator('.page[data-loaded]').waitFor();
  });
  afterEach(async () => {
    await context.close();
    await playground.stop();
    expect(complaints).toEqual([]);
  });

  test('offers one next step, whose chip stands in the composer and completes itself by keyboard', async () => {
    await page.getByRole('button', { name: '/commitment register' }).click();
    expect(await page.locator('#composer').inputValue()).toBe('/commitment register ');
    await page.keyboard.type('ag');
    await page.keyboard.press('Tab');
    await page.keyboard.type('"lào');
    await page.getByRole('option', { name: 'Lào Cai' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator('#composer').inputValue()).toBe('/commitment register agency:"Lào Cai" ');
  });

  test('a form that is closed keeps what was typed, and gives the focus back', async () => {
    await page.locator('#composer').fill('/commitment register');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Border gate');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.locator('#composer').evaluate((box) => box.matches(':focus'))).toBe(true);
    await page.locator('.kept').getByRole('button', { name: 'Continue' }).click();
    expect(await page.getByLabel('Title').inputValue()).toBe('Border gate');
  });

  test('a reload keeps a form that was open, and one that was closed', async () => {
    await page.locator('#composer').fill('/commitment register');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Border gate');
    for (let reload = 0; reload < 2; reload++) {
      await page.reload();
      await page.locator('.page[data-loaded]').waitFor();
      await page.locator('.kept').getByRole('button', { name: 'Continue' }).waitFor();
    }
    await page.locator('.kept').getByRole('button', { name: 'Continue' }).click();
    expect(await page.getByLabel('Title').inputValue()).toBe('Border gate');
    await page.keyboard.press('Escape');
    await page.locator('.kept').getByRole('button').last().click();
    await page.reload();
    await page.locator('.page[data-loaded]').waitFor();
    expect(await page.locator('.kept').count()).toBe(0);
  });

  test('a line that is too long is not sent and not cut, and says why', async () => {
    await page.locator('#composer').fill(`/help ${'x'.repeat(4000)}`);
    await page.keyboard.press('Enter');
    await page.locator('.banner').waitFor();
    expect(await page.locator('.banner').textContent()).toContain('at most 4,000 characters');
    expect(await page.locator('#composer').inputValue()).toHaveLength(4006);
    complaints.splice(0, complaints.length, ...complaints.filter((each) => !each.includes('400')));
  });

  test('Monday morning: the digest comes, others have news, and one can be the other', async () => {
    await page.locator('.clock-face').click();
    await page.locator('[data-clock=monday]').click();
    await page.getByText('C-207').first().waitFor();
    await page.locator('.side').getByRole('button', { name: 'Nguyễn Thị Lan' }).click();
    await page.getByText('Dear Ms Lan').waitFor();
    expect(await page.locator('.side .row-name').allTextContents()).toEqual([
      'international-commitments',
      'energy',
      'Accord',
      'ليلى حسن',
    ]);
    expect(await page.locator('.side .unread .row-name').allTextContents()).toEqual([
      'international-commitments',
      'energy',
    ]);
    expect(await page.locator('.clock-words').textContent()).toContain('08:00');
  });

  test('what people type is shown as typed, here and in the previews', async () => {
    await page.locator('.clock-face').click();
    await page.locator('[data-clock=monday]').click();
    await page.getByText('C-207').first().waitFor();
    await page.locator('.side').getByRole('button', { name: 'energy' }).click();
    await page.getByText('<script>document.title=2</script>').first().waitFor();
    await page.getByRole('button', { name: 'In other dialects', exact: true }).click();
    for (const name of ['Slack', 'Discord', 'Plain text']) {
      await page.getByRole('tab', { name }).click();
      expect(await page.getByRole('tabpanel').textContent()).toContain('<img src=x onerror="document.title=1">');
    }
    expect(await page.title()).toBe('Accord · Playground');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  test('nothing that people write runs, hides what is beside it or breaks the page', async () => {
    const nasty = [
      '<img src=x onerror="window.ran=1"><script>window.ran=1</script><style>*{display:none}</style></p></div>',
      '\u202Egnp.exe\u2066\u2067 \uD800\uDC00\uDC00 \uD83D',
      `${'W'.repeat(10_000)} ${'z\u0301\u0301\u0301\u0301\u0301\u0301'.repeat(400)}`,
    ].join(' ');
    const press = { label: nasty, does: { path: 'help', blanks: {} } };
    const energy = await playground.channelId('energy');
    await playground.post(
      energy,
      {
        lang: 'en',
        summary: nasty,
        blocks: [
          { block: 'heading', text: nasty },
          { block: 'facts', facts: [{ label: nasty, value: nasty }] },
          { block: 'entries', title: nasty, entries: [{ text: nasty, detail: nasty, button: press }] },
          { block: 'table', columns: [nasty, 'B'], rows: [[nasty, '1']] },
          { block: 'quote', text: nasty, by: nasty },
        ],
      },
      'nasty',
    );
    await playground.post(
      energy,
      { lang: 'en', summary: 'b', blocks: [{ block: 'paragraph', text: 'Beside it.' }] },
      'b',
    );
    await page.locator('.side').getByRole('button', { name: 'energy' }).click();
    const beside = page.getByText('Beside it.');
    await beside.waitFor();
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const wider = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      const outside = await page.locator('[data-blocks] *, #composer').evaluateAll(
        (all, width) =>
          all
            .filter((each) => {
              const { left, right } = each.getBoundingClientRect();
              // A table wider than the page is moved within its own frame.
              return (left < -1 || right > width + 1) && each.closest('.table') === null;
            })
            .map((each) => each.outerHTML.slice(0, 80)),
        width,
      );
      expect({ width, wider, outside }).toEqual({ width, wider: 0, outside: [] });
    }
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(await page.locator('[data-blocks] :is(img, script, style)').count()).toBe(0);
    const said = (await page.locator('[data-blocks] h3').last().textContent()) ?? '';
    expect(said).toContain('<script>window.ran=1</script>');
    expect(said.isWellFormed()).toBe(true);
    expect(said).not.toMatch(/[\u202A-\u202E]/);
    expect(await beside.isVisible()).toBe(true);
  });

  test('a slow answer shows what is being done, and a dropped file suggests what to do with it', async () => {
    await page.locator('.side').getByRole('button', { name: 'Accord' }).click();
    await page
      .locator('.composer input[type=file]')
      .setInputFiles({ name: 'grants.xlsx', mimeType: '', buffer: Buffer.from('x') });
    await page.locator('.attached').getByRole('button', { name: '/register import' }).click();
    await page.keyboard.press('Enter');
    await page.getByText('Reading grants.xlsx').waitFor();
    goOn();
    await page.getByText('1 bytes read').waitFor();
    await page.locator('.working').waitFor({ state: 'detached' });
  });

  test('in Arabic everything runs from the right; 320 pixels are enough', async () => {
    await page.locator('#switch').click();
    await page.keyboard.type('layla');
    await page.keyboard.press('Enter');
    await page.locator('html[dir=rtl][lang=ar]').waitFor();
    await page.setViewportSize({ width: 320, height: 640 });
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBe(0);
    const outside = await page
      .locator('.header > *')
      .evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().left < 0).length);
    expect(outside).toBe(0);
  });
});
