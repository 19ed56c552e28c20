// @ts-check
import { html, useEffect, useRef, useState } from './preact.js';
import { Face, roleOf } from './sidebar.js';

const SHOWN = 50;

/** Letters without their marks, so that "lan" finds "Lân". @param {string} text */
const bare = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');

/** Who to be, out of many. @param {import('./app.js').Props} props */
export function PeopleDialog({ state, actions }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    dialog.current?.showModal();
    return () => document.getElementById('switch')?.focus();
  }, []);
  const { desk } = state;
  if (!desk) return null;
  const { words, people, me } = desk;
  const wanted = bare(typed).split(/\s+/);
  const found = people.filter((person) => {
    const text = bare(`${person.name} ${person.agency} ${roleOf(person, words)} ${person.email ?? ''}`);
    return wanted.every((word) => text.includes(word));
  });
  const shown = found.slice(0, SHOWN);
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = shown[at];
    if (step) {
      event.preventDefault();
      const next = Math.max(0, Math.min(shown.length - 1, at + step));
      setAt(next);
      document.getElementById(`person-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && chosen) actions.be(chosen.id);
  };
  return html`<dialog class="dialog people" ref=${dialog} aria-label=${words['be-someone-else']} onClose=${() => actions.show(null)}>
    <header class="dialog-head"><h2>${words['be-someone-else']}</h2>
      <button class="quiet" onClick=${() => dialog.current?.close()}>${words.close}</button></header>
    <input type="search" class="field" autofocus placeholder=${words['find-person']} aria-label=${words['find-person']} role="combobox"
      aria-expanded="true" aria-controls="people-found" aria-activedescendant=${shown.length > 0 ? `person-${at}` : null}
      value=${typed} onKeyDown=${keys} onInput=${(
        /** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event,
      ) => {
        setTyped(event.currentTarget.value);
        setAt(0);
      }} />
    <ul id="people-found" role="listbox" aria-label=${words['be-someone-else']}>
      ${shown.map(
        (
          person,
          index,
        ) => html`<li key=${person.id} id=${`person-${index}`} role="option" aria-selected=${index === at} data-person=${person.id}
          class=${index === at ? 'at' : ''} onClick=${() => actions.be(person.id)} onPointerMove=${() => setAt(index)}>
          <${Face} name=${person.name} />
          <span class="person-words"><b>${person.name}</b><span class="small">${roleOf(person, words)}${person.agency && ` · ${person.agency}`}</span></span>
          ${person.id !== me.id && (desk.told[person.id] ?? 0) > (state.toldBefore[person.id] ?? 0) && html`<span class="badge">${words['new-messages']}</span>`}
        </li>`,
      )}
    </ul>
    <p class="small" role="status">${found.length === 0 ? words['nobody-found'] : found.length > SHOWN ? `${words.more}: ${found.length - SHOWN}` : ''}</p>
  </dialog>`;
}
