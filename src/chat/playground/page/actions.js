// @ts-check

import { Refused, read, send, upload } from './api.js';
import { createPlaces } from './places.js';

/** @typedef {ReturnType<typeof createActions>} Actions */
/** @typedef {import('./store.js').State} State */
/** @typedef {import('./store.js').OpenForm} OpenForm */
/** @typedef {import('../api.ts').TurnAnswer} TurnAnswer */

const UPLOAD_BYTES = 20 * 1024 * 1024;

/**
 * What can be done on the page.
 * @param {ReturnType<typeof import('./store.js').createStore>} store
 */
export function createActions(store) {
  const { me, here, take, loadDesk, enter, loadEarlier, markRead, be } = createPlaces(store, {
    problem,
    changed(message) {
      const { open, message: shown } = store.state.preview;
      if (open && shown === message.id) select(message.id);
    },
  });

  /** @param {unknown} error */
  function problem(error) {
    const named = error instanceof Refused && ['too-large', 'archived', 'line-too-long'].includes(error.code);
    store.set({ problem: named ? error.code : 'failed' });
    if (error instanceof Refused && error.code === 'no-session') store.set({ lost: true });
  }

  /**
   * One thing done and what came of it.
   * @param {string} name
   * @param {object} body
   * @param {Partial<OpenForm>} [origin]
   */
  async function turn(name, body, origin = {}) {
    const turnId = crypto.randomUUID();
    const person = me();
    const mark = 'code' in body ? `${Reflect.get(body, 'message')} ${Reflect.get(body, 'code')}` : name;
    const conversation = origin.conversation ?? here();
    store.set({ busy: [...store.state.busy, mark], problem: null });
    try {
      /** @type {TurnAnswer} */
      const answer = await send(name, { as: person, turn: turnId, conversation, ...body });
      if (me() !== person) return true;
      take(answer.said);
      if (answer.lang !== store.state.desk?.lang) await loadDesk();
      if (conversation === here()) markRead(conversation);
      const before = store.state.form;
      store.set({ form: answer.form ? opened(answer.form, { ...origin, conversation }, before) : null });
      return true;
    } catch (error) {
      problem(error);
      return false;
    } finally {
      const busy = [...store.state.busy];
      busy.splice(busy.indexOf(mark), 1);
      store.set({ busy, turns: store.state.turns + 1 });
    }
  }

  return {
    async begin() {
      const hash = new URLSearchParams(location.hash.slice(1));
      store.set({ introduced: localStorage.getItem('accord-introduced') === 'yes' });
      window.addEventListener('hashchange', () => {
        const wished = new URLSearchParams(location.hash.slice(1));
        be(wished.get('as'), wished.get('in')).catch(problem);
      });
      await be(hash.get('as'), hash.get('in')).catch(() => be(null).catch(problem));
    },
    be: (/** @type {string} */ person) => be(person).catch(problem),
    enter: (/** @type {string} */ conversation) => enter(conversation).catch(problem),
    loadEarlier: () => loadEarlier().catch(problem),
    type(/** @type {string} */ line) {
      store.set({ lines: { ...store.state.lines, [here()]: line } });
    },
    async say(/** @type {string} */ line) {
      const { files } = store.state;
      const conversation = here();
      const said = turn(
        'say',
        { line, files: files.map(({ id }) => id) },
        files[0] ? { conversation, files: { '': files[0] } } : {},
      );
      store.set({ lines: { ...store.state.lines, [conversation]: '' }, files: [] });
      // What was typed is given back where it could not be said.
      if (!(await said)) store.set({ lines: { ...store.state.lines, [conversation]: line }, files });
    },
    press: (/** @type {string} */ message, /** @type {string} */ code) =>
      turn('press', { message, code }, { message, conversation: here() }),
    async sendForm() {
      const { form } = store.state;
      if (!form) return;
      const files = Object.fromEntries(Object.entries(form.files).map(([name, { id }]) => [name, id]));
      const message = form.message === undefined ? {} : { message: form.message };
      await turn(
        'form',
        { ...message, state: form.form.state, blanks: form.values, files },
        { ...message, conversation: form.conversation },
      );
    },
    fill(/** @type {string} */ name, /** @type {string} */ value, label = value) {
      const { form } = store.state;
      if (form)
        store.set({
          form: { ...form, values: { ...form.values, [name]: value }, labels: { ...form.labels, [name]: label } },
        });
    },
    async fillFile(/** @type {string} */ name, /** @type {File | undefined} */ file) {
      const [kept] = file ? await take20(file) : [];
      const { form } = store.state;
      if (!form) return;
      const { [name]: _, ...others } = form.files;
      store.set({ form: { ...form, files: kept ? { ...others, [name]: kept } : others } });
    },
    closeForm() {
      const { form } = store.state;
      const worth = form && (Object.values(form.values).some(Boolean) || Object.keys(form.files).length > 0);
      store.set({ form: null, kept: worth ? form : null });
    },
    openKept: () => store.set({ form: store.state.kept, kept: null }),
    discardKept: () => store.set({ kept: null }),
    async attach(/** @type {Iterable<File>} */ files) {
      for (const file of files) store.set({ files: [...store.state.files, ...(await take20(file))].slice(-5) });
    },
    detach: (/** @type {string} */ id) => store.set({ files: store.state.files.filter((file) => file.id !== id) }),
    /** @returns {Promise<readonly { value: string, label: string }[]>} */
    complete: (/** @type {string} */ path, /** @type {string} */ name, /** @type {string} */ typed) =>
      read('complete', { as: me(), path, name, typed }).then(
        ({ choices }) => choices,
        () => [],
      ),
    async moveClock(/** @type {string} */ to) {
      store.set({ busy: [...store.state.busy, 'clock'], problem: null });
      try {
        const clock = await send('clock', { to });
        if (store.state.desk) store.set({ desk: { ...store.state.desk, clock } });
        await loadDesk();
      } catch (error) {
        problem(error);
      } finally {
        store.set({ busy: store.state.busy.filter((each) => each !== 'clock'), turns: store.state.turns + 1 });
      }
    },
    show: (/** @type {State['panel']} */ panel) => store.set({ panel }),
    dismissIntro(/** @type {boolean} */ away) {
      localStorage.setItem('accord-introduced', away ? 'yes' : 'no');
      store.set({ introduced: away });
    },
    dismissProblem: () => store.set({ problem: null }),
    select,
    preview(/** @type {Partial<State['preview']>} */ patch) {
      store.set({ preview: { ...store.state.preview, ...patch } });
      const { open, message } = store.state.preview;
      if (!open || message !== null) return;
      const latest = store.state.messages[here()]?.findLast((each) => each.view);
      if (latest) select(latest.id);
    },
  };

  /** @param {string} message */
  async function select(message) {
    store.set({ preview: { ...store.state.preview, open: true, message } });
    const loaded = await read('preview', { as: me(), message }).catch(() => null);
    if (store.state.preview.message === message) store.set({ preview: { ...store.state.preview, loaded } });
  }

  /** @param {File} file @returns {Promise<import('./store.js').Upload[]>} */
  async function take20(file) {
    try {
      if (file.size > UPLOAD_BYTES) throw new Refused('too-large');
      return [await upload(file)];
    } catch (error) {
      problem(error);
      return [];
    }
  }
}

/**
 * A form as it opens: with the house's values, and the files that were chosen before for its fields.
 * @param {import('../render-form.ts').ViewForm} form
 * @param {Partial<OpenForm> & { conversation: string }} origin
 * @param {OpenForm | null} before
 * @returns {OpenForm}
 */
function opened(form, origin, before) {
  const again = before && before.form.state.path === form.state.path ? before : null;
  const files = { ...again?.files };
  const typed = origin.files?.[''];
  const place = form.fields.find((field) => field.kind === 'file');
  if (typed && place && !files[place.name]) files[place.name] = typed;
  const asked = form.fields.filter((field) => field.kind !== 'file');
  const values = Object.fromEntries(asked.map((field) => [field.name, field.value]));
  const labels = Object.fromEntries(
    asked.map(({ name, value, valueLabel }) => [
      name,
      valueLabel ?? (again?.values[name] === value ? (again.labels[name] ?? value) : value),
    ]),
  );
  return {
    form,
    values,
    labels,
    files,
    conversation: origin.conversation,
    ...(origin.message === undefined ? {} : { message: origin.message }),
  };
}
