import { CannotStart } from './cannot-start.ts';

interface Log {
  warn(facts: object, message: string): void;
}

/** Milliseconds before the first further attempt, and at most between attempts. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 5000;

/**
 * Attempts something until it succeeds or is told to stop: an outage may last as long as it likes. A first attempt
 * that meets a configuration that can never work throws CannotStart; any other failure is tried again.
 */
export function persistent(platform: string, attempt: () => Promise<void>, log: Log) {
  let wanted = false;
  let attempting = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  async function once(): Promise<void> {
    attempting = true;
    try {
      await attempt();
      failures = 0;
    } finally {
      attempting = false;
    }
  }

  function again(): void {
    // An attempt that fails says so itself.
    if (!wanted || timer || attempting) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
    timer = setTimeout(() => {
      timer = undefined;
      once().catch(failed);
    }, wait);
  }

  function failed(error: unknown): void {
    failures += 1;
    log.warn({ error, failures }, `${platform} cannot be reached; trying again until it can`);
    again();
  }

  return {
    wanted: () => wanted,
    again,
    async begin(): Promise<void> {
      wanted = true;
      await once().catch((error: unknown) => {
        if (!(error instanceof CannotStart)) return failed(error);
        wanted = false;
        throw error;
      });
    },
    end(): void {
      wanted = false;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
