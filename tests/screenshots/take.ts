import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { startAccord } from '../../src/start-accord.ts';
import { openPool } from '../../src/store/open-pool.ts';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { CHROMIUM, CHROMIUM_ARGS } from '../support/chromium.ts';

/**
 * Makes the README's pictures: the playground with its demonstration year on a Monday morning, showing the digest, a
 * reminder and a working group's opening message.
 */
const FOLDER = fileURLToPath(new URL('../../docs', import.meta.url));
const dataDir = await mkdtemp(join(tmpdir(), 'accord-pictures-'));
await mkdir(FOLDER, { recursive: true });

const silent = { info() {}, warn: console.warn, error: console.error };
const config = readConfig({ DATA_DIR: dataDir, PORT: '0' });
const started = await startAccord(config, await openPool(config), {
  demo: true,
  log: silent,
  tell: () => {},
  asked: new AbortController().signal,
});
const [playground] = started.accord.platforms;
const url = playground && 'url' in playground ? String(playground.url) : '';
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGS });
try {
  const page = await openPage();
  await page.getByRole('button', { name: /clock/i }).first().click();
  await page.locator('[data-clock="monday"]').click();
  await page.getByText('International commitments ·').first().waitFor({ timeout: 60_000 });
  await shoot(page, 'digest', 'International commitments ·');

  await page.getByRole('button', { name: /clock/i }).first().click();
  await page.locator('[data-clock="hour"]').click();
  const reminded = await officerReminded();
  const theirs = await openPage(`officer-${reminded.officerId}`, reminded.conversation);
  await theirs.getByText('Dear ').first().waitFor();
  await shoot(theirs, 'reminder', 'Dear ');

  const group = (await started.accord.house.store.read(HOUSE).groups(['proposed']))[0];
  if (!group) throw new Error('the demonstration has no proposed group');
  await page.locator('#composer').fill(`/group call ${group.ref}`);
  await page.keyboard.press('Enter');
  await page.getByText('is called:').first().waitFor();
  await started.accord.settle();
  const [channel] = await started.accord.house.store.read(HOUSE).channels({ kind: 'group', groupId: group.id });
  const inside = await openPage(undefined, channel?.conversation ?? '');
  await inside.getByText(`${group.ref} ·`).first().waitFor();
  await shoot(inside, 'working-group', `${group.ref} ·`);
} finally {
  await browser.close();
  await started[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
}

async function openPage(as?: string, conversation?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const at = new URLSearchParams({ ...(as ? { as } : {}), ...(conversation ? { in: conversation } : {}) });
  await page.goto(`${url}#${at}`);
  await page.locator('.page[data-loaded]').waitFor();
  return page;
}

async function shoot(page: Page, name: string, text: string): Promise<void> {
  await page.getByText(text).first().scrollIntoViewIfNeeded();
  await page.evaluate(
    `[...document.querySelectorAll('[data-message]')].find((each) => each.textContent.includes(${JSON.stringify(text)}))?.scrollIntoView()`,
  );
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  console.log(`docs/${name}.png`);
}

async function officerReminded(): Promise<{ officerId: number; conversation: string }> {
  await started.accord.settle();
  const reader = started.accord.house.store.read(HOUSE);
  for (const channel of await reader.channels({ kind: 'direct' })) {
    const officer = channel.officerId === null ? null : await reader.officer(channel.officerId);
    if (!officer || channel.conversation === null || officer.lang === 'vi' || officer.lang === 'ar') continue;
    const theirs = await reader.allCommitments({ officerId: officer.id, open: true });
    if (
      theirs.length > 1 &&
      theirs.some((each) => each.due.end !== null && each.due.end < started.accord.house.clock.now().slice(0, 10))
    )
      return { officerId: officer.id, conversation: channel.conversation };
  }
  throw new Error('nobody was reminded');
}
