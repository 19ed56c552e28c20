// @ts-check
/** @typedef {import('./store.js').OpenForm} OpenForm */

/** @param {string} person */
const keyOf = (person) => `accord-form-${person}`;

/**
 * Remembers the form that is open, or was closed with something in it, so that a reload loses nothing that was typed.
 * The files chosen for it wait at the server for a while only: they are chosen again.
 * @param {ReturnType<typeof import('./store.js').createStore>} store
 */
export function rememberForm(store) {
  /** @type {string | null} whose form the page holds; nobody's while the visitor becomes somebody else */
  let owner = null;
  store.subscribe(() => {
    if (owner === null) return;
    const { form, kept } = store.state;
    const worth = form && Object.values(form.values).some(Boolean) ? form : kept;
    if (worth) sessionStorage.setItem(keyOf(owner), JSON.stringify({ ...worth, files: {} }));
    else sessionStorage.removeItem(keyOf(owner));
  });
  return {
    leave() {
      owner = null;
    },
    /** The form that a person left, or null. @param {string} person @returns {OpenForm | null} */
    of(person) {
      owner = person;
      try {
        return JSON.parse(sessionStorage.getItem(keyOf(person)) ?? 'null');
      } catch {
        return null;
      }
    },
  };
}
