// @ts-check

import { Icon } from './icons.js';
import { html } from './preact.js';
import { DiscordPreview } from './preview-discord.js';
import { SlackPreview } from './preview-slack.js';

/** The dialects whose payloads this page can draw; others are shown as JSON. @type {Record<string, { title: string, draw: (props: { payload: unknown }) => unknown }>} */
const DRAWN = {
  slack: { title: 'Slack', draw: SlackPreview },
  discord: { title: 'Discord', draw: DiscordPreview },
};

/** One message as the other dialects say it. @param {import('./app.js').Props} props */
export function Preview({ state, actions }) {
  const { desk, preview } = state;
  if (!desk) return null;
  const { words } = desk;
  const tabs = [...desk.dialects, 'text'];
  const dialect = tabs.includes(preview.dialect) ? preview.dialect : (tabs[0] ?? 'text');
  const payload = preview.loaded?.dialects[dialect];
  const keys = (/** @type {KeyboardEvent} */ { key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const next =
      step && tabs[(tabs.indexOf(dialect) + (desk.dir === 'rtl' ? -step : step) + tabs.length) % tabs.length];
    if (!next) return;
    actions.preview({ dialect: next });
    document.getElementById(`tab-${next}`)?.focus();
  };
  return html`<aside class="preview" aria-label=${words.preview}>
    <header class="preview-head"><h2>${words.preview}</h2>
      <button class="icon" aria-label=${words.close} onClick=${() => actions.preview({ open: false })}><${Icon} name="close" /></button></header>
    <div class="tabs" role="tablist" aria-label=${words.preview} onKeyDown=${keys}>
      ${tabs.map(
        (
          tab,
        ) => html`<button role="tab" id=${`tab-${tab}`} aria-selected=${tab === dialect} tabindex=${tab === dialect ? 0 : -1} aria-controls="preview-body"
          onClick=${() => actions.preview({ dialect: tab })}>${tab === 'text' ? words['as-text'] : (DRAWN[tab]?.title ?? tab)}</button>`,
      )}
    </div>
    <div class="preview-body" id="preview-body" role="tabpanel" aria-labelledby=${`tab-${dialect}`} tabindex="0">
      ${
        preview.message === null
          ? html`<p class="small">${words['preview-hint']}</p>`
          : preview.loaded &&
            (
              dialect === 'text'
                ? html`<pre class="as-text" dir="auto">${preview.loaded.plain}</pre>`
                : shown(dialect, payload, preview.json, words)
            )
      }
    </div>
    ${
      dialect !== 'text' &&
      preview.loaded &&
      html`<label class="json-toggle"><input type="checkbox" checked=${preview.json} onChange=${() => actions.preview({ json: !preview.json })} /> ${words['show-json']}</label>`
    }
  </aside>`;
}

/** @param {string} dialect @param {unknown} payload @param {boolean} json @param {Readonly<Record<string, string>>} words */
function shown(dialect, payload, json, words) {
  if (payload === null || payload === undefined) return html`<p class="small">${words['preview-failed']}</p>`;
  const drawn = DRAWN[dialect];
  if (json || !drawn) return html`<pre class="json" dir="ltr">${JSON.stringify(payload, null, 2)}</pre>`;
  // One message may have become several there.
  return (Array.isArray(payload) ? payload : [payload]).map((each) => html`<${drawn.draw} payload=${each} />`);
}
