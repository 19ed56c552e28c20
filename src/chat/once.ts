/** The same of the same thing is made once: while a document is split, its blocks and entries are rendered again and again. */
export function once<T extends object, R>(make: (given: T) => R): (given: T) => R {
  const known = new WeakMap<T, { readonly made: R }>();
  return (given) => {
    const before = known.get(given);
    if (before) return before.made;
    const made = make(given);
    known.set(given, { made });
    return made;
  };
}
