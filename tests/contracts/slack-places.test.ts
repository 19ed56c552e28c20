/** Where else people meet the bot in Slack: shortcuts, its own tab, threads, a file dropped, views on each other. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Block } from '../../src/chat/message.ts';
import { pressables } from '../doubles/slack/pressables.ts';
import { readBlock } from '../doubles/slack/screen.ts';
import type { SlackMessage } from '../doubles/slack/workspace.ts';
import { openSlackStage, type SlackStage } from '../journeys/stage-slack.ts';
import { document, openHouse } from './slack-house.ts';

const open: { stage?: SlackStage } = {};
afterEach(async () => {
  await open.stage?.[Symbol.asyncDispose]();
  delete open.stage;
});
const where = 'coordination';

async function opened(options: Parameters<typeof openSlackStage>[1] = {}) {
  const stage = await openSlackStage(
    {
      people: [
        { name: 'Lan', email: 'lan@moc.example' },
        { name: 'Minh', email: 'minh@mofa.example' },
      ],
      channels: [where],
    },
    options,
  );
  open.stage = stage;
  const made = openHouse();
  await stage.platform.start(made.inbound);
  const lan = stage.as('Lan');
  const { workspace } = stage.double;
  const channel = workspace.channels.get(stage.channelId(where)) ?? expect.unreachable();
  /** A message that a person wrote. */
  const written = (text: string): SlackMessage => {
    const message = {
      ts: workspace.nextTs(),
      user: stage.as('Minh').accountId,
      text,
      blocks: [],
      edited: false,
      files: [],
      changed: workspace.touch(),
    };
    channel.messages.push(message);
    return message;
  };
  /** What is in the bot's own tab. */
  const home = async () => {
    await lan.directMessages();
    const shown = workspace.homes.get(lan.accountId);
    const blocks = shown?.view.blocks ?? [];
    return {
      text: blocks.flatMap((block) => readBlock(block, workspace.users)).join('\n'),
      press: (label: string) => {
        const what = pressables(blocks).find((each) => each.label === label) ?? expect.unreachable(label);
        return stage.double.users.pressInView(lan.accountId, what, {
          id: shown?.id ?? '',
          hash: shown?.hash ?? '',
          blocks,
        });
      },
    };
  };
  /** What somebody does, and what the bot makes of it. */
  const done = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    await lan.directMessages();
    return result;
  };
  return { stage, lan, channel, written, home, done, ...made };
}

describe('slack: a shortcut', () => {
  it('opens a form from anywhere, and answers in the direct messages', async () => {
    const { stage, lan, house, done } = await opened();
    await done(stage.double.users.shortcut(lan.accountId, 'commitment/register'));
    const seen = await lan.fills({ title: 'Rail', lead: 'industry', instrument: 'TREATY' });
    expect(seen.text).toContain('Registered: Rail');
    expect(house.saved).toEqual(['Rail/moit/treaty/lan@moc.example/true']);
    expect((await lan.directMessages()).map((message) => message.text)).toEqual(['Registered: Rail\n[Confirm]']);
  });

  it('on a message opens the form with its text, to be looked at before it is sent', async () => {
    const { stage, lan, channel, written, house, done } = await opened();
    const message = written(`<@${lan.accountId}> the land is &lt;not&gt; cleared: <https://x.example|see>`);
    await done(stage.double.users.messageShortcut(lan.accountId, channel, message, 'message:commitment/register'));
    expect(house.saved).toEqual([]);
    const seen = await lan.fills({ title: 'Land', lead: 'industry', instrument: 'TREATY' });
    expect(seen.text).toContain('Registered: Land');
    // Only she sees it, where the message is.
    expect(channel.messages.at(-1)).toMatchObject({ only: lan.accountId });
    const submitted = stage.double.calls.find((call) => call.method === 'views.open')?.args.view ?? '';
    expect(submitted).toContain('the land is <not> cleared: see (https://x.example)');
  });

  it('takes a message of any length, and does nothing for one of another app', async () => {
    const { stage, lan, channel, written, done } = await opened();
    const message = written('long '.repeat(7000));
    await done(stage.double.users.messageShortcut(lan.accountId, channel, message, 'message:commitment/register'));
    expect((await lan.fills({ title: 'x', lead: 'industry', instrument: 'TREATY' })).text).toContain('Registered: x');
    expect(await done(stage.double.users.shortcut(lan.accountId, 'another'))).toEqual({ ack: {} });
  });
});

describe('slack: the bot’s own tab', () => {
  it('shows the house’s page when it is opened, and again after each change', async () => {
    const { stage, lan, home, done } = await opened();
    await done(stage.double.users.opensHome(lan.accountId));
    expect((await home()).text).toContain(`Page of ${lan.accountId}: 0 saved`);
    await done((await home()).press('Confirm here'));
    expect((await home()).text).toContain('1 saved');
    await done((await home()).press('Rename here'));
    expect((await lan.fills({ to: 'Railway' })).text).toContain('Renamed to Railway');
    expect(stage.double.calls.filter((call) => call.method === 'views.publish')).toHaveLength(4);
  });

  it('is not shown for the other tab, nor to whoever never opened it', async () => {
    const { stage, lan, done } = await opened();
    await done(stage.double.users.opensHome(lan.accountId, 'messages'));
    await lan.types('/commitment refuse', { where });
    expect(stage.double.workspace.homes.size).toBe(0);
  });

  it('keeps nothing from working where it is switched off', async () => {
    const { stage, lan, done } = await opened();
    stage.double.workspace.homeTab = false;
    await done(stage.double.users.opensHome(lan.accountId));
    expect((await lan.types('/commitment refuse', { where })).text).toContain('Only a coordinator');
  });
});

describe('slack: long messages', () => {
  const long: Block = {
    block: 'entries',
    entries: Array.from({ length: 300 }, (_, at) => ({ text: `C-${at} A commitment with a title of some length` })),
  };

  it('go on in a thread in a channel, and are found there', async () => {
    const { stage, channel } = await opened();
    const parts = stage.platform.fit(document('Many', long));
    expect(parts.length).toBeGreaterThan(1);
    const since = new Date(Date.now() - 1000).toISOString();
    const first = await stage.platform.post(channel.id, parts[0] ?? expect.unreachable(), 'k-0');
    stage.double.faults.plan('chat.postMessage', { how: 'answer-lost' });
    await stage.platform.post(channel.id, parts[1] ?? expect.unreachable(), 'k-1', first).catch(() => {});
    expect(channel.messages.map((message) => message.threadTs)).toEqual([undefined, first]);
    expect(await stage.platform.findPosted(channel.id, 'k-1', since, first)).toBe(channel.messages[1]?.ts);
    expect(await stage.platform.findPosted(channel.id, 'k-2', since, first)).toBeNull();
  });

  it('follow each other with one person alone', async () => {
    const { stage, lan } = await opened();
    const direct = await stage.platform.openDirect(lan.accountId);
    const first = await stage.platform.post(direct, document('One'), 'k-0');
    await stage.platform.post(direct, document('Two'), 'k-1', first);
    expect(stage.double.workspace.channels.get(direct)?.messages.map((message) => message.threadTs)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('of a public answer are one place in the channel', async () => {
    const { lan, channel } = await opened();
    await lan.types('/commitment list', { where });
    const [first, ...rest] = channel.messages;
    expect(first?.threadTs).toBeUndefined();
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.every((message) => message.threadTs === first?.ts)).toBe(true);
  });
});

describe('slack: further', () => {
  it('a file alone goes to the command that takes files', async () => {
    const { lan } = await opened();
    const sheet = { name: 'list.csv', bytes: new TextEncoder().encode('C-1;Rail') };
    expect((await lan.types('', { file: sheet })).text).toBe('list.csv: 8 bytes: C-1;Rail');
    expect((await lan.types('here is the list', { file: sheet })).text).toBe('list.csv: 8 bytes: C-1;Rail');
  });

  it('a second step lies on the first', async () => {
    const { stage, lan } = await opened();
    await lan.types('/commitment steps', { where });
    const second = await lan.fills({ first: 'one' });
    expect(second.form?.fields.map((field) => field.label)).toEqual(['second']);
    expect(stage.double.workspace.views.size).toBe(2);
    expect((await lan.fills({ second: 'two' })).text).toContain('one, then two');
    expect(stage.double.workspace.views.size).toBe(0);
  });

  it('commands have their prefix, in what is typed and in what is said', async () => {
    const { lan } = await opened({ commandPrefix: 'accord-' });
    await lan.types('/accord-commitment steps', { where });
    await lan.fills({ first: 'one' });
    expect((await lan.fills({ second: 'two' })).text).toContain('one, then two: type /accord-commitment list now');
  });

  it('a form that is long in coming opens a view at once, and fills it when it is there', async () => {
    const { stage, lan, pace } = await opened();
    stage.double.faults.plan('views.open', { how: 'error', code: 'expired_trigger_id' }, 2);
    expect((await lan.types('/commitment register Rail', { where })).buttons).toEqual(['Open again']);
    // The draft lies in a database that does not answer until the view has been opened.
    const before = stage.double.calls.length;
    pace.until = () =>
      expect.poll(() => stage.double.calls.slice(before).some((call) => call.method === 'views.open')).toBe(true);
    const form = await lan.presses('Open again');
    expect(form.form?.fields.find((field) => field.label === 'title')?.value).toBe('Rail');
  });
});
