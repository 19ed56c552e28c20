// @ts-check

import { read } from './api.js';
import { rememberForm } from './kept-form.js';
import { createListening } from './listening.js';
import { mergeMessages } from './store.js';

/** As many as the server hands out at once: fewer mean that there are no older ones. */
const AT_ONCE = 100;

/**
 * Who the visitor is, where they are, and what is loaded for them.
 * @param {ReturnType<typeof import('./store.js').createStore>} store
 * @param {{ problem(error: unknown): void, changed(message: import('../view-message.ts').ViewMessage): void }} on
 */
export function createPlaces(store, on) {
  /** Who the visitor wants to be: the desk on the screen may still be the former one. @type {string | null} */
  let wanted = null;
  let asked = 0;
  const remembered = rememberForm(store);
  const listening = createListening(store, { loadDesk, take, again });
  const me = () => store.state.desk?.me.id ?? '';
  const here = () => store.state.here ?? '';

  /** @param {readonly import('../view-message.ts').ViewMessage[]} arrived */
  function take(arrived) {
    const messages = { ...store.state.messages };
    for (const message of arrived) {
      messages[message.conversation] = mergeMessages(messages[message.conversation] ?? [], [message]);
    }
    store.set({ messages });
    for (const message of arrived) on.changed(message);
  }

  /** Loads the desk afresh; of several that are under way the last one asked for counts. */
  async function loadDesk() {
    const mine = ++asked;
    /** @type {import('../desk.ts').Desk} */
    const desk = await read('desk', wanted === null ? {} : { as: wanted });
    if (mine === asked) store.set({ desk });
    return desk;
  }

  function again() {
    loadDesk()
      .then(() => enter(here()))
      .catch(on.problem);
  }

  async function enter(/** @type {string} */ conversation) {
    store.set({ here: conversation, loaded: null, panel: null, files: [], problem: null });
    const reader = me();
    const { messages } = await read('messages', { as: reader, conversation });
    // Meanwhile the visitor may have gone elsewhere, or become somebody who must not see this.
    if (me() !== reader || here() !== conversation) return;
    store.set({ earlier: { ...store.state.earlier, [conversation]: messages.length >= AT_ONCE } });
    take(messages);
    store.set({ loaded: conversation });
    markRead(conversation);
    history.replaceState(null, '', `#${new URLSearchParams({ as: reader, in: conversation })}`);
  }

  async function loadEarlier() {
    const [conversation, reader] = [here(), me()];
    const before = store.state.messages[conversation]?.[0]?.order;
    if (before === undefined) return;
    const { messages } = await read('messages', { as: reader, conversation, before: String(before) });
    if (me() !== reader) return;
    store.set({ earlier: { ...store.state.earlier, [conversation]: messages.length >= AT_ONCE } });
    take(messages);
  }

  function markRead(/** @type {string} */ conversation) {
    const said = store.state.desk?.conversations.find((each) => each.id === conversation)?.said ?? 0;
    store.set({ read: { ...store.state.read, [conversation]: said } });
    sessionStorage.setItem(`accord-read-${me()}`, JSON.stringify(store.state.read));
  }

  async function be(/** @type {string | null} */ person, /** @type {string | null} */ conversation = null) {
    wanted = person;
    remembered.leave();
    const desk = await loadDesk();
    const { id } = desk.me;
    wanted = id;
    /** @type {Record<string, number>} */
    const seen = JSON.parse(sessionStorage.getItem(`accord-read-${id}`) ?? '{}');
    // A ledger that began anew holds fewer messages than were read of the former one.
    const read = Object.fromEntries(
      desk.conversations.map((each) => [each.id, Math.min(seen[each.id] ?? 0, each.said)]),
    );
    // What others had been told before the page was opened is no news; what comes after stays news until one is them.
    const before = store.state.turns === 0 ? desk.told : store.state.toldBefore;
    const toldBefore = { ...before, [id]: desk.told[id] ?? 0 };
    store.set({
      desk,
      read,
      toldBefore,
      here: null,
      messages: {},
      working: {},
      form: null,
      kept: remembered.of(id),
      files: [],
      panel: null,
    });
    store.set({ preview: { ...store.state.preview, message: null, loaded: null } });
    listening.to(id);
    const kind = id === desk.people[0]?.id ? 'channel' : 'direct';
    const found =
      desk.conversations.find((each) => each.id === conversation) ??
      desk.conversations.find((each) => each.kind === kind);
    if (found) await enter(found.id);
    store.set({ turns: store.state.turns + 1 });
  }

  return { me, here, take, loadDesk, enter, loadEarlier, markRead, be };
}
