import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type DiscordOptions, type DiscordPlatform } from '../../src/chat/discord/index.ts';
import { type DiscordDouble, openDiscordDouble } from '../doubles/discord/index.ts';
import { openSmallHouse, type SmallHouse, said } from '../doubles/discord/small-house.ts';
import type { Channel, User } from '../doubles/discord/world.ts';
import { eventually } from '../support/eventually.ts';

/** Lines that break, sessions that end, and a Discord that is not there: what comes of it. */
let double: DiscordDouble;
let general: Channel;
let lan: User;
/** Milliseconds by which Discord's clock has been moved on. */
let later: number;
let complaints: string[];
const open: DiscordPlatform[] = [];

function adapter(more: Partial<DiscordOptions> = {}): DiscordPlatform {
  later += 5_000;
  const complain = (_: object, message: string) => void complaints.push(message);
  const made = createDiscord({
    token: double.token,
    apiUrl: double.apiUrl,
    log: { info() {}, warn: complain, error: complain },
    now: () => new Date().toISOString(),
    ...more,
  });
  open.push(made);
  return made;
}

async function started(more: Partial<DiscordOptions> = {}): Promise<{ discord: DiscordPlatform; house: SmallHouse }> {
  const discord = adapter(more);
  const { inbound, house } = openSmallHouse();
  await discord.start(inbound);
  return { discord, house };
}

const report = () =>
  double.people.command(lan.id, general.id, 'obstacle/report', {
    commitment: 'C-1',
    kind: 'land',
    agency: 'moc',
    text: 'No site',
  });
const done = (times: number) => Array.from({ length: times }, () => 'reported C-1 land moc: No site');

beforeEach(async () => {
  later = 0;
  complaints = [];
  double = await openDiscordDouble({ now: () => Date.now() + later });
  general = double.world.addChannel('coordination');
  lan = double.world.addUser('Lan');
});

afterEach(async () => {
  for (const each of open.splice(0)) await each.stop();
  await double[Symbol.asyncDispose]();
});

describe('a line that breaks', () => {
  it('for ten minutes loses nothing that was heard, and what comes twice is done once', async () => {
    const { discord, house } = await started();
    expect(await report().first).toBe('answered');
    await discord.settled();
    double.gateway.down();
    await eventually(() => expect(discord.connected?.()).toBe(false));
    // Whoever types now is told by Discord that nobody answers.
    const meanwhile = report();
    // What the house says needs no gateway.
    const id = await discord.post(general.id, said('Two are overdue.'), 'key-1');
    expect(double.world.messages.has(id)).toBe(true);
    later += 10 * 60_000;
    double.gateway.up();
    await eventually(() => expect(discord.connected?.()).toBe(true));
    expect(double.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
    await eventually(() => expect(complaints).toContain('an interaction came too late to be answered'));
    expect(meanwhile.answer).toBeNull();
    expect(house.done).toEqual(done(1));
    expect(await report().first).toBe('answered');
    double.gateway.repeat();
    await discord.settled();
    expect(house.done).toEqual(done(2));
    expect(complaints.filter((each) => each === 'an answer did not reach Discord')).toEqual([]);
  });

  it('so long that Discord has forgotten the session begins another', async () => {
    const { discord } = await started();
    double.gateway.down();
    await eventually(() => expect(discord.connected?.()).toBe(false));
    double.gateway.forget();
    later += 60 * 60_000;
    double.gateway.up();
    await eventually(() => expect(double.gateway.counts.identified).toBe(2));
    await eventually(() => expect(discord.connected?.()).toBe(true));
    expect(await report().first).toBe('answered');
  });

  it.each([
    ['op 7', () => double.gateway.reconnect()],
    ['op 9, resumable', () => double.gateway.invalidate(true)],
    ['4000', () => double.gateway.closeWith(4000)],
  ])('by Discord’s own wish is resumed (%s)', async (_, breaks) => {
    const { discord } = await started();
    breaks();
    await eventually(() => expect(double.gateway.counts.resumed).toBe(1));
    await eventually(() => expect(discord.connected?.()).toBe(true));
    expect(double.gateway.counts.identified).toBe(1);
    expect(await report().first).toBe('answered');
  });

  it.each([4007, 4008, 4009])('with its session begins a new one (%s)', async (code) => {
    const { discord } = await started();
    later += 5_000;
    double.gateway.closeWith(code);
    await eventually(() => expect(double.gateway.counts.identified).toBe(2));
    await eventually(() => expect(discord.connected?.()).toBe(true));
    expect(await report().first).toBe('answered');
  });

  it('answers a heartbeat that is asked for', async () => {
    await started();
    double.gateway.askHeartbeat();
    await eventually(() => expect(double.gateway.counts.heartbeats).toBeGreaterThan(0));
  });
});

describe('a start', () => {
  it('at which Discord cannot be reached goes on trying', async () => {
    double.fail({ path: /./, how: 'drop', times: Number.POSITIVE_INFINITY });
    const { discord } = await started();
    expect(discord.connected?.()).toBe(false);
    expect(complaints).toContain('discord cannot be reached; trying again until it can');
    await expect(discord.post(general.id, said('x'), 'k')).rejects.toMatchObject({
      kind: 'later',
      code: 'not-connected',
    });
    double.mend();
    await eventually(() => expect(discord.connected?.()).toBe(true));
    // Its commands are offered a moment later; until then nobody can type them.
    await eventually(async () => expect(await report().first).toBe('answered'));
  });

  it('can be called off while it goes on trying', async () => {
    double.fail({ path: /./, how: 'drop', times: Number.POSITIVE_INFINITY });
    const { discord } = await started();
    await discord.stop();
    double.mend();
    expect(double.gateway.counts.identified).toBe(0);
  });

  it.each<[string, Partial<DiscordOptions>, string]>([
    ['another token', { token: 'wrong' }, 'token'],
    ['a server that the bot is not in', { guild: '123456789012345678' }, 'guild'],
  ])('with %s says what is to be mended', async (_, more, setting) => {
    await expect(adapter(more).start(openSmallHouse().inbound)).rejects.toMatchObject({
      name: 'CannotStart',
      platform: 'discord',
      setting,
    });
  });

  it.each([
    [4004, 'token'],
    [4014, 'intents'],
  ])('that the gateway ends with %s says so too', async (code, setting) => {
    double.gateway.refuseWith(code);
    await expect(adapter().start(openSmallHouse().inbound)).rejects.toMatchObject({ name: 'CannotStart', setting });
  });

  it('is made anew where Discord closes for good later on', async () => {
    const { discord } = await started();
    later += 5_000;
    double.gateway.closeWith(4004);
    await eventually(() => expect(complaints).toContain('Discord closed the gateway for good'));
    await eventually(() => expect(double.gateway.counts.identified).toBe(2));
    await eventually(() => expect(discord.connected?.()).toBe(true));
    expect(await report().first).toBe('answered');
  });
});

describe('a bot that is taken out of its server', () => {
  const later = { kind: 'later', code: 'not-connected' };

  it('gives nothing up, says so, and goes on when it is invited again', async () => {
    const { discord } = await started();
    const direct = await discord.openDirect(lan.id);
    double.removes();
    await eventually(() => expect(discord.connected?.()).toBe(false));
    expect(complaints.join()).toContain('the address of discord:invite brings it back');
    for (const verb of [
      discord.post(general.id, said('x'), 'k1'),
      discord.post(direct, said('x'), 'k2'),
      discord.openConversation({ name: 'g', topic: '', members: [lan.id] }, 'k3'),
    ])
      await expect(verb).rejects.toMatchObject(later);
    double.commands.registered.clear();
    double.invites();
    await eventually(() => expect(discord.connected?.()).toBe(true));
    await discord.post(general.id, said('x'), 'k1');
    expect(double.world.messagesOf(general.id)).toHaveLength(1);
    await eventually(() => expect(double.commands.registered.get('global')?.length).toBeGreaterThan(0));
    expect(await report().first).toBe('answered');
  });

  it('is told from a server that has an outage', async () => {
    const { discord } = await started();
    double.gateway.dispatch('GUILD_DELETE', { id: double.world.guildId, unavailable: true });
    expect(await report().first).toBe('answered');
    expect(discord.connected?.()).toBe(true);
    await discord.post(general.id, said('x'), 'k1');
  });

  it('or is not in one yet, waits for the invitation', async () => {
    double.world.bot.inGuild = false;
    const { discord } = await started();
    expect(complaints).toContain('the bot is in no server yet: open the address of discord:invite');
    expect(discord.connected?.()).toBe(false);
    await expect(discord.post(general.id, said('x'), 'k1')).rejects.toMatchObject(later);
    double.invites();
    await eventually(() => expect(discord.connected?.()).toBe(true));
    await discord.post(general.id, said('x'), 'k1');
  });
});

describe('an answer that never comes', () => {
  it.each(['silent', 'half', 'lost'] as const)('(%s) leaves open whether it was done, and is found', async (how) => {
    const { discord } = await started({ timeoutMs: 300 });
    double.fail({ method: 'POST', path: /^\/channels\/\d+\/messages$/, how });
    await expect(discord.post(general.id, said('x'), 'key-7')).rejects.toMatchObject({ kind: 'unknown' });
    const [there] = double.world.messagesOf(general.id);
    const since = new Date(Date.now() + later - 1000).toISOString();
    expect(await discord.findPosted(general.id, 'key-7', since)).toBe(there?.id);
    expect(await discord.post(general.id, said('x'), 'key-7')).toBe(there?.id);
  });

  it('is told from one that says when to come back', async () => {
    const { discord } = await started();
    const fails = (how: Parameters<DiscordDouble['fail']>[0]['how']) =>
      double.fail({ method: 'POST', path: /^\/(channels|users)\//, how });
    fails({ retryAfter: 2, shared: true });
    await expect(discord.post(general.id, said('x'), 'k1')).rejects.toMatchObject({
      kind: 'later',
      code: 'rate-limited',
    });
    fails({ status: 400, code: 40003, message: 'You are opening direct messages too fast' });
    await expect(discord.openDirect(lan.id)).rejects.toMatchObject({ kind: 'later', code: 'too-fast' });
  });
});
