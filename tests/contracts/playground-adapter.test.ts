import { request } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Inbound } from '../../src/chat/interaction.ts';
import type { PlatformError } from '../../src/chat/platform.ts';
import type { PageEvent } from '../../src/chat/playground/events.ts';
import { createPlayground } from '../../src/chat/playground/index.ts';
import type { Ledger } from '../../src/chat/playground/ledger.ts';
import { LIMITS } from '../../src/chat/playground/limits.ts';
import { createMemoryLedger } from '../../src/chat/playground/memory-ledger.ts';
import { plainLines } from '../../src/chat/playground/plain.ts';
import { openSession } from '../journeys/playground-http-visit.ts';
import type { Cast, Stage } from '../journeys/stage.ts';
import { openPlaygroundByBrowser, openPlaygroundByHttp } from '../journeys/stage-playground.ts';
import { closeBrowser, hasChromium } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { createSample, message } from '../support/playground-sample.ts';

const CAST: Cast = {
  people: [
    { name: 'Hà', email: 'ha@mfa.example' },
    { name: 'Lan', email: 'lan@moit.example', locale: 'vi' },
    { name: 'Minh', email: 'minh@moit.example' },
  ],
  channels: ['commitments'],
};
const SINCE = '2025-11-17T01:00:00.000Z';
const note = (text: string) => message('en', text, { block: 'paragraph', text });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: PlatformError) => `${error.kind} ${error.code}`,
  );

const STAGES = [
  { way: 'over HTTP', open: openPlaygroundByHttp, there: true },
  { way: 'through the page', open: openPlaygroundByBrowser, there: hasChromium() },
];

afterAll(closeBrowser);

describe.each(STAGES.filter(({ there }) => there))('talking $way', ({ open }) => {
  let stage: Stage;
  let goOn = () => {};
  beforeEach(async () => {
    stage = await open(CAST);
    await stage.platform.start(createSample(() => new Promise((resolve) => (goOn = resolve))).inbound);
  });
  afterEach(() => stage[Symbol.asyncDispose]());

  test('a command with everything in one line is answered where it was typed', async () => {
    const seen = await stage
      .as('Hà')
      .types('/commitment register kind:plan agency:"Lào Cai" Border gate', { where: 'commitments' });
    expect(seen.text).toContain('C-144 Border gate is registered.');
    expect(seen.buttons).toEqual(['Result delivered', 'Report an obstacle']);
    const all = await stage.messagesIn('commitments');
    expect(all.map(({ text }) => text.split('\n')[0])).toEqual([
      '/commitment register kind:plan agency:"Lào Cai" Border gate',
      'C-144 Border gate is registered.',
    ]);
  });

  test('a form opens, comes back filled in with what is wrong under its field, and is sent again', async () => {
    const ha = stage.as('Hà');
    const opened = await ha.types('/commitment register', { where: 'commitments' });
    expect(opened.form?.fields.map(({ label }) => label)).toEqual(['Title', 'Agency', 'Kind', 'Due', 'Note']);
    const again = await ha.fills({ Title: 'Port standards', Agency: 'nobody', Kind: 'Treaty', Note: '<b>bold?</b>' });
    expect(again.form?.fields).toEqual([
      { label: 'Title', value: 'Port standards' },
      { label: 'Agency', value: 'nobody', error: 'No agency is called “nobody”.' },
      { label: 'Kind', value: 'Treaty' },
      { label: 'Due', value: '' },
      { label: 'Note', value: '<b>bold?</b>' },
    ]);
    const done = await ha.fills({ Agency: 'Constr' });
    expect(done.form).toBeNull();
    expect(done.text).toMatch(/Lead agency:?\s+Ministry of Construction/);
  });

  test('a press edits the message, a second one finds nothing to press', async () => {
    const ha = stage.as('Hà');
    await ha.types('/commitment register kind:plan agency:"Lào Cai" Border gate', { where: 'commitments' });
    const edited = await stage.as('Lan').presses('Result delivered');
    expect(edited.text).toBe('C-144 Border gate: result delivered.');
    expect((await stage.messagesIn('commitments')).at(-1)).toMatchObject({
      text: 'C-144 Border gate: result delivered.',
      edited: true,
    });
    await expect(ha.presses('Result delivered')).rejects.toThrow('sees no [Result delivered]');
  });

  test('a private answer is for the one who asked', async () => {
    expect((await stage.as('Hà').types('/commitment list', { where: 'commitments' })).text).toContain(
      'Where things stand',
    );
    expect(await stage.messagesIn('commitments')).toEqual([]);
  });

  test('a refusal keeps the words and offers the nearest; a menu is picked like a button', async () => {
    const lan = stage.as('Lan');
    const refused = await lan.types('/obstacle report C-999 No site yet');
    expect(refused.buttons).toEqual(['Use C-142', 'Use C-143', 'Open the form again']);
    const form = await lan.presses('Open the form again');
    expect(form.form?.fields).toEqual([
      {
        label: 'Commitment',
        value: 'C-999',
        error: 'C-999 is not in the register. Nothing was changed; your text is kept.',
      },
      { label: 'Text', value: 'No site yet' },
    ]);
    expect((await lan.fills({ Commitment: 'C-142' })).text).toContain('No site yet');
    expect((await lan.presses('Quảng Ninh')).text).toContain('Where things stand');
  });

  test('what is no command calls for help, to the bot alone and with a slash; in a channel people just talk', async () => {
    const lan = stage.as('Lan');
    expect((await lan.types('hello')).text).toContain('What can be said');
    expect((await lan.types('/obstacle fly', { where: 'commitments' })).text).toContain('What can be said');
    expect((await lan.types('good morning', { where: 'commitments' })).text).toBe('');
    expect((await stage.messagesIn('commitments')).map(({ text }) => text)).toEqual(['good morning']);
    expect(await lan.directMessages()).toHaveLength(1);
  });

  test('words complete themselves while one types', async () => {
    const ha = stage.as('Hà');
    expect(await ha.completes('commitment/register', 'agency', 'ninh')).toEqual(['Quảng Ninh']);
    expect(await ha.completes('commitment/register', 'kind', '')).toEqual(['Treaty', 'Memorandum', 'Plan']);
    expect(await ha.completes('obstacle/report', 'commitment', 'wind')).toEqual([
      'C-143 Wind-power training plan, Denmark',
    ]);
  });

  test('a file comes in and a slow command answers when it is done', async () => {
    const coming = stage
      .as('Hà')
      .types('/register import', { file: { name: 'grants ٢.xlsx', bytes: new Uint8Array(70_000) } });
    const timer = setInterval(() => goOn(), 5);
    try {
      expect((await coming).text).toBe('grants ٢.xlsx: 70000 bytes read, nothing changed yet.');
    } finally {
      clearInterval(timer);
    }
  });

  test('the bot speaks by itself: to one, to a channel, in a conversation it opens, invites to and closes', async () => {
    const { platform } = stage;
    const [ha, lan, minh] = ['Hà', 'Lan', 'Minh'].map((name) => stage.as(name).accountId) as [string, string, string];
    await platform.post(await platform.openDirect(lan), note('Dear Ms Lan'), 'k1');
    expect((await stage.as('Lan').directMessages()).map(({ text }) => text)).toEqual(['Dear Ms Lan']);
    const request = { name: 'WG-3 Land clearance', topic: 'SO-3', members: [ha, 'p9'] };
    const opened = await platform.openConversation(request, 'wg3');
    expect(opened.missing).toEqual(['p9']);
    expect(await platform.openConversation(request, 'wg3')).toEqual(opened);
    const { conversation: group } = opened;
    await platform.invite(group, [ha, lan]);
    await platform.openConversation({ name: 'WG-3 Land clearance', topic: 'other', members: [minh] }, 'wg4');
    expect(await stage.privateConversations()).toEqual([
      { name: 'wg-3-land-clearance', members: ['Hà', 'Lan'] },
      { name: 'wg-3-land-clearance-2', members: ['Minh'] },
    ]);
    const posted = await platform.post(group, note('Welcome'), 'k2');
    await platform.edit(group, posted, note('Welcome all'));
    expect(await stage.messagesIn('wg-3-land-clearance')).toMatchObject([{ text: 'Welcome all', edited: true }]);
    await platform.archive(group);
    expect(await refusal(platform.post(group, note('Too late'), 'k3'))).toBe('refused archived');
    expect((await stage.messagesIn('wg-3-land-clearance')).map(({ text }) => text)).toEqual(['Welcome all']);
  });
});

const QUIET = {
  clock: { now: () => SINCE, moveTo: async () => {} },
  dialects: {},
  words: () => ({}),
  log: { info() {}, warn() {}, error() {} },
  now: () => SINCE,
};
const answer = async <T>(asked: Promise<Response>): Promise<T> => (await asked).json() as Promise<T>;

/** An event in a few words. */
function summed(event: PageEvent): string {
  if (event.type === 'working') return `working: ${event.text ?? (event.view ? plainLines(event.view) : 'over')}`;
  if (event.type !== 'message') return event.type;
  return `message: ${event.message.text ?? (event.message.view ? plainLines(event.message.view) : '')}`;
}

describe('the port', () => {
  const open = async (
    wishes: { wrap?: (ledger: Ledger) => Ledger; pause?: () => Promise<void>; inbound?: Inbound } = {},
  ) => {
    const memory = createMemoryLedger();
    const ledger = wishes.wrap?.(memory) ?? memory;
    const playground = createPlayground({
      ...QUIET,
      port: 0,
      ledger,
      people: async () => [
        { id: 'p1', name: 'Hà', email: 'Ha@mfa.example', role: 'coordinator', agency: '', lang: 'en' },
        { id: 'p2', name: 'Lan', role: 'officer', agency: '', lang: 'vi' },
      ],
      channels: ['commitments'],
    });
    await playground.start(wishes.inbound ?? createSample(wishes.pause).inbound);
    const channel = await playground.channelId('commitments');
    return { playground, ledger, channel, [Symbol.asyncDispose]: () => playground.stop() };
  };

  test('the same key is said once, and can be found', async () => {
    await using on = await open();
    const first = await on.playground.post(on.channel, note('Once'), 'key');
    expect(await on.playground.post(on.channel, note('Once'), 'key')).toBe(first);
    expect(await on.ledger.messages(on.channel, { viewer: 'p1', limit: 9 })).toHaveLength(1);
    expect(await on.playground.findPosted(on.channel, 'key', SINCE)).toBe(first);
    expect(await on.playground.findPosted(on.channel, 'other', SINCE)).toBeNull();
    expect(on.playground.repeatable(SINCE, SINCE)).toBe(true);
  });

  test('an answer lost after the work was done is unknown, and a repetition finds it', async () => {
    let lose = true;
    await using on = await open({
      wrap: (ledger) => ({
        ...ledger,
        async write(saying) {
          const written = await ledger.write(saying);
          if (lose) throw new Error('connection reset');
          return written;
        },
      }),
    });
    expect(await refusal(on.playground.post(on.channel, note('Lost'), 'key'))).toBe('unknown ledger-failed');
    lose = false;
    const found = await on.playground.findPosted(on.channel, 'key', SINCE);
    expect(await on.playground.post(on.channel, note('Lost'), 'key')).toBe(found);
  });

  test('what cannot be is refused', async () => {
    await using on = await open();
    const { playground, channel } = on;
    expect(await refusal(playground.post('c99', note('x'), 'k'))).toBe('refused channel-gone');
    expect(await refusal(playground.edit(channel, 'm99', note('x')))).toBe('refused message-gone');
    expect(await refusal(playground.openDirect('p9'))).toBe('refused unknown-person');
    expect(await playground.invite(channel, ['p9'])).toEqual(['p9']);
    expect(await refusal(playground.archive('c99'))).toBe('refused channel-gone');
    expect(await playground.lookUp({ email: 'ha@MFA.example' })).toEqual({
      id: 'p1',
      name: 'Hà',
      email: 'Ha@mfa.example',
      locale: 'en',
    });
    expect(await playground.lookUp({ id: 'p9' })).toBeNull();
  });

  test('the next free port is taken, and a stop lets it go', async () => {
    await using on = await open();
    const { port } = on.playground.address();
    const second = createPlayground({ ...QUIET, port, ledger: createMemoryLedger(), people: async () => [] });
    await second.start(createSample().inbound);
    expect(second.address().port).toBeGreaterThan(port);
    const { url } = second;
    await second.stop();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  test('only the page that was served here may ask', async () => {
    await using on = await open();
    const { url } = on.playground;
    const { headers } = await openSession(url);
    const body = JSON.stringify({ as: 'p1', turn: 't', conversation: on.channel, line: 'hi' });
    const say = async (given: Record<string, string>) => {
      const sent = await fetch(`${url}api/say`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...given },
        body,
      });
      return [sent.status, ((await sent.json()) as { error?: string }).error];
    };
    expect(await say({})).toEqual([403, 'no-session']);
    expect(await say({ cookie: headers.cookie ?? '' })).toEqual([403, 'no-session']);
    expect(await say({ ...headers, origin: 'http://evil.example' })).toEqual([403, 'other-site']);
    expect(await say({ ...headers, 'sec-fetch-site': 'same-site' })).toEqual([403, 'other-site']);
    expect((await fetch(`${url}api/desk`)).status).toBe(403);
    expect(await statusWithHost(url, 'evil.example')).toBe(421);
    expect(await say(headers)).toEqual([200, undefined]);
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/);
    expect((await fetch(`${url}page/../index.ts`)).status).toBe(404);
  });

  test('what cannot be meant is refused with a reason, and is no fault of ours', async () => {
    await using on = await open();
    const { url } = on.playground;
    const { headers } = await openSession(url);
    const asked = async (name: string, body?: object): Promise<readonly [number, unknown]> => {
      const wish = body ? { method: 'POST', body: JSON.stringify(body) } : {};
      const response = await fetch(`${url}api/${name}`, { headers, ...wish });
      return [response.status, ((await response.json()) as { error?: string }).error];
    };
    const messages = (before: string) => asked(`messages?as=p1&conversation=${on.channel}&before=${before}`);
    expect(await messages('99999999999')).toEqual([200, undefined]);
    for (const before of ['-1', '1.5', 'soon', '9'.repeat(40)])
      expect(await messages(before)).toEqual([400, 'invalid']);
    for (const target of ['//', '///', '//[', '/%']) expect(await statusOf(url, target), target).toBe(404);
    const line = (length: number) =>
      asked('say', { as: 'p1', turn: `t${length}`, conversation: on.channel, line: `/help ${'x'.repeat(length - 6)}` });
    expect(await line(LIMITS.lineCharacters)).toEqual([200, undefined]);
    expect(await line(LIMITS.lineCharacters + 1)).toEqual([400, 'line-too-long']);
  });

  test('a code that no button of a message has changes nothing that others read', async () => {
    await using on = await open();
    const { headers } = await openSession(on.playground.url);
    const spoken = await on.playground.post(on.channel, note('The minutes'), 'minutes');
    const press = (code: string, turn: string) =>
      fetch(`${on.playground.url}api/press`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ as: 'p1', turn, conversation: on.channel, message: spoken, code }),
      });
    expect((await press('commitment/done?commitment=C-142||0', 'crafted')).status).toBe(200);
    const [said] = (await on.ledger.messages(on.channel, { viewer: 'p2', limit: 9 })).filter(({ id }) => id === spoken);
    expect(JSON.stringify(said?.body)).toContain('The minutes');
    expect(said?.edits).toBe(0);
  });

  test('a turn that is repeated is one turn', async () => {
    await using on = await open();
    const { headers } = await openSession(on.playground.url);
    const say = () =>
      fetch(`${on.playground.url}api/say`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ as: 'p1', turn: 'same', conversation: on.channel, line: '/accord help' }),
      });
    await say();
    await say();
    expect(await on.ledger.messages(on.channel, { viewer: 'p1', limit: 9 })).toHaveLength(2);
  });

  test('whoever listens is told what is being done and what is said, and nothing that is private to others', async () => {
    let goOn = () => {};
    await using on = await open({ pause: () => new Promise((resolve) => (goOn = resolve)) });
    const { url } = on.playground;
    const { headers } = await openSession(url);
    const listen = async (as: string) => {
      const closing = new AbortController();
      const { body } = await fetch(`${url}api/events?as=${as}`, { headers, signal: closing.signal });
      const heard: PageEvent[] = [];
      const done = (async () => {
        for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? [])
          for (const line of chunk.split('\n')) if (line.startsWith('data: ')) heard.push(JSON.parse(line.slice(6)));
      })().catch(() => {});
      return {
        heard,
        async close() {
          closing.abort();
          await done;
        },
      };
    };
    const [mine, other] = [await listen('p1'), await listen('p2')];
    const { id } = await answer<{ id: string }>(
      fetch(`${url}api/upload?name=a.csv`, { method: 'POST', headers, body: 'abc' }),
    );
    const said = fetch(`${url}api/say`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ as: 'p1', turn: 't', conversation: on.channel, line: '/register import', files: [id] }),
    });
    await eventually(() => expect(mine.heard.map(summed)).toContain('working: Reading a.csv'));
    goOn();
    await said;
    await on.playground.post(on.channel, note('To all'), 'k');
    await eventually(() => expect(other.heard).toHaveLength(1));
    expect(mine.heard.map(summed)).toEqual([
      'message: /register import',
      'working: Working on it',
      'working: Reading a.csv',
      'message: a.csv: 3 bytes read, nothing changed yet.',
      'working: over',
      'message: To all',
    ]);
    expect(other.heard.map(summed)).toEqual(['message: To all']);
    await Promise.all([mine.close(), other.close()]);
  });

  test('a form that nobody was there to see is kept as a message', async () => {
    let goOn = () => {};
    const { inbound } = createSample();
    const form = {
      lang: 'en',
      state: { path: 'accord/help', blanks: {}, nonce: 'n' },
      title: 'Form',
      fields: [],
      submit: 'Send',
    } as const;
    const slow: Inbound = {
      ...inbound,
      plan: async () => ({ do: 'run', answers: 'private', slow: true }),
      async run() {
        await new Promise<void>((resolve) => (goOn = resolve));
        return { do: 'ask', form, asDocument: note('A form waits') };
      },
    };
    await using on = await open({ inbound: slow });
    const { headers } = await openSession(on.playground.url);
    const leaving = new AbortController();
    const body = JSON.stringify({ as: 'p1', turn: 't', conversation: on.channel, line: '/accord help' });
    const said = fetch(`${on.playground.url}api/say`, { method: 'POST', headers, body, signal: leaving.signal }).catch(
      () => 'left',
    );
    const last = async () => (await on.ledger.messages(on.channel, { viewer: 'p1', limit: 1 }))[0];
    await eventually(async () => expect((await last())?.body).toMatchObject({ text: '/accord help' }));
    leaving.abort();
    expect(await said).toBe('left');
    // A later request is answered after the server has seen the earlier connection close.
    await (await fetch(`${on.playground.url}api/desk?as=p1`, { headers })).text();
    goOn();
    await eventually(async () => expect(JSON.stringify((await last())?.body)).toContain('A form waits'));
  });

  test('too much is turned away', async () => {
    await using on = await open();
    const { headers } = await openSession(on.playground.url);
    const post = async (name: string, body: string | Uint8Array<ArrayBuffer>) =>
      (await fetch(`${on.playground.url}api/${name}`, { method: 'POST', headers, body })).status;
    expect(await post('upload?name=a', new Uint8Array(LIMITS.uploadBytes + 1))).toBe(413);
    expect(await post('say', 'x'.repeat(LIMITS.requestBytes + 1))).toBe(413);
    expect(await post('say', '{')).toBe(400);
    expect(await post('clock', JSON.stringify({ to: SINCE }))).toBe(409);
    expect(await post('clock', JSON.stringify({ to: '2035-01-01T00:00:00Z' }))).toBe(400);
  });
});

/** fetch mends a target before it asks; this asks for it as it stands. */
const statusOf = (url: string, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

/** fetch sets the Host by itself; this asks with another one. */
const statusWithHost = (url: string, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
