import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INVITE_PERMISSIONS } from '../../src/chat/discord/conversations.ts';
import { createDiscord, type DiscordOptions, type DiscordPlatform } from '../../src/chat/discord/index.ts';
import { registerByHand } from '../../src/chat/discord/register-by-hand.ts';
import type { MessageDocument } from '../../src/chat/message.ts';
import { PlatformError } from '../../src/chat/platform.ts';
import { type DiscordDouble, openDiscordDouble } from '../doubles/discord/index.ts';
import type { Live } from '../doubles/discord/interactions.ts';
import { isJson, type Json, jsonList } from '../doubles/discord/problems.ts';
import { screenOf } from '../doubles/discord/screen.ts';
import { openSmallHouse, type SmallHouse, said } from '../doubles/discord/small-house.ts';
import { BOT_PERMISSIONS, type Channel, type Message, PERMISSIONS, type User } from '../doubles/discord/world.ts';
import { openStage } from '../journeys/stage-discord.ts';
import { eventually } from '../support/eventually.ts';

const quiet = { info() {}, warn() {}, error() {} };

let double: DiscordDouble;
let discord: DiscordPlatform;
let house: SmallHouse;
let general: Channel;
let lan: User;
let minh: User;
/** Milliseconds by which Discord's clock has been moved on. */
let later: number;
/** What the adapter told the operators at warn and error. */
let complaints: string[];

function newAdapter(more: Partial<DiscordOptions> = {}): DiscordPlatform {
  // Discord begins one session in five seconds.
  later += 5_000;
  const complain = (facts: object, message: string) =>
    complaints.push(`${message} ${'err' in facts ? String(facts.err) : ''}`);
  return createDiscord({
    token: double.token,
    apiUrl: double.apiUrl,
    log: { ...quiet, warn: complain, error: complain },
    now: () => new Date().toISOString(),
    ...more,
  });
}

beforeEach(async () => {
  complaints = [];
  later = 0;
  double = await openDiscordDouble({ now: () => Date.now() + later });
  general = double.world.addChannel('coordination');
  lan = double.world.addUser('Lan', 'vi');
  minh = double.world.addUser('Minh');
  discord = newAdapter();
  const small = openSmallHouse();
  house = small.house;
  await discord.start(small.inbound);
});

afterEach(async () => {
  await discord.stop();
  await double[Symbol.asyncDispose]();
});

/** Waits for the answer; the messages that came of it. */
async function answers(live: Live): Promise<Message[]> {
  expect(await live.first).toBe('answered');
  await discord.settled();
  return [...live.produced].flatMap((id) => double.world.messages.get(id) ?? []);
}

async function answer(live: Live): Promise<Message> {
  const [first, ...others] = await answers(live);
  expect(others).toEqual([]);
  if (!first) throw new Error('there was no answer');
  return first;
}

const words = (message: Message) => screenOf(double.world, message).text;
const type = (path: string, given: Parameters<DiscordDouble['people']['command']>[3], where = general) =>
  double.people.command(lan.id, where.id, path, given);

function press(message: Message, label: string): Live {
  const found = screenOf(double.world, message).pressables.find((each) => each.label === label);
  if (!found) throw new Error(`no ${label}`);
  return double.people.press(lan.id, message, found.customId, found.value === undefined ? undefined : [found.value]);
}

const inputs = (live: Live): Json[] =>
  jsonList(live.modal?.components).flatMap((part) => (isJson(part.component) ? [part.component] : []));

/** What a verb refused with. */
async function refusal(work: Promise<unknown>): Promise<PlatformError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PlatformError)) throw new Error(`no PlatformError: ${String(error)}`);
  return error;
}

describe('what people do', () => {
  it('answers a typed command for the speaker alone', async () => {
    const message = await answer(type('commitment/show', { commitment: 'C-142' }));
    expect(words(message)).toContain('C-142 Grid connection');
    expect(message.onlyFor).toBe(lan.id);
    expect(message.flags & (1 << 15)).not.toBe(0);
  });

  it('opens the form for what a command still lacks, and runs it when it is sent', async () => {
    const live = type('obstacle/report', { commitment: 'C-142' });
    expect(await answers(live)).toEqual([]);
    expect(inputs(live).map((input) => [input.custom_id, input.type])).toEqual([
      ['kind', 3],
      ['agency', 4],
      ['text', 4],
    ]);
    const message = await answer(
      double.people.submit(lan.id, { kind: 'land', agency: 'moc', text: 'No resettlement *site*' }),
    );
    expect(house.done).toEqual(['reported C-142 land moc: No resettlement *site*']);
    expect(words(message)).toBe('OB-1 on C-142: No resettlement *site*');
    expect(message.onlyFor).toBeUndefined();
  });

  it('gives a refused form back filled in, behind a button, for the speaker alone', async () => {
    await answers(type('obstacle/report', { commitment: 'C-142' }));
    const refused = await answer(
      double.people.submit(lan.id, { kind: 'money', agency: 'nobody', text: 'Prices are awaited' }),
    );
    expect(words(refused)).toBe('There is no agency called nobody.\n[Open again]');
    expect(refused.onlyFor).toBe(lan.id);
    const again = press(refused, 'Open again');
    await answers(again);
    const values = inputs(again).map(
      (input) => input.value ?? jsonList(input.options).find((option) => option.default)?.value,
    );
    expect(values).toEqual(['C-142', 'money', 'nobody', 'Prices are awaited']);
    await answers(double.people.submit(lan.id, { agency: 'mof' }));
    expect(house.done).toEqual(['reported C-142 money mof: Prices are awaited from a message']);
  });

  it('opens a form at once from a button, and knows the message that it came from', async () => {
    const shown = await answer(type('commitment/show', { commitment: 'C-7' }));
    const live = press(shown, 'Report an obstacle');
    await answers(live);
    expect(live.answer).toBe(9);
    await answers(double.people.submit(lan.id, { kind: 'land', agency: 'moc', text: 'x' }));
    expect(house.done).toEqual(['reported C-7 land moc: x from a message']);
  });

  it('keeps a form whose long words fit no custom_id', async () => {
    const long = 'A reason of more than a hundred characters. '.repeat(5).trim();
    const live = type('obstacle/report', { commitment: 'C-142', text: long });
    await answers(live);
    expect(String(live.modal?.custom_id).length).toBeLessThanOrEqual(100);
    await answers(double.people.submit(lan.id, { kind: 'land', agency: 'moc' }));
    expect(house.done).toEqual([`reported C-142 land moc: ${long}`]);
  });

  it('acts on no form of which a restart has lost a part, and gives back what was typed', async () => {
    await answers(type('obstacle/report', { commitment: 'C-142', text: 'A reason. '.repeat(30).trim() }));
    await discord.stop();
    discord = newAdapter();
    const small = openSmallHouse();
    await discord.start(small.inbound);
    const message = await answer(double.people.submit(lan.id, { kind: 'land', agency: 'the ministry' }));
    expect(small.house.done).toEqual([]);
    expect(words(message)).toContain('dialect.lost');
    expect(words(message)).toContain('the ministry');
    const again = press(message, 'dialect.open-again');
    await answers(again);
    expect(inputs(again).map((input) => input.custom_id)).toEqual(['kind', 'agency', 'text']);
  });

  it('puts another document in the place of the pressed message', async () => {
    const shown = await answer(type('commitment/show', { commitment: 'C-7' }));
    const live = press(shown, 'Claim');
    expect((await answer(live)).id).toBe(shown.id);
    expect(live.answer).toBe(6);
    expect(words(shown)).toBe('C-7 is claimed.');
    expect(house.done).toEqual(['claimed C-7 v3']);
  });

  it.each(['claim', 'verify'])(
    'edits a message of the house in place, however it was acknowledged (%s)',
    async (verb) => {
      const does = { path: `commitment/${verb}`, blanks: { commitment: 'C-7' } };
      const id = await discord.post(
        general.id,
        said('C-7 is due.', { block: 'buttons', buttons: [{ label: 'Press', does }] }),
        'key-1',
      );
      const message = double.world.messages.get(id);
      if (!message) throw new Error('not there');
      await answers(press(message, 'Press'));
      expect(words(message)).toMatch(/^C-7 is (claimed|verified)\.$/);
      expect(double.world.messagesOf(general.id)).toEqual([message]);
    },
  );

  it('takes a choice of a menu as a press', async () => {
    const shown = await answer(type('commitment/show', { commitment: 'C-7' }));
    expect(words(await answer(press(shown, 'Slow look')))).toBe('C-7 looked at.');
  });

  it('shows progress in the pending answer', async () => {
    let go = () => {};
    house.go = new Promise((resolve) => {
      go = resolve;
    });
    const live = type('commitment/slow', { commitment: 'C-7' });
    await live.first;
    const pending = double.world.messages.get(live.original ?? '');
    if (!pending) throw new Error('nothing is pending');
    expect(pending.loading).toBe(true);
    await eventually(() => expect(words(pending)).toBe('Half of it is done.'));
    go();
    expect(words(await answer(live))).toBe('C-7 looked at.');
  });

  it('says a refusal to the speaker alone where the command answers all', async () => {
    const message = await answer(type('commitment/refuse', {}));
    expect(words(message)).toBe('That is not yours to do.');
    expect(message.onlyFor).toBe(lan.id);
    expect(double.world.messagesOf(general.id).filter((each) => each.onlyFor === undefined)).toEqual([]);
  });

  it('says what is too long for one message in further ones, privately too', async () => {
    const messages = await answers(type('commitment/long', {}));
    expect(messages.length).toBeGreaterThan(7);
    const everything = messages.map(words).join('\n');
    for (const index of [0, 50, 99]) expect(everything).toContain(`C-${index} Commitment number ${index}`);
    expect(messages.every((message) => message.onlyFor === lan.id)).toBe(true);
  });

  it('completes while typing, at most 25 of at most 100 characters', async () => {
    const live = double.people.autocomplete(lan.id, general.id, 'commitment/show', 'commitment', 'grid');
    await live.first;
    expect(live.choices).toHaveLength(25);
    expect(live.choices?.[0]).toMatchObject({ value: 'C-0' });
    expect(live.choices?.[0]?.name).toMatch(/^C-0 grid .{85,90}…$/);
  });

  it('takes a file in by a command and by a form, and sends one out', async () => {
    const file = { name: 'báo cáo.csv', bytes: Buffer.from('a;b\n1;2') };
    const message = await answer(type('commitment/import', { file }));
    expect(house.done).toEqual(['read báo cáo.csv: a;b\n1;2']);
    expect(message.attachments.map((each) => [each.filename, each.title, Buffer.from(each.bytes).toString()])).toEqual([
      ['Bao_cao.txt', 'Báo cáo.txt', 'a;b\n1;2'],
    ]);
    await answers(type('commitment/import', {}));
    await answers(double.people.submit(lan.id, { file }));
    expect(house.done).toHaveLength(2);
  });

  it('says when an answer is too large to be shown, and leaves nobody waiting', async () => {
    const message = await answer(type('commitment/attach', {}));
    expect([words(message), message.loading]).toEqual(['dialect.not-shown', false]);
    expect(complaints).toEqual([expect.stringContaining('Discord takes no such answer')]);
    const bytes = new Uint8Array(10 * 1024 * 1024 + 1);
    const large = said('x', { block: 'file', name: 'all.bin', type: 'x/y', bytes });
    expect(await refusal(discord.post(general.id, large, 'k'))).toMatchObject({ kind: 'refused', code: 'too-large' });
  });

  it('works in direct messages', async () => {
    const message = await answer(type('commitment/show', { commitment: 'C-1' }, double.world.direct(lan.id)));
    expect(words(message)).toContain('C-1 Grid connection');
  });

  it('complains of nothing in all that, and says when an answer could not be given', async () => {
    await answer(type('commitment/show', { commitment: 'C-1' }));
    expect(complaints).toEqual([]);
    double.fail({ method: 'PATCH', path: /^\/webhooks/, how: 'error' });
    const live = type('commitment/show', { commitment: 'C-1' });
    await live.first;
    await discord.settled();
    expect(complaints).toEqual([expect.stringContaining('an answer did not reach Discord')]);
  });
});

describe('the gateway', () => {
  it('comes back after the line broke, and hears what was missed', async () => {
    double.gateway.drop();
    const live = type('commitment/show', { commitment: 'C-142' });
    expect(words(await answer(live))).toContain('C-142');
    expect(double.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
  });

  it.each(['reconnect', 'invalidate'] as const)('goes on when Discord asks to %s', async (how) => {
    later += 5_000;
    double.gateway[how]();
    await eventually(() => expect(double.gateway.counts.identified + double.gateway.counts.resumed).toBe(2));
    expect(words(await answer(type('commitment/show', { commitment: 'C-142' })))).toContain('C-142');
  });

  it('leaves a line on which nobody answers heartbeats any more', async () => {
    await using silent = await openDiscordDouble({ heartbeatMs: 150 });
    const other = createDiscord({ token: silent.token, apiUrl: silent.apiUrl, log: quiet, now: () => '' });
    await other.start(openSmallHouse().inbound);
    silent.gateway.answerHeartbeats(false);
    await eventually(() => expect(silent.gateway.counts.resumed).toBeGreaterThan(0));
    silent.gateway.answerHeartbeats(true);
    await other.stop();
  });

  it('does not log in with a token that Discord refuses', async () => {
    const other = createDiscord({
      token: 'wrong',
      apiUrl: double.apiUrl,
      log: { info() {}, warn() {}, error() {} },
      now: () => '',
    });
    await expect(other.start(openSmallHouse().inbound)).rejects.toMatchObject({
      name: 'CannotStart',
      setting: 'token',
      why: '401',
    });
    await other.stop();
    expect(await refusal(other.post('1', said('x'), 'k'))).toMatchObject({ kind: 'later', code: 'not-connected' });
  });
});

describe('registration', () => {
  it('registers what may be typed, in English and Vietnamese, and writes it once', async () => {
    const registered = double.commands.registered.get('global') ?? [];
    expect(registered.map((command) => command.name)).toEqual(['obstacle', 'commitment']);
    expect(JSON.stringify(registered)).toContain('cam-kết'.normalize('NFC'));
    expect(JSON.stringify(registered)).not.toContain('"ar"');
    expect(jsonList(registered[1]?.options).map((option) => option.name)).not.toContain('claim');
    expect(double.commands.writes).toBe(1);
    await discord.stop();
    discord = newAdapter();
    await discord.start(openSmallHouse().inbound);
    expect(double.commands.writes).toBe(1);
  });

  it('writes again what somebody else has changed', async () => {
    double.commands.registered.set('global', (double.commands.registered.get('global') ?? []).slice(1));
    await discord.stop();
    discord = newAdapter();
    await discord.start(openSmallHouse().inbound);
    expect(double.commands.registered.get('global')).toHaveLength(2);
    expect(double.commands.writes).toBe(2);
  });

  it('registers in one guild where one is named', async () => {
    await discord.stop();
    discord = newAdapter({ guild: double.world.guildId, commandsIn: 'guild' });
    await discord.start(openSmallHouse().inbound);
    expect(double.commands.registered.get(double.world.guildId)).toHaveLength(2);
    expect(double.commands.registered.get('global')).toEqual([]);
    // And back: nothing is offered twice, and what is the same is not written again.
    await discord.stop();
    discord = newAdapter({ guild: double.world.guildId });
    await discord.start(openSmallHouse().inbound);
    expect(double.commands.registered.get(double.world.guildId)).toEqual([]);
    expect(double.commands.registered.get('global')).toHaveLength(2);
    const { writes } = double.commands;
    expect(await byHand()).toEqual({ added: [], changed: [], removed: [] });
    expect(double.commands.writes).toBe(writes);
  });

  const byHand = (token = double.token) =>
    registerByHand({ token, apiUrl: double.apiUrl }, openSmallHouse().inbound.commands);

  it('says by hand what changed, and what is in the way', async () => {
    const known = double.commands.registered.get('global') ?? [];
    const other = { ...known[0], name: 'treaty', id: '123456789012345678' };
    double.commands.registered.set('global', [{ ...known[1], description: 'Something else' }, other]);
    expect(await byHand()).toEqual({ added: ['obstacle'], changed: ['commitment'], removed: ['treaty'] });
    await expect(byHand('another')).rejects.toMatchObject({ name: 'CannotStart', setting: 'token' });
  });
});

describe('what the house says', () => {
  const hello = said('Two commitments need your update.');
  const since = () => new Date(Date.now() - 1000).toISOString();

  it('posts, edits, and mentions only whom the document names', async () => {
    const document: MessageDocument = {
      lang: 'en',
      summary: '',
      blocks: [
        { block: 'paragraph', text: ['@everyone <@1> ', { person: { name: 'Lan', accounts: { discord: lan.id } } }] },
      ],
    };
    const id = await discord.post(general.id, document, 'key-1');
    const message = double.world.messages.get(id);
    if (!message) throw new Error('not there');
    expect(words(message)).toBe('@everyone <@1> @Lan');
    expect(message.allowed_mentions).toEqual({ parse: [], users: [lan.id] });
    await discord.edit(general.id, id, said('Done.'));
    expect(words(message)).toBe('Done.');
  });

  it('says a thing once where it is said again with the same key', async () => {
    const first = await discord.post(general.id, hello, 'key-1');
    expect(await discord.post(general.id, hello, 'key-1')).toBe(first);
  });

  it('does not know whether it was said when no answer came, and finds it', async () => {
    double.fail({ method: 'POST', path: /messages$/, how: 'lost' });
    expect(await refusal(discord.post(general.id, hello, 'key-1'))).toMatchObject({ kind: 'unknown' });
    const there = double.world.messagesOf(general.id)[0]?.id;
    expect(await discord.findPosted(general.id, 'key-1', since())).toBe(there);
    expect(await discord.findPosted(general.id, 'key-2', since())).toBeNull();
    // By our clock the attempt was later than the message is by Discord's.
    const ahead = new Date(Date.parse(since()) + 20 * 60_000).toISOString();
    expect(await discord.findPosted(general.id, 'key-1', ahead)).toBe(there);
    expect(await discord.post(general.id, hello, 'key-1')).toBe(there);
  });

  it('cannot tell once Discord has forgotten the nonces', async () => {
    await discord.post(general.id, hello, 'key-1');
    const attempt = since();
    later += 6 * 60_000;
    expect(await discord.findPosted(general.id, 'key-1', attempt)).toBe('cannot-tell');
    // What answers somebody's command is no delivery, and leaves no doubt.
    const quiet = double.world.addChannel('quiet');
    await answer(
      double.people.command(lan.id, quiet.id, 'obstacle/report', {
        commitment: 'C-1',
        kind: 'land',
        agency: 'moc',
        text: 'x',
      }),
    );
    expect(await discord.findPosted(quiet.id, 'key-1', attempt)).toBeNull();
  });

  it('knows that nothing was said where nothing of ours stands there', async () => {
    double.fail({ method: 'POST', path: /messages$/, how: 'drop' });
    expect(await refusal(discord.post(general.id, hello, 'key-1'))).toMatchObject({ kind: 'unknown' });
    expect(await discord.findPosted(general.id, 'key-1', since())).toBeNull();
  });

  it('may repeat within two minutes, and no longer', () => {
    expect(discord.repeatable('2025-11-17T08:00:00.000Z', '2025-11-17T08:01:59.000Z')).toBe(true);
    expect(discord.repeatable('2025-11-17T08:00:00.000Z', '2025-11-17T08:02:00.000Z')).toBe(false);
  });

  it('hands a rate limit to the relay, with the wait, and asks nothing more meanwhile', async () => {
    double.fail({ method: 'POST', path: /messages$/, how: { retryAfter: 3 } });
    const error = await refusal(discord.post(general.id, hello, 'key-1'));
    expect(error).toMatchObject({ kind: 'later', code: 'rate-limited' });
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(2900);
    expect(error.retryAfterMs).toBeLessThan(3200);
    expect(double.world.messagesOf(general.id)).toEqual([]);
  });

  it('waits for a bucket that Discord calls empty instead of running into it', async () => {
    double.limit({ method: 'POST', path: /^\/channels\/\d+\/messages$/, limit: 2, windowMs: 60_000 });
    await discord.post(general.id, hello, 'key-1');
    await discord.post(general.id, hello, 'key-2');
    expect(await refusal(discord.post(general.id, hello, 'key-3'))).toMatchObject({
      kind: 'later',
      code: 'rate-limited',
    });
    expect(double.log.filter((each) => each.status === 429)).toEqual([]);
  });

  it('does not know what a 500 did', async () => {
    double.fail({ method: 'POST', path: /messages$/, how: 'error' });
    expect(await refusal(discord.post(general.id, hello, 'key-1'))).toMatchObject({
      kind: 'unknown',
      code: 'http-500',
    });
    expect(double.log.filter((each) => each.path.endsWith('/messages'))).toHaveLength(1);
  });

  it('writes to one person alone, and says when they take no messages', async () => {
    const direct = await discord.openDirect(lan.id);
    await discord.post(direct, hello, 'key-1');
    lan.dmsOpen = false;
    expect(await refusal(discord.post(direct, hello, 'key-2'))).toMatchObject({ kind: 'refused', code: 'dm-closed' });
    lan.inGuild = false;
    expect(await refusal(discord.post(direct, hello, 'key-3'))).toMatchObject({ kind: 'refused', code: 'dm-closed' });
    expect(await refusal(discord.openDirect('123456789012345678'))).toMatchObject({
      kind: 'refused',
      code: 'unknown-person',
    });
  });

  it('opens a private conversation once, lets people in, and closes it for writing', async () => {
    const request = { name: 'WG-3 · Giải phóng mặt bằng (SO-3)!', topic: 'Land', members: [lan.id] };
    const may = (user: User, id: string, what: bigint) =>
      (double.world.permissions(user.id, double.world.channel(id)) & what) !== 0n;
    double.fail({ method: 'POST', path: /^\/guilds\/\d+\/channels$/, how: 'lost' });
    expect(await refusal(discord.openConversation(request, 'key-9'))).toMatchObject({ kind: 'unknown' });
    const { conversation: id } = await discord.openConversation(request, 'key-9');
    const all = [...double.world.channels.values()].filter((channel) => channel.name.startsWith('wg-3'));
    expect(all.map((channel) => [channel.id, channel.name, channel.topic])).toEqual([
      [id, 'wg-3-giải-phóng-mặt-bằng-so-3', 'Land · key-9'],
    ]);
    expect([may(lan, id, PERMISSIONS.view), may(minh, id, PERMISSIONS.view)]).toEqual([true, false]);
    await discord.invite(id, [minh.id, lan.id]);
    expect(may(minh, id, PERMISSIONS.send)).toBe(true);
    await discord.archive(id);
    await discord.archive(id);
    expect(INVITE_PERMISSIONS).toBe(BOT_PERMISSIONS);
    expect([may(minh, id, PERMISSIONS.view), may(minh, id, PERMISSIONS.send)]).toEqual([true, false]);
    await discord.post(id, said('Concluded.'), 'key-10');
  });

  it('opens it for those who are there, and says who is not', async () => {
    minh.inGuild = false;
    const nobody = '123456789012345678';
    const request = { name: 'WG-4', topic: '', members: [lan.id, minh.id, nobody, 'no id at all'] };
    const opened = await discord.openConversation(request, 'key-11');
    expect(opened.missing).toEqual([minh.id, nobody, 'no id at all']);
    expect(await discord.openConversation(request, 'key-11')).toEqual(opened);
    const channel = double.world.channel(opened.conversation);
    expect(channel.overwrites.map((each) => each.id)).toEqual([double.world.guildId, double.world.bot.id, lan.id]);
    expect(await discord.invite(channel.id, [minh.id, lan.id])).toEqual([minh.id]);
    minh.inGuild = true;
    expect(await discord.invite(channel.id, [minh.id])).toEqual([]);
    expect(double.world.permissions(minh.id, channel) & PERMISSIONS.view).not.toBe(0n);
    await discord.remove(channel.id, [minh.id, minh.id]);
    await discord.remove(channel.id, [minh.id]);
    expect(double.world.permissions(minh.id, channel) & PERMISSIONS.view).toBe(0n);
  });

  it('says why a channel cannot be written to', async () => {
    expect(await refusal(discord.post('123456789012345678', hello, 'k'))).toMatchObject({
      kind: 'refused',
      code: 'channel-gone',
    });
    const secret = double.world.addChannel('secret', {
      overwrites: [{ id: double.world.guildId, type: 0, allow: '0', deny: String(PERMISSIONS.view) }],
    });
    expect(await refusal(discord.post(secret.id, hello, 'k'))).toMatchObject({
      kind: 'refused',
      code: 'not-in-channel',
    });
    const mute = double.world.addChannel('mute', {
      overwrites: [{ id: double.world.guildId, type: 0, allow: '0', deny: String(PERMISSIONS.send) }],
    });
    expect(await refusal(discord.post(mute.id, hello, 'k'))).toMatchObject({ kind: 'refused', code: 'no-permission' });
  });

  it('knows that nothing was done where nobody listens', async () => {
    const gone = await openDiscordDouble();
    const other = createDiscord({ token: gone.token, apiUrl: gone.apiUrl, log: quiet, now: () => '' });
    await other.start(openSmallHouse().inbound);
    await gone[Symbol.asyncDispose]();
    expect((await refusal(other.post(general.id, hello, 'k'))).kind).toMatch(/later|unknown/);
    expect(await refusal(other.post(general.id, hello, 'k'))).toMatchObject({ kind: 'later', code: 'not-connected' });
    await other.stop();
  });

  it('looks people up by id, and knows nobody by e-mail', async () => {
    expect(await discord.lookUp({ id: lan.id })).toEqual({ id: lan.id, name: 'Lan' });
    expect(await discord.lookUp({ id: '123456789012345678' })).toBeNull();
    expect(await discord.lookUp({ email: 'lan@example.org' })).toBeNull();
  });
});

describe('the stage', () => {
  it('lets people type, press, fill in and read', async () => {
    await using stage = await openStage({
      people: [
        { name: 'Lan', email: 'lan@example.org', locale: 'vi' },
        { name: 'Minh', email: 'minh@example.org' },
      ],
      channels: ['coordination'],
    });
    await stage.platform.start(openSmallHouse().inbound);
    const [lanOnStage, minhOnStage] = [stage.as('Lan'), stage.as('Minh')];
    const shown = await lanOnStage.types('/commitment show C-142', { where: 'coordination' });
    expect(shown).toEqual({
      text: 'C-142 Grid connection\n[Report an obstacle]\n[Claim]\nMore\n[Slow look]\n[Refused]',
      buttons: ['Report an obstacle', 'Claim', 'Slow look', 'Refused'],
      form: null,
    });
    await expect(minhOnStage.presses('Claim')).rejects.toThrow('sees nothing');
    const form = await lanOnStage.presses('Report an obstacle');
    expect(form.form?.fields.map((field) => field.label)).toEqual(['Kind', 'Agency', 'Text']);
    const done = await lanOnStage.fills({ Kind: 'land matters', Agency: 'moc', Text: 'No site' });
    expect(done.text).toBe('OB-1 on C-142: No site');
    expect((await stage.messagesIn('coordination')).map((message) => message.text)).toEqual(['OB-1 on C-142: No site']);
    expect((await lanOnStage.presses('Claim')).text).toBe('C-142 is claimed.');
    expect(await lanOnStage.completes('commitment/show', 'commitment', 'x')).toHaveLength(25);
    expect(
      (await lanOnStage.types('/commitment import', { file: { name: 'a.csv', bytes: Buffer.from('1;2') } })).text,
    ).toContain('3 bytes read.');
    await stage.platform.post(await stage.platform.openDirect(minhOnStage.accountId), said('For Minh'), 'key-1');
    expect((await minhOnStage.directMessages()).map((message) => message.text)).toEqual(['For Minh']);
    await stage.platform.openConversation({ name: 'WG 3', topic: '', members: [lanOnStage.accountId] }, 'key-2');
    expect(await stage.privateConversations()).toEqual([{ name: 'wg-3', members: ['Lan'] }]);
  });
});
