import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Upload } from './messages.ts';
import { ApiError, isJson, jsonList, NO } from './problems.ts';
import type { Route } from './routes.ts';
import type { World } from './world.ts';

/** What goes wrong with the next requests that match. */
export interface Fault {
  readonly method?: string;
  readonly path: RegExp;
  /**
   * Nothing done: 'drop' (the line breaks), 'error' (500), a status with a code of Discord's, or 429. Done: 'lost' (the
   * line breaks before the answer), 'half' (in the middle of it), 'silent' (it stands, and nothing comes).
   */
  readonly how:
    | 'drop'
    | 'error'
    | 'lost'
    | 'half'
    | 'silent'
    | { readonly status: number; readonly code: number; readonly message: string }
    | { readonly retryAfter: number; readonly global?: boolean; readonly shared?: boolean };
  /** Once, if not said. */
  times?: number;
}

/** So many requests of a route (and its channel, guild or webhook) in so many milliseconds. */
export interface RateLimit {
  readonly method: string;
  readonly path: RegExp;
  readonly limit: number;
  readonly windowMs: number;
}

export interface HttpParts {
  readonly world: World;
  readonly token: string;
  readonly routes: readonly Route[];
  readonly faults: Fault[];
  readonly rates: RateLimit[];
  readonly log: { method: string; path: string; status: number }[];
}

const LARGEST = 25 * 1024 * 1024;
/** topics/rate-limits#global-rate-limit: requests a second; what answers interactions is not counted. */
const GLOBAL = 50;
/** topics/rate-limits#invalid-request-limit: 401, 403 and 429 (not shared) in ten minutes; then Cloudflare answers. */
const INVALID = 10_000;
const INVALID_MS = 10 * 60_000;

/** Discord's REST side. Routes are looked up at each call, so that they may be made after the server has its port. */
export function openServer(parts: () => HttpParts): Server {
  const buckets: Buckets = new Map();
  const strikes: number[] = [];
  return createServer((request, response) => {
    void handle(request, response, parts(), buckets, strikes).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: 0, message: error instanceof Error ? error.message : 'the double failed' }));
    });
  });
}

type Buckets = Map<string, { left: number; resets: number }>;

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  parts: HttpParts,
  buckets: Buckets,
  strikes: number[],
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
  const method = request.method ?? 'GET';
  if (pathname.startsWith('/attachments/')) return download(pathname, response, parts.world);
  const path = pathname.replace(/^\/api\/v10/, '');
  const raw = await bodyOf(request);
  const fault = parts.faults.find(
    (each) => (each.method ?? method) === method && each.path.test(path) && (each.times ?? 1) > 0,
  );
  if (fault) fault.times = (fault.times ?? 1) - 1;
  if (fault?.how === 'drop') return void request.socket.destroy();
  const now = parts.world.now();
  if (strikes.filter((at) => at > now - INVALID_MS).length >= INVALID) {
    response.writeHead(429, { 'content-type': 'text/html', 'retry-after': '600' });
    return void response.end('error code: 1015');
  }
  const limits = take(parts, buckets, method, path);
  const answer = (status: number, body?: object, more: Record<string, string> = {}) => {
    parts.log.push({ method, path, status });
    if ([401, 403, 429].includes(status) && more['x-ratelimit-scope'] !== 'shared') strikes.push(now);
    // A 204 has no body, and no content type either.
    response.writeHead(status, {
      ...limits.headers,
      ...more,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    });
    const text = body === undefined ? undefined : JSON.stringify(body);
    if (fault?.how !== 'half') return void response.end(text);
    response.write((text ?? '').slice(0, Math.floor((text ?? '').length / 2)), () => request.socket.destroy());
  };
  const tooMany = (retryAfter: number, global: boolean, shared = false) =>
    answer(
      429,
      { message: 'You are being rate limited.', retry_after: retryAfter, global },
      {
        'retry-after': String(Math.ceil(retryAfter)),
        'x-ratelimit-scope': global ? 'global' : shared ? 'shared' : 'user',
        ...(global ? { 'x-ratelimit-global': 'true' } : {}),
      },
    );
  if (fault?.how === 'error') return answer(500, { code: 0, message: '500: Internal Server Error' });
  if (typeof fault?.how === 'object') {
    const { how } = fault;
    if ('status' in how) return answer(how.status, { message: how.message, code: how.code });
    return tooMany(how.retryAfter, how.global ?? false, how.shared);
  }
  if (limits.over !== null) return tooMany(limits.over, limits.everywhere);
  try {
    const found = match(parts.routes, method, path);
    if (!found) throw NO.notFound();
    if (!found.route.bare && request.headers.authorization !== `Bot ${parts.token}`) throw NO.unauthorised();
    if (raw.byteLength > LARGEST) throw NO.tooLarge();
    const { body, uploads } = await parse(request, raw);
    const done = found.route.answer({
      params: found.params,
      query: searchParams,
      body: isJson(body) ? body : {},
      list: jsonList(body),
      uploads,
    });
    if (fault?.how === 'lost') return void request.socket.destroy();
    if (fault?.how === 'silent') return;
    answer(done === undefined ? 204 : 200, done);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    answer(error.status, {
      message: error.message,
      code: error.code,
      ...(error.errors ? { errors: error.errors } : {}),
    });
  }
}

function match(routes: readonly Route[], method: string, path: string): { route: Route; params: string[] } | null {
  const segments = path.split('/').map(decodeURIComponent);
  const exact = (route: Route) => !route.path.includes(':');
  for (const route of routes.toSorted((a, b) => Number(exact(b)) - Number(exact(a)))) {
    const wanted = route.path.split('/');
    if (route.method !== method || wanted.length !== segments.length) continue;
    if (wanted.every((each, index) => each === ':' || each === segments[index]))
      return { route, params: segments.filter((_, index) => wanted[index] === ':') };
  }
  return null;
}

/** The route's bucket, with one request taken out of it; every answer says how it stands. */
function take({ rates, world }: HttpParts, buckets: Buckets, method: string, path: string) {
  const rate = rates.find((each) => each.method === method && each.path.test(path)) ?? { limit: 1000, windowMs: 1000 };
  const major = /^\/(channels|guilds|webhooks|interactions)\/[^/]+/.exec(path)?.[0] ?? '';
  const hash = `${method}:${path.replaceAll(/\d{15,}/g, ':').replace(/\/interaction-[^/]+/, '')}`;
  const now = world.now();
  let bucket = buckets.get(hash + major);
  if (!bucket || bucket.resets <= now) bucket = { left: rate.limit, resets: now + rate.windowMs };
  buckets.set(hash + major, bucket);
  let all = buckets.get('global');
  if (!all || all.resets <= now) all = { left: GLOBAL, resets: now + 1000 };
  buckets.set('global', all);
  const counted = !/^\/(interactions|webhooks)\//.test(path);
  const everywhere = counted && all.left <= 0;
  const over = everywhere || bucket.left <= 0 ? ((everywhere ? all : bucket).resets - now) / 1000 : null;
  if (over === null) {
    bucket.left -= 1;
    if (counted) all.left -= 1;
  }
  const headers = {
    'x-ratelimit-limit': String(rate.limit),
    'x-ratelimit-remaining': String(bucket.left),
    'x-ratelimit-reset': String(bucket.resets / 1000),
    'x-ratelimit-reset-after': String((bucket.resets - now) / 1000),
    'x-ratelimit-bucket': Buffer.from(hash).toString('hex').slice(-32),
  };
  return { over, everywhere, headers };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function parse(request: IncomingMessage, raw: Buffer): Promise<{ body: unknown; uploads: Upload[] }> {
  const type = request.headers['content-type'] ?? '';
  if (raw.byteLength === 0) return { body: {}, uploads: [] };
  try {
    if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(raw.toString()), uploads: [] };
    const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
    const uploads: Upload[] = [];
    for (const [name, value] of form) {
      const key = /^files\[(\d+)\]$/.exec(name)?.[1];
      if (key === undefined || typeof value === 'string') continue;
      uploads.push({ key, name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) });
    }
    return { body: JSON.parse(String(form.get('payload_json') ?? '{}')), uploads };
  } catch {
    throw new ApiError(400, 50109, 'The request body contains invalid JSON.');
  }
}

function download(pathname: string, response: ServerResponse, world: World): void {
  const file = world.files.get(pathname.split('/')[2] ?? '');
  response.writeHead(file ? 200 : 404, { 'content-type': file?.content_type ?? 'text/plain' });
  response.end(file ? Buffer.from(file.bytes) : 'This content is no longer available.');
}
