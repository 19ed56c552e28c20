// @ts-check
import { fileUrl } from './api.js';
import { sizeOf } from './dates.js';
import { Icon } from './icons.js';
import { html } from './preact.js';

/** @typedef {{ view: import('../render.ts').View, message?: string, state?: import('./store.js').State, actions?: import('./actions.js').Actions }} Props */

/** What the bot says, block by block; always as text, never as markup. @param {Props} props */
export const Blocks = (props) =>
  html`<div class="blocks" lang=${props.view.lang} dir=${props.view.dir} data-blocks>${props.view.blocks.map((block) => blockOf(block, props))}</div>`;

/** @param {import('../render.ts').ViewBlock} block @param {Props} props */
function blockOf(block, props) {
  switch (block.is) {
    case 'heading':
      return html`<h3>${block.text}</h3>`;
    case 'paragraph':
      return html`<p>${spans(block.text, props)}</p>`;
    case 'note':
      return html`<p class="note">${spans(block.text, props)}</p>`;
    case 'facts':
      return html`<dl class="facts">${block.facts.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${spans(value, props)}</dd></div>`)}</dl>`;
    case 'entries': {
      const entries = block.entries.map(
        (
          entry,
        ) => html`<li><div class="entry"><div class="entry-words"><p>${spans(entry.text, props)}</p>${entry.detail && html`<p class="detail">${spans(entry.detail, props)}</p>`}</div>
          ${entry.button && html`<${Press} button=${entry.button} props=${props} />`}</div></li>`,
      );
      const list = block.numbered
        ? html`<ol class="entries" start=${block.from}>${entries}</ol>`
        : html`<ul class="entries">${entries}</ul>`;
      return html`${block.title && html`<p class="list-title">${spans(block.title, props)}</p>`}${list}`;
    }
    case 'quote':
      return html`<blockquote><p>${block.text}</p>${block.by !== null && html`<footer>${block.by}</footer>`}</blockquote>`;
    case 'meter':
      return html`<${Meter} label=${block.label} total=${block.total} parts=${block.parts} />`;
    case 'table': {
      const number = block.columns.map((_, at) => block.rows.every((row) => /^[\d.,%\s()–—-]*$/.test(row[at] ?? '')));
      const as = (/** @type {number} */ at) => (number[at] ? 'number' : '');
      return html`<div class="table" tabindex="0" role="group" aria-label=${block.columns.join(', ')}><table>
        <thead><tr>${block.columns.map((column, at) => html`<th scope="col" class=${as(at)}>${column}</th>`)}</tr></thead>
        <tbody>${block.rows.map((row) => html`<tr>${row.map((cell, at) => html`<td class=${as(at)}>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
    }
    case 'buttons':
      return html`<div class="buttons">${block.buttons.map((button) => html`<${Press} button=${button} props=${props} />`)}</div>`;
    case 'menu':
      return html`<details class="menu"><summary class="button">${block.label}<${Icon} name="down" /></summary>
        <div role="group" aria-label=${block.label}>${block.choices.map((button) => html`<${Press} button=${button} props=${props} />`)}</div></details>`;
    case 'file':
      return html`<${FileBlock} block=${block} props=${props} />`;
    case 'divider':
      return html`<hr />`;
    default:
      return /** @type {never} */ (block);
  }
}

/** @param {readonly import('../render.ts').ViewSpan[]} text @param {Props} [props] */
export const spans = (text, props) =>
  text.map((span) => {
    if (span.is === 'bold') return html`<strong>${span.text}</strong>`;
    if (span.is === 'code') return html`<code>${span.text}</code>`;
    if (span.is === 'person')
      return html`<bdi class=${`mention ${span.id !== null && span.id === props?.state?.desk?.me.id ? 'me' : ''}`}>${span.text}</bdi>`;
    if (span.is === 'moment') return html`<time dateTime=${span.at}>${span.text}</time>`;
    return span.text;
  });

/** @param {{ button: import('../render.ts').ViewButton, props: Props }} own */
function Press({ button, props: { message, state, actions } }) {
  const busy = state?.busy.includes(`${message} ${button.code}`) ?? false;
  const press = (/** @type {Event & { currentTarget: HTMLElement }} */ { currentTarget }) => {
    currentTarget.closest('details')?.removeAttribute('open');
    if (message !== undefined && !busy) actions?.press(message, button.code);
  };
  return html`<button class=${`button ${button.style}`} data-press aria-disabled=${busy || message === undefined} aria-busy=${busy} onClick=${press}>${button.label}</button>`;
}

/** @param {{ label: string, total: number, parts: readonly { label: string, count: number }[] }} props */
const Meter = ({ label, total, parts }) =>
  html`<figure class="meter"><figcaption>${label}</figcaption>
    <div class="bar" aria-hidden="true">${parts.map(({ count }, at) => count > 0 && html`<i class=${`part part-${at % 6}`} style=${{ flexGrow: count / Math.max(1, total) }}></i>`)}</div>
    <ul>${parts.map(({ label: name, count }, at) => html`<li><i class=${`part part-${at % 6}`} aria-hidden="true"></i>${name}: <b>${count}</b></li>`)}</ul></figure>`;

/** @param {{ block: Extract<import('../render.ts').ViewBlock, { is: 'file' }>, props: Props }} own */
function FileBlock({ block, props: { message, state } }) {
  const person = state?.desk?.me.id;
  if (message === undefined || person === undefined) return null;
  const href = fileUrl(person, message, block.index);
  const picture = block.type === 'image/png' || block.type === 'image/jpeg';
  return html`${picture && html`<img class="picture" src=${href} alt=${block.name} loading="lazy" />`}
    <a class="chip" href=${href} download=${block.name}><${Icon} name="file" /><bdi>${block.name}</bdi> <span class="small">${sizeOf(block.size)}</span></a>`;
}
