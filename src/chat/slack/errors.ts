import {
  ErrorCode,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { CannotStart } from '../cannot-start.ts';
import { PlatformError } from '../platform.ts';

/** Slack's word for a refusal → the house's. Any other word is 'invalid'. */
const REFUSALS: Readonly<Record<string, string>> = {
  channel_not_found: 'channel-gone',
  is_archived: 'archived',
  not_in_channel: 'not-in-channel',
  restricted_action: 'no-permission',
  restricted_action_read_only_channel: 'no-permission',
  restricted_action_thread_only_channel: 'no-permission',
  restricted_action_non_threadable_channel: 'no-permission',
  posting_to_channel_denied: 'no-permission',
  missing_scope: 'no-permission',
  no_permission: 'no-permission',
  cant_invite: 'no-permission',
  cant_archive_general: 'no-permission',
  access_denied: 'no-permission',
  user_not_found: 'unknown-person',
  users_not_found: 'unknown-person',
  user_not_visible: 'unknown-person',
  user_disabled: 'dm-closed',
  cannot_dm_bot: 'dm-closed',
  message_not_found: 'message-gone',
  cant_update_message: 'no-permission',
  edit_window_closed: 'no-permission',
};

/** Certainly not done, and it may go well once somebody has mended the connection or the token. */
const LATER = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'service_unavailable',
  'team_added_to_org',
  'accesslimited',
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
]);

/** Slack says of these that some of it may have been done. */
const UNKNOWN = new Set(['internal_error', 'fatal_error', 'request_timeout']);

/** The connection was never made, so nothing was done. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** An error of Slack's SDK as the house's, the only kind that leaves this folder. */
export function platformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof WebAPIRateLimitedError)
    return new PlatformError('later', 'rate-limited', { retryAfterMs: error.retryAfter * 1000, cause: error });
  if (error instanceof WebAPIPlatformError) return ofCode(error.data.error, error);
  if (error instanceof WebAPIHTTPError)
    return new PlatformError('unknown', `http-${error.statusCode}`, { cause: error });
  if (error instanceof WebAPIRequestError) {
    const code = networkCode(error.original);
    if (NEVER_SENT.has(code)) return new PlatformError('later', 'not-connected', { cause: error });
    return new PlatformError('unknown', 'no-answer', { cause: error });
  }
  // The SDK's own word for a 429 without a Retry-After.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain'))
    return new PlatformError('later', 'rate-limited', { cause: error });
  return new PlatformError('unknown', 'no-answer', { cause: error });
}

function ofCode(code: string, cause: unknown): PlatformError {
  if (LATER.has(code))
    return new PlatformError('later', code.includes('limit') ? 'rate-limited' : 'not-connected', { cause });
  // A proxy's page, say: whether Slack saw the request cannot be told.
  if (UNKNOWN.has(code) || !/^[a-z][a-z0-9_]*$/.test(code)) return new PlatformError('unknown', 'no-answer', { cause });
  return new PlatformError('refused', refusalOf(code), { cause });
}

/** The house's word for Slack's. */
export const refusalOf = (code: string): string => REFUSALS[code] ?? 'invalid';

/** Slack's word for why a method refused, or null where it did not answer as Slack does. */
export const slackCode = (error: unknown): string | null =>
  error instanceof WebAPIPlatformError && error.code === ErrorCode.PlatformError ? error.data.error : null;

function networkCode(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    // Node tries several addresses and reports them together.
    if (at instanceof AggregateError) return networkCode(at.errors[0]);
  }
  return '';
}

/** Runs a call; whatever goes wrong comes out as a PlatformError. */
export async function asPlatform<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw platformError(error);
  }
}

/** What Slack says of a token that will not do, whenever it is tried. */
const REFUSED_TOKEN = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
  'team_disabled',
  'not_allowed_token_type',
  'missing_scope',
]);

/** A failure to connect: CannotStart where this token is the reason, else as it was. */
export function asStartError(token: 'bot-token' | 'app-token', error: unknown): unknown {
  const code = slackCode(error);
  return code !== null && REFUSED_TOKEN.has(code) ? new CannotStart('slack', token, code, error) : error;
}
