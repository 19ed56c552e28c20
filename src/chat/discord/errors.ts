import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { CannotStart } from '../cannot-start.ts';
import { PlatformError } from '../platform.ts';

/** Discord's error codes (topics/opcodes-and-status-codes#json) that mean something to the house. */
const REFUSED: Readonly<Record<number, string>> = {
  10003: 'channel-gone',
  10004: 'channel-gone',
  10008: 'message-gone',
  10013: 'unknown-person',
  30013: 'no-room',
  30033: 'no-room',
  40005: 'too-large',
  50001: 'not-in-channel',
  50007: 'dm-closed',
  50013: 'no-permission',
  50033: 'unknown-person',
  50035: 'invalid',
  50083: 'archived',
  50278: 'dm-closed',
};
/** Slow mode, write limits of a channel, direct messages opened too fast: a matter of time, without a stated wait. */
const LATER = new Set<number | string>([20016, 20028, 40003, 40062, 130000]);

/** Errors of the network at which no request can have reached Discord. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whatever the SDK throws, as the house's one error. */
export function asPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof RateLimitError)
    return new PlatformError('later', 'rate-limited', {
      retryAfterMs: Math.max(0, Math.ceil(error.retryAfter)),
      cause: error,
    });
  if (error instanceof DiscordAPIError) {
    if (LATER.has(error.code)) return new PlatformError('later', 'too-fast', { cause: error });
    // A token that is no longer taken: nothing was done, and it is the operators' to mend.
    if (error.status === 401) return new PlatformError('later', 'unauthorised', { cause: error });
    return new PlatformError(
      'refused',
      REFUSED[Number(error.code)] ?? (error.status === 403 ? 'no-permission' : 'invalid'),
      { cause: error },
    );
  }
  // Discord answers 5xx before as well as after it did the work.
  if (error instanceof HTTPError) return new PlatformError('unknown', `http-${error.status}`, { cause: error });
  const code = codeOf(error);
  if (code !== null && NEVER_SENT.has(code)) return new PlatformError('later', 'not-connected', { cause: error });
  if (error instanceof Error && error.message.startsWith('Expected token to be set'))
    return new PlatformError('later', 'not-connected', { cause: error });
  if (error instanceof Error && error.name === 'CodeTooLong')
    return new PlatformError('refused', 'invalid', { cause: error });
  return new PlatformError('unknown', code ?? 'no-answer', { cause: error });
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : null;
}

/** Close codes at which no connection will ever come (topics/opcodes-and-status-codes#gateway-gateway-close-event-codes). */
const CLOSED_FOR: Readonly<Record<number, string>> = { 4004: 'token', 4013: 'intents', 4014: 'intents' };

/** What a gateway that closed for good means for a start. */
export const startErrorOfClose = (code: number): Error =>
  code in CLOSED_FOR
    ? new CannotStart('discord', CLOSED_FOR[code] ?? '', String(code))
    : new Error(`the gateway closed with ${code}`);

/** A failure to connect: CannotStart where the token, the guild or the intents are the reason, else as it was. */
export function asStartError(error: unknown): unknown {
  if (error instanceof CannotStart) return error;
  const code = codeOf(error);
  if (code === 'TokenInvalid' || (error instanceof DiscordAPIError && error.status === 401))
    return new CannotStart('discord', 'token', '401', error);
  // Commands of a guild that the bot is not in, or was invited to without the scope applications.commands.
  if (error instanceof DiscordAPIError && [50001, 10004].includes(Number(error.code)))
    return new CannotStart('discord', 'guild', String(error.code), error);
  if (error instanceof Error && /disallowed intents|invalid intents/i.test(error.message))
    return new CannotStart('discord', 'intents', error.message, error);
  return error;
}

/** The verb, with its errors made the house's. */
export async function asVerb<T>(verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    throw asPlatformError(error);
  }
}
