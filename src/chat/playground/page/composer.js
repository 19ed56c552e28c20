// @ts-check
import { sizeOf } from './dates.js';
import { Icon } from './icons.js';
import { html, useEffect, useRef, useState } from './preact.js';
import { blanksFor, commandsFor, standing, valuesFor } from './slash.js';

/** @typedef {import('./slash.js').Suggestion} Suggestion */

/** Where lines are typed: commands complete themselves, files are dropped or picked. @param {import('./thread.js').Props} props */
export function Composer({ state, actions, conversation }) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [at, setAt] = useState(-1);
  const [closed, setClosed] = useState('');
  const [dragging, setDragging] = useState(false);
  const line = state.lines[conversation.id] ?? '';
  const [suggestions, title, ready] = useSuggestions(line, state, actions);
  const open = suggestions.length > 0 && closed !== line;
  useEffect(() => setAt(-1), [line]);
  useEffect(() => {
    const { current } = area;
    if (!current) return;
    current.style.height = 'auto';
    current.style.height = `${Math.min(current.scrollHeight, 180)}px`;
    if (document.activeElement === current) current.setSelectionRange(line.length, line.length);
  }, [line.length === 0, line.split('\n').length, line.length > 60]);
  const { desk } = state;
  if (!desk) return null;
  const { words, commands } = desk;
  const take = (/** @type {Suggestion} */ { insert }) => {
    actions.type(insert);
    area.current?.focus();
  };
  const say = () => {
    if (line.trim() !== '' || state.files.length > 0) actions.say(line.trim());
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = suggestions[at === -1 && event.key === 'Tab' ? 0 : at];
    if (open && step) {
      event.preventDefault();
      setAt((at + step + suggestions.length) % suggestions.length);
    } else if (open && chosen && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
      event.preventDefault();
      take(chosen);
    } else if (open && event.key === 'Escape') setClosed(line);
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      say();
    }
  };
  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setDragging(false);
    attach(event.dataTransfer?.files ?? []);
  };
  const attach = async (/** @type {Iterable<File>} */ files) => {
    await actions.attach(files);
    area.current?.focus();
  };
  const taking =
    state.files.length > 0 && line.trim() === ''
      ? commands.filter(({ options }) => options.some(({ file }) => file)).slice(0, 4)
      : [];
  const { kept } = state;
  return html`<form class=${`composer ${dragging ? 'dragging' : ''}`} data-suggested=${ready ? line : null} onSubmit=${(
    /** @type {Event} */ event,
  ) => {
    event.preventDefault();
    say();
  }} onDragOver=${(/** @type {Event} */ event) => {
    event.preventDefault();
    setDragging(true);
  }} onDragLeave=${() => setDragging(false)} onDrop=${drop}>
    ${kept && html`<p class="kept"><span>${words['open-again']}: <b>${kept.form.title}</b></span> <button type="button" class="quiet" onClick=${actions.openKept}>${words.pick}</button> <button type="button" class="quiet" onClick=${actions.discardKept}>${words.discard}</button></p>`}
    ${
      open &&
      html`<div class="suggestions"><p class="small">${title}</p><ul id="suggested" role="listbox" aria-label=${title}>
        ${suggestions.map(
          (
            each,
            index,
          ) => html`<li key=${each.insert} id=${`suggested-${index}`} role="option" aria-selected=${index === at} class=${index === at ? 'at' : ''}
            onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => take(each)}><bdi>${each.label}</bdi> <bdi class="small">${each.detail}</bdi></li>`,
        )}</ul></div>`
    }
    ${
      (state.files.length > 0 || taking.length > 0) &&
      html`<p class="attached">${state.files.map(
        ({
          id,
          name,
          size,
        }) => html`<span class="chip" key=${id}><${Icon} name="file" /><bdi>${name}</bdi> <span class="small">${sizeOf(size)}</span>
          <button type="button" class="icon" aria-label=${`${words['remove-file']}: ${name}`} onClick=${() => actions.detach(id)}><${Icon} name="close" /></button></span>`,
      )}${taking.length > 0 && html`<span class="small">${words['file-waiting']}</span>`}${taking.map(
        ({ noun, verb }) =>
          html`<button type="button" class="try" dir="ltr" onClick=${() => take({ insert: `/${noun} ${verb} `, label: '', detail: '' })}>/${noun} ${verb}</button>`,
      )}</p>`
    }
    <div class="line">
      <label class="icon" title=${words.attach}><${Icon} name="clip" /><input type="file" class="unseen" multiple aria-label=${words.attach}
        onChange=${async (/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) => {
          await attach(currentTarget.files ?? []);
          currentTarget.value = '';
        }} /></label>
      <textarea id="composer" ref=${area} rows="1" dir="auto" value=${line} disabled=${conversation.archived}
        placeholder=${conversation.kind === 'direct' ? words['write-to-bot'] : words['write-to']} aria-label=${words['write-to']}
        role="combobox" aria-autocomplete="list" aria-expanded=${open} aria-controls="suggested" aria-activedescendant=${open && at >= 0 ? `suggested-${at}` : null}
        onKeyDown=${keys} onInput=${(/** @type {Event & { currentTarget: HTMLTextAreaElement }} */ { currentTarget }) => actions.type(currentTarget.value)}></textarea>
      <button class="icon send" aria-label=${words.send} disabled=${conversation.archived || (line.trim() === '' && state.files.length === 0)}><${Icon} name="send" /></button>
    </div>
    ${dragging && html`<p class="drop" aria-hidden="true">${words['drop-file']}</p>`}
  </form>`;
}

/**
 * What may follow what was typed, and the name of such things.
 * @param {string} line
 * @param {import('./store.js').State} state
 * @param {import('./actions.js').Actions} actions
 * @returns {[readonly Suggestion[], string | undefined, boolean]} the suggestions, what they are, and whether they are all
 */
function useSuggestions(line, state, actions) {
  const [found, setFound] = useState(
    /** @type {{ line: string, suggestions: Suggestion[] }} */ ({ line: '', suggestions: [] }),
  );
  const { commands = [], words = /** @type {Readonly<Record<string, string>>} */ ({}) } = state.desk ?? {};
  const place = standing(line, commands);
  useEffect(() => {
    if (place.at !== 'value') return;
    let late = false;
    const timer = setTimeout(async () => {
      const { option, command, typed } = place;
      const given = option.choices.filter(({ label, value }) =>
        `${label} ${value}`.toLowerCase().includes(typed.toLowerCase()),
      );
      const choices =
        option.choices.length > 0
          ? given
          : option.completes
            ? await actions.complete(command.path, option.name, typed)
            : [];
      if (!late) setFound({ line, suggestions: valuesFor(place, choices) });
    }, 120);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [line]);
  if (place.at === 'command') return [commandsFor(place.typed, commands), words.commands, true];
  if (place.at === 'blank') return [blanksFor(place), words.blanks, true];
  if (place.at === 'value')
    return [
      found.line === line ? found.suggestions : [],
      `${place.option.label}${place.option.hint ? ` · ${place.option.hint}` : ''}`,
      found.line === line,
    ];
  return [[], undefined, true];
}
