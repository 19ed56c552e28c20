import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { movedClock } from './clock.ts';
import { openSlackDouble, type SlackDouble } from './slack/index.ts';
import type { User } from './slack/workspace.ts';

let clock: ReturnType<typeof movedClock>;
let double: SlackDouble;
let client: WebClient;
let lan: User;

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
const clientWith = (token: string, timeout = 0) =>
  new WebClient(token, {
    slackApiUrl: double.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
    timeout,
  });

beforeEach(async () => {
  clock = movedClock(Date.parse('2025-11-17T01:00:00Z'));
  double = await openSlackDouble({ clock });
  lan = double.workspace.addUser({ name: 'Lan', email: 'lan@moc.example' });
  client = clientWith(double.tokens.bot);
});
afterEach(() => double[Symbol.asyncDispose]());

const word = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: { data?: { error?: string }; code?: string }) => error.data?.error ?? error.code ?? String(error),
  );
const text = (words: string) => ({ type: 'plain_text' as const, text: words });
const channel = () =>
  double.workspace.addChannel({
    name: `c${double.workspace.channels.size}`,
    kind: 'public',
    creator: lan.id,
    members: [lan.id, double.workspace.bot.id],
  });
const modal = { type: 'modal' as const, title: text('T'), blocks: [{ type: 'divider' as const }] };
const envelopes = (heard: readonly Record<string, unknown>[]) => heard.filter((each) => 'envelope_id' in each);

describe('views on top of each other', () => {
  it('are three at most, and go together or one by one', async () => {
    const trigger = () => double.workspace.trigger(lan.id);
    expect(await word(client.views.push({ trigger_id: trigger(), view: modal }))).toBe('not_found');
    const { view: first } = await client.views.open({ trigger_id: trigger(), view: modal });
    const { view: second } = await client.views.push({ trigger_id: trigger(), view: modal });
    expect(second).toMatchObject({ root_view_id: first?.id, previous_view_id: first?.id });
    expect(await word(client.views.push({ trigger_id: trigger(), view: modal }))).toBe('ok');
    expect(await word(client.views.push({ trigger_id: trigger(), view: modal }))).toBe('push_limit_reached');
    const top = double.users.viewOf(lan.id) ?? expect.unreachable();
    double.users.back(top);
    expect(double.users.viewOf(lan.id)?.id).toBe(second?.id);
    double.users.close(double.users.viewOf(lan.id) ?? top);
    expect(double.users.viewOf(lan.id)).toBeUndefined();
  });

  it('and the tab of the app is checked like them', async () => {
    const publish = (view: object, hash?: string) =>
      word(
        client.apiCall('views.publish', {
          user_id: lan.id,
          view: JSON.stringify(view),
          ...(hash === undefined ? {} : { hash }),
        }),
      );
    expect(await publish({ type: 'home', blocks: [{ type: 'divider' }] })).toBe('ok');
    expect(await publish({ type: 'home', blocks: [{ type: 'divider' }] }, 'old')).toBe('hash_conflict');
    expect(await publish({ type: 'home', title: text('T'), blocks: [] })).toBe('invalid_arguments');
    expect(await publish({ type: 'home', blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) })).toBe(
      'invalid_arguments',
    );
    double.workspace.homeTab = false;
    expect(await publish({ type: 'home', blocks: [] })).toBe('not_enabled');
  });

  it('are refused where they are too large', async () => {
    const long = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x'.repeat(2999) } };
    const view = { ...modal, blocks: Array.from({ length: 84 }, () => long) };
    expect(await word(client.views.open({ trigger_id: double.workspace.trigger(lan.id), view }))).toBe(
      'view_too_large',
    );
  });
});

describe('threads', () => {
  it('hang on a message that is in none', async () => {
    const here = channel();
    const say = (thread_ts?: string) =>
      client.chat.postMessage({ channel: here.id, text: 'x', ...(thread_ts === undefined ? {} : { thread_ts }) });
    const { ts = '' } = await say();
    const { ts: reply = '' } = await say(ts);
    expect(await word(say(reply))).toBe('cannot_reply_to_message');
    expect(await word(say('1.1'))).toBe('thread_not_found');
    const { messages } = await client.conversations.replies({ channel: here.id, ts });
    expect(messages?.map((message) => message.ts)).toEqual([ts, reply]);
    expect((await client.conversations.history({ channel: here.id })).messages).toHaveLength(1);
  });
});

describe('people', () => {
  it('who cannot be written to or invited are named by the service', async () => {
    const bot = double.workspace.addUser({ name: 'Other', email: '', isBot: true });
    expect(await word(client.conversations.open({ users: bot.id }))).toBe('cannot_dm_bot');
    const { channel: made } = await client.conversations.create({ name: 'wg-1', is_private: true });
    lan.restricted = true;
    expect(await word(client.conversations.invite({ channel: made?.id ?? '', users: lan.id }))).toBe(
      'user_is_restricted',
    );
    lan.hidden = true;
    expect(await word(client.conversations.open({ users: lan.id }))).toBe('user_not_visible');
    expect(await word(client.users.info({ user: lan.id }))).toBe('user_not_visible');
  });
});

describe('what goes wrong on the way', () => {
  it('breaks in the middle of the answer, or stands still, after the work was done', async () => {
    const here = channel();
    double.faults.plan('chat.postMessage', { how: 'cut-short' });
    expect(await word(client.chat.postMessage({ channel: here.id, text: 'x' }))).not.toBe('ok');
    double.faults.plan('chat.postMessage', { how: 'no-answer' });
    const impatient = clientWith(double.tokens.bot, 50);
    expect(await word(impatient.chat.postMessage({ channel: here.id, text: 'y' }))).toBe('slack_webapi_request_error');
    expect(here.messages.map((message) => message.text)).toEqual(['x', 'y']);
  });

  it('counts messages by channel', async () => {
    const [here, there] = [channel(), channel()];
    const say = (to: string) => word(client.chat.postMessage({ channel: to, text: 'x' }));
    for (let at = 0; at < 60; at++) await say(here.id);
    expect(await say(here.id)).toBe('slack_webapi_rate_limited_error');
    expect(await say(there.id)).toBe('ok');
    clock.move(60_000);
    expect(await say(here.id)).toBe('ok');
  });
});

describe('files', () => {
  it('come as they are or in a form, and are described to who may read them', async () => {
    const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({ filename: 'a.csv', length: 3 });
    expect(await word(client.files.info({ file: file_id }))).toBe('file_not_found');
    const form = new FormData();
    form.set('filename', new Blob(['abc']), 'a.csv');
    expect((await fetch(upload_url, { method: 'POST', body: form })).ok).toBe(true);
    expect((await client.files.info({ file: file_id })).file).toMatchObject({ name: 'a.csv', size: 3 });
    expect(Buffer.from(double.workspace.files.get(file_id)?.bytes ?? []).toString()).toBe('abc');
    double.scopes.delete('files:read');
    expect(await word(client.files.info({ file: file_id }))).toBe('missing_scope');
  });
});

describe('several sockets', () => {
  async function connect() {
    const { url = '' } = await clientWith(double.tokens.app).apps.connections.open({});
    const socket = new WebSocket(url);
    const heard: Record<string, unknown>[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    return { socket, heard };
  }

  it('share what comes; the eleventh is turned away', async () => {
    const one = await connect();
    const two = await connect();
    expect(two.heard[0]).toMatchObject({ type: 'hello', num_connections: 2 });
    void double.socket.deliver('events_api', {});
    void double.socket.deliver('events_api', {});
    await expect.poll(() => envelopes(one.heard).length + envelopes(two.heard).length).toBe(2);
    expect(envelopes(one.heard)).toHaveLength(1);
    // Nobody answered within three seconds: each comes again, and says so.
    clock.move(3000);
    await expect.poll(() => envelopes(one.heard).length + envelopes(two.heard).length).toBe(4);
    expect([...envelopes(one.heard), ...envelopes(two.heard)].filter((each) => each.retry_attempt === 1)).toHaveLength(
      2,
    );
    const others = await Promise.all(Array.from({ length: 8 }, connect));
    const { heard } = await connect();
    expect(heard[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    for (const { socket } of [one, two, ...others]) socket.terminate();
  });

  it('end where Socket Mode is switched off', async () => {
    const { heard } = await connect();
    double.socket.disable();
    await expect.poll(() => heard.at(-1)).toMatchObject({ type: 'disconnect', reason: 'link_disabled' });
    expect(await word(clientWith(double.tokens.app).apps.connections.open({}))).toBe('access_denied');
  });
});

describe('signed requests', () => {
  it('carry a signature, wait three seconds, and come again at once, after a minute and after five', async () => {
    const heard: { headers: IncomingMessage['headers']; body: string }[] = [];
    const app = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      // The second attempt is left without an answer.
      if (heard.length !== 2) response.writeHead(heard.length === 4 ? 200 : 500).end();
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const { port } = app.address() as AddressInfo;
    const http = double.deliversTo({ url: `http://127.0.0.1:${port}/slack/events`, secret: 's' });
    const heardAfter = (milliseconds: number) => () => {
      clock.move(milliseconds);
      return heard.length;
    };
    const delivered = http.deliver('events_api', { type: 'event_callback', event_id: 'Ev1' });
    await expect.poll(() => heard.length).toBe(1);
    await expect.poll(heardAfter(0)).toBe(2);
    clock.move(3000);
    await expect.poll(() => http.waiting()).toBe(0);
    await expect.poll(heardAfter(30_000)).toBe(3);
    await expect.poll(() => http.waiting()).toBe(0);
    await expect.poll(heardAfter(60_000)).toBe(4);
    expect(await delivered).toEqual({ ack: {} });
    expect(heard.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_timeout'],
      ['3', 'http_error'],
    ]);
    expect(heard[0]?.headers['x-slack-signature']).toMatch(/^v0=[0-9a-f]{64}$/);
    expect(await http.deliver('slash_commands', { command: '/x' })).toEqual({ failed: 'dispatch_failed' });
    expect(heard).toHaveLength(5);
    expect(heard[4]?.body).toBe('command=%2Fx');
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  });
});
