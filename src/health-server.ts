import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CannotStart } from './chat/cannot-start.ts';
import { HEALTH_PATH, type HealthReport, healthAnswer } from './chat/connections.ts';

export interface HealthServer {
  /** Where it answers, with the port that was taken. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers GET and HEAD of /health and nothing else, for whatever watches over the process: it needs no platform of ours
 * to listen itself. Throws CannotStart where the port cannot be listened on.
 */
export async function openHealthServer(
  { host, port }: { readonly host: string; readonly port: number },
  report: () => Promise<HealthReport>,
): Promise<HealthServer> {
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    const isAsked = request.url?.split('?')[0] === HEALTH_PATH;
    if (!isAsked || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(isAsked ? 405 : 404).end();
      return;
    }
    void report()
      .catch((): HealthReport => ({ ok: false }))
      .then((told) => {
        const { status, headers, body } = healthAnswer(told);
        response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CannotStart('accord', 'health-port', error.code ?? error.message, error)),
    );
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}${HEALTH_PATH}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
