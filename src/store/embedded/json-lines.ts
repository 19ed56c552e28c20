import type { Socket } from 'node:net';

const NEWLINE = 0x0a;

/** A line longer than was agreed, before its end was seen. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/**
 * The lines that come in over a socket, as text without the newline. A line of more than `longest` bytes throws.
 * However it ends, the socket stays open, so that there can still be an answer.
 */
export async function* linesOf(socket: Socket, longest: number): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    let rest = chunk;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      if (length + end > longest) throw new LineTooLong();
      yield Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8');
      parts = [];
      length = 0;
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
    length += rest.length;
    if (length > longest) throw new LineTooLong();
  }
}

/** Writes one value as a line; a socket whose other end has gone swallows it. */
export function writeLine(socket: Socket, value: unknown): void {
  if (socket.writable) socket.write(`${JSON.stringify(value)}\n`);
}
