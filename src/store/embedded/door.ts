import type { Socket } from 'node:net';
import { z } from 'zod';
import { highestDoor, knock } from './doorway.ts';
import { LineTooLong, linesOf, writeLine } from './json-lines.ts';

/** The most that one request may weigh, files and all, as it goes over the socket: a spreadsheet with room to spare. */
export const LARGEST_REQUEST = 64 * 1024 * 1024;
/** How long an owner that lives is waited for to say who it is, in milliseconds. */
const PATIENCE_FOR_WHO = 1000;

const requestShape = z.strictObject({
  argv: z.array(z.string()),
  cwd: z.string(),
  stdin: z.string().optional(),
  /** Contents in base64 by the name the command line gave. */
  files: z.record(z.string(), z.string()).optional(),
});
const questionShape = z.union([requestShape, z.strictObject({ who: z.literal(true) })]);
const chunkShape = z.object({ stream: z.enum(['stdout', 'stderr']), text: z.string() });
const whoShape = z.object({ pid: z.int().positive(), startedAt: z.string() });
const answerShape = z.union([
  z.object({ out: chunkShape }),
  z.object({ exit: z.int() }),
  z.object({ error: z.enum(['bad-request', 'request-too-large', 'not-ready', 'handler-failed']) }),
]);

export type DoorRequest = {
  argv: string[];
  cwd: string;
  stdin?: string | undefined;
  files?: Record<string, string> | undefined;
};
export type DoorChunk = z.infer<typeof chunkShape>;
/** Does what a command line asks of the running bot and returns the exit code. */
export type DoorHandler = (request: DoorRequest, out: (chunk: DoorChunk) => void) => Promise<number>;
export type Who = z.infer<typeof whoShape>;
export type DoorErrorCode = Extract<z.infer<typeof answerShape>, { error: unknown }>['error'] | 'hung-up';

/** The owner was there, and did not do what was asked: why. */
export class DoorError extends Error {
  override readonly name = 'DoorError';
  readonly code: DoorErrorCode;

  constructor(code: DoorErrorCode) {
    super(`the running process answered: ${code}`);
    this.code = code;
  }
}

/** Answers one visitor: a line of JSON in, lines of JSON out. Whatever comes in, it never throws. */
export async function answerDoor(visitor: Socket, who: Who, handler: DoorHandler | undefined): Promise<void> {
  const answer = (line: z.infer<typeof answerShape> | Who) => writeLine(visitor, line);
  try {
    const question = await readQuestion(visitor);
    if ('error' in question) answer(question);
    else if ('who' in question) answer(who);
    else if (handler === undefined) answer({ error: 'not-ready' });
    else answer({ exit: await handler(question, (chunk) => answer({ out: chunk })) });
  } catch {
    answer({ error: 'handler-failed' });
  }
  // What is still coming in is read and thrown away: closing with it unread would take the answer back.
  visitor.resume().end();
}

async function readQuestion(visitor: Socket) {
  try {
    const first = await firstLine(visitor, LARGEST_REQUEST);
    return questionShape.parse(JSON.parse(first ?? ''));
  } catch (error) {
    return { error: error instanceof LineTooLong ? ('request-too-large' as const) : ('bad-request' as const) };
  }
}

async function firstLine(socket: Socket, longest: number): Promise<string | undefined> {
  for await (const line of linesOf(socket, longest)) return line;
  return undefined;
}

/** Who owns the directory behind this socket; undefined when the owner does not say so in time. Closes the socket. */
export async function askWho(socket: Socket): Promise<Who | undefined> {
  socket.setTimeout(PATIENCE_FOR_WHO, () => socket.destroy());
  try {
    writeLine(socket, { who: true });
    const line = await firstLine(socket, LARGEST_REQUEST);
    return whoShape.safeParse(JSON.parse(line ?? 'null')).data;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

/** Who has a data directory open, if anybody has. */
export async function whoIsHome(dataDir: string): Promise<Who | 'busy' | 'nobody-home'> {
  const socket = await knockAtHighest(dataDir);
  return socket === undefined ? 'nobody-home' : ((await askWho(socket)) ?? 'busy');
}

/**
 * Hands a command line to the process that has the data directory open. Returns its exit code, or `nobody-home`;
 * throws `DoorError` when somebody is there and the request was refused or cut short.
 */
export async function callDoor(
  dataDir: string,
  request: DoorRequest,
  out: (chunk: DoorChunk) => void,
): Promise<number | 'nobody-home'> {
  const socket = await knockAtHighest(dataDir);
  if (socket === undefined) return 'nobody-home';
  try {
    writeLine(socket, request);
    for await (const line of linesOf(socket, Number.POSITIVE_INFINITY)) {
      const answer = answerShape.parse(JSON.parse(line));
      if ('exit' in answer) return answer.exit;
      if ('error' in answer) throw new DoorError(answer.error);
      out(answer.out);
    }
    throw new DoorError('hung-up');
  } finally {
    socket.destroy();
  }
}

async function knockAtHighest(dataDir: string): Promise<Socket | undefined> {
  let highest: number;
  try {
    highest = highestDoor(dataDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return highest === 0 ? undefined : knock(dataDir, highest);
}
