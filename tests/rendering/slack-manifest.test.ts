import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { MessageDocument } from '../../src/chat/message.ts';
import { readCommands, shapesOf } from '../../src/chat/read-commands.ts';
import { commandNames } from '../../src/chat/slack/names.ts';
import { EVENTS, manifest, SCOPES } from '../../src/chat/slack/register.ts';
import { readable } from '../../src/chat/slack/words.ts';
import { phrases } from '../../src/locales/index.ts';
import { METHODS } from '../doubles/slack/web-api.ts';
import { createWorkspace } from '../doubles/slack/workspace.ts';

const commands = shapesOf(await readCommands(fileURLToPath(new URL('../../commands', import.meta.url))), phrases);
const english = { name: 'Accord', lang: 'en' } as const;

/** Everything the adapter says to Slack, as its source has it. */
const folder = fileURLToPath(new URL('../../src/chat/slack/', import.meta.url));
const source = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'register.ts')
  .map((file) => readFileSync(`${folder}${file}`, 'utf8'))
  .join('\n');
const methods = [
  ...new Set([...source.matchAll(/\bclient\.([a-z]+\.[a-zA-Z]+(?:\.[a-z]+)?)\(/g)].map(([, name]) => name ?? '')),
  // With the app's own token, whose scope no manifest asks for.
].filter((name) => name !== 'apps.connections.open');
const events = [...new Set([...source.matchAll(/\bapp\.event\('([a-z_]+)'/g)].map(([, name]) => name ?? ''))];

/** The scopes that a method may ask for, wherever the bot uses it: it reads where it is, and manages private channels. */
function needed(name: string): readonly string[] {
  const method = METHODS[name] ?? expect.unreachable(`the counterpart knows no ${name}`);
  const { scopes } = method;
  if (typeof scopes !== 'function') return scopes;
  const workspace = createWorkspace(Date.now);
  const kinds = /^conversations\.(history|info|replies)$/.test(name)
    ? (['public', 'private', 'im'] as const)
    : (['private'] as const);
  return kinds.flatMap((kind) => {
    const channel = workspace.addChannel({ name: kind, kind, creator: workspace.bot.id, members: [] });
    return scopes({
      workspace,
      scopes: new Set(),
      base: '',
      args: { channel: channel.id, is_private: 'true', types: 'private_channel' },
    });
  });
}

describe('the manifest', () => {
  it('asks for every scope that a method of the adapter needs', () => {
    expect(methods.length).toBeGreaterThan(18);
    const granted: readonly string[] = Object.keys(SCOPES);
    for (const method of methods) expect(granted, method).toEqual(expect.arrayContaining([...needed(method)]));
  });

  it('asks for no scope that nothing needs, and says what each is for', () => {
    const others = {
      slash_commands: 'app.command(',
      shortcuts: 'app.shortcut(',
      file_input: "'file_input'",
      url_private: 'url_private',
    };
    for (const [scope, uses] of Object.entries(SCOPES))
      for (const use of uses) {
        if ((EVENTS as readonly string[]).includes(use)) continue;
        const found = Object.entries(others).find(([name]) => name === use)?.[1];
        if (found !== undefined) expect(source, scope).toContain(found);
        else expect(needed(use), `${scope} for ${use}`).toContain(scope);
        if (found === undefined) expect(methods, scope).toContain(use);
      }
  });

  it('subscribes to the events that are listened to', () => {
    expect(events.map((event) => (event === 'message' ? 'message.im' : event)).toSorted()).toEqual(
      [...EVENTS].toSorted(),
    );
    const made = manifest(commands, english);
    expect(made.settings.event_subscriptions).toEqual({ bot_events: [...EVENTS] });
    expect(made.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
  });

  it('names all commands and shortcuts, in each language within the limits', () => {
    for (const lang of ['en', 'vi', 'ar'] as const) {
      const { slash_commands, shortcuts, app_home } = manifest(commands, { ...english, lang }).features;
      const nouns = new Set(commands.filter((command) => !command.hidden).map((command) => command.noun));
      expect(new Set(slash_commands.map((each) => each.command.slice(1)))).toEqual(nouns);
      expect(shortcuts.map((each) => [each.type, each.callback_id])).toEqual([
        ['global', 'commitment/register'],
        ['global', 'obstacle/report'],
        ['message', 'message:obstacle/report'],
        ['global', 'progress/report'],
      ]);
      // Nothing is shortened: a name that is cut is no name.
      for (const each of shortcuts) expect(each.name).not.toContain('…');
      expect(app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
    }
  });

  it('sends requests to an address where there is one', () => {
    const { settings, features } = manifest(commands, { ...english, requests: 'https://accord.example/' });
    const url = 'https://accord.example/slack/events';
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url, message_menu_options_url: url },
    });
    expect(features.slash_commands.every((each) => 'url' in each && each.url === url)).toBe(true);
  });

  it('puts a prefix before the nouns, and is the noun where they are one', () => {
    const { slash_commands } = manifest(commands, { ...english, prefix: 'accord-' }).features;
    const names = slash_commands.map((each) => each.command);
    expect(names).toContain('/accord-commitment');
    expect(names).toContain('/accord');
    expect(names).not.toContain('/commitment');
  });
});

describe('a prefix', () => {
  const names = commandNames('accord-', commands);
  it('is understood when typed, and when forgotten', () => {
    expect(['accord-commitment', 'commitment', 'accord', 'accord-nothing'].map(names.noun)).toEqual([
      'commitment',
      'commitment',
      'accord',
      'accord-nothing',
    ]);
  });

  it('stands in what the bot says of commands, and nowhere else', () => {
    const document: MessageDocument = {
      lang: 'en',
      summary: 'Type /my list.',
      blocks: [
        { block: 'paragraph', text: ['Type ', { bold: '/officer add' }, ' or /accord join CODE, and/or my list.'] },
        { block: 'quote', text: 'He typed /my list' },
        { block: 'entries', entries: [{ text: [{ code: '/import file' }], detail: 'see https://x.example/my list' }] },
      ],
    };
    const said = names.inDocument(document);
    expect(said.summary).toBe('Type /accord-my list.');
    expect(said.blocks).toEqual([
      {
        block: 'paragraph',
        text: ['Type ', { bold: '/accord-officer add' }, ' or /accord join CODE, and/or my list.'],
      },
      { block: 'quote', text: 'He typed /my list' },
      {
        block: 'entries',
        entries: [{ text: [{ code: '/accord-import file' }], detail: 'see https://x.example/my list' }],
      },
    ]);
    expect(names.inDocument(said)).toEqual(said);
  });
});

describe('the text of a message', () => {
  it.each([
    ['<@U01ABC> look', '@Lan look'],
    ['<@U01ABC|lan> in <#C01|general>', '@lan in #general'],
    ['<!here> <!subteam^S1|@office>', '@here @office'],
    ['<https://x.example|the plan> and <https://y.example>', 'the plan (https://x.example) and https://y.example'],
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
  ])('%s', (text, read) => expect(readable(text, () => 'Lan')).toBe(read));
});
