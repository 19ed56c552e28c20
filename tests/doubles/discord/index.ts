/** A counterpart that speaks Discord's gateway and REST protocols on 127.0.0.1, as strict as the service. */
import type { AddressInfo } from 'node:net';
import { type DoubleClock, realClock } from '../clock.ts';
import { openGateway } from './gateway.ts';
import { createInteractions } from './interactions.ts';
import { createMessages } from './messages.ts';
import { createPeople } from './people.ts';
import { type Commands, routesOf } from './routes.ts';
import { type Fault, type HttpParts, openServer, type RateLimit } from './server.ts';
import { guildJson } from './shapes.ts';
import { World } from './world.ts';

export interface DoubleOptions {
  readonly token?: string;
  /** Milliseconds; real time where nothing is said. */
  readonly now?: () => number;
  /** What it waits with; the machine's own timers where nothing is said. */
  readonly after?: DoubleClock['after'];
  readonly heartbeatMs?: number;
}

export async function openDiscordDouble(options: DoubleOptions = {}) {
  const token = options.token ?? 'double-token';
  const world = new World({ ...realClock(options.now), ...(options.after ? { after: options.after } : {}) });
  const commands: Commands = { registered: new Map(), made: new Map(), writes: 0 };
  const faults: Fault[] = [];
  const rates: RateLimit[] = [];
  const log: HttpParts['log'] = [];
  let parts: HttpParts | null = null;
  const server = openServer(() => {
    if (!parts) throw new Error('the double is not open yet');
    return parts;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gatewayUrl = () => `${base.replace('http', 'ws')}/gateway`;
  const gateway = openGateway(server, { world, token, base, heartbeatMs: options.heartbeatMs ?? 41_250 });
  const tell = gateway.dispatch;
  const messages = createMessages(world, () => base, tell);
  const interactions = createInteractions(world, messages);
  parts = {
    world,
    token,
    faults,
    rates,
    log,
    routes: routesOf({
      world,
      messages,
      interactions,
      commands,
      gateway: gatewayUrl,
      sessionsLeft: gateway.sessionsLeft,
      tell,
    }),
  };
  return {
    apiUrl: `${base}/api`,
    token,
    world,
    gateway,
    commands,
    interactions,
    people: createPeople({ world, interactions, messages, commands, tell }),
    /** Every request that was answered, in order. */
    log,
    /** Lets the next matching request fail. */
    fail: (fault: Fault) => void faults.push({ ...fault }),
    /** Nothing that was told to fail fails any more. */
    mend: () => void faults.splice(0),
    /** Sets a route's rate; the first rule that matches holds. */
    limit: (rate: RateLimit) => void rates.unshift(rate),
    /** An administrator takes the bot out of the guild. */
    removes(): void {
      world.bot.inGuild = false;
      tell('GUILD_DELETE', { id: world.guildId });
    },
    /** An administrator brings it in, again or for the first time. */
    invites(): void {
      world.bot.inGuild = true;
      tell('GUILD_CREATE', guildJson(world));
    },
    /** Goes away as a whole, and comes back at the same address; sessions are remembered. */
    async outage(): Promise<() => Promise<void>> {
      const { port } = server.address() as AddressInfo;
      gateway.drop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      return () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    },
    async [Symbol.asyncDispose]() {
      interactions.close();
      gateway.close();
      server.closeAllConnections();
      if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export type DiscordDouble = Awaited<ReturnType<typeof openDiscordDouble>>;
