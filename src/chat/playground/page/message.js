// @ts-check
import { Blocks } from './blocks.js';
import { dateOf, sizeOf, TIME } from './dates.js';
import { Icon } from './icons.js';
import { html } from './preact.js';
import { Emblem, Face } from './sidebar.js';

/** @param {import('./app.js').Props & { message: import('../view-message.ts').ViewMessage }} props */
export function Message({ state, actions, message }) {
  const { desk, preview } = state;
  if (!desk) return null;
  const { words } = desk;
  const { author, view } = message;
  const selected = preview.open && preview.message === message.id;
  const pick = (/** @type {Event} */ event) => {
    const onControl = event.target instanceof Element && event.target.closest('button, a, summary, [role="menu"]');
    if (preview.open && view && !onControl) actions.select(message.id);
  };
  return html`<article class=${`message ${message.private ? 'private' : ''} ${selected ? 'selected' : ''} ${author.bot ? 'bot' : ''}`} data-message=${message.id} data-edits=${message.edits} onClick=${pick}>
    ${author.bot ? html`<${Emblem} />` : html`<${Face} name=${author.name} />`}
    <div class="message-main">
      <p class="message-head"><bdi class="author">${author.name}</bdi> <time class="small" dateTime=${message.at}>${dateOf(message.at, desk, TIME)}</time>
        ${message.edits > 0 && html`<span class="small">${words.edited}</span>`}
        ${message.private && html`<span class="only-you"><${Icon} name="eye" />${words['only-you']}</span>`}</p>
      ${
        view
          ? html`<${Blocks} view=${view} message=${message.id} state=${state} actions=${actions} />`
          : html`<p class=${`said ${message.text?.startsWith('/') ? 'command-line' : ''}`} dir="auto">${message.text ?? words['old-message']}</p>`
      }
      ${message.files.map(({ name, size }) => html`<span class="chip"><${Icon} name="file" /><bdi>${name}</bdi> <span class="small">${sizeOf(size)}</span></span>`)}
    </div>
    ${view && html`<button class="look icon" aria-label=${`${words.preview}: ${view.summary}`} title=${words.preview} onClick=${() => actions.select(message.id)}><${Icon} name="columns" /></button>`}
  </article>`;
}
