import { describe, expect, test } from 'vitest';
import { createDiscordDoctor } from '../../src/chat/discord/doctor.ts';
import type { ChannelToSee, Finding } from '../../src/chat/doctor.ts';
import { createSlackDoctor } from '../../src/chat/slack/doctor.ts';
import { wordsFor } from '../../src/doctor-words.ts';
import { openDiscordDouble } from '../doubles/discord/index.ts';
import { PERMISSIONS } from '../doubles/discord/world.ts';
import { openSlackDouble, SCOPES } from '../doubles/slack/index.ts';

const now = () => new Date().toISOString();
const later = (seconds: number) => () => new Date(Date.now() + seconds * 1000).toISOString();
/** "what problem", or "what" where it is in order; each finding has its words. */
const short = (findings: readonly Finding[]): string[] =>
  findings.map((finding) => {
    expect(wordsFor(finding).length).toBeGreaterThan(10);
    return finding.problem === null ? finding.what : `${finding.what} ${finding.problem}`;
  });
const wordsOf = (findings: readonly Finding[]): string[] =>
  findings.filter(({ problem }) => problem !== null).map(wordsFor);

describe('slack: the doctor', () => {
  const open = async (options: Parameters<typeof openSlackDouble>[0] = {}) => {
    const double = await openSlackDouble(options);
    const { workspace, tokens } = double;
    const channel = (name: string, more: { kind?: 'public' | 'private'; in?: boolean; archived?: boolean } = {}) => {
      const members = more.in === false ? [] : [workspace.bot.id];
      const made = workspace.addChannel({ name, kind: more.kind ?? 'public', creator: workspace.bot.id, members });
      made.archived = more.archived ?? false;
      return { conversation: made.id, label: name };
    };
    const examine = (
      channels: readonly ChannelToSee[] = [],
      given: { bot?: string; app?: string; now?: () => string } = {},
    ) =>
      createSlackDoctor({
        botToken: given.bot ?? tokens.bot,
        appToken: given.app ?? tokens.app,
        apiUrl: double.apiUrl,
        now: given.now ?? now,
      }).examine(channels);
    return { double, channel, examine, [Symbol.asyncDispose]: () => double[Symbol.asyncDispose]() };
  };

  test('finds everything in order, and changes nothing', async () => {
    await using slack = await open();
    const { channel } = slack;
    const found = await slack.examine([channel('coordination'), channel('finance', { kind: 'private' })]);
    expect(short(found)).toEqual(['bot-token', 'scopes', 'app-token', 'clock', 'channel', 'channel']);
    expect(
      slack.double.calls.map(({ method }) => method).filter((method) => /post|create|join|invite/.test(method)),
    ).toEqual([]);
  });

  test('names the scopes that are missing', async () => {
    await using slack = await open({
      scopes: SCOPES.filter((scope) => !['im:write', 'channels:read'].includes(scope)),
    });
    const found = await slack.examine([slack.channel('coordination')]);
    expect(short(found)).toEqual(['bot-token', 'scopes missing', 'app-token', 'clock', 'channel missing-scope']);
    expect(wordsOf(found)[0]).toContain('channels:read, im:write');
  });

  test('tells a wrong token from a service that does not answer', async () => {
    await using slack = await open();
    expect(short(await slack.examine([slack.channel('coordination')], { bot: 'xoxb-wrong' }))).toEqual([
      'bot-token refused',
      'app-token',
      'clock',
    ]);
    expect(short(await slack.examine([], { app: 'xapp-wrong' }))).toEqual([
      'bot-token',
      'scopes',
      'app-token refused',
      'clock',
    ]);
    for (const fault of [
      { how: 'drop' },
      { how: 'error-500' },
      { how: 'rate-limited' },
      { how: 'cut-short' },
    ] as const) {
      slack.double.faults.plan('auth.test', fault);
      expect(short(await slack.examine())[0], fault.how).toBe('bot-token not-reached');
    }
    const back = await slack.double.outage();
    expect(short(await slack.examine([slack.channel('coordination')]))).toEqual([
      'bot-token not-reached',
      'app-token not-reached',
    ]);
    await back();
  });

  test('says that Socket Mode is off', async () => {
    await using slack = await open();
    slack.double.socket.disable();
    expect(wordsOf(await slack.examine())).toEqual([
      'Socket Mode is off. api.slack.com/apps, your app, Socket Mode: Enable Socket Mode.',
    ]);
  });

  test('says that the clock is wrong, either way', async () => {
    await using slack = await open();
    expect(short(await slack.examine([], { now: later(400) }))).toContain('clock wrong');
    expect(short(await slack.examine([], { now: later(-400) }))).toContain('clock wrong');
  });

  test('says of each channel why nothing can be posted there', async () => {
    await using slack = await open();
    const { channel } = slack;
    const found = await slack.examine([
      channel('old', { archived: true }),
      channel('elsewhere', { in: false }),
      channel('secret', { kind: 'private', in: false }),
      { conversation: 'C0NOWHERE', label: 'gone' },
    ]);
    expect(short(found).slice(4)).toEqual([
      'channel archived',
      'channel not-in',
      'channel not-seen',
      'channel not-seen',
    ]);
    expect(wordsOf(found)[1]).toContain('/invite');
  });
});

describe('discord: the doctor', () => {
  const open = async () => {
    const double = await openDiscordDouble();
    const examine = (
      channels: readonly ChannelToSee[] = [],
      given: { token?: string; guild?: string; now?: () => string } = {},
    ) =>
      createDiscordDoctor({
        token: given.token ?? double.token,
        apiUrl: double.apiUrl,
        now: given.now ?? now,
        ...(given.guild === undefined ? {} : { guild: given.guild }),
      }).examine(channels);
    return { double, world: double.world, examine, [Symbol.asyncDispose]: () => double[Symbol.asyncDispose]() };
  };
  const seen = ({ id, name }: { id: string; name: string }) => ({ conversation: id, label: name });

  test('finds everything in order, and changes nothing', async () => {
    await using discord = await open();
    const channel = discord.world.addChannel('coordination');
    const found = await discord.examine([seen(channel), seen(discord.world.addThread(channel, 'a-thread', 12))]);
    expect(short(found)).toEqual(['token', 'gateway', 'server', 'permissions', 'channel', 'channel', 'clock']);
    expect(discord.double.log.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  });

  test('tells a wrong token from a service that does not answer', async () => {
    await using discord = await open();
    expect(short(await discord.examine([], { token: 'wrong' }))).toEqual(['token refused', 'clock']);
    const back = await discord.double.outage();
    expect(short(await discord.examine())).toEqual(['token not-reached']);
    await back();
  });

  test('says that it is not in the server', async () => {
    await using discord = await open();
    expect(short(await discord.examine([], { guild: '123456789012345678' }))).toContain('server not-in');
  });

  test('names the permissions that are missing', async () => {
    await using discord = await open();
    discord.world.botPermissions &= ~(PERMISSIONS.manageChannels | PERMISSIONS.manageRoles);
    const found = await discord.examine();
    expect(short(found)).toContain('permissions missing');
    expect(wordsOf(found)[0]).toMatch(/Manage Channels.*Manage Roles/);
  });

  test('says of each channel why nothing can be posted there', async () => {
    await using discord = await open();
    const { world } = discord;
    const deny = (...permissions: bigint[]) => [
      { id: world.guildId, type: 0, allow: '0', deny: String(permissions.reduce((all, each) => all | each)) },
    ];
    const back = { id: world.bot.id, type: 1, allow: String(PERMISSIONS.send), deny: '0' };
    const found = await discord.examine(
      [
        world.addChannel('mute', { overwrites: deny(PERMISSIONS.send) }),
        world.addChannel('hidden', { overwrites: deny(PERMISSIONS.view) }),
        world.addChannel('allowed-again', { overwrites: [...deny(PERMISSIONS.send), back] }),
        { id: '123456789012345678', name: 'gone' },
      ].map(seen),
    );
    expect(short(found).slice(4, -1)).toEqual(['channel may-not', 'channel not-seen', 'channel', 'channel gone']);
    expect(wordsOf(found)[0]).toContain('Send Messages');
  });

  test('says that the clock is wrong', async () => {
    await using discord = await open();
    expect(short(await discord.examine([], { now: later(-90) }))).toContain('clock wrong');
  });
});
