// @ts-check
/** @typedef {import('../desk.ts').Desk} Desk */
/** @typedef {import('../view-message.ts').ViewMessage} ViewMessage */
/** @typedef {import('../render.ts').View} View */
/** @typedef {import('../render-form.ts').ViewForm} ViewForm */
/** @typedef {import('../preview.ts').Preview} Preview */
/** @typedef {{ id: string, name: string, size: number }} Upload */

/**
 * A form on the page: what the house asked, what was typed so far, and the message whose button opened it.
 * @typedef {{ form: ViewForm, values: Record<string, string>, labels: Record<string, string>, files: Record<string, Upload>, conversation: string, message?: string }} OpenForm
 */

/**
 * @typedef {object} State
 * @property {Desk | null} desk
 * @property {string | null} here the open conversation
 * @property {Record<string, ViewMessage[]>} messages by conversation, oldest first
 * @property {Record<string, boolean>} earlier conversations that have older messages than those loaded
 * @property {Record<string, { conversation: string, view: View | null, text: string | null }>} working by turn
 * @property {Record<string, string>} lines what stands in the composer, by conversation
 * @property {Upload[]} files what is attached to the next line
 * @property {OpenForm | null} form
 * @property {OpenForm | null} kept a form that was closed with something in it
 * @property {{ open: boolean, message: string | null, loaded: Preview | null, dialect: string, json: boolean }} preview
 * @property {Record<string, number>} read messages already seen, by conversation
 * @property {Record<string, number>} toldBefore by person, as they stood when the page was opened
 * @property {string[]} busy what is being done: turns and buttons
 * @property {string | null} problem a word's key
 * @property {boolean} lost the connection is gone
 * @property {'side' | 'people' | null} panel what is open over the page
 * @property {boolean} introduced the introduction was put away
 * @property {number} turns answered so far
 * @property {string | null} loaded the conversation whose messages were read last
 */

/** @returns {{ state: State, set(patch: Partial<State>): void, subscribe(listen: () => void): void }} */
export function createStore() {
  /** @type {Array<() => void>} */
  const listeners = [];
  let waiting = false;
  const store = {
    /** @type {State} */
    state: {
      desk: null,
      here: null,
      messages: {},
      earlier: {},
      working: {},
      lines: {},
      files: [],
      form: null,
      kept: null,
      preview: { open: false, message: null, loaded: null, dialect: 'slack', json: false },
      read: {},
      toldBefore: {},
      busy: [],
      problem: null,
      lost: false,
      panel: null,
      introduced: false,
      turns: 0,
      loaded: null,
    },
    /** @param {Partial<State>} patch */
    set(patch) {
      store.state = { ...store.state, ...patch };
      if (waiting) return;
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        for (const listen of listeners) listen();
      });
    },
    /** @param {() => void} listen */
    subscribe(listen) {
      listeners.push(listen);
    },
  };
  return store;
}

/**
 * The messages with these put in: a later edit wins over an earlier one, whichever arrives first.
 * @param {readonly ViewMessage[]} known
 * @param {readonly ViewMessage[]} arrived
 */
export function mergeMessages(known, arrived) {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of arrived) {
    const present = byId.get(message.id);
    if (!present || present.edits <= message.edits) byId.set(message.id, message);
  }
  return [...byId.values()].sort((a, b) => a.order - b.order);
}
