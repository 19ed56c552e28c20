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

/** Component types of Discord's reference, "Component Types". */
const ROW = 1;
const BUTTON = 2;
const SECTION = 9;
const TEXT = 10;
const GALLERY = 12;
const FILE = 13;
const SEPARATOR = 14;
const CONTAINER = 17;
const BUTTON_STYLES = ['', 'primary', 'secondary', 'success', 'danger', 'link'];

/** A message as Discord shows its Components V2 payload, near enough to judge it by. @param {{ payload: unknown }} props */
export function DiscordPreview({ payload }) {
  const whole = object(payload);
  const message = whole.body === undefined ? whole : object(whole.body);
  const components = list(message.components);
  return html`<div class="discord"><div class="app-head"><img src="/page/icon.svg" alt="" /><b>Accord</b><span class="app-tag">APP</span></div>
    ${string(message.content) !== '' && html`<div dir="auto">${markdown(string(message.content))}</div>`}${components.map(component)}</div>`;
}

/** @param {Json} it @returns {unknown} */
function component(it) {
  switch (it.type) {
    case TEXT:
      return html`<div class="text-display" dir="auto">${markdown(string(it.content))}</div>`;
    case CONTAINER: {
      const accent = typeof it.accent_color === 'number' ? `#${it.accent_color.toString(16).padStart(6, '0')}` : '';
      return html`<div class="container" style=${accent ? { borderInlineStartColor: accent } : {}}>${list(it.components).map(component)}</div>`;
    }
    case SECTION:
      return html`<div class="section"><div class="section-words">${list(it.components).map(component)}</div>${it.accessory !== undefined && component(object(it.accessory))}</div>`;
    case SEPARATOR:
      return it.divider === false ? html`<div class="gap"></div>` : html`<hr />`;
    case ROW:
      return html`<div class="actions">${list(it.components).map(component)}</div>`;
    case BUTTON:
      return html`<span class=${`fake-button ${BUTTON_STYLES[Number(it.style)] ?? ''}`}>${string(it.label)}</span>`;
    case GALLERY:
      return list(it.items).map(
        (item) => html`<p class="attachment">${string(item.description) || string(object(item.media).url)}</p>`,
      );
    case FILE:
      return html`<p class="attachment">${string(object(it.file).url).replace('attachment://', '')}</p>`;
    default:
      return html`<span class="fake-button wide">${string(it.placeholder) || string(it.type)} ▾</span>`;
  }
}

/** Headings, small print, quotes, lists and code blocks of Discord's markdown. @param {string} source */
function markdown(source) {
  return source.split(/(```[\s\S]*?```)/).map((part) => {
    if (part.startsWith('```')) return html`<pre>${part.replace(/^```[a-z]*\n?|\n?```$/g, '')}</pre>`;
    return part.split('\n').map((line) => {
      const heading = /^(#{1,3}) (.*)$/.exec(line);
      if (heading) return html`<p class=${`heading-${heading[1]?.length}`}>${inline(heading[2] ?? '')}</p>`;
      if (line.startsWith('-# ')) return html`<p class="subtext">${inline(line.slice(3))}</p>`;
      if (line.startsWith('> ')) return html`<blockquote>${inline(line.slice(2))}</blockquote>`;
      if (/^[-*] /.test(line)) return html`<p class="bullet">• ${inline(line.slice(2))}</p>`;
      return line === '' ? null : html`<p>${inline(line)}</p>`;
    });
  });
}

/** Bold, emphasis, code, mentions and moments; an escaped mark is itself. @param {string} source */
function inline(source) {
  const plain = (/** @type {string} */ part) => part.replace(/\\([^\p{L}\p{N}\s])/gu, '$1');
  return source.split(/(\\.|\*\*(?:\\.|[^*\\])+\*\*|`[^`]+`|<t:\d+(?::\w)?>|<@!?\d+>)/s).map((part) => {
    if (part.startsWith('**') && part.length > 4) return html`<strong>${plain(part.slice(2, -2))}</strong>`;
    if (part.startsWith('`') && part.length > 2) return html`<code>${part.slice(1, -1)}</code>`;
    const moment = /^<t:(\d+)/.exec(part);
    if (moment)
      return html`<time>${new Date(Number(moment[1]) * 1000).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' })}</time>`;
    if (part.startsWith('<@')) return html`<span class="mention">@${part.replace(/\D/g, '')}</span>`;
    return plain(part);
  });
}
