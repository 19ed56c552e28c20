// @ts-check
import { createActions } from './actions.js';
import { App } from './app.js';
import { html, render } from './preact.js';
import { createStore } from './store.js';

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
const store = createStore();
const actions = createActions(store);

store.subscribe(() => {
  const { desk } = store.state;
  if (desk) {
    document.documentElement.lang = desk.lang;
    document.documentElement.dir = desk.dir;
    document.title = `Accord · ${desk.words.playground}`;
  }
  render(html`<${App} state=${store.state} actions=${actions} />`, root);
});
actions.begin();
