import type pg from 'pg';

export interface Gate {
  /** From now on the database answers nothing. */
  hold(): void;
  /** It answers again, what was asked meanwhile too. */
  release(): void;
}

/** A pool whose database can be made to keep everybody waiting, as one that is overloaded does. */
export function gatedPool(pool: pg.Pool): { pool: pg.Pool; gate: Gate } {
  let open = Promise.resolve();
  let release = () => {};
  const gated = new Proxy(pool, {
    get(target, name) {
      if (name === 'connect') return () => open.then(() => target.connect());
      if (name === 'query') return (...asked: Parameters<pg.Pool['query']>) => open.then(() => target.query(...asked));
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    pool: gated,
    gate: {
      hold() {
        open = new Promise((resolve) => {
          release = resolve;
        });
      },
      release: () => release(),
    },
  };
}
