import type { Luck } from './luck.ts';
import type { Trace } from './trace.ts';

/**
 * The order of everything that happens. Whoever wants to touch the world (a transaction, a platform call) waits at this
 * gate; one is let in at a time, by luck, and the next only when it has left. So a seed is one order of whole steps.
 */
export interface Steps {
  /**
   * Waits for its turn, which does not come before an instant (ms); resolves to what must be called when the step is
   * over. Of the dead it never resolves. Where everybody waits for a time, it is that time.
   */
  enter(instance: Mortal, what: string, from?: number): Promise<() => void>;
  /** Something of an instance that runs until it ends, fails or its instance dies. */
  task(instance: Mortal, work: () => Promise<unknown>): void;
  /** Lets in one after the other until nobody waits and every task has ended. */
  run(): Promise<void>;
  readonly count: number;
}

export interface Mortal {
  readonly name: string;
  readonly dead: boolean;
}

interface Waiting {
  readonly instance: Mortal;
  readonly what: string;
  readonly from: number;
  let(): void;
}

/** A step that takes longer than this has met a wait that is not handed in. Milliseconds of the machine. */
const STUCK_MS = 20_000;

const never = new Promise<never>(() => {});
/** Everything that can go on without a step has gone on. */
const drained = async () => {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
};

export function createSteps(
  time: { now: number },
  luck: Luck,
  trace: Trace,
  onError: (instance: Mortal, error: unknown) => void,
): Steps {
  let waiting: Waiting[] = [];
  const tasks = new Map<Promise<unknown>, Mortal>();
  let count = 0;
  let over: Promise<void> = Promise.resolve();

  async function somebodyWaits(): Promise<boolean> {
    const begun = performance.now();
    for (;;) {
      await drained();
      waiting = waiting.filter(({ instance }) => !instance.dead);
      for (const [task, instance] of tasks) if (instance.dead) tasks.delete(task);
      if (waiting.length > 0) return true;
      if (tasks.size === 0) return false;
      // Nobody waits and something runs: a module is being loaded, or it hangs.
      if (performance.now() - begun > STUCK_MS) throw new Error('a task waits for something outside the steps');
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  return {
    get count() {
      return count;
    },
    enter(instance, what, from = 0) {
      if (instance.dead) return never;
      return new Promise((resolve) => {
        waiting.push({
          instance,
          what,
          from,
          let() {
            let leave = () => {};
            over = new Promise((left) => {
              leave = left;
            });
            resolve(leave);
          },
        });
      });
    },
    task(instance, work) {
      const running: Promise<unknown> = work()
        .catch((error: unknown) => onError(instance, error))
        .finally(() => tasks.delete(running));
      tasks.set(running, instance);
    },
    async run() {
      while (await somebodyWaits()) {
        time.now = Math.max(time.now, Math.min(...waiting.map((each) => each.from)));
        const next = luck.pick(waiting.filter((each) => each.from <= time.now));
        waiting.splice(waiting.indexOf(next), 1);
        count++;
        trace.note(next.instance.name, next.what);
        next.let();
        await inTime(over, next);
      }
    },
  };
}

async function inTime(over: Promise<void>, step: Waiting): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the step '${step.what}' of ${step.instance.name} hangs`)), STUCK_MS);
  });
  await Promise.race([over, late]).finally(() => clearTimeout(timer));
}
