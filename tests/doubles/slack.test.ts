import { LogLevel, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { checkBlocks, checkView } from './slack/blocks.ts';
import { openSlackDouble, type SlackDouble } from './slack/index.ts';
import { readMrkdwn } from './slack/mrkdwn.ts';
import type { User } from './slack/workspace.ts';

let clock = Date.parse('2025-11-17T01:00:00Z');
let double: SlackDouble;
let client: WebClient;
let lan: User;

beforeEach(async () => {
  clock = Date.parse('2025-11-17T01:00:00Z');
  double = await openSlackDouble({ now: () => clock });
  lan = double.workspace.addUser({ name: 'Lan', email: 'lan@moc.example' });
  client = clientWith(double.tokens.bot);
});
afterEach(() => double[Symbol.asyncDispose]());

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
const clientWith = (token: string) =>
  new WebClient(token, {
    slackApiUrl: double.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
const channel = (kind: 'public' | 'private' = 'public', withBot = true) =>
  double.workspace.addChannel({
    name: `c${double.workspace.channels.size}`,
    kind,
    creator: lan.id,
    members: withBot ? [lan.id, double.workspace.bot.id] : [lan.id],
  });

/** The service's word for refusing a call; 'ok' where it did not. */
const word = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => error.data?.error ?? String(error),
  );
const text = (words: string) => ({ type: 'plain_text' as const, text: words });
const refusal = (blocks: unknown) => {
  const checked = checkBlocks(blocks);
  return 'error' in checked ? checked.error : 'ok';
};
const button = (action_id: string, label = 'Open') => ({ type: 'button', action_id, text: text(label) });

describe('who may call', () => {
  it('knows its tokens', async () => {
    expect(await word(clientWith('').auth.test())).toBe('not_authed');
    expect(await word(clientWith('xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await word(client.auth.test())).toBe('ok');
    expect(await word(client.apps.connections.open({}))).toBe('not_allowed_token_type');
    expect(await word(clientWith(double.tokens.app).apps.connections.open({}))).toBe('ok');
    expect(await word(clientWith(double.tokens.app).auth.test())).toBe('not_allowed_token_type');
    expect(await word(client.apiCall('chat.shout'))).toBe('unknown_method');
  });

  it('asks for scopes, and hides addresses without the right to them', async () => {
    expect((await client.users.info({ user: lan.id })).user?.profile?.email).toBe('lan@moc.example');
    double.scopes.delete('users:read.email');
    expect((await client.users.info({ user: lan.id })).user?.profile?.email).toBeUndefined();
    expect(await word(client.users.lookupByEmail({ email: lan.email }))).toBe('missing_scope');
    double.scopes.delete('groups:write');
    expect(await word(client.conversations.create({ name: 'x', is_private: true }))).toBe('missing_scope');
    expect(await word(client.conversations.create({ name: 'x' }))).toBe('missing_scope');
  });

  it('holds to its tiers', async () => {
    for (let call = 0; call < 20; call++) await client.conversations.list({ types: 'private_channel' });
    const error = await client.conversations.list({ types: 'private_channel' }).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(WebAPIRateLimitedError);
    expect(error).toMatchObject({ retryAfter: 60 });
    clock += 60_000;
    expect(await word(client.conversations.list({ types: 'private_channel' }))).toBe('ok');
  });
});

describe('messages', () => {
  it('are refused where they cannot be said', async () => {
    const post = (to: string, words = 'x') => word(client.chat.postMessage({ channel: to, text: words }));
    expect(await post('C0NOWHERE')).toBe('channel_not_found');
    expect(await post(channel('public', false).id)).toBe('not_in_channel');
    expect(await post(channel('private', false).id)).toBe('channel_not_found');
    const here = channel();
    expect(await post(here.id, '')).toBe('no_text');
    expect(await post(here.id)).toBe('ok');
    here.archived = true;
    expect(await post(here.id)).toBe('is_archived');
  });

  it('have blocks within the limits', async () => {
    const section = (words: string) => ({ type: 'section', text: { type: 'mrkdwn', text: words } });
    expect(refusal([section('x'.repeat(3000))])).toBe('ok');
    expect(refusal([section('x'.repeat(3001))])).toBe('invalid_blocks');
    expect(refusal([section('')])).toBe('invalid_blocks');
    expect(refusal(Array.from({ length: 50 }, () => ({ type: 'divider' })))).toBe('ok');
    expect(refusal(Array.from({ length: 51 }, () => ({ type: 'divider' })))).toBe('invalid_blocks');
    expect(refusal(Array.from({ length: 5 }, () => section('x'.repeat(2900))))).toBe('msg_blocks_too_long');
    expect(refusal([{ type: 'header', text: text('x'.repeat(151)) }])).toBe('invalid_blocks');
    expect(refusal([{ type: 'header', text: text(' ') }])).toBe('invalid_blocks');
    expect(refusal([{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }])).toBe('invalid_blocks');
    expect(refusal([{ type: 'actions', elements: [button('a'), button('a')] }])).toBe('invalid_blocks');
    expect(refusal([{ type: 'actions', elements: [button('a'.repeat(256))] }])).toBe('invalid_blocks');
    expect(refusal([{ type: 'actions', elements: [button('a', 'x'.repeat(76))] }])).toBe('invalid_blocks');
    expect(refusal([{ type: 'actions', elements: Array.from({ length: 26 }, (_, at) => button(`a${at}`)) }])).toBe(
      'invalid_blocks',
    );
    expect(refusal([{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] }])).toBe(
      'invalid_blocks',
    );
    expect(refusal([{ type: 'section', text: text('x'), colour: 'red' }])).toBe('invalid_blocks');
    expect(refusal([{ type: 'input', label: text('x'), element: { type: 'plain_text_input', action_id: 'a' } }])).toBe(
      'invalid_blocks',
    );
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] };
    expect(refusal([table])).toBe('ok');
    expect(refusal([table, table])).toBe('invalid_attachments');
    expect(refusal([{ type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }])).toBe('invalid_blocks');
  });

  it('carry metadata that comes back when asked for', async () => {
    const here = channel();
    const metadata = { event_type: 'accord_delivery', event_payload: { id: 'k1' } };
    const { ts } = await client.chat.postMessage({ channel: here.id, text: 'x', metadata });
    clock += 1000;
    await client.chat.postMessage({ channel: here.id, text: 'y' });
    expect((await client.conversations.history({ channel: here.id })).messages?.[1]?.metadata).toBeUndefined();
    const all = await client.conversations.history({ channel: here.id, include_all_metadata: true, limit: 1 });
    expect(all.messages).toHaveLength(1);
    const next = all.response_metadata?.next_cursor ?? '';
    const rest = await client.conversations.history({
      channel: here.id,
      include_all_metadata: true,
      limit: 1,
      cursor: next,
    });
    expect(rest.messages?.[0]?.metadata).toEqual(metadata);
    const since = (inclusive: boolean) =>
      client.conversations.history({ channel: here.id, oldest: ts ?? '', inclusive });
    expect((await since(true)).messages).toHaveLength(2);
    expect((await since(false)).messages).toHaveLength(1);
  });

  it('change and go by their id, if they are the bot’s and not for one person', async () => {
    const here = channel();
    const update = (ts: string, words = 'x') => word(client.chat.update({ channel: here.id, ts, text: words }));
    const { ts = '' } = await client.chat.postMessage({ channel: here.id, text: 'x' });
    expect(await update('1.1')).toBe('message_not_found');
    expect(await update(ts, 'x'.repeat(4001))).toBe('msg_too_long');
    const { message_ts = '' } = await client.chat.postEphemeral({ channel: here.id, user: lan.id, text: 'x' });
    expect(await update(message_ts)).toBe('message_not_found');
    expect(await word(client.chat.postEphemeral({ channel: here.id, user: 'U0NOBODY', text: 'x' }))).toBe(
      'user_not_in_channel',
    );
    here.messages.push({ ts: '5.5', user: lan.id, text: 'hers', blocks: [], edited: false, files: [], changed: 0 });
    expect(await update('5.5')).toBe('cant_update_message');
    expect(await word(client.chat.delete({ channel: here.id, ts }))).toBe('ok');
  });
});

describe('conversations', () => {
  it('have valid names, each once, also when archived', async () => {
    const create = (name: string) => word(client.conversations.create({ name, is_private: true }));
    expect(await create('')).toBe('invalid_name_required');
    expect(await create('Tổ-Công-Tác')).toBe('invalid_name_specials');
    expect(await create('a b')).toBe('invalid_name_specials');
    expect(await create('--')).toBe('invalid_name_punctuation');
    expect(await create('x'.repeat(81))).toBe('invalid_name_maxlength');
    expect(await create('wg-3')).toBe('ok');
    for (const each of double.workspace.channels.values()) each.archived = true;
    expect(await create('wg-3')).toBe('name_taken');
  });

  it('take in people who exist and are not in yet', async () => {
    const { channel: made } = await client.conversations.create({ name: 'wg-3', is_private: true });
    const id = made?.id ?? '';
    const invite = (users: string, force = false) => client.conversations.invite({ channel: id, users, force });
    expect(await word(invite(double.workspace.bot.id))).toBe('cant_invite_self');
    expect(await word(invite('U0NOBODY'))).toBe('user_not_found');
    expect(await word(invite(`${lan.id},U0NOBODY`))).toBe('user_not_found');
    expect((await invite(`${lan.id},U0NOBODY`, true)).errors).toEqual([
      { user: 'U0NOBODY', ok: false, error: 'user_not_found' },
    ]);
    expect(await word(invite(lan.id))).toBe('already_in_channel');
    expect(await word(client.conversations.setTopic({ channel: id, topic: 'x'.repeat(251) }))).toBe('too_long');
    expect(await word(client.conversations.archive({ channel: id }))).toBe('ok');
    expect(await word(client.conversations.archive({ channel: id }))).toBe('already_archived');
    expect(await word(invite(lan.id))).toBe('is_archived');
  });

  it('open with one person who can be written to', async () => {
    const openWith = (users: string) => word(client.conversations.open({ users }));
    expect(await openWith(lan.id)).toBe('ok');
    expect(await openWith('U0NOBODY')).toBe('user_not_found');
    expect(await openWith(Array(9).fill(lan.id).join(','))).toBe('too_many_users');
    lan.disabled = true;
    expect(await openWith(lan.id)).toBe('user_disabled');
  });
});

describe('views', () => {
  const input = {
    type: 'input',
    block_id: 'b',
    label: text('L'),
    element: { type: 'plain_text_input', action_id: 'value' },
  };
  const view = (extra: object = {}) => ({
    type: 'modal' as const,
    title: text('T'),
    submit: text('S'),
    blocks: [input],
    ...extra,
  });

  it('open with a trigger once, within three seconds', async () => {
    const openWith = (trigger_id: string) => word(client.views.open({ trigger_id, view: view() }));
    expect(await openWith('1.2.x')).toBe('invalid_trigger_id');
    const trigger = double.workspace.trigger(lan.id);
    expect(await openWith(trigger)).toBe('ok');
    expect(await openWith(trigger)).toBe('exchanged_trigger_id');
    const late = double.workspace.trigger(lan.id);
    clock += 3001;
    expect(await openWith(late)).toBe('expired_trigger_id');
  });

  it('are within the limits', () => {
    const refused = (each: unknown) => 'error' in checkView(each);
    expect(refused(view())).toBe(false);
    expect(refused(view({ title: text('x'.repeat(25)) }))).toBe(true);
    expect(refused(view({ submit: undefined }))).toBe(true);
    expect(refused(view({ private_metadata: 'x'.repeat(3001) }))).toBe(true);
    expect(refused(view({ blocks: [input, input] }))).toBe(true);
    expect(refused(view({ blocks: [] }))).toBe(true);
    const select = { type: 'static_select', action_id: 'value', options: [{ text: text('A'), value: 'a' }] };
    expect(
      refused(
        view({ blocks: [{ ...input, element: { ...select, initial_option: { text: text('B'), value: 'b' } } }] }),
      ),
    ).toBe(true);
    expect(
      refused(
        view({ blocks: [{ ...input, element: { ...select, options: [{ text: text('A'), value: 'x'.repeat(76) }] } }] }),
      ),
    ).toBe(true);
  });

  it('keep what was typed in a block that keeps its id', async () => {
    await client.views.open({ trigger_id: double.workspace.trigger(lan.id), view: view() });
    const open = double.users.viewOf(lan.id);
    if (!open) return expect.unreachable();
    open.values.set('b', { value: { type: 'plain_text_input', value: 'typed' } });
    const other = { ...input, element: { ...input.element, initial_value: 'from the app' } };
    await client.views.update({ view_id: open.id, view: view({ blocks: [other, { ...other, block_id: 'c' }] }) });
    expect(Object.fromEntries(open.values)).toMatchObject({
      b: { value: { value: 'typed' } },
      c: { value: { value: 'from the app' } },
    });
    expect(await word(client.views.update({ view_id: open.id, hash: 'old', view: view() }))).toBe('hash_conflict');
    expect(await word(client.views.update({ view_id: 'V0', view: view() }))).toBe('not_found');
  });
});

describe('response_url', () => {
  const answer = (url: string, body: object) =>
    fetch(url, { method: 'POST', body: JSON.stringify(body) }).then(async (each) =>
      each.ok ? 'ok' : await each.text(),
    );
  const urlOf = async () => {
    const here = channel();
    void double.users.slash(lan.id, here, '/x', '');
    const [key] = [...double.workspace.responseUrls.keys()].slice(-1);
    return { here, url: `${double.apiUrl.replace('api/', '')}respond/${key}` };
  };

  it('answers five times', async () => {
    const { here, url } = await urlOf();
    for (let at = 0; at < 5; at++) expect(await answer(url, { text: 'x' })).toBe('ok');
    expect(await answer(url, { text: 'x' })).toContain('used_url');
    // A command with nobody to hear it is answered by the service itself.
    expect(here.messages.every((message) => message.only === lan.id)).toBe(true);
    expect(here.messages).toHaveLength(6);
  });

  it('answers for half an hour, and checks what it is given', async () => {
    const { url } = await urlOf();
    expect(await answer(url, { text: 'x', blocks: [{ type: 'header', text: text('') }] })).toContain('invalid_blocks');
    expect(await answer(url, { text: 'x', response_type: 'everybody' })).toContain('invalid_payload');
    expect(await answer(url, { text: 7 })).toContain('invalid_payload');
    expect(await answer(url, { text: '' })).toContain('no_text');
    const closed = await urlOf();
    closed.here.archived = true;
    expect(await answer(closed.url, { text: 'x' })).toContain('channel_is_archived');
    clock += 30 * 60_000 + 1;
    expect(await answer(url, { text: 'x' })).toContain('expired_url');
  });
});

describe('the socket', () => {
  async function connect(): Promise<{ socket: WebSocket; heard: Record<string, unknown>[] }> {
    const { url = '' } = await clientWith(double.tokens.app).apps.connections.open({});
    const socket = new WebSocket(url);
    const heard: Record<string, unknown>[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    await expect.poll(() => heard[0]?.type).toBe('hello');
    expect(await refused(url)).toBe(true);
    return { socket, heard };
  }
  const refused = (url: string) =>
    new Promise<boolean>((resolve) => {
      const again = new WebSocket(url);
      again.on('error', () => resolve(true));
      again.on('open', () => resolve(false));
    });

  it('gives a command three seconds and an event three more attempts', async () => {
    const { socket, heard } = await connect();
    const here = channel();
    const command = double.users.slash(lan.id, here, '/x', 'a < b');
    const event = double.socket.deliver('events_api', { type: 'event_callback' });
    expect(await command).toEqual({ failed: 'operation_timeout' });
    expect(here.messages[0]?.text).toBe('/x failed with the error "operation_timeout"');
    await expect.poll(() => heard.filter((each) => each.type === 'events_api').length).toBe(2);
    const second = heard.findLast((each) => each.type === 'events_api');
    expect(second).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout' });
    socket.send(JSON.stringify({ envelope_id: second?.envelope_id, payload: {} }));
    expect(await event).toEqual({ ack: {} });
    expect(heard[1]).toMatchObject({
      type: 'slash_commands',
      payload: { text: 'a &lt; b' },
      accepts_response_payload: true,
    });
    socket.terminate();
  });

  it('keeps an event for whoever connects next, but no command', async () => {
    const here = channel();
    expect(await double.users.slash(lan.id, here, '/x', '')).toEqual({ failed: 'dispatch_failed' });
    const event = double.socket.deliver('events_api', { type: 'event_callback' });
    const { socket, heard } = await connect();
    await expect.poll(() => heard.length).toBe(2);
    socket.send(JSON.stringify({ envelope_id: heard[1]?.envelope_id, payload: {} }));
    expect(await event).toEqual({ ack: {} });
    socket.terminate();
  });
});

describe('files', () => {
  it('are uploaded whole, shared once, and read with the right to it', async () => {
    const here = channel();
    const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({ filename: 'a.csv', length: 3 });
    expect(await word(client.files.completeUploadExternal({ channel_id: here.id, files: [{ id: file_id }] }))).toBe(
      'file_not_found',
    );
    expect((await fetch(upload_url, { method: 'POST', body: 'abcd' })).ok).toBe(false);
    expect((await fetch(upload_url, { method: 'POST', body: 'abc' })).ok).toBe(true);
    expect(await word(client.files.completeUploadExternal({ channel_id: here.id, files: [{ id: file_id }] }))).toBe(
      'ok',
    );
    expect(await word(client.files.completeUploadExternal({ channel_id: here.id, files: [{ id: file_id }] }))).toBe(
      'file_not_found',
    );
    expect(here.messages[0]?.files.map((file) => file.name)).toEqual(['a.csv']);
    const again = await client.files.getUploadURLExternal({ filename: 'b.csv', length: 1 });
    await fetch(again.upload_url ?? '', { method: 'POST', body: 'b' });
    const share = (more: object) =>
      word(client.files.completeUploadExternal({ files: [{ id: again.file_id ?? '' }], ...more } as never));
    expect(await share({ channel_id: here.id, thread_ts: '1.1' })).toBe('thread_not_found');
    here.readOnly = true;
    expect(await share({ channel_id: here.id })).toBe('posting_to_channel_denied');
    expect(await share({ channel_id: 'C0NOWHERE' })).toBe('channel_not_found');
    const { url_private } = double.users.uploads(lan.id, { name: 'b', bytes: new Uint8Array([1]) });
    const withoutToken = await fetch(String(url_private));
    expect(withoutToken.headers.get('content-type')).toContain('text/html');
  });
});

describe('mrkdwn as a client shows it', () => {
  const read = (words: string, verbatim = false) =>
    readMrkdwn(words, { reading: 'careful', verbatim }).map((piece) => `${piece.as}:${piece.text}`);
  it('formats, mentions and links', () => {
    expect(read('a *b* _c_ ~d~ `e` :fire: <@U1> <!channel> <https://x.example|y> &lt;z&gt;')).toEqual([
      'plain:a ',
      'bold:b',
      'plain: ',
      'italic:c',
      'plain: ',
      'strike:d',
      'plain: ',
      'code:e',
      'plain: ',
      'emoji::fire:',
      'plain: ',
      'user:U1',
      'plain: ',
      'broadcast:!channel',
      'plain: ',
      'link:y',
      'plain: <z>',
    ]);
    expect(read('2*3*4')).toEqual(['plain:2*3*4']);
    expect(read('&gt; q')).toEqual(['quote:q']);
    expect(read('@here https://x.example')).toEqual(['broadcast:@here', 'plain: ', 'link:https://x.example']);
    expect(read('@here https://x.example', true)).toEqual(['plain:@here https://x.example']);
  });
});
