import {
  beginsAbbreviation,
  beginsAnAgency,
  clean,
  endsAsAgency,
  foldInPlace,
  foldName,
  GROUP,
  groupName,
  LIST_HEAD,
  listsItsFields,
  NEXT_MINISTRY,
  namesAField,
} from './agency-words.ts';

export { foldName } from './agency-words.ts';

/** An agency as the register knows it: names are official name, aliases and former names, in any language. */
export interface KnownAgency {
  code: string;
  names: string[];
}

/** text: as written, or one spelling for the variants of a group; known: the agency's code; collective: a group, not one agency. */
export interface AgencyName {
  text: string;
  known?: string;
  collective?: boolean;
}

/** leftovers: text that is no name (a fragment, a sentence); nothing of the cell is lost. */
export interface SplitNames {
  names: AgencyName[];
  leftovers: string[];
}

type Index = Map<string, { folded: string; code: string }[]>;
/** Folding hundreds of names for each of thousands of cells would be most of an import's work. */
const indexes = new WeakMap<readonly KnownAgency[], Index>();
/** No agency's name is longer; what is longer is a sentence. */
const LONGEST_NAME = 200;
/** A cell that is longer holds a narrative in the wrong column: it comes back whole, as a leftover. */
const LONGEST_CELL = 10_000;
/** What a torn cell leaves behind: the first word of a name without its name. */
const TORN = /^(?:bo|ban|so|cuc|vien|ministry|department|ministry of|department of|وزاره)$/;

/**
 * Splits a cell that names agencies. Newlines, semicolons, commas, "và", "and", "&", "/" and Arabic "و" part names,
 * except inside a known name and inside an unknown one of evident form ("Bộ Văn hóa, Thể thao và Du lịch").
 */
export function splitAgencies(cell: string, known: readonly KnownAgency[]): SplitNames {
  const found: SplitNames = { names: [], leftovers: [] };
  if (cell.length > LONGEST_CELL) return { names: [], leftovers: [cell] };
  const index = indexOf(known);
  for (const part of strongParts(cell)) {
    for (const name of new Reading(part, index).names()) {
      if ('leftover' in name) found.leftovers.push(name.leftover);
      else found.names.push(name);
    }
  }
  return found;
}

/** The same for two names of the same agency or group: for counting and comparing. */
export function agencyKey(name: AgencyName): string {
  return name.known ? `code ${name.known}` : foldName(name.text);
}

function indexOf(known: readonly KnownAgency[]): Index {
  const cached = indexes.get(known);
  if (cached) return cached;
  const index: Index = new Map();
  for (const { code, names } of known) {
    for (const name of names) {
      const folded = foldName(name);
      const first = folded.split(' ', 1)[0] ?? '';
      if (first) index.set(first, [...(index.get(first) ?? []), { folded, code }]);
    }
  }
  for (const list of index.values()) list.sort((a, b) => b.folded.length - a.folded.length);
  indexes.set(known, index);
  return index;
}

/** Lines and semicolons always part, except where a line merely wrapped ("Bộ Khoa học⏎và Công nghệ"). */
function strongParts(cell: string): string[] {
  const parts: string[] = [];
  for (const piece of cell.split(/[;؛]/)) {
    let open = false;
    for (const line of piece.split(/[\r\n\u2028]+/)) {
      const text = clean(line.replace(/^\s*(?:[-+•*·]|\d{1,2}[.)]|[a-zđ][.)])\s+/u, ''));
      if (!text) continue;
      const wrapped = open && /^\p{Ll}/u.test(text) && !groupAt(foldInPlace(text), 0);
      if (wrapped) parts.push(`${parts.pop() ?? ''} ${text}`);
      else parts.push(text);
      open = !/[,،:.]$/.test(text);
    }
  }
  return parts.map((part) =>
    part.replace(/^(?:chủ trì|phối hợp|cơ quan chủ trì|cơ quan phối hợp|lead|support)\s*:\s*/iu, ''),
  );
}

function groupAt(folded: string, at: number): number {
  GROUP.lastIndex = at;
  return GROUP.test(folded) ? GROUP.lastIndex : 0;
}

/** One part of a cell, read from left to right. `folded` is as long as `text`: places in one are places in the other. */
class Reading {
  readonly text: string;
  readonly folded: string;
  readonly index: Index;

  constructor(text: string, index: Index) {
    this.text = text;
    this.folded = foldInPlace(text);
    this.index = index;
  }

  *names(): Generator<AgencyName | { leftover: string }> {
    let at = 0;
    let listOf = '';
    while (true) {
      at = this.skipJoints(at);
      if (at >= this.text.length) return;
      const list = this.listHeadAt(at);
      if (list) {
        listOf = list.prefix;
        at = list.end;
        continue;
      }
      const groupEnd = this.groupEnd(at);
      const known = groupEnd ? undefined : this.knownAt(at);
      const end = Math.max(groupEnd || (known?.end ?? this.unknownEnd(at)), at + 1);
      const text = this.text.slice(at, end).replace(/[\s,.:&/-]+$/, '');
      at = end;
      if (groupEnd) yield { text: groupName(text), collective: true };
      else if (known) yield { text, known: known.code };
      else if (/\p{L}/u.test(text)) yield this.unknown(text, listOf);
      else if (/\p{N}/u.test(text)) yield { leftover: text };
    }
  }

  unknown(text: string, listOf: string): AgencyName | { leftover: string } {
    const code = listOf && this.codeOf(foldName(`${listOf}${text}`));
    if (code) return { text: `${listOf}${text}`, known: code };
    return /^\p{Ll}/u.test(text) || TORN.test(foldName(text)) || text.length > LONGEST_NAME
      ? { leftover: text }
      : { text };
  }

  codeOf(folded: string): string | undefined {
    return this.index.get(folded.split(' ', 1)[0] ?? '')?.find((name) => name.folded === folded)?.code;
  }

  skipJoints(from: number): number {
    const joint = /(?:[\s,/&.:+-]+|(?<=^|[\s,])(?:va|and|cung|cung voi|with|و)(?= ))+/y;
    joint.lastIndex = from;
    let at = joint.test(this.folded) ? joint.lastIndex : from;
    // Arabic "and" is written onto the next word; "وزارة" merely begins with the same letter.
    if (this.folded[at] === 'و' && !beginsAnAgency(this.text.slice(at)) && this.begins(at + 1)) at += 1;
    return at;
  }

  listHeadAt(at: number): { prefix: string; end: number } | null {
    LIST_HEAD.lastIndex = at;
    const head = LIST_HEAD.exec(this.folded);
    if (
      !head ||
      !/^\p{Lu}/u.test(this.text.slice(LIST_HEAD.lastIndex)) ||
      /^(?:trung uong|tw)/.test(this.folded.slice(LIST_HEAD.lastIndex))
    )
      return null;
    return { prefix: head[1] === 'bo' ? 'Bộ ' : '', end: LIST_HEAD.lastIndex };
  }

  groupEnd(at: number): number {
    const head = groupAt(this.folded, at);
    if (!head) return 0;
    let end = this.pieceEnd(head);
    // "các bộ, ngành là chủ quản CSDL quốc gia, CSDL chuyên ngành": the relative clause runs on over its commas.
    while (
      / la /.test(this.folded.slice(head - 1, end)) &&
      this.folded[end] === ',' &&
      !this.begins(this.skipJoints(end), false)
    )
      end = this.pieceEnd(end + 1);
    return end;
  }

  /** The end of the longest known name that stands here as a whole, a remark in brackets included. */
  knownAt(at: number): { code: string; end: number } | null {
    const first = /^[^ ,;/()&]+/.exec(this.folded.slice(at, at + LONGEST_NAME))?.[0] ?? '';
    for (const { folded, code } of this.index.get(first) ?? []) {
      const end = at + folded.length;
      if (this.folded.startsWith(folded, at) && this.wholeAt(at, end)) {
        return { code, end: this.text.startsWith(' (', end) ? this.pieceEnd(end) : end };
      }
    }
    return null;
  }

  wholeAt(at: number, end: number): boolean {
    const rest = this.folded.slice(end);
    if (rest === '' || /^(?: ?[,/()&.:]| - | & )/.test(rest)) return true;
    if (!rest.startsWith(' ')) return false;
    const and = /^ (?:va|and|و)(?: |(?=\p{L}))/u.exec(rest);
    if (and && (rest.startsWith(' و') || /^ (?:va|and) /.test(rest)))
      return !beginsAnAgency(this.text.slice(at)) || this.begins(end + and[0].length);
    return beginsAnAgency(this.text.slice(end + 1)) || groupAt(this.folded, end + 1) > 0;
  }

  /** Does a name begin here? */
  begins(at: number, abbreviations = true): boolean {
    const rest = this.text.slice(at, at + LONGEST_NAME);
    if (beginsAnAgency(rest) || (abbreviations && beginsAbbreviation(rest)) || groupAt(this.folded, at)) return true;
    LIST_HEAD.lastIndex = at;
    const first = /^[^ ,;/()&]+/.exec(this.folded.slice(at, at + LONGEST_NAME))?.[0] ?? '';
    return (
      LIST_HEAD.test(this.folded) || (this.index.get(first) ?? []).some((n) => this.folded.startsWith(n.folded, at))
    );
  }

  /** The next place where names may part, brackets skipped. */
  pieceEnd(from: number): number {
    const stop = /\([^)]*\)?|,|\/|\s&\s|\s(?:va|and)\s|\s-\s(?=bo |ministry )|\sو/gu;
    stop.lastIndex = from;
    for (let m = stop.exec(this.folded); m; m = stop.exec(this.folded)) {
      if (m[0].startsWith('(') || (m[0] === '/' && /\d\/\d/.test(this.folded.slice(m.index - 1, m.index + 2))))
        continue;
      if (m[0] === ' و' && !this.arabicAnd(m.index + 1)) continue;
      return m.index;
    }
    return this.text.length;
  }

  arabicAnd(at: number): boolean {
    return this.folded[at + 1] === ' ' || (!beginsAnAgency(this.text.slice(at)) && this.begins(at + 1));
  }

  /** A name nobody knows: up to the next separator, or over it where the form says so. */
  unknownEnd(at: number): number {
    const rest = this.text.slice(at);
    let end = this.pieceEnd(at);
    while (end < this.text.length && this.text[end] !== '/') {
      const next = this.skipJoints(end);
      if (next >= this.text.length || this.begins(next)) break;
      const nextEnd = this.pieceEnd(next);
      const byWord = /^\s(?:va|and|&|و)/.test(this.folded.slice(end, end + 4));
      if (!this.runsOn(rest, rest.slice(0, end - at), this.text.slice(next, nextEnd), byWord)) break;
      end = nextEnd;
      if (byWord) break;
    }
    NEXT_MINISTRY.lastIndex = at + 1;
    const side = /^(?:bo|ministry|department|وزاره) /.test(this.folded.slice(at, at + 12))
      ? NEXT_MINISTRY.exec(this.text)
      : null;
    return side && side.index < end ? side.index : end;
  }

  runsOn(rest: string, name: string, next: string, byWord: boolean): boolean {
    if (beginsAbbreviation(rest)) return false;
    if (!byWord) return listsItsFields(rest) && !endsAsAgency(next);
    // "Foreign and Commonwealth Office": what makes it an agency stands at its end.
    return beginsAnAgency(rest) || namesAField(name) || (endsAsAgency(next) && !endsAsAgency(name));
  }
}
