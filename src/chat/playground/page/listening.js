// @ts-check
/**
 * Hears from the server what is said while the page is open.
 * @param {ReturnType<typeof import('./store.js').createStore>} store
 * @param {{ loadDesk(): Promise<unknown>, again(): void, take(messages: import('../view-message.ts').ViewMessage[]): void }} on
 */
export function createListening(store, on) {
  /** @type {EventSource | null} */
  let source = null;
  let failures = 0;
  /** @type {Set<string>} */
  let counted = new Set();

  /** @param {import('../view-message.ts').ViewMessage} message */
  function count(message) {
    const { desk, here, read } = store.state;
    if (!desk || message.private || message.edits > 0 || counted.has(message.id)) return;
    counted.add(message.id);
    const conversations = desk.conversations.map((each) =>
      each.id === message.conversation ? { ...each, said: each.said + 1 } : each,
    );
    const said = conversations.find((each) => each.id === message.conversation)?.said ?? 0;
    // The desk may have been loaded after the message was written and count it already: what is on the screen is read.
    const seen = message.conversation === here ? { ...read, [message.conversation]: said } : read;
    store.set({ desk: { ...desk, conversations }, read: seen });
  }

  /** @param {import('../events.ts').PageEvent} event */
  function hear(event) {
    const { desk, working } = store.state;
    if (!desk) return;
    if (event.type === 'message') {
      count(event.message);
      on.take([event.message]);
    } else if (event.type === 'working') {
      const { [event.turn]: _, ...others } = working;
      const { conversation, view, text } = event;
      store.set({ working: view || text ? { ...others, [event.turn]: { conversation, view, text } } : others });
    } else if (event.type === 'elsewhere') {
      store.set({ desk: { ...desk, told: { ...desk.told, [event.person]: (desk.told[event.person] ?? 0) + 1 } } });
    } else {
      on.loadDesk();
    }
  }

  return {
    /** @param {string} person */
    to(person) {
      source?.close();
      counted = new Set();
      source = new EventSource(`/api/events?${new URLSearchParams({ as: person })}`);
      source.addEventListener('open', () => {
        if (failures > 0) on.again();
        failures = 0;
        store.set({ lost: false });
      });
      source.addEventListener('message', ({ data }) => hear(JSON.parse(data)));
      source.addEventListener('error', () => {
        failures += 1;
        // One failure may be a restart; the browser tries again by itself unless it was turned away.
        if (failures > 2 || source?.readyState === EventSource.CLOSED) store.set({ lost: true });
      });
    },
  };
}
