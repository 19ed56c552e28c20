import { type Logger, LogLevel } from '@slack/bolt';

/** The house's log, handed in. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

const words = (parts: readonly unknown[]): string =>
  parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');

/** The house's log as the SDK wants it; its chatter below 'info' is left out, for it holds people's text. */
export const sdkLogger = (log: Log): Logger => ({
  debug() {},
  info() {},
  warn: (...parts: unknown[]) => log.warn({ from: 'slack-sdk' }, words(parts)),
  error: (...parts: unknown[]) => log.error({ from: 'slack-sdk' }, words(parts)),
  setLevel() {},
  getLevel: () => LogLevel.INFO,
  setName() {},
});
