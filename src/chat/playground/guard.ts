import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { RequestError } from './errors.ts';

/**
 * Keeps the playground to the page that this process served. The Host is checked against DNS rebinding, the origin and
 * the token against other sites open in the same browser, the cookie against other programs' reads.
 */
export interface Guard {
  readonly cookie: string;
  readonly token: string;
  /** Throws a RequestError where the request is not meant for us. */
  host(request: IncomingMessage): void;
  reading(request: IncomingMessage): void;
  writing(request: IncomingMessage): void;
}

export function createGuard(token: string, port: () => number): Guard {
  const name = () => `accord-playground-${port()}`;
  const hosts = () => [`127.0.0.1:${port()}`, `localhost:${port()}`];
  const same = (given: string | undefined) => {
    const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)];
    return a.length === b.length && timingSafeEqual(a, b);
  };
  const host = (request: IncomingMessage) => {
    if (!hosts().includes(request.headers.host ?? '')) throw new RequestError(421, 'wrong-host');
  };
  const reading = (request: IncomingMessage) => {
    host(request);
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') throw new RequestError(403, 'other-site');
    const cookie = (request.headers.cookie ?? '').split(/;\s*/).find((each) => each.startsWith(`${name()}=`));
    if (!same(cookie?.slice(name().length + 1))) throw new RequestError(403, 'no-session');
  };
  return {
    token,
    // Cookies know no ports: two playgrounds on one machine need two names.
    get cookie() {
      return `${name()}=${token}; Path=/; HttpOnly; SameSite=Strict`;
    },
    host,
    reading,
    writing(request) {
      reading(request);
      const { origin } = request.headers;
      if (origin !== undefined && !hosts().some((each) => origin === `http://${each}`))
        throw new RequestError(403, 'other-site');
      const given = request.headers['x-accord-token'];
      if (!same(typeof given === 'string' ? given : undefined)) throw new RequestError(403, 'no-session');
    },
  };
}
