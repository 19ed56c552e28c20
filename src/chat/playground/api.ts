import { z } from 'zod';
import { inTime } from '../in-time.ts';
import type { Inbound } from '../interaction.ts';
import type { Lang } from '../language.ts';
import type { PlaygroundClock } from './clock.ts';
import { type DeskParts, layDesk, viewClock } from './desk.ts';
import { documentFromJson } from './document-json.ts';
import { RequestError } from './errors.ts';
import type { LedgerMessage } from './ledger.ts';
import { LIMITS } from './limits.ts';
import { accountOf, type PlaygroundPerson } from './people.ts';
import { type Dialects, previewOf } from './preview.ts';
import type { Answer, Receiver } from './receive.ts';
import { renderForm, type ViewForm } from './render-form.ts';
import type { Uploads } from './uploads.ts';
import { mayRead, type ViewMessage, viewMessage } from './view-message.ts';

/** What the page is answered after a turn. */
export interface TurnAnswer {
  readonly said: readonly ViewMessage[];
  readonly form: ViewForm | null;
  /** The person's language from now on: a command may have changed it. */
  readonly lang: Lang;
}

const id = z.string().min(1).max(200);
const turn = { as: id, turn: id, conversation: id };
const state = z.object({
  path: id,
  blanks: z.record(z.string(), z.string()),
  version: z.number().int().exactOptional(),
  nonce: id,
  draft: z.string().exactOptional(),
});
const bodies = {
  say: z.object({
    ...turn,
    line: z.string(),
    files: z.array(id).max(LIMITS.uploadsWaiting).default([]),
  }),
  press: z.object({ ...turn, message: id, code: id }),
  form: z.object({
    ...turn,
    message: id.exactOptional(),
    state,
    blanks: z.record(z.string(), z.string()),
    files: z.record(z.string(), id).default({}),
  }),
  clock: z.object({ to: z.iso.datetime() }),
};

export interface ApiParts extends Omit<DeskParts, 'dialects'> {
  readonly receiver: Receiver;
  readonly inbound: Inbound;
  readonly clock: PlaygroundClock;
  readonly uploads: Uploads;
  readonly dialects: Dialects;
  /** The conversation of one person with the bot. */
  openDirect(person: string): Promise<string>;
}

export type Query = (name: string) => string | null;

/** The page's requests. Each throws a RequestError where it cannot be done. */
export function createApi(parts: ApiParts) {
  const { room, inbound, receiver, uploads } = parts;
  const be = (query: Query) => room.people.be(query('as'));

  /** A message as one person may read it. */
  async function seen(person: PlaygroundPerson, message: string | null): Promise<LedgerMessage> {
    const found = await room.ledger.message(message ?? '');
    const place = found && (await room.ledger.conversation(found.conversation));
    if (!found || !place || !mayRead(place, person.id)) throw new RequestError(404, 'message-gone');
    if (found.only !== null && found.only !== person.id) throw new RequestError(404, 'message-gone');
    return found;
  }

  async function document(query: Query) {
    const { body } = await seen(await be(query), query('message'));
    return 'document' in body ? documentFromJson(body.document) : null;
  }

  const answered = async (answer: Answer): Promise<TurnAnswer> => ({
    said: await Promise.all(answer.said.map((message) => viewMessage(message, room.people))),
    form: answer.form && renderForm(answer.form),
    lang: inbound.languageOf(accountOf(answer.person)),
  });

  return {
    get: {
      async desk(query: Query) {
        const me = await be(query);
        await parts.openDirect(me.id);
        return layDesk({ ...parts, dialects: Object.keys(parts.dialects) }, me);
      },
      async messages(query: Query) {
        const me = await be(query);
        const place = await room.ledger.conversation(query('conversation') ?? '');
        if (!place || !mayRead(place, me.id)) throw new RequestError(404, 'channel-gone');
        const wanted = { viewer: me.id, limit: LIMITS.messagesAtOnce, ...beforeOf(query('before')) };
        const found = await room.ledger.messages(place.id, wanted);
        return { messages: await Promise.all(found.map((message) => viewMessage(message, room.people))) };
      },
      async complete(query: Query) {
        const account = accountOf(await be(query));
        const wanted = {
          account,
          path: query('path') ?? '',
          name: query('name') ?? '',
          typed: (query('typed') ?? '').slice(0, 200),
        };
        const found = await inTime(inbound.complete({ ...wanted, limit: LIMITS.suggestions }), LIMITS.completionMs);
        return { choices: found ?? [] };
      },
      async preview(query: Query) {
        const found = await document(query);
        return found ? previewOf(found, parts.dialects) : { plain: '', dialects: {} };
      },
    },
    /** The bytes of a file in a message. */
    async file(query: Query) {
      const block = (await document(query))?.blocks[Number(query('index') ?? Number.NaN)];
      if (block?.block !== 'file') throw new RequestError(404, 'file-gone');
      return block;
    },
    post: {
      async say(body: unknown) {
        const { as, line, files, ...where } = parse(bodies.say, body);
        if (line.length > LIMITS.lineCharacters) throw new RequestError(400, 'line-too-long');
        return receiver.says({ ...where, person: await room.people.be(as) }, line, files.map(uploads.take));
      },
      async press(body: unknown) {
        const { as, message, code, ...where } = parse(bodies.press, body);
        return receiver.presses({ ...where, person: await room.people.be(as) }, message, code);
      },
      async form(body: unknown) {
        const { as, message, state: carried, blanks, files, ...where } = parse(bodies.form, body);
        const taken = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, uploads.take(file)]));
        return receiver.sends({ ...where, person: await room.people.be(as) }, message, carried, {
          ...blanks,
          ...taken,
        });
      },
    },
    answered,
    async moveClock(body: unknown) {
      const { to } = parse(bodies.clock, body);
      const ahead = Date.parse(to) - Date.parse(parts.clock.now());
      if (!(ahead > 0)) throw new RequestError(409, 'clock-only-forward');
      if (ahead > LIMITS.clockDays * 86_400_000) throw new RequestError(400, 'clock-too-far');
      await parts.clock.moveTo(to);
      room.events.tell(() => ({ type: 'clock', now: parts.clock.now() }));
      return viewClock(parts);
    },
    be,
  };
}

export type Api = ReturnType<typeof createApi>;

/** PostgreSQL's integer: no message has a greater number. */
const LARGEST = 2_147_483_647;

function beforeOf(typed: string | null): { before?: number } {
  if (typed === null) return {};
  if (!/^\d{1,15}$/.test(typed)) throw new RequestError(400, 'invalid');
  return { before: Math.min(Number(typed), LARGEST) };
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw new RequestError(400, 'invalid');
  return result.data;
}
