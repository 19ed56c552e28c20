import { EPHEMERAL, V2 } from './check-message.ts';
import { checkModal } from './check-modal.ts';
import type { Messages, Upload } from './messages.ts';
import { isJson, type Json, jsonList, NO, Problems } from './problems.ts';
import { messageJson } from './shapes.ts';
import type { Message, World } from './world.ts';

/** Discord waits three seconds for the first answer, and lets it be followed up for fifteen minutes. */
const FIRST_MS = 3_000;
const TOKEN_MS = 15 * 60_000;

export interface Live {
  readonly id: string;
  readonly token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 modal. */
  readonly type: 2 | 3 | 4 | 5;
  readonly user: string;
  readonly channel: string;
  readonly at: number;
  readonly pressed?: Message;
  answer: number | null;
  original: string | null;
  /** Messages that came of it, in the order in which they were first written. */
  readonly produced: Set<string>;
  modal: Json | null;
  choices: readonly Json[] | null;
  /** Resolves at the first answer, or when Discord has given up waiting. */
  readonly first: Promise<'answered' | 'did not respond'>;
  settle(how: 'answered' | 'did not respond'): void;
}

export interface OpenModal {
  readonly data: Json;
  readonly channel: string;
  readonly pressed?: Message;
}

/** The life of an interaction: its first answer, its original message, its follow-ups, its end. */
export function createInteractions(world: World, messages: Messages) {
  const live = new Map<string, Live>();
  const modals = new Map<string, OpenModal>();
  const waiting = new Set<() => void>();
  /** Those that were not answered in time. */
  const unanswered: string[] = [];

  function open(type: Live['type'], user: string, channel: string, pressed?: Message): Live {
    let settle: Live['settle'] = () => {};
    const first = new Promise<'answered' | 'did not respond'>((resolve) => {
      const callOff = world.after(FIRST_MS, () => {
        unanswered.push(`type ${type} did not respond`);
        settle('did not respond');
      });
      waiting.add(callOff);
      settle = (how) => {
        callOff();
        waiting.delete(callOff);
        resolve(how);
      };
    });
    const each: Live = {
      id: world.id(),
      token: `interaction-${world.id()}`,
      type,
      user,
      channel,
      at: world.now(),
      ...(pressed ? { pressed } : {}),
      answer: null,
      original: null,
      produced: new Set(),
      modal: null,
      choices: null,
      first,
      settle,
    };
    live.set(each.token, each);
    return each;
  }

  /** POST /interactions/:id/:token/callback */
  function callback(id: string, token: string, body: Json, uploads: readonly Upload[]): Json {
    const each = live.get(token);
    if (!each || each.id !== id || (each.answer === null && world.now() - each.at > FIRST_MS))
      throw NO.unknownInteraction();
    if (each.answer !== null) throw NO.acknowledged();
    const type = Number(body.type);
    demandFitting(each, type);
    const data = isJson(body.data) ? body.data : {};
    if (type === 9) {
      checkModal(data);
      each.modal = data;
      modals.set(each.user, { data, channel: each.channel, ...(each.pressed ? { pressed: each.pressed } : {}) });
    }
    if (type === 8) each.choices = checkedChoices(data);
    if (type === 4 || type === 5) {
      if (type === 5) demandBareFlags(data);
      const onlyFor = Number(data.flags ?? 0) & EPHEMERAL ? { onlyFor: each.user } : {};
      const message = messages.create(world.channel(each.channel), data, uploads, {
        interaction: each.id,
        loading: type === 5,
        ...onlyFor,
      });
      each.original = message.id;
      each.produced.add(message.id);
    }
    if ((type === 6 || type === 7) && each.pressed) {
      if (type === 7) {
        messages.edit(each.pressed, data, uploads);
        each.produced.add(each.pressed.id);
      }
      each.original = each.pressed.id;
    }
    each.answer = type;
    each.settle('answered');
    return { interaction: { id: each.id, type: each.type }, resource: { type } };
  }

  /** The interaction behind a token that may still be used. */
  function usable(token: string): Live {
    const each = live.get(token);
    if (!each || each.answer === null || each.type === 4) throw NO.unknownWebhook();
    if (world.now() - each.at > TOKEN_MS) throw NO.expired();
    return each;
  }

  const messageOf = (each: Live, id: string): Message => {
    const known = id === '@original' ? each.original : each.produced.has(id) ? id : null;
    const message = known === null ? undefined : world.messages.get(known);
    if (!message) throw NO.unknownMessage();
    return message;
  };

  return {
    open,
    callback,
    /** What people did: how much, how much of it has no first answer yet, and what had none in time. */
    handed: () => ({ total: live.size, waiting: waiting.size, failed: unanswered }),
    modals,
    /** POST /webhooks/:app/:token. The first one after a deferral takes the place, and the visibility, of what is loading. */
    followUp(token: string, body: Json, uploads: readonly Upload[]): object {
      const each = usable(token);
      const original = each.original === null ? undefined : world.messages.get(each.original);
      if (original?.loading) return messageJson(world, messages.edit(original, body, uploads));
      const onlyFor = Number(body.flags ?? 0) & EPHEMERAL ? { onlyFor: each.user } : {};
      const message = messages.create(world.channel(each.channel), body, uploads, { interaction: each.id, ...onlyFor });
      each.produced.add(message.id);
      return messageJson(world, message);
    },
    /** PATCH /webhooks/:app/:token/messages/:id */
    edit(token: string, id: string, body: Json, uploads: readonly Upload[]): object {
      const each = usable(token);
      const message = messages.edit(messageOf(each, id), body, uploads);
      each.produced.add(message.id);
      return messageJson(world, message);
    },
    get: (token: string, id: string): object => messageJson(world, messageOf(usable(token), id)),
    remove(token: string, id: string): void {
      const each = usable(token);
      const message = messageOf(each, id);
      world.messages.delete(message.id);
      each.produced.delete(message.id);
      if (each.original === message.id) each.original = null;
    },
    close() {
      for (const callOff of waiting) callOff();
      for (const each of live.values()) each.settle('did not respond');
    },
  };
}

export type Interactions = ReturnType<typeof createInteractions>;

/** Which answer may follow what: no modal after a modal, an update only where there is a message, choices only to completion. */
function demandFitting(each: Live, type: number): void {
  const fitting = each.type === 4 ? [8] : [4, 5, ...(each.pressed ? [6, 7] : []), ...(each.type === 5 ? [] : [9])];
  if (fitting.includes(type)) return;
  const problems = new Problems();
  problems.add(
    ['type'],
    'INTERACTION_RESPONSE_TYPE_INVALID',
    `Response type ${type} is not valid for this interaction.`,
  );
  problems.throwIfAny();
}

function demandBareFlags(data: Json): void {
  if ((Number(data.flags ?? 0) & V2) === 0) return;
  const problems = new Problems();
  problems.add(['data', 'flags'], 'MESSAGE_FLAGS_INVALID', 'IS_COMPONENTS_V2 cannot be set in a deferred response.');
  problems.throwIfAny();
}

function checkedChoices(data: Json): Json[] {
  const problems = new Problems();
  problems.length(['data', 'choices'], data.choices, 0, 25);
  const choices = jsonList(data.choices);
  choices.forEach((choice, index) => {
    problems.length(['data', 'choices', index, 'name'], choice.name, 1, 100);
    problems.length(['data', 'choices', index, 'value'], choice.value, 1, 100);
  });
  problems.throwIfAny();
  return choices;
}
