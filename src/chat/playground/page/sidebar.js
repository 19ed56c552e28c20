// @ts-check
import { Icon } from './icons.js';
import { html } from './preact.js';

/** @param {import('./app.js').Props} props */
export function Sidebar({ state, actions }) {
  const { desk } = state;
  if (!desk) return null;
  const { words, me } = desk;
  const groups = [
    { kind: 'channel', title: words.channels },
    { kind: 'private', title: words['private-conversations'] },
    { kind: 'direct', title: words['direct-messages'] },
  ];
  const told = desk.people.filter(({ id }) => id !== me.id && (desk.told[id] ?? 0) > (state.toldBefore[id] ?? 0));
  return html`<nav class="side" aria-label=${words.channels}>
    <div class="you">
      <span class="small">${words['you-are']}</span>
      <button class="person" id="switch" aria-haspopup="dialog" onClick=${() => actions.show('people')}>
        <${Face} name=${me.name} />
        <span class="person-words"><b>${me.name}</b><span class="small">${roleOf(me, words)}${me.agency && ` · ${me.agency}`}</span></span>
        <${Icon} name="down" />
      </button>
    </div>
    ${groups.map(({ kind, title }) => {
      const conversations = desk.conversations.filter(
        (each) => each.kind === kind && !(each.archived && each.id !== state.here),
      );
      if (conversations.length === 0) return null;
      return html`<section key=${kind}><h2>${title}</h2><ul>
        ${conversations.map((each) => html`<${Row} key=${each.id} state=${state} actions=${actions} conversation=${each} />`)}
      </ul></section>`;
    })}
    ${
      told.length > 0 &&
      html`<section><h2>${words['has-news']}</h2><ul>
        ${told.slice(0, 8).map(
          ({
            id,
            name,
          }) => html`<li key=${id}><button class="row" onClick=${() => actions.be(id)}><${Face} name=${name} small /><span class="row-name"><span dir="auto">${name}</span></span>
            <span class="badge">${(desk.told[id] ?? 0) - (state.toldBefore[id] ?? 0)}</span></button></li>`,
        )}
        ${told.length > 8 && html`<li><button class="row more" onClick=${() => actions.show('people')}>${words.more} (${told.length - 8})</button></li>`}
      </ul></section>`
    }
  </nav>`;
}

/** @param {import('./app.js').Props & { conversation: import('../ledger.ts').Conversation }} props */
function Row({ state, actions, conversation }) {
  const { id, kind, name, said } = conversation;
  const words = state.desk?.words ?? {};
  const unread = Math.max(0, said - (state.read[id] ?? 0));
  const here = state.here === id;
  return html`<li><button class=${`row ${unread > 0 && !here ? 'unread' : ''}`} data-conversation=${id} data-kind=${kind} aria-current=${here ? 'page' : null} onClick=${() => actions.enter(id)}>
    ${kind === 'channel' ? html`<span class="hash" aria-hidden="true">#</span>` : kind === 'private' ? html`<${Icon} name="lock" />` : html`<${Emblem} small />`}
    <span class="row-name"><span dir="auto">${name}</span></span>
    ${unread > 0 && !here && html`<span class="badge">${unread}<span class="unseen"> ${words.unread}</span></span>`}
  </button></li>`;
}

/** @param {{ role: string }} person @param {Readonly<Record<string, string>>} words */
export const roleOf = ({ role }, words) => words[`role-${role}`] ?? role;

/** A person's initials. @param {{ name: string, small?: boolean }} props */
export function Face({ name, small = false }) {
  const parts = name.trim().split(/\s+/);
  const initials = `${[...(parts[0] ?? '')][0] ?? ''}${parts.length > 1 ? ([...(parts.at(-1) ?? '')][0] ?? '') : ''}`;
  const tint = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6;
  return html`<span class=${`face tint-${tint} ${small ? 'small-face' : ''}`} aria-hidden="true">${initials}</span>`;
}

/** The bot's face. @param {{ small?: boolean }} props */
export const Emblem = ({ small = false }) =>
  html`<img class=${`face ${small ? 'small-face' : ''}`} src="/page/icon.svg" alt="" />`;
