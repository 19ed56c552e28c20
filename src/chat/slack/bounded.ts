/** A map that holds so many and forgets the oldest first. */
export function bounded<V>(size: number) {
  const held = new Map<string, V>();
  return {
    get: (key: string): V | undefined => held.get(key),
    set(key: string, value: V): void {
      held.delete(key);
      held.set(key, value);
      const oldest = held.keys().next();
      if (held.size > size && !oldest.done) held.delete(oldest.value);
    },
    /** Whether this key is new; from now on it is not. */
    first(key: string, value: V): boolean {
      if (held.has(key)) return false;
      this.set(key, value);
      return true;
    },
  };
}

export type Bounded<V> = ReturnType<typeof bounded<V>>;
