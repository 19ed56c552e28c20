import { randomUUID } from 'node:crypto';
import { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { inTime } from '../in-time.ts';
import type { Inbound } from '../interaction.ts';
import type { Platform } from '../platform.ts';
import { createAnswers } from './answer.ts';
import { bySocket, type Reception } from './connection.ts';
import { createConversations } from './conversations.ts';
import { createConverse } from './converse.ts';
import { asPlatform, asStartError } from './errors.ts';
import { incomingFile } from './file.ts';
import { createForms } from './forms.ts';
import { createHome } from './home.ts';
import { LIMITS } from './limits.ts';
import { type Log, sdkLogger } from './logger.ts';
import { commandNames } from './names.ts';
import { accountIn, createPeople } from './people.ts';
import { createPosts } from './post.ts';
import { receive } from './receive.ts';
import { fitted } from './render.ts';
import { byRequests, type Requests } from './requests.ts';
import { createResponses } from './respond.ts';
import { createSubmit } from './submit.ts';

export interface SlackOptions {
  /** xoxb-… */
  readonly botToken: string;
  /** How Slack delivers: over a socket that the bot opens (xapp-…, with connections:write), or by signed requests. */
  readonly receives: { readonly appToken: string } | Requests;
  /** Where the Web API is, with a final slash; Slack's own where absent. */
  readonly apiUrl?: string;
  /** What stands before the nouns of the commands ('accord-'). */
  readonly commandPrefix?: string;
  readonly log: Log;
  /** ISO 8601, UTC. */
  readonly now: () => string;
  /** Milliseconds a form may take before its view says that it is being saved; Slack waits for three seconds. */
  readonly patience?: number;
  /** Milliseconds a socket may say nothing before another is opened. */
  readonly silence?: number;
}

/** Who the bot is in its workspace. */
export interface SlackIdentity {
  readonly userId: string;
  readonly name: string;
  readonly teamId: string;
  readonly team: string;
}

export type SlackPlatform = Platform & {
  whoAmI(): Promise<SlackIdentity>;
  /** Whether Slack can deliver at this moment. */
  connected(): boolean;
  /** Where Slack's requests arrive; null with a socket, and while stopped. */
  requestAddress(): string | null;
};

/** Milliseconds a call of the Web API may take. */
const CALL_TIMEOUT = 15_000;
/** Milliseconds a stop waits for work in hand. */
const IN_HAND = 10_000;

/** Slack as a platform. */
export function createSlack(options: SlackOptions): SlackPlatform {
  const { botToken, receives, log, now } = options;
  const slackApiUrl = options.apiUrl ?? 'https://slack.com/api/';
  const logger = sdkLogger(log);
  // The outbox repeats what failed, knowing what was said; the SDK would repeat blindly.
  const callOptions = {
    slackApiUrl,
    logger,
    timeout: CALL_TIMEOUT,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
  const prefix = options.commandPrefix ?? '';
  let names = commandNames(prefix, []);
  const client = new WebClient(botToken, callOptions);
  const people = createPeople({ client, log, now });
  const posts = createPosts({ client, log });
  const responses = createResponses(now);
  const answers = createAnswers({ client, people, posts, responses, names: () => names, log });

  let identity: Promise<SlackIdentity> | null = null;
  function whoAmI(): Promise<SlackIdentity> {
    identity ??= asPlatform(async () => {
      const me = await client.auth.test();
      return { userId: me.user_id ?? '', name: me.user ?? '', teamId: me.team_id ?? '', team: me.team ?? '' };
    }).catch((error: unknown) => {
      identity = null;
      throw error;
    });
    return identity;
  }
  const conversations = createConversations({ client, self: async () => (await whoAmI()).userId });

  const inHand = new Set<Promise<unknown>>();
  async function track<T>(work: Promise<T>): Promise<T> {
    inHand.add(work);
    try {
      return await work;
    } finally {
      inHand.delete(work);
    }
  }

  let reception: Reception | null = null;

  async function start(inbound: Inbound): Promise<void> {
    const made =
      'appToken' in receives
        ? bySocket(
            receives.appToken,
            { slackApiUrl, timeout: CALL_TIMEOUT, retryConfig: { retries: 0 } },
            log,
            options.silence,
          )
        : byRequests(receives, log);
    const app = new App({
      token: botToken,
      receiver: made.receiver,
      logger,
      clientOptions: { ...callOptions },
      convoStore: false,
      deferInitialization: true,
    });
    let known = false;
    const prepare = async (): Promise<void> => {
      if (known) return;
      await app.init().catch((error: unknown) => {
        throw asStartError('bot-token', error);
      });
      known = true;
    };
    names = commandNames(prefix, inbound.commands);
    const forms = createForms({ client, inbound, names, log });
    const home = createHome({ client, inbound, people, names, log, id: randomUUID });
    const converse = createConverse({ inbound, people, answers, forms });
    const submit = createSubmit({
      inbound,
      people,
      answers,
      forms,
      log,
      patience: options.patience ?? LIMITS.acknowledge - 800,
    });
    const file = (described: Parameters<typeof incomingFile>[0]) => incomingFile(described, botToken, slackApiUrl);
    receive({ app, inbound, people, forms, home, names, log, now, file, converse, submit, track });
    reception = made;
    await made.start(prepare).catch((error: unknown) => {
      reception = null;
      throw error;
    });
  }

  async function stop(): Promise<void> {
    reception?.retire();
    // What is in hand needs the connection for its acknowledgement.
    await inTime(Promise.allSettled(inHand), IN_HAND);
    const made = reception;
    reception = null;
    await made?.stop();
  }

  return {
    name: 'slack',
    // A method is counted for the whole workspace: https://docs.slack.dev/apis/web-api/rate-limits
    countsByConversation: [],
    start,
    stop,
    whoAmI,
    connected: () => reception?.connected() ?? false,
    requestAddress: () => reception?.address() ?? null,
    fit: (document) => fitted(names.inDocument(document)),
    post: (conversation, document, ...more) => posts.post(conversation, names.inDocument(document), ...more),
    edit: (conversation, message, document) => posts.edit(conversation, message, names.inDocument(document)),
    findPosted: posts.find,
    // Slack has no nonce: whether something was said can only be looked up.
    repeatable: () => false,
    openDirect: people.direct,
    openConversation: conversations.open,
    invite: conversations.invite,
    remove: conversations.remove,
    archive: conversations.archive,
    accountIn,
    lookUp: (by) => ('id' in by ? people.byId(by.id) : people.byEmail(by.email)),
  };
}
