import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPReceiver } from '@slack/bolt';
import { CannotStart } from '../cannot-start.ts';
import { HEALTH_PATH, type HealthReport, healthAnswer } from '../connections.ts';
import { inTime } from '../in-time.ts';
import { persistent } from '../persistent.ts';
import { FAREWELL, type Reception } from './connection.ts';
import { type Log, sdkLogger } from './logger.ts';
import { REQUEST_PATH } from './request-path.ts';

/** Milliseconds an idle connection is kept: longer than a load balancer keeps it (AWS and Google: 60 s and less). */
const KEPT_ALIVE = 65_000;

export interface Requests {
  readonly signingSecret: string;
  readonly host: string;
  readonly port: number;
  /** What a monitor is told; where it is absent, whether requests are taken. */
  readonly health?: () => Promise<HealthReport>;
}

/** Signed requests over HTTP, behind whatever ends TLS. */
export function byRequests({ signingSecret, host, port, health }: Requests, log: Log): Reception {
  let server: Server | null = null;
  let ready = false;
  const healthy = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const report = (await health?.().catch(() => null)) ?? { ok: health === undefined };
    const { status, headers, body } = healthAnswer({ ...report, ok: ready && report.ok });
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
  };
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: [REQUEST_PATH],
    customRoutes: [{ path: HEALTH_PATH, method: ['GET', 'HEAD'], handler: healthy }],
    logger: sdkLogger(log),
  });
  let prepare: () => Promise<void> = async () => {};
  const line = persistent(
    'slack',
    async () => {
      await prepare();
      ready = true;
    },
    log,
  );

  async function close(): Promise<void> {
    const open = server;
    server = null;
    if (!open) return;
    await inTime(receiver.stop(), FAREWELL);
    open.closeAllConnections();
  }

  return {
    receiver,
    connected: () => ready,
    address(): string | null {
      const at = server?.address() as AddressInfo | null | undefined;
      return at ? `http://${host.includes(':') ? `[${host}]` : host}:${at.port}${REQUEST_PATH}` : null;
    },
    async start(before): Promise<void> {
      prepare = before;
      server = (await receiver
        .start({ host, port }, { keepAliveTimeout: KEPT_ALIVE, headersTimeout: KEPT_ALIVE + 1000 })
        .catch((error: NodeJS.ErrnoException) => {
          throw new CannotStart('slack', 'port', error.code ?? error.message, error);
        })) as Server;
      await line.begin().catch(async (error: unknown) => {
        await close();
        throw error;
      });
    },
    retire(): void {
      ready = false;
    },
    async stop(): Promise<void> {
      line.end();
      ready = false;
      await close();
    },
  };
}
