/** A database that does not answer for longer than Slack waits: everything is acknowledged, nothing is said too soon. */
import { afterEach, describe, expect, it } from 'vitest';
import { inputsOf } from '../doubles/slack/view-state.ts';
import { openSlackStage, type SlackStage } from '../journeys/stage-slack.ts';
import { openHouse } from './slack-house.ts';

const open: { stage?: SlackStage; release?: () => void } = {};
afterEach(async () => {
  open.release?.();
  await open.stage?.[Symbol.asyncDispose]();
  delete open.stage;
});
const where = 'coordination';

async function opened() {
  const stage = await openSlackStage(
    { people: [{ name: 'Lan', email: 'lan@moc.example' }], channels: [where] },
    // The service itself waits for its three seconds; the bot gives in a little sooner here than in production.
    { patience: 300 },
  );
  open.stage = stage;
  const made = openHouse();
  await stage.platform.start(made.inbound);
  const { users, workspace } = stage.double;
  const lan = stage.as('Lan');
  const channel = workspace.channels.get(stage.channelId(where)) ?? expect.unreachable();
  /** From now on the database answers nobody until `answers` is called. */
  function stands(): () => void {
    let answers = () => {};
    const held = new Promise<void>((resolve) => {
      answers = resolve;
    });
    made.pace.until = () => held;
    open.release = answers;
    return answers;
  }
  const view = () => users.viewOf(lan.accountId) ?? expect.unreachable();
  const words = () => JSON.stringify(users.viewOf(lan.accountId)?.view.blocks ?? []);
  const fill = (values: Readonly<Record<string, Record<string, unknown>>>): void => {
    for (const { id } of inputsOf(view().view)) {
      const value = values[id.split('/')[0] ?? ''];
      if (value) view().values.set(id, { value });
    }
  };
  const filled = (title: string): void =>
    fill({
      title: { type: 'plain_text_input', value: title },
      lead: { type: 'external_select', selected_option: { text: { type: 'plain_text', text: 'M' }, value: 'moc' } },
      instrument: {
        type: 'static_select',
        selected_option: { text: { type: 'plain_text', text: 'TREATY' }, value: 'treaty' },
      },
    });
  return { stage, users, channel, lan, stands, view, words, filled, ...made };
}

describe('slack with a database that does not answer', () => {
  it('opens a form from what is declared, and says that it is saving until it is saved', async () => {
    const { users, channel, lan, stands, view, words, filled, house } = await opened();
    const answers = stands();
    expect(await users.slash(lan.accountId, channel, '/commitment', 'register')).toEqual({ ack: {} });
    await expect.poll(() => users.viewOf(lan.accountId)).toBeDefined();
    filled('Rail');
    expect(await users.submit(view())).toMatchObject({ ack: { response_action: 'update' } });
    expect(words()).toContain('saving');
    expect(channel.messages).toEqual([]);
    expect(house.saved).toEqual([]);
    answers();
    await expect.poll(words).toContain('Registered: Rail');
    await expect.poll(() => channel.messages.map((message) => message.text)).toEqual(['Registered: Rail']);
    expect(house.saved).toHaveLength(1);
  });

  it('gives the form back with what is wrong and what was typed, once that is known', async () => {
    const { users, channel, lan, stands, view, words, filled } = await opened();
    await users.slash(lan.accountId, channel, '/commitment', 'register');
    await expect.poll(() => users.viewOf(lan.accountId)).toBeDefined();
    const answers = stands();
    filled('bad');
    await users.submit(view());
    expect(words()).toContain('saving');
    answers();
    await expect.poll(words).toContain('That title is taken.');
    expect(words()).toContain('"initial_value":"bad"');
    expect(view().view.submit).toBeDefined();
  });

  it('offers nothing while one types, in time', async () => {
    const { stage, users, channel, lan, stands, view } = await opened();
    await users.slash(lan.accountId, channel, '/commitment', 'register');
    await expect.poll(() => users.viewOf(lan.accountId)).toBeDefined();
    stands();
    const lead = inputsOf(view().view).find(({ id }) => id.startsWith('lead')) ?? expect.unreachable();
    // Only what was typed, to be answered by the command.
    expect((await users.suggest(view(), lead.id, lead.block, 'mini')).map((each) => each.value)).toEqual(['mini']);
    expect(stage.double.socket.waiting()).toBe(0);
  });

  it('acknowledges what is pressed and what is typed, and answers when it can', async () => {
    const { stage, users, channel, lan, stands } = await opened();
    const answers = stands();
    expect(await users.slash(lan.accountId, channel, '/commitment', 'refuse')).toEqual({ ack: {} });
    expect(await users.slash(lan.accountId, channel, '/commitment', 'count')).toEqual({
      ack: { response_type: 'ephemeral', text: 'working' },
    });
    expect(stage.double.socket.waiting()).toBe(0);
    answers();
    await expect
      .poll(() => channel.messages.map((message) => message.text))
      .toContain('Only a coordinator may do that.');
  });
});
