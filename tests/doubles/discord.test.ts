import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type DiscordDouble, openDiscordDouble } from './discord/index.ts';
import type { Live } from './discord/interactions.ts';
import { isJson, type Json } from './discord/problems.ts';
import { type Channel, PERMISSIONS, type User } from './discord/world.ts';

let double: DiscordDouble;
let clock: number;
let general: Channel;
let lan: User;

beforeEach(async () => {
  clock = Date.UTC(2025, 10, 17, 1);
  double = await openDiscordDouble({ now: () => clock });
  general = double.world.addChannel('general');
  lan = double.world.addUser('Lan');
});
afterEach(() => double[Symbol.asyncDispose]());

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { authorization: `Bot ${double.token}` },
) {
  const response = await fetch(`${double.apiUrl}/v10${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return { status: response.status, headers: response.headers, body: isJson(parsed) ? parsed : { list: parsed } };
}

const V2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const button = (custom_id: string, label = 'Press') => ({ type: 2, style: 1, label, custom_id });
const row = (...components: object[]) => ({ type: 1, components });
const post = (components: readonly object[], more: object = {}) =>
  call('POST', `/channels/${general.id}/messages`, { flags: V2, components, ...more });

/** The first code that Discord names somewhere below `errors`. */
function problem(body: Json): string | undefined {
  const look = (at: unknown): string | undefined => {
    if (!isJson(at)) return undefined;
    const own = Array.isArray(at._errors) && isJson(at._errors[0]) ? String(at._errors[0].code) : undefined;
    return (
      own ??
      Object.values(at)
        .map(look)
        .find((found) => found !== undefined)
    );
  };
  return look(body.errors);
}

describe('any request', () => {
  it('wants the token, and answers unknown paths with 404', async () => {
    expect((await call('GET', '/gateway/bot', undefined, {})).status).toBe(401);
    expect((await call('GET', '/gateway/bot', undefined, { authorization: 'Bot other' })).body).toEqual({
      message: '401: Unauthorized',
      code: 0,
    });
    expect((await call('GET', '/nothing')).status).toBe(404);
  });

  it('is counted, and says so on every answer', async () => {
    double.limit({ method: 'POST', path: /messages$/, limit: 1, windowMs: 5000 });
    const first = await post([text('one')]);
    expect(
      Object.fromEntries(
        ['limit', 'remaining', 'reset-after'].map((name) => [name, first.headers.get(`x-ratelimit-${name}`)]),
      ),
    ).toEqual({ limit: '1', remaining: '0', 'reset-after': '5' });
    const second = await post([text('two')]);
    expect([second.status, second.headers.get('retry-after'), second.headers.get('x-ratelimit-scope')]).toEqual([
      429,
      '5',
      'user',
    ]);
    expect(second.body).toEqual({ message: 'You are being rate limited.', retry_after: 5, global: false });
    clock += 5000;
    expect((await post([text('three')])).status).toBe(200);
    expect((await call('GET', '/nothing')).headers.get('x-ratelimit-bucket')).not.toBeNull();
  });

  it('is one of fifty a second over all, and what answers interactions is not counted', async () => {
    const statuses: number[] = [];
    for (let each = 0; each < 51; each++) statuses.push((await call('GET', `/channels/${general.id}`)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(50);
    const over = await call('GET', `/channels/${general.id}`);
    expect([over.status, over.headers.get('x-ratelimit-scope'), over.headers.get('x-ratelimit-global')]).toEqual([
      429,
      'global',
      'true',
    ]);
    expect(over.body.global).toBe(true);
    const live = double.interactions.open(2, lan.id, general.id);
    expect((await call('POST', `/interactions/${live.id}/${live.token}/callback`, { type: 5 }, {})).status).toBe(204);
    clock += 1000;
    expect((await call('GET', `/channels/${general.id}`)).status).toBe(200);
  });

  it('can be told to go wrong, before the work and after it', async () => {
    const said = () => double.world.messagesOf(general.id).length;
    const failing = async (how: Parameters<DiscordDouble['fail']>[0]['how']) => {
      double.fail({ method: 'POST', path: /messages$/, how });
      return post([text('x')]).then(
        (answer) => [answer.status, answer.body.code, answer.headers.get('x-ratelimit-scope')],
        (error: unknown) => (error instanceof Error ? error.constructor.name : ''),
      );
    };
    expect(await failing('drop')).toBe('TypeError');
    expect(await failing('error')).toEqual([500, 0, null]);
    expect(await failing({ status: 400, code: 40003, message: 'You are opening direct messages too fast' })).toEqual([
      400,
      40003,
      null,
    ]);
    expect(await failing({ retryAfter: 1, shared: true })).toEqual([429, undefined, 'shared']);
    expect(said()).toBe(0);
    expect(await failing('lost')).toBe('TypeError');
    expect(await failing('half')).toBe('TypeError');
    expect(said()).toBe(2);
    double.fail({ method: 'POST', path: /messages$/, how: 'silent' });
    const given = AbortSignal.timeout(100);
    const waiting = fetch(`${double.apiUrl}/v10/channels/${general.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${double.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'x' }),
      signal: given,
    });
    await expect(waiting).rejects.toThrow(/timeout/i);
    expect(said()).toBe(3);
    double.fail({ path: /./, how: 'drop', times: 100 });
    double.mend();
    expect((await call('GET', '/gateway/bot')).status).toBe(200);
  });

  it('answers 204 without a content type', async () => {
    const done = await call('PUT', `/channels/${general.id}/permissions/${lan.id}`, {
      type: 1,
      allow: '1024',
      deny: '0',
    });
    expect([done.status, done.headers.get('content-type')]).toEqual([204, null]);
  });
});

describe('a message', () => {
  const buttons = (count: number) =>
    Array.from({ length: Math.ceil(count / 5) }, (_, at) =>
      row(...Array.from({ length: 5 }, (__, index) => button(`b${at * 5 + index}`))),
    );

  it.each<[string, () => readonly object[], object, string]>([
    [
      'more than 40 components',
      () => [...buttons(30), ...Array.from({ length: 5 }, () => text('x'))],
      {},
      'COMPONENTS_TOO_MANY',
    ],
    [
      'more than 4000 characters',
      () => [text('x'.repeat(2001)), text('y'.repeat(2000))],
      {},
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ],
    ['the same custom id twice', () => [row(button('a'), button('a'))], {}, 'COMPONENT_CUSTOM_ID_DUPLICATED'],
    ['six buttons in a row', () => [row(...'abcdef'.split('').map((id) => button(id)))], {}, 'BASE_TYPE_BAD_LENGTH'],
    ['a label of 81 characters', () => [row(button('a', 'x'.repeat(81)))], {}, 'BASE_TYPE_BAD_LENGTH'],
    ['a custom id of 101 characters', () => [row(button('x'.repeat(101)))], {}, 'BASE_TYPE_BAD_LENGTH'],
    ['an empty text', () => [text('')], {}, 'BASE_TYPE_BAD_LENGTH'],
    [
      'content beside Components V2',
      () => [text('x')],
      { content: 'x' },
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    ['a button outside a row', () => [button('a')], {}, 'UNION_TYPE_CHOICES'],
    [
      'a container in a container',
      () => [{ type: 17, components: [{ type: 17, components: [text('x')] }] }],
      {},
      'UNION_TYPE_CHOICES',
    ],
    ['a section without something to press', () => [{ type: 9, components: [text('x')] }], {}, 'BASE_TYPE_REQUIRED'],
    [
      'a file that did not come',
      () => [{ type: 13, file: { url: 'attachment://x.txt' } }],
      {},
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    ],
    [
      '26 options',
      () => [
        row({
          type: 3,
          custom_id: 's',
          options: Array.from({ length: 26 }, (_, index) => ({ label: 'x', value: String(index) })),
        }),
      ],
      {},
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an option value twice',
      () => [
        row({
          type: 3,
          custom_id: 's',
          options: [
            { label: 'x', value: '1' },
            { label: 'y', value: '1' },
          ],
        }),
      ],
      {},
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    ['a nonce of 26 characters', () => [text('x')], { nonce: 'n'.repeat(26) }, 'NONCE_TYPE_TOO_LONG'],
  ])('is refused with %s', async (_, components, more, code) => {
    const answer = await post(components(), more);
    expect([answer.status, answer.body.code, problem(answer.body)]).toEqual([400, 50035, code]);
  });

  it('is refused where it says nothing, or where it may not be said', async () => {
    expect((await post([])).body.code).toBe(50006);
    expect((await call('POST', '/channels/123456789012345678/messages', {})).body.code).toBe(10003);
    general.overwrites = [{ id: double.world.guildId, type: 0, allow: '0', deny: String(PERMISSIONS.send) }];
    expect((await post([text('x')])).body.code).toBe(50013);
    general.overwrites = [{ id: double.world.guildId, type: 0, allow: '0', deny: String(PERMISSIONS.view) }];
    expect((await post([text('x')])).body.code).toBe(50001);
  });

  it('is refused by a person who takes none, or whom the bot never meets', async () => {
    const direct = (await call('POST', '/users/@me/channels', { recipient_id: lan.id })).body.id;
    const say = () => call('POST', `/channels/${direct}/messages`, { content: 'x' });
    expect((await say()).status).toBe(200);
    lan.dmsOpen = false;
    expect((await say()).body.code).toBe(50007);
    lan.inGuild = false;
    expect((await say()).body.code).toBe(50278);
  });

  it('is made once under an enforced nonce, which is forgotten after minutes', async () => {
    const first = (await post([text('x')], { nonce: 'k', enforce_nonce: true })).body.id;
    expect((await post([text('x')], { nonce: 'k', enforce_nonce: true })).body.id).toBe(first);
    expect((await call('GET', `/channels/${general.id}/messages/${first}`)).body.nonce).toBe('k');
    clock += 6 * 60_000;
    expect((await call('GET', `/channels/${general.id}/messages/${first}`)).body.nonce).toBeUndefined();
    expect((await post([text('x')], { nonce: 'k', enforce_nonce: true })).body.id).not.toBe(first);
  });

  it('stays in Components V2 when it is edited', async () => {
    const { id } = (await post([text('x')])).body;
    const edited = await call('PATCH', `/channels/${general.id}/messages/${id}`, { content: 'y' });
    expect(problem(edited.body)).toBe('MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2');
    const without = await call('PATCH', `/channels/${general.id}/messages/${id}`, {
      flags: 0,
      components: [text('y')],
    });
    expect(problem(without.body)).toBe('UNION_TYPE_CHOICES');
  });
});

describe('a thread', () => {
  const begin = (more: object = {}) => call('POST', `/channels/${general.id}/threads`, { name: 'land', ...more });
  const patch = (id: unknown, body: object) => call('PATCH', `/channels/${id}`, body);
  const say = (id: unknown) => call('POST', `/channels/${id}/messages`, { content: 'x' });

  it('that is private is seen by its members alone', async () => {
    const { id, type } = (await begin()).body;
    expect(type).toBe(12);
    const thread = double.world.channel(String(id));
    expect(double.world.permissions(lan.id, thread)).toBe(0n);
    expect((await call('PUT', `/channels/${id}/thread-members/${lan.id}`)).status).toBe(204);
    expect(double.world.permissions(lan.id, thread) & PERMISSIONS.send).not.toBe(0n);
    expect((await call('GET', `/channels/${id}/thread-members`)).body.list).toHaveLength(2);
    expect((await call('DELETE', `/channels/${id}/thread-members/${lan.id}`)).status).toBe(204);
    expect((await call('DELETE', `/channels/${id}/thread-members/${lan.id}`)).body.code).toBe(10007);
    expect((await begin({ auto_archive_duration: 7 })).body.code).toBe(50035);
    expect((await call('POST', `/channels/${id}/threads`, { name: 'x' })).body.code).toBe(50024);
  });

  it('takes no more than a thousand', async () => {
    const { id } = (await begin()).body;
    const { thread } = double.world.channel(String(id));
    for (let at = 0; at < 999; at++) thread?.members.add(`${at}`);
    expect((await call('PUT', `/channels/${id}/thread-members/${lan.id}`)).body.code).toBe(30033);
  });

  it('opens again when words come, unless it is locked', async () => {
    const { id } = (await begin({ type: 11 })).body;
    const first = (await say(id)).body.id;
    await patch(id, { archived: true });
    expect((await call('PATCH', `/channels/${id}/messages/${first}`, { content: 'y' })).body.code).toBe(50083);
    expect((await call('PUT', `/channels/${id}/thread-members/${lan.id}`)).body.code).toBe(50083);
    expect((await say(id)).status).toBe(200);
    expect(double.world.channel(String(id)).thread?.archived).toBe(false);
    await patch(id, { archived: true, locked: true });
    expect((await say(id)).body.code).toBe(50083);
  });
});

describe('commands', () => {
  const put = (...commands: object[]) => call('PUT', `/applications/${double.world.bot.id}/commands`, commands);
  const command = (more: object) => ({ name: 'commitment', description: 'Commitments', ...more });
  const verb = (options: object[]) => command({ options: [{ type: 1, name: 'show', description: 'Shows', options }] });
  const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'x', ...more });

  it.each<[string, object, string]>([
    [
      'Arabic, which is no locale of Discord',
      command({ description_localizations: { ar: 'الالتزامات' } }),
      'BASE_TYPE_CHOICES',
    ],
    ['combining marks in a name', command({ name: 'sự-cố'.normalize('NFD') }), 'APPLICATION_COMMAND_INVALID_NAME'],
    ['a name in capitals', command({ name: 'Commitment' }), 'APPLICATION_COMMAND_INVALID_NAME'],
    ['a description of 101 characters', command({ description: 'x'.repeat(101) }), 'BASE_TYPE_BAD_LENGTH'],
    ['26 options', verb(Array.from({ length: 26 }, (_, index) => option(`o${index}`))), 'BASE_TYPE_BAD_LENGTH'],
    ['an option twice', verb([option('a'), option('a')]), 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID'],
    [
      'a demanded option after one that is not',
      verb([option('a'), option('b', { required: true })]),
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'choices beside completion',
      verb([option('a', { autocomplete: true, choices: [{ name: 'x', value: 'x' }] })]),
      'APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES',
    ],
    [
      'a verb beside an option',
      command({ options: [option('a'), { type: 1, name: 'b', description: 'x' }] }),
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    [
      'more than 8000 characters, the longest localisation counted',
      command({
        options: Array.from({ length: 4 }, (_, at) => ({
          type: 1,
          name: `v${at}`,
          description: 'x',
          options: Array.from({ length: 25 }, (__, index) =>
            option(`o${index}`, { description_localizations: { vi: 'x'.repeat(80) } }),
          ),
        })),
      }),
      'APPLICATION_COMMAND_TOO_LARGE',
    ],
  ])('are refused with %s', async (_, given, code) => {
    const answer = await put(given);
    expect([answer.status, answer.body.code, problem(answer.body)]).toEqual([400, 50035, code]);
  });

  it('are added and taken away one by one, of the own application alone, two hundred new ones a day', async () => {
    const path = `/applications/${double.world.bot.id}/guilds/${double.world.guildId}/commands`;
    const { id } = (await call('POST', path, command({}))).body;
    expect((await call('POST', path, command({ description: 'Other' }))).body.id).toBe(id);
    expect((await call('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await call('DELETE', `${path}/${id}`)).body.code).toBe(10063);
    expect((await call('GET', `/applications/${lan.id}/commands`)).body.code).toBe(20012);
    for (let at = 0; at < 2; at++) {
      const some = Array.from({ length: 99 }, (_, index) => command({ name: `c${at}-${index}` }));
      expect((await call('PUT', path, some)).status).toBe(200);
    }
    expect((await call('PUT', path, [command({ name: 'one' })])).status).toBe(200);
    expect((await call('PUT', path, [command({ name: 'two' })])).body.code).toBe(30034);
    clock += 24 * 60 * 60_000;
    expect((await call('PUT', path, [command({ name: 'two' })])).status).toBe(200);
  });

  it('show their localisations only when asked', async () => {
    await put(command({ description_localizations: { vi: 'Cam kết' } }));
    const path = `/applications/${double.world.bot.id}/commands`;
    expect(JSON.stringify((await call('GET', path)).body)).not.toContain('Cam kết');
    expect(JSON.stringify((await call('GET', `${path}?with_localizations=true`)).body)).toContain('Cam kết');
  });
});

describe('an interaction', () => {
  const answer = (live: Live, body: object) =>
    call('POST', `/interactions/${live.id}/${live.token}/callback`, body, {});
  const hook = (live: Live, method: string, path = '', body?: object) =>
    call(method, `/webhooks/${double.world.bot.id}/${live.token}${path}`, body, {});
  const open = () => double.interactions.open(2, lan.id, general.id);
  const message = { flags: V2, components: [text('x')] };

  it('is lost when its first answer comes after three seconds', async () => {
    const live = open();
    clock += 3001;
    expect(await answer(live, { type: 5 })).toMatchObject({ status: 404, body: { code: 10062 } });
  });

  it('takes one first answer', async () => {
    const live = open();
    expect((await answer(live, { type: 5 })).status).toBe(204);
    expect(await answer(live, { type: 5 })).toMatchObject({ status: 400, body: { code: 40060 } });
  });

  it('takes Components V2 in the edit and not in the deferral', async () => {
    expect((await answer(open(), { type: 5, data: { flags: V2 } })).body.code).toBe(50035);
    const live = open();
    await answer(live, { type: 5 });
    expect((await hook(live, 'PATCH', '/messages/@original', message)).status).toBe(200);
  });

  it('has no address before its first answer, and none after fifteen minutes', async () => {
    const live = open();
    expect(await hook(live, 'POST', '', message)).toMatchObject({ status: 404, body: { code: 10015 } });
    await answer(live, { type: 5 });
    clock += 15 * 60_000 + 1;
    expect(await hook(live, 'PATCH', '/messages/@original', message)).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
  });

  it('lets a follow-up take the place and the visibility of what is still being written', async () => {
    const live = open();
    await answer(live, { type: 5 });
    const first = await hook(live, 'POST', '', { ...message, flags: V2 | 64 });
    expect(first.body.id).toBe(live.original);
    expect(double.world.messages.get(String(first.body.id))?.onlyFor).toBeUndefined();
    const second = await hook(live, 'POST', '', { ...message, flags: V2 | 64 });
    expect(double.world.messages.get(String(second.body.id))?.onlyFor).toBe(lan.id);
  });

  it('keeps what one person sees out of the channel', async () => {
    const live = open();
    await answer(live, { type: 4, data: { ...message, flags: V2 | 64 } });
    expect((await call('GET', `/channels/${general.id}/messages`)).body.list).toEqual([]);
    expect((await call('GET', `/channels/${general.id}/messages/${live.original}`)).body.code).toBe(10008);
  });

  it('is updated only where there is a message, and completed only where it completes', async () => {
    expect((await answer(open(), { type: 6 })).body.code).toBe(50035);
    expect((await answer(open(), { type: 8, data: { choices: [] } })).body.code).toBe(50035);
    const typing = double.interactions.open(4, lan.id, general.id);
    const choices = Array.from({ length: 26 }, (_, index) => ({ name: `c${index}`, value: 'v' }));
    expect((await answer(typing, { type: 8, data: { choices } })).body.code).toBe(50035);
  });

  const label = (custom_id: string, component: object = { type: 4, style: 1 }) => ({
    type: 18,
    label: 'Field',
    component: { ...component, custom_id },
  });
  const modal = (components: object[], title = 'Form') => ({ type: 9, data: { custom_id: 'f', title, components } });

  it('opens no form after a form', async () => {
    await answer(open(), modal([label('a')]));
    const submitted = double.people.submit(lan.id, { a: 'x' });
    expect((await answer(submitted, modal([label('a')]))).body.code).toBe(50035);
  });

  it.each<[string, object[], string]>([
    ['six parts', 'abcdef'.split('').map((id) => label(id)), 'Form'],
    ['none', [], 'Form'],
    ['a title of 46 characters', [label('a')], 'x'.repeat(46)],
    ['a label of 46 characters', [{ ...label('a'), label: 'x'.repeat(46) }], 'Form'],
    ['a value longer than it allows', [label('a', { type: 4, style: 1, max_length: 2, value: 'xyz' })], 'Form'],
    ['a field twice', [label('a'), label('a')], 'Form'],
    ['a person select with more than it may hold', [label('a', { type: 5, max_values: 26 })], 'Form'],
    ['options in a person select', [label('a', { type: 5, options: [] })], 'Form'],
    ['eleven files', [label('a', { type: 19, max_values: 11 })], 'Form'],
  ])('opens no form with %s', async (_, components, title) => {
    expect(await answer(open(), modal(components, title))).toMatchObject({ status: 400, body: { code: 50035 } });
  });
});

describe('the gateway', () => {
  /** A bare client: what it hears, and how it ends. */
  async function connect(query = '?v=10&encoding=json', to = 'gateway') {
    const { url } = (await call('GET', '/gateway/bot')).body;
    const socket = new WebSocket(`${String(url).replace('gateway', to)}/${query}`);
    const heard: Json[] = [];
    const waiting: (() => void)[] = [];
    socket.on('message', (data) => {
      heard.push(JSON.parse(String(data)) as Json);
      for (const wake of waiting.splice(0)) wake();
    });
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const until = async (is: (payload: Json) => boolean): Promise<Json> => {
      for (;;) {
        const found = heard.find(is);
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    };
    return { socket, heard, closed, until, send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })) };
  }
  const identity = (more: object = {}) => ({ token: double.token, intents: 1, properties: {}, ...more });

  it('greets, acknowledges heartbeats, and gives the guild after READY', async () => {
    const client = await connect();
    await client.until(({ op }) => op === 10);
    client.send(1, null);
    await client.until(({ op }) => op === 11);
    client.send(2, identity());
    await client.until(({ t }) => t === 'GUILD_CREATE');
    expect(client.heard.filter(({ op }) => op === 0).map(({ s, t }) => [s, t])).toEqual([
      [1, 'READY'],
      [2, 'GUILD_CREATE'],
    ]);
  });

  it.each<[string, number, unknown, number]>([
    ['a wrong token', 2, { token: 'other', intents: 1 }, 4004],
    ['intents that nobody granted', 2, { intents: 1 << 15 }, 4014],
    ['words before the name', 3, {}, 4003],
    ['a shard that there is not', 2, { shard: [1, 2] }, 4010],
    ['more than 4096 bytes, though fewer letters', 2, { properties: { os: 'ữ'.repeat(1400) } }, 4002],
    ['another kind of word before the name', 99, {}, 4003],
  ])('closes on %s', async (_, op, d, code) => {
    const client = await connect();
    await client.until((payload) => payload.op === 10);
    client.send(op, isJson(d) && op === 2 ? identity(d) : d);
    expect(await client.closed).toBe(code);
  });

  it('closes on another version', async () => {
    expect(await (await connect('?v=9&encoding=json')).closed).toBe(4012);
  });

  it('replays what a client missed, and knows nothing of sessions it never had', async () => {
    const first = await connect();
    await first.until(({ op }) => op === 10);
    first.send(2, identity());
    const ready = (await first.until(({ t }) => t === 'READY')).d;
    await first.until(({ t }) => t === 'GUILD_CREATE');
    double.gateway.drop();
    await first.closed;
    double.gateway.dispatch('TYPING_START', { missed: true });
    const second = await connect(undefined, 'resume');
    await second.until(({ op }) => op === 10);
    second.send(6, { token: double.token, session_id: isJson(ready) ? ready.session_id : '', seq: 2 });
    await second.until(({ t }) => t === 'RESUMED');
    expect(second.heard.filter(({ op }) => op === 0).map(({ s, t }) => [s, t])).toEqual([
      [3, 'TYPING_START'],
      [4, 'RESUMED'],
    ]);
    const session_id = isJson(ready) ? ready.session_id : '';
    const stranger = await connect(undefined, 'resume');
    await stranger.until(({ op }) => op === 10);
    stranger.send(6, { token: double.token, session_id: 'unknown', seq: 1 });
    expect((await stranger.until(({ op }) => op === 9)).d).toBe(false);
    // Where sessions begin, none is resumed; and what was never sent cannot be asked for.
    const elsewhere = await connect();
    await elsewhere.until(({ op }) => op === 10);
    elsewhere.send(6, { token: double.token, session_id, seq: 2 });
    expect((await elsewhere.until(({ op }) => op === 9)).d).toBe(false);
    const ahead = await connect(undefined, 'resume');
    await ahead.until(({ op }) => op === 10);
    ahead.send(6, { token: double.token, session_id, seq: 99 });
    expect(await ahead.closed).toBe(4007);
  });

  const named = async () => {
    const client = await connect();
    await client.until(({ op }) => op === 10);
    client.send(2, identity());
    await client.until(({ t }) => t === 'GUILD_CREATE');
    return client;
  };

  it('gives one session in five seconds', async () => {
    await named();
    const second = await connect();
    await second.until(({ op }) => op === 10);
    second.send(2, identity());
    expect((await second.until(({ op }) => op === 9)).d).toBe(false);
    clock += 5000;
    await named();
    const limit = (await call('GET', '/gateway/bot')).body.session_start_limit;
    expect(limit).toMatchObject({ total: 1000, remaining: 998, max_concurrency: 1 });
  });

  it('asks for a heartbeat, for another connection, or ends the session, as it likes', async () => {
    const client = await named();
    double.gateway.askHeartbeat();
    await client.until(({ op }) => op === 1);
    double.gateway.reconnect();
    await client.until(({ op }) => op === 7);
    double.gateway.invalidate(true);
    await client.until(({ op, d }) => op === 9 && d === true);
    double.gateway.closeWith(4000);
    expect(await client.closed).toBe(4000);
  });

  it('closes on the 121st word in a minute, and on whoever sends no heartbeat', async () => {
    const client = await named();
    for (let at = 0; at < 120; at++) client.send(1, null);
    expect(await client.closed).toBe(4008);
    await using quick = await openDiscordDouble({ heartbeatMs: 40 });
    const silent = new WebSocket(
      `${quick.apiUrl.replace('http', 'ws').replace('/api', '/gateway')}?v=10&encoding=json`,
    );
    expect(await new Promise((resolve) => silent.on('close', resolve))).toBe(4009);
  });
});
