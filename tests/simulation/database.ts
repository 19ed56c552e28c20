import type pg from 'pg';
import type { Instance } from './instance.ts';
import type { Luck } from './luck.ts';
import type { Steps } from './steps.ts';
import type { Trace } from './trace.ts';
import type { DatabaseFault, Weather } from './weather.ts';

/** An error as the driver would throw it, which nobody but the simulation caused. */
export class SimulatedFault extends Error {
  override readonly name = 'SimulatedFault';
  readonly code: string;
  constructor(code: string) {
    super(`simulated: ${code}`);
    this.code = code;
  }
}

interface SimulatedClient {
  query(text: string, values: unknown[]): Promise<unknown>;
  release(): void;
}

const never = new Promise<never>(() => {});

/**
 * A pool of which a client is held for one whole step, from its connection to its release: the real database behind
 * it, and whatever the weather does to a client. What an instance was doing when it died is rolled back, as a server
 * does with a client that is gone.
 */
export function databaseOf(
  instance: Instance,
  parts: {
    readonly real: pg.Pool;
    readonly steps: Steps;
    readonly weather: Weather;
    readonly luck: Luck;
    readonly trace: Trace;
    readonly time: { readonly now: number };
  },
): pg.Pool {
  const { real, steps, weather, luck, trace } = parts;
  async function connect(): Promise<SimulatedClient> {
    const leave = await steps.enter(instance, 'database');
    const fault = weather.database(parts.time.now);
    if (fault === 'unreachable') {
      leave();
      throw new SimulatedFault('ECONNREFUSED');
    }
    if (fault === 'crash-before') return dies(leave);
    return clientOf(await real.connect(), fault, leave);
  }

  function dies(leave: () => void): Promise<never> {
    instance.crash();
    leave();
    return never;
  }

  function clientOf(client: pg.PoolClient, fault: DatabaseFault | null, leave: () => void): SimulatedClient {
    let inTransaction = false;
    let gone = false;
    let queries = 0;
    const release = () => {
      client.release();
      leave();
    };
    /** The server sees the client go: whatever it had begun is undone. */
    const isCutOff = async () => {
      gone = true;
      if (inTransaction) await client.query('rollback');
    };
    return {
      async query(text: string, values: unknown[]): Promise<unknown> {
        if (gone) throw new SimulatedFault('08006');
        const verb = text.slice(0, 5).toLowerCase();
        const commits = verb === 'commi';
        const whole = commits || (!inTransaction && verb !== 'start' && verb !== 'begin');
        // The second query is somewhere in the middle of most transactions, and the one of the others.
        const middle = ++queries === 2 || whole;
        if (middle && fault === 'cut') {
          await isCutOff();
          throw new SimulatedFault('57P01');
        }
        if (commits && fault === 'serialization') {
          await isCutOff();
          throw new SimulatedFault('40001');
        }
        if (middle && fault === 'crash-during') {
          await isCutOff();
          client.release();
          return dies(leave);
        }
        trace.note(text, JSON.stringify(values) ?? '');
        const result = await client.query({ text, values, name: nameOf(text) });
        if (result.rows.length > 1 && mayComeInAnyOrder(text)) result.rows = anyOrder(result.rows, luck);
        if (verb === 'start' || verb === 'begin') inTransaction = true;
        if (commits || verb === 'rollb') inTransaction = false;
        if (whole && fault === 'commit-answer-lost') {
          gone = true;
          throw new SimulatedFault('08006');
        }
        if (whole && fault === 'crash-after') {
          client.release();
          return dies(leave);
        }
        return result;
      },
      release,
    };
  }

  /** One statement on a client of its own. */
  async function query(text: string, values: unknown[] = []): Promise<unknown> {
    const client = await connect();
    try {
      return await client.query(text, values);
    } finally {
      client.release();
    }
  }

  return { connect, query, end: async () => {} } as unknown as pg.Pool;
}

const names = new Map<string, string>();
/** A statement is planned once a connection: planning again and again is most of what a small world costs. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return name;
}

const orders = new Map<string, boolean>();
/** Whether a statement leaves the order of its rows to the server: what it says outside of parentheses names none. */
function mayComeInAnyOrder(text: string): boolean {
  let known = orders.get(text);
  if (known === undefined) {
    let depth = 0;
    let outside = '';
    for (const each of text) {
      if (each === '(') depth++;
      if (depth === 0) outside += each;
      if (each === ')') depth--;
    }
    known = !/\border by\b/i.test(outside);
    orders.set(text, known);
  }
  return known;
}

/** Rows as a server may return them: whichever way they lie there, in an order that the seed decides. */
function anyOrder(rows: readonly object[], luck: Luck): object[] {
  return rows
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ row }) => ({ row, at: luck.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ row }) => row);
}
