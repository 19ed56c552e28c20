/**
 * Slack's mrkdwn as a client shows it, in small. `eager` takes a mark for formatting wherever it could be one, `careful`
 * only where the service certainly does (at a word's edge): what must not be formatted is read eagerly, what must be
 * formatted carefully.
 */
export interface Piece {
  readonly text: string;
  readonly as:
    | 'plain'
    | 'bold'
    | 'italic'
    | 'strike'
    | 'code'
    | 'quote'
    | 'emoji'
    | 'user'
    | 'date'
    | 'link'
    | 'broadcast';
}

type Reading = 'eager' | 'careful';

const MARKS: Readonly<Record<string, Piece['as']>> = { '*': 'bold', _: 'italic', '~': 'strike', '`': 'code' };
const readEntities = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{M}\p{N}_]/u.test(character);

export function readMrkdwn(source: string, { reading, verbatim }: { reading: Reading; verbatim: boolean }): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, line] of source.split('\n').entries()) {
    if (index > 0) pieces.push({ text: '\n', as: 'plain' });
    const quoted = /^\s*(?:>|&gt;)\s?/.exec(line);
    if (quoted) pieces.push({ text: readEntities(line.slice(quoted[0].length)), as: 'quote' });
    else pieces.push(...readLine(line, reading, verbatim));
  }
  return joinPlain(pieces);
}

function readLine(line: string, reading: Reading, verbatim: boolean): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < line.length) {
    const rest = line.slice(at);
    const control = /^<([^>]*)>/.exec(rest);
    if (control) {
      pieces.push(readControl(control[1] ?? ''));
      at += control[0].length;
      continue;
    }
    const emoji = /^:[\p{L}\p{N}_+'-]+:/u.exec(rest);
    if (emoji) {
      pieces.push({ text: emoji[0], as: 'emoji' });
      at += emoji[0].length;
      continue;
    }
    const bare = verbatim ? null : /^(?:https?:\/\/\S+|@(?:here|channel|everyone)\b|#[a-z0-9_-]+)/.exec(rest);
    if (bare) {
      pieces.push({ text: bare[0], as: bare[0].startsWith('@') ? 'broadcast' : 'link' });
      at += bare[0].length;
      continue;
    }
    const marked = readMark(line, at, reading);
    if (marked) {
      pieces.push(marked.piece);
      at = marked.end;
      continue;
    }
    pieces.push({ text: line[at] ?? '', as: 'plain' });
    at += 1;
  }
  return pieces;
}

function readMark(line: string, at: number, reading: Reading): { piece: Piece; end: number } | null {
  const mark = line[at] ?? '';
  const as = MARKS[mark];
  if (as === undefined) return null;
  const close = line.indexOf(mark, at + 1);
  if (close <= at + 1) return null;
  const inner = line.slice(at + 1, close);
  if (reading === 'careful') {
    if (inner.trim() !== inner) return null;
    if (isWord(line[at - 1]) || isWord(line[close + 1])) return null;
  }
  return { piece: { text: readEntities(inner), as }, end: close + 1 };
}

function readControl(inside: string): Piece {
  const [target = '', ...label] = inside.split('|');
  const shown = readEntities(label.join('|'));
  if (target.startsWith('@')) return { text: target.slice(1), as: 'user' };
  if (target.startsWith('!date^')) return { text: shown, as: 'date' };
  if (target.startsWith('!')) return { text: target, as: 'broadcast' };
  return { text: shown || readEntities(target), as: 'link' };
}

/** Plain characters in a row as one piece, their entities read. */
function joinPlain(pieces: readonly Piece[]): Piece[] {
  const joined: { text: string; as: Piece['as'] }[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.as === 'plain' && last?.as === 'plain') last.text += piece.text;
    else joined.push({ ...piece });
  }
  return joined.map((piece) => (piece.as === 'plain' ? { ...piece, text: readEntities(piece.text) } : piece));
}
