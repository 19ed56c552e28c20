// @ts-check
import { spans } from './blocks.js';
import { sizeOf } from './dates.js';
import { Icon } from './icons.js';
import { html, useEffect, useRef } from './preact.js';
import { SearchField } from './search-field.js';

/** @typedef {{ state: import('./store.js').State, actions: import('./actions.js').Actions, open: import('./store.js').OpenForm }} Props */

/** A command's open blanks. Closing keeps what was typed. @param {Props} props */
export function FormDialog({ state, actions, open }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const { form } = open;
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      const back = before instanceof HTMLElement && before.isConnected ? before : document.getElementById('composer');
      back?.focus();
    };
  }, []);
  // A form that comes back goes to the first thing to mend; one that opens, to its first field.
  useEffect(() => {
    const wrong = form.fields.find(({ error }) => error !== null) ?? form.fields[0];
    if (wrong) document.getElementById(`field-${wrong.name}`)?.focus();
  }, [form.state.nonce]);
  const words = state.desk?.words ?? {};
  const busy = state.busy.includes('form');
  return html`<dialog class="dialog form" ref=${dialog} lang=${form.lang} dir=${form.dir} aria-labelledby="form-title" data-nonce=${form.state.nonce}
    onClose=${actions.closeForm} onCancel=${(/** @type {Event} */ event) => busy && event.preventDefault()}>
    <form novalidate onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      if (!busy) actions.sendForm();
    }}>
      <header class="dialog-head"><h2 id="form-title">${form.title}</h2></header>
      ${form.intro && html`<p class="form-intro">${spans(form.intro)}</p>`}
      <div role="alert">${form.error && html`<p class="form-error">${spans(form.error)}</p>`}</div>
      ${form.fields.map((field) => html`<${Field} key=${field.name} field=${field} state=${state} actions=${actions} open=${open} />`)}
      <footer class="dialog-foot">
        <button type="button" class="button plain" onClick=${() => dialog.current?.close()}>${words.cancel}</button>
        <button class="button primary" aria-busy=${busy} aria-disabled=${busy}>${form.submit}</button>
      </footer>
    </form>
  </dialog>`;
}

/** @param {Props & { field: import('../render-form.ts').ViewField }} props */
function Field({ field, state, actions, open }) {
  const words = state.desk?.words ?? {};
  const id = `field-${field.name}`;
  const described = `${id}-hint ${id}-error`;
  return html`<div class=${`blank ${field.error !== null ? 'wrong' : ''}`} data-field=${field.label}>
    <label for=${id}>${field.label}${!field.required && html` <span class="small">${words.optional}</span>`}</label>
    ${control(field, id, described, open, actions, words)}
    <p class="field-error" id=${`${id}-error`} role="alert">${field.error}</p>
    ${field.hint && html`<p class="small" id=${`${id}-hint`}>${field.hint}</p>`}
  </div>`;
}

/**
 * @param {import('../render-form.ts').ViewField} field
 * @param {string} id
 * @param {string} described
 * @param {import('./store.js').OpenForm} open
 * @param {import('./actions.js').Actions} actions
 * @param {Readonly<Record<string, string>>} words
 */
function control(field, id, described, open, actions, words) {
  const value = open.values[field.name] ?? '';
  /** @param {Event & { currentTarget: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement }} event */
  const fill = ({ currentTarget }) => actions.fill(field.name, currentTarget.value);
  const common = {
    id,
    value,
    onInput: fill,
    'aria-describedby': described,
    'aria-invalid': field.error !== null,
    'aria-required': field.required,
    class: 'field',
  };
  const limit = field.maxLength === null ? {} : { maxLength: field.maxLength };
  switch (field.kind) {
    case 'line':
      return html`<input type="text" dir="auto" autocomplete="off" ...${common} ...${limit} />`;
    case 'paragraph':
      return html`<textarea rows="4" dir="auto" ...${common} ...${limit}></textarea>`;
    case 'date':
      return html`<input type="date" ...${common} />`;
    case 'choice':
      return html`<select ...${common} onChange=${fill}><option value="">${words.choose}</option>
        ${field.choices.map((choice) => html`<option key=${choice.value} value=${choice.value} selected=${choice.value === value}>${choice.label}</option>`)}</select>`;
    case 'search':
      return html`<${SearchField} id=${id} described=${described} field=${field} open=${open} actions=${actions} words=${words} />`;
    case 'file': {
      const chosen = open.files[field.name];
      return html`<div class="file-field"><label class="button plain"><${Icon} name="clip" />${words['choose-file']}<input id=${id} type="file" class="unseen" aria-describedby=${described}
        onChange=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) => actions.fillFile(field.name, currentTarget.files?.[0])} /></label>
        ${chosen && html`<span class="chip"><${Icon} name="file" /><bdi>${chosen.name}</bdi> <span class="small">${sizeOf(chosen.size)}</span></span>`}</div>`;
    }
    default:
      return /** @type {never} */ (field.kind);
  }
}
