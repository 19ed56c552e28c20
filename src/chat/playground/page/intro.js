// @ts-check
import { html } from './preact.js';

/** What is worth trying first, where the house has it. */
const TRIES = [
  { path: 'accord/help', word: 'intro-help' },
  { path: 'commitment/register', word: 'intro-register' },
  { path: 'commitment/list', word: 'intro-list' },
  { path: 'obstacle/report', word: 'intro-report' },
];

/** One obvious next step for whoever is here for the first time. @param {import('./thread.js').Props} props */
export function Intro({ state, actions, conversation }) {
  const { desk } = state;
  if (!desk) return null;
  const { words, commands } = desk;
  const first =
    desk.conversations.find(({ kind }) => kind === 'channel')?.id === conversation.id &&
    desk.me.id === desk.people[0]?.id;
  const silent = conversation.kind === 'direct' && !state.messages[conversation.id]?.length;
  if (!first && !silent) return null;
  if (state.introduced) {
    return first
      ? html`<p class="intro-again"><button class="quiet" onClick=${() => actions.dismissIntro(false)}>${words['intro-again']}</button></p>`
      : null;
  }
  const tries = TRIES.flatMap(({ path, word }) =>
    commands.filter((command) => command.path === path).map((command) => ({ command, word })),
  ).slice(0, 2);
  const monday = desk.clock.offers.find(({ name }) => name === 'monday');
  const put = (/** @type {string} */ line) => {
    actions.type(line);
    document.getElementById('composer')?.focus();
  };
  return html`<section class="intro" aria-label=${words['intro-title']}>
    <h2>${words['intro-title']}</h2>
    <p>${words['intro-text']}</p>
    <ol>
      ${tries.map(
        ({ command, word }) => html`<li><span>${words[word]}</span>
          <button class="try" dir="ltr" onClick=${() => put(`/${command.noun} ${command.verb} `)}>/${command.noun} ${command.verb}</button></li>`,
      )}
      ${
        monday &&
        html`<li><span>${words['intro-monday']}</span>
          <button class="try" disabled=${state.busy.includes('clock')} onClick=${() => actions.moveClock(monday.to)}>${words['clock-monday']}</button></li>`
      }
    </ol>
    <p class="intro-foot"><button class="quiet" onClick=${() => actions.show('people')}>${words['intro-person']}</button>
      <button class="quiet" onClick=${() => actions.dismissIntro(true)}>${words['intro-dismiss']}</button></p>
  </section>`;
}
