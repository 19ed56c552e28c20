/** Opens the playground over the sample house: `node --import tsx tests/support/playground-demo.ts [port]`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { render as discord } from '../../src/chat/discord/render.ts';
import { LANGS, type Lang } from '../../src/chat/language.ts';
import { createPlayground, type Playground } from '../../src/chat/playground/index.ts';
import { createMemoryLedger } from '../../src/chat/playground/memory-ledger.ts';
import { render as slack, fitted as slackParts } from '../../src/chat/slack/render.ts';
import { createSample } from './playground-sample.ts';
import { ALL_BLOCKS, DIGEST, REMINDER_AR, REMINDER_EN } from './playground-specimens.ts';

const WORDS: Record<string, string[]> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'playground-words.json'), 'utf8'),
);

/** The page's words as drafted with it. */
export const sampleWords = (lang: Lang): Record<string, string> =>
  Object.fromEntries(Object.entries(WORDS).map(([key, said]) => [key, said[LANGS.indexOf(lang)] ?? key]));

const PEOPLE = [
  {
    id: 'p1',
    name: 'Trần Thị Hà',
    email: 'ha@mfa.example',
    role: 'coordinator',
    agency: 'Ministry of Foreign Affairs',
    lang: 'en',
  },
  {
    id: 'p2',
    name: 'Nguyễn Thị Lan',
    email: 'lan@moit.example',
    role: 'officer',
    agency: 'Ministry of Industry and Trade',
    lang: 'en',
  },
  {
    id: 'p3',
    name: 'Trần Văn Minh',
    email: 'minh@moit.example',
    role: 'approver',
    agency: 'Ministry of Industry and Trade',
    lang: 'vi',
  },
  { id: 'p4', name: 'ليلى حسن', email: 'layla@plan.example', role: 'officer', agency: 'وزارة التخطيط', lang: 'ar' },
  ...Array.from({ length: 600 }, (_, at) => ({
    id: `o${at}`,
    name: `${['Phạm', 'Lê', 'Hoàng', 'Vũ', 'Đặng'][at % 5]} ${['Bình', 'Cường', 'Dung', 'Giang', 'Hương', 'Khánh', 'Linh'][at % 7]} ${at}`,
    role: 'officer',
    agency: `Agency ${at % 94}`,
    lang: 'vi',
  })),
];

/** The playground with sample people, a channel with a digest, and a clock that says good morning on Mondays. */
export async function openDemo(port: number, slow: () => Promise<void> = async () => {}): Promise<Playground> {
  let now = '2025-11-14T02:20:00.000Z';
  const playground = createPlayground({
    port,
    ledger: createMemoryLedger(),
    people: async () => PEOPLE,
    channels: ['international-commitments', 'energy'],
    zone: 'Asia/Ho_Chi_Minh',
    clock: {
      now: () => now,
      async moveTo(iso) {
        now = iso;
        await playground.post(await playground.channelId('international-commitments'), DIGEST, `digest ${iso}`);
        await playground.post(await playground.channelId('energy'), ALL_BLOCKS, `all ${iso}`);
        await playground.post(await playground.openDirect('p2'), REMINDER_EN, `reminder ${iso}`);
        await playground.post(await playground.openDirect('p4'), REMINDER_AR, `reminder-ar ${iso}`);
      },
    },
    dialects: { slack: (document) => slackParts(document).map(slack), discord },
    words: sampleWords,
    log: {
      info: () => {},
      warn: (facts, text) => console.warn(text, facts),
      error: (facts, text) => console.error(text, facts),
    },
    now: () => '2025-11-14T02:20:00.000Z',
  });
  await playground.start(createSample(slow).inbound);
  return playground;
}

if (process.argv[1] === import.meta.filename) {
  const playground = await openDemo(Number(process.argv[2] ?? 4400));
  console.log(playground.url);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void playground.stop());
}
