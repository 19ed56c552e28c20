import type { Platform } from './platform.ts';

/** Whether a platform is connected, and since when that was seen: an ISO instant, to the minute in which it is looked at. */
export interface Connection {
  readonly platform: string;
  readonly connected: boolean;
  readonly since: string;
}

/** What a monitor is told: whether all is well, and figures; no names, no words, no secrets. */
export type HealthReport = { readonly ok: boolean } & Readonly<Record<string, unknown>>;

/** Where a monitor asks. */
export const HEALTH_PATH = '/health';

/** What it is answered over HTTP: 200 while all is well, else 503. */
export const healthAnswer = (report: HealthReport) => ({
  status: report.ok ? 200 : 503,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(report),
});

/** Remembers since when each platform has been as it is. To be looked at each minute. */
export function createConnections(
  platforms: () => readonly Pick<Platform, 'name' | 'connected'>[],
  now: () => string,
): { look(): readonly Connection[] } {
  const known = new Map<string, Connection>();
  return {
    look() {
      for (const platform of platforms()) {
        // One that cannot tell is reached through nothing that could break.
        const connected = platform.connected?.() ?? true;
        if (known.get(platform.name)?.connected !== connected)
          known.set(platform.name, { platform: platform.name, connected, since: now() });
      }
      return [...known.values()];
    },
  };
}
