import { WebAPIHTTPError, WebAPIPlatformError } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../src/chat/action.ts';
import type { Block } from '../../src/chat/message.ts';
import type { PlatformError } from '../../src/chat/platform.ts';
import { platformError } from '../../src/chat/slack/errors.ts';
import { openSlackStage, type SlackStage } from '../journeys/stage-slack.ts';
import { document, openHouse } from './slack-house.ts';

const open: { stage?: SlackStage } = {};
async function opened(options: Parameters<typeof openSlackStage>[1] = {}) {
  const stage = await openSlackStage(
    {
      people: [
        { name: 'Lan', email: 'lan@moc.example', locale: 'vi-VN' },
        { name: 'Minh', email: 'minh@mofa.example' },
      ],
      channels: ['coordination'],
    },
    options,
  );
  open.stage = stage;
  const made = openHouse();
  await stage.platform.start(made.inbound);
  return { stage, lan: stage.as('Lan'), minh: stage.as('Minh'), ...made };
}
afterEach(async () => {
  await open.stage?.[Symbol.asyncDispose]();
  delete open.stage;
});
const where = 'coordination';

describe('what people say in Slack', () => {
  it('answers a typed command in private', async () => {
    const { stage, lan } = await opened();
    const seen = await lan.types('/commitment refuse me', { where });
    expect(seen.text).toContain('Only a coordinator may do that.');
    expect(await stage.messagesIn(where)).toEqual([]);
  });

  it('helps where no verb is known', async () => {
    const { lan } = await opened();
    expect((await lan.types('/commitment', { where })).text).toBe('Help about commitment');
    expect((await lan.types('/commitment C-142', { where })).text).toBe('Help about commitment c-142');
    expect((await lan.types('commitment refuse')).text).toContain('Only a coordinator');
    expect((await lan.types('xin chào')).text).toBe('Help about everything');
  });

  it('opens a form, shows what is wrong under the field, keeps what was typed, then saves and confirms by a button', async () => {
    const { lan, house } = await opened();
    const asked = await lan.types('/commitment register Port standards', { where });
    expect(asked.form?.fields.map((field) => field.label)).toEqual(['lead', 'instrument', 'due', 'content']);
    expect(asked.text).toBe('');
    // She is met for the first time: the form comes in her language as soon as that is known.
    expect(asked.form?.title).toBe('commitment register VI');
    const again = await lan.fills({ lead: 'construction', instrument: 'TREATY' });
    expect(again.form).toBeNull();
    expect(again.text).toBe('Registered: Port standards\n[Confirm]');
    expect(house.saved).toEqual(['Port standards/moc/treaty/lan@moc.example/false']);
    const confirmed = await lan.presses('Confirm');
    expect(confirmed.text).toBe('Confirmed: Port standards');
    expect(confirmed.buttons).toEqual([]);
  });

  it('keeps the form open with errors by field, and with an error of the whole on top', async () => {
    const { lan, house } = await opened();
    await lan.types('/commitment register', { where });
    const wrong = await lan.fills({ title: 'bad', lead: 'industry', instrument: 'AGREEMENT', content: 'Line one' });
    expect(wrong.form?.fields[0]).toEqual({ label: 'title', value: 'bad', error: 'That title is taken.' });
    expect(wrong.form?.fields.map((field) => field.value)).toContain('Line one');
    const whole = await lan.fills({ title: 'worse' });
    expect(whole.form?.error).toBe('The register is closed.');
    expect(Object.fromEntries(whole.form?.fields.map((field) => [field.label, field.value]) ?? [])).toMatchObject({
      title: 'worse',
      instrument: 'AGREEMENT',
      content: 'Line one',
    });
    const done = await lan.fills({ title: 'good' });
    expect(done.text).toContain('Registered: good');
    expect(house.saved).toEqual(['good/moit/agreement/lan@moc.example/false']);
  });

  it('does not send in what is incomplete, and says that a search found nothing by asking the command', async () => {
    const { lan } = await opened();
    await lan.types('/commitment register', { where });
    const seen = await lan.fills({ title: 'x' });
    expect(seen.form?.fields.filter((field) => field.error).map((field) => field.label)).toEqual([
      'lead',
      'instrument',
    ]);
    expect(await lan.completes('commitment/register', 'lead', 'ministry')).toEqual([
      'Ministry of Construction',
      'Ministry of Industry and Trade',
    ]);
    expect(await lan.completes('commitment/register', 'lead', 'zzz')).toEqual(['zzz']);
  });

  it('says that it is saving where a form takes long, and tells the end', async () => {
    const { lan, house } = await opened({ patience: 30 });
    await lan.types('/commitment register wait', { where });
    setTimeout(() => house.gate.open(), 200);
    const seen = await lan.fills({ lead: 'construction', instrument: 'TREATY' });
    expect(seen.text).toContain('Registered: wait');
    expect(seen.form).toBeNull();
    expect(house.saved).toHaveLength(1);
  });

  it('shows that a slow command works, then the end in its place', async () => {
    const { lan, house } = await opened();
    setTimeout(() => house.gate.open(), 150);
    const seen = await lan.types('/commitment count', { where });
    expect(seen.text).toBe('339 commitments');
    const { double } = open.stage ?? expect.unreachable();
    const bodies = double.calls.filter((call) => call.method === 'response_url').map((call) => call.args.body ?? '');
    expect(bodies.some((body) => body.includes('Halfway'))).toBe(true);
  });

  it('says a long answer in public in several messages, nothing lost, each within the limits', async () => {
    const { stage, lan } = await opened();
    await lan.types('/commitment list', { where });
    const messages = await stage.messagesIn(where);
    expect(messages.length).toBeGreaterThan(1);
    const words = messages.map((message) => message.text).join('\n');
    for (let index = 0; index < 80; index++) expect(words).toContain(`C-${index} A commitment`);
    const seen = await lan.presses('Open 79');
    expect(seen.text).toBe('Confirmed: 79');
    expect((await stage.messagesIn(where)).at(-1)?.edited).toBe(true);
  });

  it('answers in their own conversation so that it stays', async () => {
    const { lan } = await opened();
    await lan.types('/commitment refuse');
    expect((await lan.directMessages()).map((message) => message.text)).toEqual(['Only a coordinator may do that.']);
  });

  it('reads a file, from the form of a command or from a message', async () => {
    const { lan } = await opened();
    const sheet = { name: 'list.csv', bytes: new TextEncoder().encode('C-1;Rail') };
    expect((await lan.types('/commitment import', { where, file: sheet })).text).toBe('list.csv: 8 bytes: C-1;Rail');
    expect((await lan.types('commitment import', { file: sheet })).text).toBe('list.csv: 8 bytes: C-1;Rail');
  });

  it('hands a repeated event in once', async () => {
    const { stage, lan } = await opened();
    const { users, workspace, socket } = stage.double;
    const channel = workspace.direct(lan.accountId, workspace.bot.id);
    const event = users.event(lan.accountId, channel, workspace.nextTs(), 'commitment refuse');
    await socket.deliver('events_api', event);
    await socket.deliver('events_api', event);
    expect(await lan.directMessages()).toHaveLength(1);
  });

  it('shows the question as a message where the form can no longer be opened', async () => {
    const { stage, lan } = await opened();
    stage.double.faults.plan('views.open', { how: 'error', code: 'expired_trigger_id' }, 2);
    const seen = await lan.types('/commitment register Rail', { where });
    expect(seen.buttons).toEqual(['Open again']);
    const form = await lan.presses('Open again');
    expect(form.form?.fields.find((field) => field.label === 'title')?.value).toBe('Rail');
  });

  it('changes the message from which a form was opened', async () => {
    const { stage, lan } = await opened();
    const ask: Block = {
      block: 'buttons',
      buttons: [{ label: 'Rename', does: { path: 'commitment/rename', blanks: {} } }],
    };
    const ts = await stage.platform.post(stage.channelId(where), document('C-1 Rail', ask), 'k1');
    expect((await lan.presses('Rename')).form?.fields.map((field) => field.label)).toEqual(['to']);
    const seen = await lan.fills({ to: 'Railway' });
    expect(seen.text).toBe(`Renamed to Railway in ${ts}`);
    expect(await stage.messagesIn(where)).toMatchObject([
      { id: ts, edited: true, text: `Renamed to Railway in ${ts}` },
    ]);
  });

  it('tells whoever pressed what was done where the message is too old to be changed', async () => {
    const { stage, lan } = await opened();
    const { workspace, faults } = stage.double;
    const ask: Block = {
      block: 'buttons',
      buttons: [{ label: 'Rename', does: { path: 'commitment/rename', blanks: { to: 'Railway' } } }],
    };
    await stage.platform.post(stage.channelId(where), document('C-1 Rail', ask), 'k1');
    workspace.editWindow.ms = -1;
    const error = { how: 'error-500' } as const;
    faults.plan('response_url', error);
    expect((await lan.presses('Rename')).text).toContain('Renamed to Railway');
    expect(await stage.messagesIn(where)).toMatchObject([{ edited: false, text: expect.stringContaining('C-1 Rail') }]);
    // Its own address changes it where the ordinary way may not.
    await lan.presses('Rename');
    expect(await stage.messagesIn(where)).toMatchObject([{ edited: true }]);
  });

  it('answers where the bot is no member, and in private between two people', async () => {
    const { stage, lan, minh } = await opened();
    const { workspace, users } = stage.double;
    workspace.addChannel({ name: 'away', kind: 'public', creator: lan.accountId, members: [lan.accountId] });
    expect((await lan.types('/commitment list', { where: 'away' })).text).toContain('C-0 A commitment');
    const theirs = workspace.direct(lan.accountId, minh.accountId);
    await users.slash(lan.accountId, theirs, '/commitment', 'refuse');
    await lan.directMessages();
    expect(theirs.messages.map((message) => message.only)).toEqual([lan.accountId]);
  });

  it('shows long words in a field, so that a form outlives the process that opened it', async () => {
    const { stage, lan, inbound, house } = await opened();
    const asked = await lan.types(`/commitment register title:x content:"${'long '.repeat(590)}"`, { where });
    expect(asked.form?.fields.at(-1)).toMatchObject({ label: 'content', value: 'long '.repeat(590) });
    await stage.platform.stop();
    await stage.platform.start(inbound);
    expect((await lan.fills({ lead: 'industry', instrument: 'TREATY' })).text).toContain('Registered: x');
    expect(house.saved).toHaveLength(1);
  });

  it('says that it lost a form where its long words were kept in a memory that is gone', async () => {
    const { stage, lan, inbound } = await opened();
    await lan.types(`/commitment register title:x content:"${'long '.repeat(700)}"`, { where });
    await stage.platform.stop();
    await stage.platform.start(inbound);
    const seen = await lan.fills({ lead: 'industry', instrument: 'TREATY', due: '2026' });
    expect(seen.form).toBeNull();
    expect(seen.text).toBe('lost\nlead\nmoit\ninstrument\ntreaty\ndue\n2026\ntitle\nx');
  });

  it('finishes what is in hand before it stops', async () => {
    const { stage, lan, house } = await opened();
    const answered = lan.types('/commitment count', { where });
    await expect.poll(() => stage.double.calls.filter((call) => call.method === 'response_url').length).toBe(1);
    const stopped = stage.platform.stop();
    house.gate.open();
    await stopped;
    expect((await answered).text).toBe('339 commitments');
    expect(stage.double.socket.connections()).toBe(0);
  });

  it('asks who it is once, whatever is said', async () => {
    const { stage, lan } = await opened();
    for (let at = 0; at < 3; at++) await lan.types('/commitment refuse', { where });
    expect(stage.double.calls.filter((call) => call.method === 'auth.test')).toHaveLength(1);
    expect(stage.double.calls.filter((call) => call.method === 'users.info')).toHaveLength(1);
  });
});

const failure = (work: Promise<unknown>): Promise<PlatformError> =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: PlatformError) => error,
  );

describe('errors', () => {
  const refused = (error: string) => platformError(new WebAPIPlatformError({ ok: false, error }));
  it.each([
    [refused('is_archived'), 'refused', 'archived'],
    [refused('restricted_action'), 'refused', 'no-permission'],
    [refused('invalid_blocks'), 'refused', 'invalid'],
    [refused('user_not_found'), 'refused', 'unknown-person'],
    [refused('ratelimited'), 'later', 'rate-limited'],
    [refused('token_revoked'), 'later', 'not-connected'],
    [refused('fatal_error'), 'unknown', 'no-answer'],
    [refused('<html>502</html>'), 'unknown', 'no-answer'],
    [platformError(new WebAPIHTTPError(503, 'x', {})), 'unknown', 'http-503'],
    [platformError(new Error('Retry header did not contain a valid timeout (url: x)')), 'later', 'rate-limited'],
    [platformError(new Error('anything')), 'unknown', 'no-answer'],
  ])('%s', (error, kind, code) => expect(error).toMatchObject({ kind, code }));
});

describe('what the house says in Slack', () => {
  const key = 'k-1234567890';
  const since = () => new Date().toISOString();

  it('posts, finds again, edits', async () => {
    const { stage } = await opened();
    const channel = stage.channelId(where);
    const at = since();
    const ts = await stage.platform.post(channel, document('Weekly digest'), key);
    expect(await stage.platform.findPosted(channel, key, at)).toBe(ts);
    expect(await stage.platform.findPosted(channel, 'another', at)).toBeNull();
    // By our clock the attempt was later than the message is by Slack's.
    const ahead = new Date(Date.parse(at) + 20 * 60_000).toISOString();
    expect(await stage.platform.findPosted(channel, key, ahead)).toBe(ts);
    await stage.platform.edit(channel, ts, document('Weekly digest, corrected'));
    expect((await stage.messagesIn(where)).map((message) => [message.text, message.edited])).toEqual([
      ['Weekly digest, corrected', true],
    ]);
    expect(stage.platform.repeatable(at, since())).toBe(false);
  });

  it('does not know whether it was said where the answer is lost, and finds out', async () => {
    const { stage } = await opened();
    const channel = stage.channelId(where);
    const at = since();
    stage.double.faults.plan('chat.postMessage', { how: 'answer-lost' });
    expect(await failure(stage.platform.post(channel, document('Said'), key))).toMatchObject({ kind: 'unknown' });
    expect(await stage.platform.findPosted(channel, key, at)).toEqual(expect.any(String));
    for (const fault of [{ how: 'drop' }, { how: 'error-500' }] as const) {
      stage.double.faults.plan('chat.postMessage', fault);
      expect(await failure(stage.platform.post(channel, document('Not said'), `${key}${fault.how}`))).toMatchObject({
        kind: 'unknown',
      });
      expect(await stage.platform.findPosted(channel, `${key}${fault.how}`, at)).toBeNull();
    }
    expect(await stage.messagesIn(where)).toHaveLength(1);
  });

  it('waits as long as it is told, and tries no second time by itself', async () => {
    const { stage } = await opened();
    stage.double.faults.plan('chat.postMessage', { how: 'rate-limited', retryAfter: 7 });
    const problem = await failure(stage.platform.post(stage.channelId(where), document('Later'), key));
    expect(problem).toMatchObject({ kind: 'later', code: 'rate-limited', retryAfterMs: 7000 });
    expect(stage.double.calls.filter((call) => call.method === 'chat.postMessage')).toHaveLength(1);
  });

  it('tells why it will never do something', async () => {
    const { stage, lan } = await opened();
    const { workspace } = stage.double;
    expect(await failure(stage.platform.post('C0NOWHERE', document('x'), key))).toMatchObject({
      kind: 'refused',
      code: 'channel-gone',
    });
    const away = workspace.addChannel({
      name: 'away',
      kind: 'public',
      creator: lan.accountId,
      members: [lan.accountId],
    });
    expect(await failure(stage.platform.post(away.id, document('x'), key))).toMatchObject({
      kind: 'refused',
      code: 'not-in-channel',
    });
    const closed = workspace.channels.get(stage.channelId(where)) ?? expect.unreachable();
    closed.readOnly = true;
    const file = { block: 'file' as const, name: 'a.csv', type: 'text/csv', bytes: new Uint8Array([1]) };
    for (const blocks of [document('x').blocks, [file]])
      expect(await failure(stage.platform.post(closed.id, { ...document('x'), blocks }, key))).toMatchObject({
        kind: 'refused',
        code: 'no-permission',
      });
    const user = workspace.users.get(lan.accountId);
    if (user) user.disabled = true;
    expect(await failure(stage.platform.openDirect(lan.accountId))).toMatchObject({
      kind: 'refused',
      code: 'dm-closed',
    });
  });

  it('opens a private conversation once for a key, whatever was lost on the way', async () => {
    const { stage, lan, minh } = await opened();
    const request = { name: 'WG-3 Giải phóng mặt bằng', topic: 'Đất đai', members: [lan.accountId, minh.accountId] };
    for (const method of ['conversations.create', 'conversations.setPurpose', 'conversations.invite']) {
      stage.double.faults.plan(method, { how: 'answer-lost' });
      expect(await failure(stage.platform.openConversation(request, key))).toMatchObject({ kind: 'unknown' });
    }
    const opening = await stage.platform.openConversation(request, key);
    expect(await stage.platform.openConversation(request, key)).toEqual(opening);
    const { conversation: id } = opening;
    expect(await stage.privateConversations()).toEqual([
      { name: 'wg-3-giai-phong-mat-bang', members: ['Lan', 'Minh'] },
    ]);
    await stage.platform.invite(id, [lan.accountId, minh.accountId]);
    const { conversation: other } = await stage.platform.openConversation(request, 'another-key');
    expect(other).not.toBe(id);
    expect((await stage.privateConversations()).map((each) => each.name)).toContain('wg-3-giai-phong-mat-bang-2');
    await stage.platform.archive(id);
    await stage.platform.archive(id);
    expect(await failure(stage.platform.post(id, document('x'), key))).toMatchObject({
      kind: 'refused',
      code: 'archived',
    });
  });

  it('invites whom it can and names the one it cannot', async () => {
    const { stage, lan, minh } = await opened();
    const opening = { name: 'wg-4', topic: '', members: ['U0NOBODY', lan.accountId] };
    const { conversation: id, missing } = await stage.platform.openConversation(opening, key);
    expect(missing).toEqual(['U0NOBODY']);
    expect(await stage.platform.invite(id, ['U0NOBODY', 'U0NEITHER'])).toEqual(['U0NOBODY', 'U0NEITHER']);
    expect(await stage.platform.invite(id, ['U0NOBODY', minh.accountId])).toEqual(['U0NOBODY']);
    expect(await stage.platform.invite(id, [minh.accountId])).toEqual([]);
    expect(await stage.privateConversations()).toEqual([{ name: 'wg-4', members: ['Lan', 'Minh'] }]);
  });

  it('looks people up, by id or address, and does without the address where it may not read it', async () => {
    const { stage, lan } = await opened();
    expect(await stage.platform.lookUp({ id: lan.accountId })).toEqual({
      id: lan.accountId,
      name: 'Lan',
      email: 'lan@moc.example',
      locale: 'vi-VN',
    });
    expect(await stage.platform.lookUp({ email: 'LAN@moc.example' })).toMatchObject({ id: lan.accountId });
    expect(await stage.platform.lookUp({ email: 'nobody@example' })).toBeNull();
    expect(await stage.platform.lookUp({ id: 'U0NOBODY' })).toBeNull();
    stage.double.scopes.delete('users:read.email');
    expect(await stage.platform.lookUp({ email: 'minh@mofa.example' })).toBeNull();
  });

  it('writes to one person alone, with a file', async () => {
    const { stage, minh } = await opened();
    const conversation = await stage.platform.openDirect(minh.accountId);
    const report: Block = {
      block: 'file',
      name: 'report.csv',
      type: 'text/csv',
      bytes: new TextEncoder().encode('a;b'),
    };
    stage.double.faults.plan('chat.postMessage', { how: 'rate-limited' });
    expect(await failure(stage.platform.post(conversation, document('The report', report), key))).toMatchObject({
      kind: 'later',
    });
    await stage.platform.post(conversation, document('The report', report), key);
    expect((await minh.directMessages()).map((message) => message.text)).toEqual(['(report.csv)', 'The report']);
  });

  it('comes back after an outage', async () => {
    const { stage, lan } = await opened();
    const back = await stage.double.outage();
    // The first call goes out on a connection that is just breaking: nobody can tell what became of it.
    await failure(stage.platform.openDirect(lan.accountId));
    expect(await failure(stage.platform.openDirect(lan.accountId))).toMatchObject({
      kind: 'later',
      code: 'not-connected',
    });
    await back();
    await expect.poll(() => stage.double.socket.connections()).toBe(1);
    expect((await lan.types('/commitment refuse', { where })).text).toContain('Only a coordinator');
  });

  it('is back within a second where Slack asks for a new connection', async () => {
    const { stage, lan } = await opened();
    const before = Date.now();
    stage.double.socket.refresh();
    await expect.poll(() => stage.double.socket.connections(), { interval: 5 }).toBe(0);
    await expect.poll(() => stage.double.socket.connections(), { interval: 5 }).toBe(1);
    expect(Date.now() - before).toBeLessThan(1000);
    expect((await lan.types('/commitment refuse', { where })).text).toContain('Only a coordinator');
  });

  it('outlives a token that is refused for a while', async () => {
    const { stage } = await opened();
    stage.double.faults.plan('apps.connections.open', { how: 'error', code: 'invalid_auth' }, 2);
    stage.double.socket.cut();
    await expect.poll(() => stage.double.socket.connections()).toBe(0);
    await expect.poll(() => stage.double.socket.connections()).toBe(1);
  });

  it('encodes what a button does so that the press says it whole', async () => {
    const { stage } = await opened();
    await stage.platform.post(
      stage.channelId(where),
      document('Press', {
        block: 'menu',
        label: 'What now',
        choices: [
          { label: 'This', does: { path: 'commitment/confirm', blanks: { text: 'this' } } },
          { label: 'That', does: { path: 'commitment/confirm', blanks: { text: 'that' } } },
        ],
      }),
      key,
    );
    expect((await stage.as('Minh').presses('That')).text).toBe('Confirmed: that');
    expect(encodeAction({ path: 'commitment/confirm', blanks: { text: 'that' } }, '2').length).toBeLessThanOrEqual(75);
  });
});
