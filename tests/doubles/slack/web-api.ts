import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkBlocks, responseBody } from './blocks.ts';
import type { Faults } from './faults.ts';
import { type Args, type Method, Refusal } from './method.ts';
import { CHAT } from './methods-chat.ts';
import { CONVERSATIONS } from './methods-conversations.ts';
import { FILES } from './methods-files.ts';
import { OTHER } from './methods-other.ts';
import { VIEWS } from './methods-views.ts';
import { filePart } from './multipart.ts';
import type { Workspace } from './workspace.ts';

/** Every method there is here. */
export const METHODS: Readonly<Record<string, Method>> = { ...CHAT, ...CONVERSATIONS, ...FILES, ...VIEWS, ...OTHER };

export interface WebApiParts {
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly botToken: string;
  readonly appToken: string;
  readonly scopes: Set<string>;
  base(): string;
  /** A fresh single-use address for a socket. */
  ticket(): string;
  /** Whether Socket Mode is switched on. */
  socketMode(): boolean;
  /** Every call that arrived: method and arguments. */
  readonly calls: { method: string; args: Args }[];
}

/** The HTTP half of the service: methods, uploads, file bytes and response_urls. */
export function createWebApi(parts: WebApiParts) {
  const { workspace, faults, calls } = parts;
  const lately = new Map<string, number[]>();

  /** Seconds to wait, where a method was called too often in the last minute; else null. */
  function tooOften(method: string, args: Args): number | null {
    const rule = METHODS[method]?.perMinute ?? null;
    if (rule === null) return null;
    // A message counts in its channel; anything else in the workspace.
    const [counted, perMinute] =
      typeof rule === 'number' ? [method, rule] : [`${method} ${args.channel}`, rule.channel];
    const now = workspace.now();
    const recent = (lately.get(counted) ?? []).filter((at) => now - at < 60_000);
    const [oldest] = recent;
    if (recent.length >= perMinute && oldest !== undefined) return Math.ceil((oldest + 60_000 - now) / 1000);
    lately.set(counted, [...recent, now]);
    return null;
  }

  function perform(name: string, args: Args, token: string): Record<string, unknown> {
    if (token === '') throw new Refusal('not_authed');
    if (name === 'apps.connections.open') {
      if (token === parts.botToken) throw new Refusal('not_allowed_token_type');
      if (token !== parts.appToken) throw new Refusal('invalid_auth');
      if (!parts.socketMode()) throw new Refusal('access_denied');
      return { url: parts.ticket() };
    }
    const method = METHODS[name];
    if (!method) throw new Refusal('unknown_method', { req_method: name });
    if (token !== parts.botToken)
      throw new Refusal(token === parts.appToken ? 'not_allowed_token_type' : 'invalid_auth');
    const call = { args, workspace, scopes: parts.scopes, base: parts.base() };
    const needed = typeof method.scopes === 'function' ? method.scopes(call) : method.scopes;
    const missing = needed.filter((scope) => !parts.scopes.has(scope));
    if (missing.length > 0)
      throw new Refusal('missing_scope', { needed: missing.join(','), provided: [...parts.scopes].join(',') });
    return method.run(call);
  }

  async function api(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const type = request.headers['content-type'] ?? '';
    const query = new URL(request.url ?? '', 'http://localhost').searchParams;
    const args: Record<string, string> = Object.fromEntries(query);
    if (type.startsWith('application/x-www-form-urlencoded'))
      Object.assign(args, Object.fromEntries(new URLSearchParams(body.toString())));
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '') || (args.token ?? '');
    calls.push({ method: name, args });
    const fault = faults.take(name, args.channel);
    if (fault?.how === 'drop') return void request.socket.destroy();
    if (fault?.how === 'error-500') return reply(response, 500, 'Internal Server Error');
    const wait = fault?.how === 'rate-limited' ? (fault.retryAfter ?? 1) : tooOften(name, args);
    if (wait !== null) {
      response.setHeader('retry-after', String(wait));
      return reply(response, 429, { ok: false, error: 'ratelimited' });
    }
    if (fault?.how === 'error') return reply(response, 200, { ok: false, error: fault.code });
    // What the token may do goes with every answer to it.
    if (token === parts.botToken) response.setHeader('x-oauth-scopes', [...parts.scopes].join(','));
    let answer: Record<string, unknown>;
    try {
      answer = { ok: true, ...perform(name, args, token) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = { ok: false, error: error.code, ...error.more };
    }
    if (fault?.how === 'answer-lost') return void request.socket.destroy();
    if (fault?.how === 'no-answer') return;
    if (fault?.how === 'cut-short') return cutShort(response, answer);
    reply(response, 200, answer);
  }

  async function upload(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const whole = await read(request);
    if (faults.take('upload')) return void request.socket.destroy();
    const type = request.headers['content-type'] ?? '';
    const body = type.startsWith('multipart/form-data') ? filePart(whole, type) : whole;
    if (body === null) return reply(response, 400, 'no file');
    const file = workspace.files.get(id);
    if (!file || file.bytes !== null) return reply(response, 404, 'not found');
    if (body.byteLength !== file.length) return reply(response, 400, `length does not match`);
    file.bytes = new Uint8Array(body);
    reply(response, 200, `OK - ${body.byteLength}`);
  }

  function download(id: string, request: IncomingMessage, response: ServerResponse): void {
    const file = workspace.files.get(id);
    const allowed = request.headers.authorization === `Bearer ${parts.botToken}` && parts.scopes.has('files:read');
    if (!file?.bytes) reply(response, 404, 'not found');
    else if (!allowed) {
      // Whoever may not see it is shown the way to sign in.
      response.setHeader('content-type', 'text/html');
      reply(response, 200, '<html>Sign in</html>');
    } else {
      response.setHeader('content-type', 'application/octet-stream');
      reply(response, 200, Buffer.from(file.bytes));
    }
  }

  async function respond(key: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await read(request)).toString();
    calls.push({ method: 'response_url', args: { body } });
    const fault = faults.take('response_url');
    if (fault?.how === 'drop') return void request.socket.destroy();
    if (fault) return reply(response, 500, 'Internal Server Error');
    const url = workspace.responseUrls.get(key);
    if (!url) return reply(response, 404, { ok: false, error: 'invalid_url' });
    if (workspace.now() - url.at > 30 * 60_000) return reply(response, 404, { ok: false, error: 'expired_url' });
    if (url.uses >= 5) return reply(response, 404, { ok: false, error: 'used_url' });
    url.uses += 1;
    const problem = answerThrough(url, body);
    if (problem === null) reply(response, 200, 'ok');
    else reply(response, problem === 'channel_is_archived' ? 410 : 400, { ok: false, error: problem });
  }

  function answerThrough(url: { channel: string; user: string; original: string | null }, body: string): string | null {
    const channel = workspace.channels.get(url.channel);
    let said: unknown;
    try {
      said = JSON.parse(body);
    } catch {
      return 'invalid_payload';
    }
    const parsed = responseBody.safeParse(said);
    if (!channel || !parsed.success) return 'invalid_payload';
    if (channel.archived) return 'channel_is_archived';
    const given = parsed.data;
    const original = channel.messages.find((message) => message.ts === url.original);
    if (given.delete_original === true) {
      channel.messages = channel.messages.filter((message) => message !== original);
      workspace.touch();
      return null;
    }
    const checked = checkBlocks(given.blocks ?? []);
    if ('error' in checked) return checked.error;
    const text = given.text ?? '';
    if (text === '' && checked.value.length === 0) return 'no_text';
    // As with chat.postMessage, longer text is cut without a word; as with chat.update, a changed one is refused.
    if (given.replace_original === true && text.length > 4000) return 'msg_too_long';
    const content = { text: text.slice(0, 40_000), blocks: checked.value };
    if (given.replace_original === true && original) {
      Object.assign(original, content, { edited: true, changed: workspace.touch() });
      return null;
    }
    const ts = workspace.nextTs();
    channel.messages.push({
      ts,
      user: workspace.bot.id,
      botId: workspace.botId,
      ...content,
      edited: false,
      files: [],
      ...(given.response_type === 'in_channel' ? {} : { only: url.user }),
      ...(given.thread_ts === undefined ? {} : { threadTs: given.thread_ts }),
      changed: workspace.touch(),
    });
    return null;
  }

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '', 'http://localhost').pathname;
    const [, area = '', id = ''] = path.split('/');
    if (area === 'api' && id === 'upload') return upload(path.split('/')[3] ?? '', request, response);
    if (area === 'api') return api(id, request, response);
    if (area === 'files-pri') return download(id, request, response);
    if (area === 'respond') return respond(id, request, response);
    reply(response, 404, 'not found');
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  if (!raw) response.setHeader('content-type', 'application/json; charset=utf-8');
  response.statusCode = status;
  response.end(raw ? body : JSON.stringify(body));
}

/** The first half of an answer, and then nothing. */
function cutShort(response: ServerResponse, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
}
