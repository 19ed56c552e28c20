import { decodeAction } from '../action.ts';
import type { Form, FormState } from '../form.ts';
import type { Inbound, IncomingFile, Interaction, Outcome, Place, Said } from '../interaction.ts';
import type { MessageDocument } from '../message.ts';
import { documentFromJson, documentToJson } from './document-json.ts';
import { RequestError } from './errors.ts';
import type { Conversation, LedgerMessage } from './ledger.ts';
import { accountOf, type PlaygroundPerson } from './people.ts';
import { pressable } from './plain.ts';
import { readLine } from './register.ts';
import { render } from './render.ts';
import type { Room } from './room.ts';
import { mayRead } from './view-message.ts';

/** One thing that a person does. `turn` is the page's own name for it: a repetition is the same turn. */
export interface Turn {
  readonly person: PlaygroundPerson;
  readonly turn: string;
  readonly conversation: string;
}

/** What came of it for the one who did it: a form to fill in, and the form as a message for when nobody is there to see it. */
export interface Answer {
  readonly person: PlaygroundPerson;
  readonly said: readonly LedgerMessage[];
  readonly form: Form | null;
  /** Keeps the form as a private message: called when the page went away before it could open it. */
  keep(): Promise<void>;
}

/** Where an outcome is shown. */
type Shown = Omit<Place, 'message'> & { readonly message?: string | undefined };

/** The codes of whatever can be pressed in a message. */
const codesIn = ({ body }: LedgerMessage): readonly string[] =>
  'document' in body ? pressable(render(documentFromJson(body.document))).map(({ code }) => code) : [];

const NOTHING_TO_KEEP = async () => {};

/** Hands in what people do in the playground and shows what comes of it. */
export function createReceiver(room: Room, inbound: Inbound) {
  const { ledger } = room;

  async function enter(person: PlaygroundPerson, id: string): Promise<Conversation> {
    const conversation = await ledger.conversation(id);
    if (!conversation || !mayRead(conversation, person.id)) throw new RequestError(404, 'channel-gone');
    if (conversation.archived) throw new RequestError(409, 'archived');
    return conversation;
  }

  const placeOf = (conversation: Conversation, message?: string): Place => ({
    conversation: conversation.id,
    direct: conversation.kind === 'direct',
    name: conversation.name,
    ...(message === undefined ? {} : { message }),
  });

  async function hand(
    turn: Turn,
    place: Place,
    said: Said,
    before?: (visible: 'private' | 'public') => Promise<void>,
    offered = false,
  ): Promise<Answer> {
    const interaction: Interaction = {
      id: `${turn.person.id}:${turn.turn}`,
      account: accountOf(turn.person),
      place,
      said,
    };
    const plan = await inbound.plan(interaction);
    await before?.(plan.do === 'run' && plan.answers === 'public' ? 'public' : 'private');
    if (plan.do === 'open-form') return { person: turn.person, said: [], form: plan.form, keep: NOTHING_TO_KEEP };
    const only = plan.answers === 'public' ? null : turn.person.id;
    const working = (document: MessageDocument | null, text: string | null) =>
      room.events.tell((person) =>
        only === null || only === person
          ? {
              type: 'working',
              conversation: place.conversation,
              turn: turn.turn,
              view: document && render(document),
              text,
            }
          : null,
      );
    if (plan.slow) working(null, inbound.phrase(inbound.languageOf(interaction.account), 'working'));
    try {
      const outcome = await inbound.run(interaction, (document) => working(document, null));
      return await show(outcome, turn, offered ? place : { ...place, message: undefined });
    } finally {
      working(null, null);
    }
  }

  /** Shows an outcome. `place.message`: the message that an edit replaces, where the press stood in it. */
  async function show(outcome: Outcome, turn: Turn, place: Shown): Promise<Answer> {
    const key = `answer:${turn.person.id}:${turn.turn}`;
    switch (outcome.do) {
      case 'say': {
        const only = outcome.to === 'private' ? turn.person.id : null;
        return {
          person: turn.person,
          said: await room.say(place.conversation, outcome.document, key, only),
          form: null,
          keep: NOTHING_TO_KEEP,
        };
      }
      case 'ask':
        return {
          person: turn.person,
          said: [],
          form: outcome.form,
          keep: async () => {
            await room.say(place.conversation, outcome.asDocument, key, turn.person.id);
          },
        };
      case 'edit':
        return {
          person: turn.person,
          said: await editOrSay(outcome.document, place, key, turn),
          form: null,
          keep: NOTHING_TO_KEEP,
        };
      default:
        return outcome satisfies never;
    }
  }

  /** The pressed message takes the new text; what does not fit follows it. Without a pressed message it is said. */
  async function editOrSay(document: MessageDocument, place: Shown, key: string, turn: Turn): Promise<LedgerMessage[]> {
    const [first, ...rest] = room.fit(document);
    const pressed = place.message === undefined ? null : await ledger.message(place.message);
    if (!first || !pressed) return room.say(place.conversation, document, key, turn.person.id);
    const edited = await ledger.rewrite(place.conversation, pressed.id, { document: documentToJson(first) });
    if (!edited) return room.say(place.conversation, document, key, turn.person.id);
    await room.show(edited);
    const further: LedgerMessage[] = [];
    for (const [at, part] of rest.entries())
      further.push(...(await room.say(place.conversation, part, `${key}:more${at}`, pressed.only)));
    return [edited, ...further];
  }

  return {
    /** A line typed. People may chat in channels; to the bot alone, a line that is no command is a call for help. */
    async says(turn: Turn, line: string, files: readonly IncomingFile[]): Promise<Answer> {
      const conversation = await enter(turn.person, turn.conversation);
      const direct = conversation.kind === 'direct';
      const command = readLine(line);
      const addressed = direct || line.trimStart().startsWith('/');
      const write = async (visible: 'private' | 'public') => {
        const only = direct || visible === 'public' ? null : turn.person.id;
        const body = { text: line, files: files.map(({ name, size }) => ({ name, size })) };
        const key = `line:${turn.person.id}:${turn.turn}`;
        await room.show(
          await ledger.write({
            conversation: conversation.id,
            author: turn.person.id,
            at: room.now(),
            body,
            only,
            key,
          }),
        );
      };
      if (!addressed) {
        await write('public');
        return { person: turn.person, said: [], form: null, keep: NOTHING_TO_KEEP };
      }
      return hand(turn, placeOf(conversation), { by: 'words', ...(command ?? helpFor(line, inbound)), files }, write);
    },
    async presses(turn: Turn, message: string, code: string): Promise<Answer> {
      const conversation = await enter(turn.person, turn.conversation);
      const pressed = await ledger.message(message);
      const seen =
        pressed?.conversation === conversation.id && (pressed.only === null || pressed.only === turn.person.id);
      if (!seen) throw new RequestError(404, 'message-gone');
      // A code that no button of the message has may be said, and changes nothing that others read.
      const offered = codesIn(pressed).includes(code);
      return hand(turn, placeOf(conversation, message), { by: 'press', code }, undefined, offered);
    },
    /** A form sent in. `message`: the one whose button opened it. */
    async sends(
      turn: Turn,
      message: string | undefined,
      state: FormState,
      blanks: Readonly<Record<string, string | IncomingFile>>,
    ): Promise<Answer> {
      const conversation = await enter(turn.person, turn.conversation);
      const origin = message === undefined ? null : await ledger.message(message);
      const seen = origin?.conversation === conversation.id && (origin.only === null || origin.only === turn.person.id);
      const offered = seen && codesIn(origin).some((code) => decodeAction(code)?.action.path === state.path);
      const place = placeOf(conversation, seen ? message : undefined);
      return hand(turn, place, { by: 'form', state, blanks }, undefined, offered);
    },
  };
}

export type Receiver = ReturnType<typeof createReceiver>;

/** Help, with the words that were meant for it where it takes words. */
function helpFor(line: string, inbound: Inbound): { path: string; words: string } {
  const path = 'accord/help';
  const takesWords = inbound.commands
    .find((shape) => shape.path === path)
    ?.options.some((option) => option.positional === 'rest');
  // Its first words tell what help is wanted about.
  return {
    path,
    words: takesWords
      ? line
          .replace(/^\s*\//, '')
          .trim()
          .slice(0, 200)
      : '',
  };
}
