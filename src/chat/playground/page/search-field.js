// @ts-check
import { html, useEffect, useRef, useState } from './preact.js';

/**
 * A field that suggests while one types; what is typed and not taken from the list stays as typed.
 * @param {{ id: string, described: string, field: import('../render-form.ts').ViewField, open: import('./store.js').OpenForm, actions: import('./actions.js').Actions, words: Readonly<Record<string, string>> }} props
 */
export function SearchField({ id, described, field, open, actions, words }) {
  const shown = open.labels[field.name] ?? open.values[field.name] ?? '';
  const [choices, setChoices] = useState(/** @type {readonly { value: string, label: string }[] | null} */ (null));
  const [searched, setSearched] = useState('');
  const [at, setAt] = useState(-1);
  const asked = useRef(0);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (/** @type {string} */ typed) => {
    clearTimeout(timer.current);
    const mine = ++asked.current;
    timer.current = window.setTimeout(async () => {
      const found = await actions.complete(open.form.state.path, field.name, typed);
      if (mine !== asked.current) return;
      setChoices(found);
      setSearched(typed);
      setAt(-1);
    }, 120);
  };
  const close = () => {
    asked.current += 1;
    clearTimeout(timer.current);
    setChoices(null);
  };
  const take = (/** @type {{ value: string, label: string }} */ { value, label }) => {
    actions.fill(field.name, value, label);
    close();
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (!choices) {
      if (event.key === 'ArrowDown') search(shown);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = choices[at];
    if (step && choices.length > 0) {
      event.preventDefault();
      setAt((at + step + choices.length) % choices.length);
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  /** @type {readonly { value: string, label: string }[]} */
  const listed = choices ?? [];
  return html`<div class="search">
    <input type="text" id=${id} class="field" dir="auto" autocomplete="off" role="combobox" aria-autocomplete="list" aria-expanded=${choices !== null}
      aria-controls=${`${id}-list`} aria-activedescendant=${choices && at >= 0 ? `${id}-${at}` : null} aria-describedby=${described}
      aria-invalid=${field.error !== null} aria-required=${field.required} placeholder=${words.search} value=${shown}
      onKeyDown=${keys} onBlur=${close} onFocus=${() => shown === '' && search('')}
      onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) => {
        actions.fill(field.name, currentTarget.value);
        search(currentTarget.value);
      }} />
    ${
      choices &&
      html`<ul class="found" id=${`${id}-list`} role="listbox" aria-label=${field.label} data-for=${field.name} data-searched=${searched}>
        ${choices.length === 0 && html`<li class="none" role="option" aria-disabled="true">${words['no-suggestion']}</li>`}
        ${listed.map(
          (
            choice,
            index,
          ) => html`<li key=${choice.value} id=${`${id}-${index}`} role="option" aria-selected=${index === at} class=${index === at ? 'at' : ''}
            onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => take(choice)}><bdi>${choice.label}</bdi></li>`,
        )}</ul>`
    }
  </div>`;
}
