import { type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { inTime } from '../in-time.ts';
import { persistent } from '../persistent.ts';
import { asStartError } from './errors.ts';
import { type Log, sdkLogger } from './logger.ts';
import { watchForSilence } from './silence.ts';

/** Milliseconds the farewell of a connection may take. */
export const FAREWELL = 1500;
/** Milliseconds a socket may say nothing: twice what the SDK allows one that has pinged before. */
export const SILENCE = 60_000;

/** What Slack delivers through, once connected. */
export interface Reception {
  readonly receiver: Receiver;
  /**
   * Connects, and stays connected until told to stop. `prepare` comes before each attempt until it succeeds once.
   * Throws CannotStart where the configuration can never work; where Slack cannot be reached it resolves and goes on
   * trying.
   */
  start(prepare: () => Promise<void>): Promise<void>;
  /** It will stop: whoever shares out the work should send it elsewhere; what comes all the same is still received. */
  retire(): void;
  stop(): Promise<void>;
  connected(): boolean;
  /** Where Slack sends its requests to; null with a socket. */
  address(): string | null;
}

/**
 * Socket Mode. The SDK's own reconnecting (3.1.0) waits five seconds at every refresh that Slack asks for, during which
 * commands fail, and where a reconnection is refused it ends the process by an unhandled rejection. So it is switched
 * off, and this begins again until it is told to stop.
 */
export function bySocket(
  appToken: string,
  clientOptions: WebClientOptions,
  log: Log,
  silence: number = SILENCE,
): Reception {
  // With a receiver of its own the socket keeps its own options: handed to App, they would also become those of every
  // other call.
  const receiver = new SocketModeReceiver({
    appToken,
    logger: sdkLogger(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  });
  const { client } = receiver;
  let prepare: () => Promise<void> = async () => {};
  let connected = false;

  const line = persistent(
    'slack',
    async () => {
      await prepare();
      await client.start().catch((error: unknown) => {
        throw asStartError('app-token', error);
      });
      connected = true;
      // Told to stop meanwhile: the SDK connects all the same.
      if (!line.wanted()) await client.disconnect();
    },
    log,
  );

  // The SDK (3.1.0) throws in an event listener nobody waits for where a payload has no event in it (app_rate_limited),
  // and Node ends the process for it.
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (...message: unknown[]) => {
    for (const listener of listeners)
      Promise.resolve(listener(...message)).catch((error: unknown) =>
        log.warn({ error }, 'something that came from Slack could not be read'),
      );
  });

  const watch = watchForSilence(silence, (milliseconds) => {
    connected = false;
    log.warn({ milliseconds }, 'the socket to Slack says nothing any more: another is opened');
    // Asked a second time, the SDK does not wait for the other side's farewell.
    for (let times = 0; times < 2; times++) client.disconnect().catch(() => {});
  });
  client.on('authenticated', ({ url }: { readonly url?: string }) => {
    if (url !== undefined) watch.begins(url);
  });
  client.on('connected', watch.greeted);
  client.on('slack_event', watch.heard);
  client.on('disconnected', () => {
    connected = false;
    watch.ends();
    line.again();
  });

  return {
    receiver,
    connected: () => connected,
    address: () => null,
    async start(before): Promise<void> {
      prepare = before;
      await line.begin();
    },
    // Slack shares its envelopes out among open sockets alone.
    retire() {},
    async stop(): Promise<void> {
      line.end();
      await inTime(
        client.disconnect().catch(() => {}),
        FAREWELL,
      );
    },
  };
}
