import { channel } from 'node:diagnostics_channel';

/** Where the SDK's socket library (undici) tells of each ping that comes in, of any socket of the process. */
const PINGS = channel('undici:websocket:ping');
/** Silence is counted in looks, and not by the clock: a process that stood still has heard nothing either. */
const LOOKS = 4;
/** However often a socket was given up for its silence, one is not waited for longer than this. In milliseconds. */
const LONGEST = 3_600_000;

/**
 * Notices a socket that stands open and says nothing. The SDK (3.1.0) drops one that no longer answers its own pings,
 * and one whose server has pinged and stops; it waits for ever for a server that never greets, or never pings.
 * Slack's servers ping several times a minute. Should one not, it is given twice as long each time.
 */
export function watchForSilence(patience: number, tooLong: (milliseconds: number) => void) {
  let allowed = patience;
  let url: string | null = null;
  let silent = 0;
  let timer: NodeJS.Timeout | undefined;

  const onPing = (message: unknown): void => {
    if (url !== null && urlOf(message) === url) watch.heard();
  };

  const watch = {
    /** A socket to this address is being opened. */
    begins(address: string): void {
      watch.ends();
      url = new URL(address).href;
      PINGS.subscribe(onPing);
      timer = setInterval(() => {
        if (++silent < LOOKS) return;
        const waited = allowed;
        allowed = Math.min(LONGEST, allowed * 2);
        watch.ends();
        tooLong(waited);
      }, allowed / LOOKS);
      timer.unref();
    },
    /** It has said hello: a connection, and no proof yet that it will go on. */
    greeted(): void {
      silent = 0;
    },
    /** It pinged, or delivered something. */
    heard(): void {
      silent = 0;
      allowed = patience;
    },
    ends(): void {
      clearInterval(timer);
      PINGS.unsubscribe(onPing);
      url = null;
      silent = 0;
    },
  };
  return watch;
}

function urlOf(message: unknown): unknown {
  if (typeof message !== 'object' || message === null || !('websocket' in message)) return undefined;
  const { websocket } = message;
  return typeof websocket === 'object' && websocket !== null && 'url' in websocket ? websocket.url : undefined;
}
