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
  /** @param {string} conversation @param {number} said */
  function count(conversation, said) {
    const { desk, here, read } = store.state;
    if (!desk) return;
    const conversations = desk.conversations.map((each) =>
      each.id === conversation ? { ...each, said: Math.max(each.said, said) } : each,
    );
    store.set({
      desk: { ...desk, conversations },
      read: conversation === here ? { ...read, [conversation]: said } : read,
    });
  }

  /** @param {import('../events.ts').PageEvent} event */
  function hear(event) {
    const { desk, working } = store.state;
    if (!desk) return;
    if (event.type === 'message') {
      count(event.message.conversation, event.said);
      on.take([event.message]);
    } else if (event.type === 'working') {
      const { [event.turn]: _, ...others } = working;
      const { conversation, view, text } = event;
      store.set({ working: view || text ? { ...others, [event.turn]: { conversation, view, text } } : others });
    } else if (event.type === 'elsewhere') {
      store.set({ desk: { ...desk, told: { ...desk.told, [event.person]: event.said } } });
    } else {
      on.loadDesk();
    }
  }

  return {
    /** @param {string} person */
    to(person) {
      source?.close();
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
