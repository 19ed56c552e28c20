// @ts-check
import { Composer } from './composer.js';
import { FormDialog } from './form.js';
import { Header } from './header.js';
import { PeopleDialog } from './people.js';
import { html } from './preact.js';
import { Preview } from './preview.js';
import { Sidebar } from './sidebar.js';
import { Thread } from './thread.js';

/** @typedef {{ state: import('./store.js').State, actions: import('./actions.js').Actions }} Props */

/** @param {Props} props */
export function App({ state, actions }) {
  const { desk, here } = state;
  if (!desk) return html`<main class="waiting" aria-busy="true">${state.problem ? '—' : ''}</main>`;
  const { words } = desk;
  const conversation = desk.conversations.find(({ id }) => id === here);
  return html`
    <a class="skip" href="#composer" onClick=${(/** @type {Event} */ event) => {
      event.preventDefault();
      document.getElementById('composer')?.focus();
    }}>${words['skip-to-composer']}</a>
    <div class=${`page ${state.preview.open ? 'with-preview' : ''} ${state.panel === 'side' ? 'with-side' : ''}`}
      data-turns=${state.turns} data-busy=${state.busy.length} data-loaded=${state.loaded}>
      <${Header} state=${state} actions=${actions} />
      <${Sidebar} state=${state} actions=${actions} />
      ${state.panel === 'side' && html`<button class="veil" aria-label=${words.close} onClick=${() => actions.show(null)}></button>`}
      <main class="centre" aria-label=${conversation?.name ?? words.messages}>
        <${Banners} state=${state} actions=${actions} />
        ${conversation && html`<${Thread} key=${`${desk.me.id} ${conversation.id}`} state=${state} actions=${actions} conversation=${conversation} />`}
        ${conversation && html`<${Composer} key=${`${desk.me.id} ${conversation.id} composer`} state=${state} actions=${actions} conversation=${conversation} />`}
      </main>
      ${state.preview.open && html`<${Preview} state=${state} actions=${actions} />`}
    </div>
    ${state.panel === 'people' && html`<${PeopleDialog} state=${state} actions=${actions} />`}
    ${state.form && html`<${FormDialog} key=${state.form.form.state.path} state=${state} open=${state.form} actions=${actions} />`}
  `;
}

/** @param {Props} props */
function Banners({ state, actions }) {
  /** @type {Readonly<Record<string, string>>} */
  const words = state.desk?.words ?? {};
  return html`<div role="status" aria-live="polite">
    ${
      state.lost
        ? html`<p class="banner">${words.lost} <button class="quiet" onClick=${() => location.reload()}>${words.reload}</button></p>`
        : state.problem &&
          html`<p class="banner">${words[state.problem]} <button class="quiet" onClick=${actions.dismissProblem}>${words.close}</button></p>`
    }
  </div>`;
}
