import type { Bot } from './bot.ts';

/** Counts what was said, and holds everybody up while one is waited for. */
export function createTally() {
  let said = 0;
  const waiting = new Set<{ readonly count: number; readonly go: () => void }>();
  let only: Bot | undefined;
  let held: Promise<void> | null = null;
  let goOn = () => {};
  let ranDry = () => {};
  const dried = new Promise<void>((resolve) => {
    ranDry = resolve;
  });

  return {
    said: () => said,
    noted(): void {
      said += 1;
      for (const each of [...waiting])
        if (each.count <= said) {
          waiting.delete(each);
          each.go();
        }
    },
    /** Resolves when so many messages have been said, or when no more come. */
    reaches(count: number): Promise<void> {
      if (said >= count) return Promise.resolve();
      return Promise.race([new Promise<void>((go) => waiting.add({ count, go })), dried]);
    },
    /** During the work no message leaves, but those of the one bot that it names. */
    async heldUp(work: (alone: (bot: Bot) => void) => Promise<void>): Promise<void> {
      held = new Promise((resolve) => {
        goOn = resolve;
      });
      try {
        await work((bot) => {
          only = bot;
        });
      } finally {
        only = undefined;
        goOn();
        held = null;
      }
    },
    async passes(bot: Bot): Promise<void> {
      if (only !== bot) await held;
    },
    /** No more comes by itself. */
    dry(): void {
      ranDry();
    },
    dried: () => dried,
  };
}
