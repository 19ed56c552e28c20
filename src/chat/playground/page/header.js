// @ts-check
import { DAY, dateOf, SHORT, TIME } from './dates.js';
import { Icon } from './icons.js';
import { html, useEffect, useRef, useState } from './preact.js';

/** @param {import('./app.js').Props} props */
export function Header({ state, actions }) {
  const { desk } = state;
  if (!desk) return null;
  const { words } = desk;
  return html`<header class="header">
    <button class="icon only-narrow" aria-label=${words.menu} onClick=${() => actions.show(state.panel === 'side' ? null : 'side')}><${Icon} name="menu" /></button>
    <span class="brand"><img src="/page/icon.svg" alt="" width="28" height="28" /><b>Accord</b> <span class="tag">${words.playground}</span></span>
    <${Clock} state=${state} actions=${actions} />
    <button class="tool" aria-pressed=${state.preview.open} onClick=${() => actions.preview({ open: !state.preview.open })}>
      <${Icon} name="columns" /><span class="wide-word">${words.preview}</span>
    </button>
  </header>`;
}

/** The house's time, and where it can be moved. @param {import('./app.js').Props} props */
function Clock({ state, actions }) {
  const { desk, busy } = state;
  const [open, setOpen] = useState(false);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!open) return;
    const away = (/** @type {Event} */ event) => {
      const inside = event.target instanceof Node && box.current?.contains(event.target);
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !inside) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('keydown', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('keydown', away);
    };
  }, [open]);
  if (!desk) return null;
  const { words, clock } = desk;
  const moving = busy.includes('clock');
  return html`<div class="clock" ref=${box}>
    <button class="tool clock-face" aria-expanded=${open} aria-label=${`${words.clock}: ${dateOf(clock.now, desk, { ...DAY, ...TIME })}`} onClick=${() => setOpen(!open)}>
      <${Icon} name="clock" />
      <span class="clock-words">${moving ? words['clock-moving'] : html`<span class="wide-word">${dateOf(clock.now, desk, DAY)}, </span><span class="narrow-word">${dateOf(clock.now, desk, { weekday: 'short', day: 'numeric', month: 'short' })}, </span>${dateOf(clock.now, desk, TIME)}`}</span>
    </button>
    ${
      open &&
      html`<div class="popover" role="group" aria-label=${words.clock}>
        <p class="small">${words['clock-explained']}</p>
        ${clock.offers.map(
          ({ name, to }) =>
            html`<button class="offer" disabled=${moving} data-clock=${name} onClick=${() => {
              setOpen(false);
              actions.moveClock(to);
            }}><span>${words[`clock-${name}`]}</span><time dateTime=${to}>${dateOf(to, desk, SHORT)}</time></button>`,
        )}
      </div>`
    }
  </div>`;
}
