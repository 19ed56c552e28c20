import { afterEach, describe, expect, it } from 'vitest';
import { movedClock } from '../doubles/clock.ts';
import type { SlackDoubleOptions } from '../doubles/slack/index.ts';
import { openSlackStage, SECRET, type SlackStage } from '../journeys/stage-slack.ts';
import { openHouse } from './slack-house.ts';

const open: { stage?: SlackStage } = {};
afterEach(async () => {
  await open.stage?.[Symbol.asyncDispose]();
  delete open.stage;
});
const where = 'coordination';
const CAST = {
  people: [
    { name: 'Lan', email: 'lan@moc.example', locale: 'vi-VN' },
    { name: 'Minh', email: 'minh@mofa.example' },
  ],
  channels: [where],
};

async function prepared(options: SlackDoubleOptions & { requests?: boolean; silence?: number } = {}) {
  const stage = await openSlackStage(CAST, options);
  open.stage = stage;
  return { stage, lan: stage.as('Lan'), ...openHouse() };
}
async function opened(options: Parameters<typeof prepared>[0] = {}) {
  const made = await prepared(options);
  await made.stage.platform.start(made.inbound);
  return made;
}

describe('slack by signed requests', () => {
  const request = async () => {
    const made = await opened({ requests: true });
    const address = made.stage.requestAddress() ?? expect.unreachable();
    return { ...made, address, http: made.stage.double.deliversTo({ url: address, secret: SECRET }) };
  };

  it('types, fills in, searches, presses and is written to as over a socket', async () => {
    const { stage, lan, house } = await request();
    const asked = await lan.types('/commitment register', { where });
    expect(asked.form?.fields.map((field) => field.label)).toContain('title');
    const wrong = await lan.fills({ title: 'bad', lead: 'industry', instrument: 'TREATY' });
    expect(wrong.form?.fields[0]).toEqual({ label: 'title', value: 'bad', error: 'That title is taken.' });
    const done = await lan.fills({ title: 'good' });
    expect(done.text).toContain('Registered: good');
    expect((await lan.presses('Confirm')).text).toBe('Confirmed: good');
    expect(house.saved).toEqual(['good/moit/treaty/lan@moc.example/false', 'confirmed good']);
    expect((await lan.types('commitment refuse')).text).toContain('Only a coordinator');
    house.gate.open();
    expect((await lan.types('/commitment count', { where })).text).toBe('339 commitments');
    expect(stage.double.socket.connections()).toBe(0);
  });

  it('turns away what is not signed, or was signed more than five minutes ago', async () => {
    const { http } = await request();
    const status = async (how: { secret?: string; age?: number }) => {
      const answer = await http.request('events_api', { type: 'url_verification', challenge: 'c' }, how);
      return typeof answer === 'string' ? answer : answer.status;
    };
    expect(await status({ secret: 'another' })).toBe(401);
    expect(await status({ age: 301_000 })).toBe(401);
    expect(await status({ age: 290_000 })).toBe(200);
  });

  it('proves that the address is its own, and tells a load balancer how it is', async () => {
    const { stage, address, http } = await request();
    const verified = await http.request('events_api', { type: 'url_verification', challenge: 'c-1' });
    expect(verified).toMatchObject({ status: 200, text: '{"challenge":"c-1"}' });
    expect(await http.request('slash_commands', { ssl_check: '1', token: 't' })).toMatchObject({ status: 200 });
    const health = address.replace('/slack/events', '/health');
    expect((await fetch(health)).status).toBe(200);
    await stage.platform.stop();
    expect(await fetch(health).catch(() => 'gone')).toBe('gone');
  });

  it('sends a load balancer elsewhere while it finishes what is in hand', async () => {
    const { stage, address, lan, house } = await request();
    const health = address.replace('/slack/events', '/health');
    const answered = lan.types('/commitment count', { where });
    await expect.poll(() => stage.double.calls.some((call) => call.method === 'response_url')).toBe(true);
    const stopped = stage.platform.stop();
    expect((await fetch(health)).status).toBe(503);
    house.gate.open();
    await stopped;
    expect((await answered).text).toBe('339 commitments');
  });

  it('hands a repeated event in once', async () => {
    const { stage, lan, http } = await request();
    const { users, workspace } = stage.double;
    const channel = workspace.direct(lan.accountId, workspace.bot.id);
    const event = users.event(lan.accountId, channel, workspace.nextTs(), 'commitment refuse');
    await http.request('events_api', event);
    await http.request('events_api', event, { retry: { num: 1, reason: 'http_timeout' } });
    expect(await lan.directMessages()).toHaveLength(1);
  });
});

describe('slack starts', () => {
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => 'it started',
      (error: Error) => ({ ...error, message: error.message }),
    );

  it.each([
    ['auth.test', 'bot-token', 'invalid_auth'],
    ['auth.test', 'bot-token', 'account_inactive'],
    ['apps.connections.open', 'app-token', 'invalid_auth'],
    ['apps.connections.open', 'app-token', 'missing_scope'],
  ])('not where %s is refused: the %s is %s', async (method, setting, code) => {
    const { stage, inbound } = await prepared();
    stage.double.faults.plan(method, { how: 'error', code });
    expect(await failure(stage.platform.start(inbound))).toMatchObject({ platform: 'slack', setting, why: code });
    expect(stage.double.socket.connections()).toBe(0);
  });

  it('not where its port is taken', async () => {
    const { stage } = await opened({ requests: true });
    const port = Number(new URL(stage.requestAddress() ?? '').port);
    const { createSlack } = await import('../../src/chat/slack/index.ts');
    const second = createSlack({
      botToken: stage.double.tokens.bot,
      receives: { signingSecret: SECRET, host: '127.0.0.1', port },
      apiUrl: stage.double.apiUrl,
      log: { info() {}, warn() {}, error() {} },
      now: () => new Date().toISOString(),
    });
    expect(await failure(second.start(openHouse().inbound))).toMatchObject({ setting: 'port', why: 'EADDRINUSE' });
  });

  it('though Slack cannot be reached, and is there when it can', async () => {
    const { stage, lan, inbound } = await prepared();
    const back = await stage.double.outage();
    await stage.platform.start(inbound);
    expect(stage.platform.connected?.()).toBe(false);
    await back();
    await expect.poll(() => stage.platform.connected?.()).toBe(true);
    expect((await lan.types('/commitment refuse', { where })).text).toContain('Only a coordinator');
  });
});

describe('slack goes on', () => {
  it('where Slack says that it holds events back, in a payload that the SDK cannot read', async () => {
    const { stage, lan } = await opened();
    void stage.double.socket.deliver('events_api', {
      type: 'app_rate_limited',
      team_id: 'T0ACCORD',
      minute_rate_limited: 1763341200,
      api_app_id: 'A0ACCORD',
    });
    const channel = stage.double.workspace.channels.get(stage.channelId(where)) ?? expect.unreachable();
    await stage.double.users.slash(lan.accountId, channel, '/commitment', 'refuse');
    await expect
      .poll(() => channel.messages.map((message) => message.text))
      .toEqual(['Only a coordinator may do that.']);
  });
});

describe('slack comes back', () => {
  it('after an outage, and handles once what happened meanwhile', async () => {
    const { stage, lan } = await opened();
    const { users, workspace, socket } = stage.double;
    const channel = workspace.direct(lan.accountId, workspace.bot.id);
    const back = await stage.double.outage();
    const event = users.event(lan.accountId, channel, workspace.nextTs(), 'commitment refuse');
    // Nobody is there: it waits, and the same event comes a second time.
    const delivered = [socket.deliver('events_api', event), socket.deliver('events_api', event)];
    expect(socket.undelivered()).toBe(2);
    await back();
    expect(await Promise.all(delivered)).toEqual([{ ack: {} }, { ack: {} }]);
    expect(await lan.directMessages()).toHaveLength(1);
  });

  it('where Socket Mode was switched off for a while', async () => {
    const { stage, lan } = await opened();
    stage.double.socket.disable();
    await expect.poll(() => stage.platform.connected?.()).toBe(false);
    await expect
      .poll(() => stage.double.calls.filter((call) => call.method === 'apps.connections.open').length)
      .toBeGreaterThan(2);
    stage.double.socket.disable(false);
    await expect.poll(() => stage.platform.connected?.()).toBe(true);
    expect((await lan.types('/commitment refuse', { where })).text).toContain('Only a coordinator');
  });

  it('at once where Slack warns that it will go', async () => {
    const { stage, lan } = await opened();
    stage.double.socket.refresh('warning');
    await expect.poll(() => stage.double.socket.connections(), { interval: 5 }).toBe(0);
    await expect.poll(() => stage.double.socket.connections(), { interval: 5 }).toBe(1);
    expect((await lan.types('/commitment refuse', { where })).text).toContain('Only a coordinator');
  });

  it('and answers an event once, though its acknowledgement came late', async () => {
    const clock = movedClock(Date.parse('2025-11-17T01:00:00Z'));
    const { stage, lan } = await opened({ clock });
    const { users, workspace, socket } = stage.double;
    const channel = workspace.direct(lan.accountId, workspace.bot.id);
    const event = users.event(lan.accountId, channel, workspace.nextTs(), 'commitment refuse');
    const delivered = socket.deliver('events_api', event);
    // Three seconds pass before the answer can travel.
    clock.move(3000);
    expect(await delivered).toEqual({ ack: {} });
    expect(await lan.directMessages()).toHaveLength(1);
  });
});

describe('slack notices a socket that stands open and says nothing', () => {
  // Heartbeats go by real time, as the SDK's own do; what Slack waits for is moved on.
  const LIVELY = { beatMs: 20, silence: 400 };

  async function noticed(silence: (socket: SlackStage['double']['socket']) => void, before: 'start' | number) {
    const clock = movedClock(Date.parse('2025-11-17T01:00:00Z'));
    const { stage, lan, inbound } = await prepared({ clock, ...LIVELY });
    const { users, workspace, socket } = stage.double;
    if (before === 'start') silence(socket);
    await stage.platform.start(inbound);
    if (before !== 'start') {
      await expect.poll(() => socket.beats()).toBeGreaterThanOrEqual(before);
      silence(socket);
    }
    // Slack takes the socket for a good one, and repeats on another what it heard nothing of.
    const channel = workspace.direct(lan.accountId, workspace.bot.id);
    const event = users.event(lan.accountId, channel, workspace.nextTs(), 'commitment refuse');
    const delivered = socket.deliver('events_api', event);
    await expect.poll(() => socket.greeted()).toBe(2);
    clock.move(3000);
    expect(await delivered).toEqual({ ack: {} });
    expect(await lan.directMessages()).toHaveLength(1);
  }

  it('and never said anything but hello', () => noticed((socket) => socket.hushNext('no pings'), 'start'));
  it('after it was heard', () => noticed((socket) => socket.hush('says nothing'), 3));
  it('with nobody at its other end', () => noticed((socket) => socket.hush('dead'), 3));

  it.each(['no hello', 'no answer'] as const)('from the beginning: there is %s', async (how) => {
    const { stage, lan, inbound } = await prepared(LIVELY);
    stage.double.socket.hushNext(how);
    await stage.platform.start(inbound);
    await expect.poll(() => stage.platform.connected?.()).toBe(true);
    expect(stage.double.socket.opened()).toBeGreaterThan(1);
    expect((await lan.types('/commitment refuse', { where })).text).toContain('Only a coordinator');
  });

  it('and leaves one alone that pings', async () => {
    const { stage } = await opened(LIVELY);
    const { socket } = stage.double;
    await expect.poll(() => socket.beats()).toBeGreaterThan(40);
    expect(socket.opened()).toBe(1);
  });
});
