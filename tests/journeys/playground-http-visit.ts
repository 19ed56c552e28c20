import type { TurnAnswer } from '../../src/chat/playground/api.ts';
import type { Desk } from '../../src/chat/playground/desk.ts';
import type { Playground } from '../../src/chat/playground/index.ts';
import type { PlaygroundPerson } from '../../src/chat/playground/people.ts';
import { plainLines, pressable } from '../../src/chat/playground/plain.ts';
import type { ViewForm } from '../../src/chat/playground/render-form.ts';
import type { ViewMessage } from '../../src/chat/playground/view-message.ts';
import type { Seen, SeenMessage, Upload } from './stage.ts';
import type { Visit } from './stage-playground.ts';

interface Session {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Opens the page as a browser does: its cookie and its token come with it. */
export async function openSession(url: string): Promise<Session> {
  const page = await fetch(url);
  const token = /name="accord-token" content="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  return {
    url,
    headers: { cookie: (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '', 'x-accord-token': token },
  };
}

async function answerOf<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(`${response.status}: ${body.error}`);
  return body;
}

/** A person who talks through the page's own requests. */
export function openHttpVisit(playground: Playground, person: PlaygroundPerson): Visit {
  let session: Session | null = null;
  let open: { form: ViewForm; conversation: string; message?: string } | null = null;
  let turns = 0;

  async function enter(): Promise<Session> {
    if (session?.url !== playground.url) session = await openSession(playground.url);
    return session;
  }
  async function read<T>(name: string, query: Record<string, string>): Promise<T> {
    const { url, headers } = await enter();
    return answerOf<T>(
      await fetch(`${url}api/${name}?${new URLSearchParams({ as: person.id, ...query })}`, { headers }),
    );
  }
  async function send<T>(name: string, body: object): Promise<T> {
    const { url, headers } = await enter();
    const type = { 'content-type': 'application/json' };
    return answerOf<T>(
      await fetch(`${url}api/${name}`, {
        method: 'POST',
        headers: { ...headers, ...type },
        body: JSON.stringify(body),
      }),
    );
  }
  async function upload(file: Upload): Promise<string> {
    const { url, headers } = await enter();
    const body = new Uint8Array(file.bytes);
    const sent = await fetch(`${url}api/upload?${new URLSearchParams({ name: file.name })}`, {
      method: 'POST',
      headers,
      body,
    });
    return (await answerOf<{ id: string }>(sent)).id;
  }
  const desk = () => read<Desk>('desk', {});
  const messagesOf = async (conversation: string) =>
    (await read<{ messages: ViewMessage[] }>('messages', { conversation })).messages;

  async function turn(name: string, conversation: string, body: object, message?: string): Promise<Seen> {
    const answer = await send<TurnAnswer>(name, { as: person.id, turn: `t${++turns}`, conversation, ...body });
    open = answer.form && { form: answer.form, conversation, ...(message === undefined ? {} : { message }) };
    if (open) return seenForm(open.form);
    const seen = answer.said.map(seenMessage);
    return {
      text: seen.map(({ text }) => text).join('\n'),
      buttons: seen.flatMap(({ buttons }) => buttons),
      form: null,
    };
  }

  async function conversationId(where: string | undefined): Promise<string> {
    const { conversations } = await desk();
    const found = conversations.find(({ kind, name }) =>
      where === undefined ? kind === 'direct' : kind !== 'direct' && name === where,
    );
    if (!found) throw new Error(`${person.name} sees no conversation ${where ?? 'with the bot'}`);
    return found.id;
  }

  return {
    accountId: person.id,
    async types(line, { where, file } = {}) {
      const files = file ? [await upload(file)] : [];
      return turn('say', await conversationId(where), { line, files });
    },
    async presses(label, { on, where } = {}) {
      const ids =
        where === undefined ? (await desk()).conversations.map(({ id }) => id) : [await conversationId(where)];
      const all = (await Promise.all(ids.map(messagesOf))).flat().sort((a, b) => b.order - a.order);
      for (const message of all) {
        const button = message.view && pressable(message.view).find((each) => each.label === label);
        if (!button || (on !== undefined && !seenMessage(message).text.includes(on))) continue;
        return turn('press', message.conversation, { message: message.id, code: button.code }, message.id);
      }
      throw new Error(`${person.name} sees no [${label}]`);
    },
    async fills(values) {
      if (!open) throw new Error(`${person.name} has no form open`);
      const { form, conversation, message } = open;
      const blanks = Object.fromEntries(
        form.fields.filter(({ kind }) => kind !== 'file').map(({ name, value }) => [name, value]),
      );
      const files: Record<string, string> = {};
      for (const [label, typed] of Object.entries(values)) {
        const field = form.fields.find((each) => each.label === label);
        if (!field) throw new Error(`no field ${label} in ${form.title}`);
        if (typeof typed !== 'string') {
          if (field.kind !== 'file') throw new Error(`${label} takes no file`);
          files[field.name] = await upload(typed);
          continue;
        }
        if (field.kind === 'file') throw new Error(`${label} takes a file`);
        blanks[field.name] = typed;
        if (field.kind === 'choice')
          blanks[field.name] = field.choices.find((each) => each.label === typed)?.value ?? notOffered(label, typed);
        if (field.kind === 'search') {
          const { choices } = await read<{ choices: { value: string }[] }>('complete', {
            path: form.state.path,
            name: field.name,
            typed,
          });
          blanks[field.name] = choices[0]?.value ?? typed;
        }
      }
      return turn(
        'form',
        conversation,
        { state: form.state, blanks, files, ...(message === undefined ? {} : { message }) },
        message,
      );
    },
    async completes(path, blank, typed) {
      const { choices } = await read<{ choices: { label: string }[] }>('complete', { path, name: blank, typed });
      return choices.map(({ label }) => label);
    },
    async directMessages() {
      return (await messagesOf(await conversationId(undefined))).filter(({ author }) => author.bot).map(seenMessage);
    },
    reads: async (conversation) =>
      (await messagesOf(conversation)).filter((message) => !message.private).map(seenMessage),
  };
}

function notOffered(label: string, typed: string): never {
  throw new Error(`${label} offers no ${typed}`);
}

function seenMessage(message: ViewMessage): SeenMessage {
  const text = message.view ? plainLines(message.view) : (message.text ?? '');
  const buttons = message.view ? pressable(message.view).map(({ label }) => label) : [];
  return { id: message.id, edited: message.edits > 0, text, buttons, form: null };
}

export function seenForm(form: ViewForm): Seen {
  const words = (spans: ViewForm['intro']) => (spans ?? []).map(({ text }) => text).join('');
  const labelOf = (field: ViewForm['fields'][number]) =>
    field.kind === 'choice'
      ? (field.choices.find(({ value }) => value === field.value)?.label ?? '')
      : (field.valueLabel ?? field.value);
  const fields = form.fields.map((field) => ({
    label: field.label,
    value: labelOf(field),
    ...(field.error === null ? {} : { error: field.error }),
  }));
  const lines = [
    form.title,
    words(form.intro),
    words(form.error),
    ...fields.flatMap(({ label, value, error }) => [`${label}: ${value}`, error ?? '']),
  ];
  return {
    text: [...lines, `[${form.submit}]`].filter(Boolean).join('\n'),
    buttons: [form.submit],
    form: { title: form.title, fields, ...(form.error === null ? {} : { error: words(form.error) }) },
  };
}
