// @ts-check
import { html } from './preact.js';

/** @typedef {Record<string, unknown>} Json */
/** @param {unknown} value @returns {Json} */
const object = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? /** @type {Json} */ (value) : {};
/** @param {unknown} value @returns {Json[]} */
const list = (value) => (Array.isArray(value) ? value.map(object) : []);
/** @param {unknown} value */
const string = (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');

/** A message as Slack shows its Block Kit payload, near enough to judge it by. @param {{ payload: unknown }} props */
export function SlackPreview({ payload }) {
  const message = object(payload);
  const blocks = Array.isArray(message.blocks)
    ? list(message.blocks)
    : list(message.attachments).flatMap((each) => list(each.blocks));
  return html`<div class="slack"><div class="app-head"><img src="/page/icon.svg" alt="" /><b>Accord</b><span class="app-tag">APP</span></div>
    ${blocks.length > 0 ? blocks.map(block) : html`<p dir="auto">${string(message.text)}</p>`}
    ${list(message.files).map((file) => html`<p class="attachment">${string(file.name)}</p>`)}</div>`;
}

/** @param {Json} it */
function block(it) {
  switch (it.type) {
    case 'header':
      return html`<h3 dir="auto">${string(object(it.text).text)}</h3>`;
    case 'section':
      return html`<div class="section"><div class="section-words">${it.text !== undefined && html`<p dir="auto">${text(object(it.text))}</p>`}
        ${it.fields !== undefined && html`<div class="fields">${list(it.fields).map((field) => html`<p dir="auto">${text(field)}</p>`)}</div>`}</div>
        ${it.accessory !== undefined && element(object(it.accessory))}</div>`;
    case 'context':
      return html`<div class="context">${list(it.elements).map((each) => html`<p dir="auto">${text(each)}</p>`)}</div>`;
    case 'actions':
      return html`<div class="actions">${list(it.elements).map(element)}</div>`;
    case 'divider':
      return html`<hr />`;
    case 'rich_text':
      return html`<div class="rich">${list(it.elements).map(rich)}</div>`;
    case 'markdown':
      return html`<p dir="auto">${mrkdwn(string(it.text))}</p>`;
    case 'table':
    case 'data_table':
      return html`<div class="table"><table>${(Array.isArray(it.rows) ? it.rows : []).map((row) => html`<tr>${list(row).map((cell) => html`<td dir="auto">${cellOf(cell)}</td>`)}</tr>`)}</table></div>`;
    case 'image':
    case 'file':
      return html`<p class="attachment">${string(it.alt_text) || string(object(it.title).text) || 'file'}</p>`;
    default:
      return html`<p class="unknown">${string(it.type)}</p>`;
  }
}

/** @param {Json} cell */
const cellOf = (cell) =>
  cell.type === 'rich_text'
    ? list(cell.elements).map(rich)
    : string(cell.text) || string(cell.value) || text(object(cell.text));

/** @param {Json} it */
function rich(it) {
  switch (it.type) {
    case 'rich_text_list': {
      const items = list(it.elements).map((each) => html`<li dir="auto">${list(each.elements).map(inline)}</li>`);
      const start = Number(it.offset ?? 0) + 1;
      return it.style === 'ordered' ? html`<ol start=${start}>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'rich_text_quote':
      return html`<blockquote dir="auto">${list(it.elements).map(inline)}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre>${list(it.elements).map(inline)}</pre>`;
    default:
      return html`<p dir="auto">${list(it.elements).map(inline)}</p>`;
  }
}

/** @param {Json} it */
function inline(it) {
  const style = object(it.style);
  if (it.type === 'user') return html`<span class="mention">@${string(it.user_id)}</span>`;
  if (it.type === 'date') return html`<time>${string(it.fallback)}</time>`;
  if (it.type === 'emoji') return `:${string(it.name)}:`;
  const words = string(it.text) || string(it.url);
  if (style.code) return html`<code>${words}</code>`;
  if (style.bold) return html`<strong>${words}</strong>`;
  if (style.italic) return html`<em>${words}</em>`;
  if (it.type === 'link') return html`<span class="link">${words}</span>`;
  return words;
}

/** @param {Json} it */
const text = (it) => (it.type === 'mrkdwn' ? mrkdwn(string(it.text)) : string(it.text));

/** Bold, code, dates and mentions of mrkdwn, with its three entities undone. @param {string} source */
function mrkdwn(source) {
  const plain = (/** @type {string} */ part) =>
    part.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return source.split(/(\*[^*\n]+\*|_[^_\n]+_|`[^`\n]+`|<[^>\n]+>)/).map((part) => {
    if (/^\*.+\*$/.test(part)) return html`<strong>${plain(part.slice(1, -1))}</strong>`;
    if (/^_.+_$/.test(part)) return html`<em>${plain(part.slice(1, -1))}</em>`;
    if (/^`.+`$/.test(part)) return html`<code>${plain(part.slice(1, -1))}</code>`;
    if (/^<!date/.test(part)) return html`<time>${plain(part.slice(0, -1).split('|').at(-1) ?? '')}</time>`;
    if (/^<@/.test(part)) return html`<span class="mention">@${part.slice(2, -1)}</span>`;
    if (/^<.+>$/.test(part)) return html`<span class="link">${plain(part.slice(1, -1).split('|').at(-1) ?? '')}</span>`;
    return plain(part);
  });
}

/** @param {Json} it */
function element(it) {
  const label = string(object(it.text).text) || string(object(it.placeholder).text);
  if (it.type === 'button') return html`<span class=${`fake-button ${string(it.style)}`}>${label}</span>`;
  if (it.type === 'overflow') return html`<span class="fake-button">⋯</span>`;
  return html`<span class="fake-button">${label} ▾</span>`;
}
