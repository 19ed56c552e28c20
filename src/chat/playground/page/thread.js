// @ts-check

import { Blocks } from './blocks.js';
import { DAY, dateOf } from './dates.js';
import { Icon } from './icons.js';
import { Intro } from './intro.js';
import { Message } from './message.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from './preact.js';
import { Emblem } from './sidebar.js';

/** @typedef {import('./app.js').Props & { conversation: import('../ledger.ts').Conversation }} Props */

/** One conversation: what was said, the newest at the bottom. @param {Props} props */
export function Thread({ state, actions, conversation }) {
  const { desk } = state;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const began = useRef(/** @type {number | null} */ (null));
  const [atEnd, setAtEnd] = useState(true);
  const messages = state.messages[conversation.id] ?? [];
  const working = Object.entries(state.working).filter(([, { conversation: place }]) => place === conversation.id);
  const last = messages.at(-1);
  const mark = `${last?.id} ${last?.edits} ${working.length}`;
  const toEnd = () => {
    const { current } = list;
    if (current) current.scrollTop = current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd || last?.author.id === desk?.me.id) toEnd();
  }, [mark]);
  // Opening the pane beside it or a long line below changes the room there is.
  const stay = useRef(true);
  stay.current = atEnd;
  useEffect(() => {
    const watch = new ResizeObserver(() => stay.current && toEnd());
    if (list.current) watch.observe(list.current);
    toEnd();
    return () => watch.disconnect();
  }, []);
  if (!desk) return null;
  const { words } = desk;
  // What was said before the page was opened stands above the introduction, what follows below it.
  if (began.current === null && state.loaded === conversation.id) began.current = last?.order ?? 0;
  const introAfter = messages.findLast(({ order }) => order <= (began.current ?? 0))?.order ?? 0;
  const intro = html`<${Intro} state=${state} actions=${actions} conversation=${conversation} />`;
  let day = '';
  return html`
    <header class="place">
      <h1>${conversation.kind === 'channel' ? '# ' : ''}<bdi>${conversation.name}</bdi></h1>
      <p class="small">${aboutOf(conversation, desk)}</p>
    </header>
    <div class="thread" ref=${list} tabindex="0" role="log" aria-live="polite" aria-label=${words.messages}
      onScroll=${(/** @type {Event & { currentTarget: HTMLElement }} */ { currentTarget: box }) => setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < 60)}>
      ${state.earlier[conversation.id] && html`<button class="quiet earlier" onClick=${actions.loadEarlier}>${words.earlier}</button>`}
      ${introAfter === 0 && intro}
      ${messages.length === 0 && conversation.kind !== 'channel' && state.introduced && html`<p class="empty small">${words.empty}</p>`}
      ${messages.map((message) => {
        const on = dateOf(message.at, desk, DAY);
        const begins = on !== day;
        day = on;
        return html`${begins && html`<p class="day" key=${`day ${message.id}`}><span>${on}</span></p>`}
          <${Message} key=${message.id} message=${message} state=${state} actions=${actions} />
          ${introAfter === message.order && intro}`;
      })}
      ${working.map(
        ([turn, { view, text }]) => html`<article key=${turn} class="message working"><${Emblem} />
          <div class="message-main"><p class="message-head"><b>Accord</b> <span class="small">${words.working}</span><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span></p>
            ${view ? html`<${Blocks} view=${view} />` : html`<p class="small" dir="auto">${text !== words.working && text}</p>`}</div></article>`,
      )}
    </div>
    ${!atEnd && html`<button class="to-end" onClick=${toEnd} aria-label=${words['new-messages']}><${Icon} name="down" /></button>`}
  `;
}

/** @param {import('../ledger.ts').Conversation} conversation @param {import('../desk.ts').Desk} desk */
function aboutOf({ kind, members, topic, archived }, { words, people }) {
  const names = members.map((id) => people.find((person) => person.id === id)?.name ?? id);
  const about =
    kind === 'channel'
      ? words.everyone
      : kind === 'direct'
        ? words['bot-about']
        : `${words.members}: ${names.join(', ')}`;
  return [archived ? words.archived : '', topic, about].filter(Boolean).join(' · ');
}
