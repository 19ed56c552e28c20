import type { SocketModeReceiver } from '@slack/bolt';
import { inTime } from './in-time.ts';
import type { Log } from './logger.ts';

type Client = SocketModeReceiver['client'];

/** Milliseconds before the first further attempt, and at most between attempts. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 5000;
/** Milliseconds the farewell of a socket may take. */
const FAREWELL = 1500;

/**
 * Keeps the socket connected. The SDK's own reconnecting (3.1.0) waits five seconds at every refresh that Slack asks
 * for, during which commands fail, and where a reconnection is refused it ends the process by an unhandled rejection.
 * So it is switched off, and this begins again until it is told to stop.
 */
export function keepConnected(client: Client, log: Log) {
  let wanted = false;
  let connecting = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    connecting = true;
    try {
      await client.start();
      failures = 0;
      // Told to stop meanwhile: the SDK connects all the same.
      if (!wanted) await client.disconnect();
    } finally {
      connecting = false;
    }
  }

  function again(): void {
    if (!wanted || timer) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
    timer = setTimeout(() => {
      timer = undefined;
      connect().catch((error: unknown) => {
        failures += 1;
        log.warn({ error, failures }, 'the connection to Slack could not be made; trying again');
        again();
      });
    }, wait);
  }

  client.on('disconnected', () => {
    // An attempt that fails says so itself.
    if (!connecting) again();
  });

  return {
    /** Connects for the first time; throws where that fails. */
    async start(): Promise<void> {
      wanted = true;
      await connect().catch((error: unknown) => {
        wanted = false;
        throw error;
      });
    },
    async stop(): Promise<void> {
      wanted = false;
      clearTimeout(timer);
      timer = undefined;
      await inTime(
        client.disconnect().catch(() => {}),
        FAREWELL,
      );
    },
  };
}
export type Connection = ReturnType<typeof keepConnected>;
