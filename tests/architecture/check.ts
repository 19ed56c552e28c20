import path from 'node:path';
import { LONGEST, MAY_BE_LONG, NAMES_A_PLATFORM, ROOMS, type Room } from './dependencies.ts';

export interface Source {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every broken rule, one line each, naming its file; empty where the house is in order. */
export const check = (sources: readonly Source[]): string[] =>
  sources.flatMap((source) => RULES.flatMap((rule) => rule(source).map((problem) => `${source.path}: ${problem}`)));

const RULES: readonly ((source: Source) => string[])[] = [imports, platformNames, handedIn, sentences, length];

interface Import {
  readonly from: string;
  readonly typesOnly: boolean;
}

/** What a file imports: statements, dynamic imports, and modules imported for their effect. */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const statements = [...code.matchAll(/^(?:import|export)(\s+type)?\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/gm)];
  return [
    ...statements.map(([, type, from = '']) => ({ from, typesOnly: type !== undefined })),
    ...[...code.matchAll(/^import\s*['"]([^'"]+)['"]/gm)].map(([, from = '']) => ({ from, typesOnly: false })),
    ...[...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)].map(([, from = '']) => ({ from, typesOnly: false })),
  ];
}

const roomOf = (file: string): Room | undefined =>
  ROOMS.filter((room) => file.startsWith(`${room.folder}/`))
    // Of src itself only what stands directly in it: a new folder needs a row of its own.
    .filter((room) => room.folder !== 'src' || !file.slice('src/'.length).includes('/'))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0];

function imports({ path: file, text }: Source): string[] {
  const room = roomOf(file);
  if (!room) return ['stands in a folder that the table of rooms does not know'];
  return importsOf(text).flatMap((each) => {
    const { from } = each;
    if (from.startsWith('node:')) return room.node ? [] : [`imports ${from}`];
    if (!from.startsWith('.')) return packageAllowed(room, from) ? [] : [`imports the package ${from}`];
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), from));
    return fileAllowed(room, target, each.typesOnly) ? [] : [`imports ${target}`];
  });
}

const packageAllowed = (room: Room, name: string): boolean =>
  (room.packages ?? []).some((allowed) =>
    allowed.endsWith('/*') ? name.startsWith(allowed.slice(0, -1)) : name === allowed || name.startsWith(`${allowed}/`),
  );

function fileAllowed(room: Room, target: string, typesOnly: boolean): boolean {
  const theirs = roomOf(target);
  if (!theirs) return false;
  if (theirs === room || room.rooms?.includes('*')) return true;
  if (room.rooms?.some((allowed) => allowed === theirs.folder || allowed === target)) return true;
  return typesOnly && (room.types ?? []).some((allowed) => allowed === target || allowed === theirs.folder);
}

/** Comments may name a platform: a limit cites its source. */
function platformNames({ path: file, text }: Source): string[] {
  if (file in NAMES_A_PLATFORM) return [];
  const own = /^src\/chat\/(slack|discord|playground)\//.exec(file)?.[1];
  const named = new Set(
    [...withoutComments(text).matchAll(/slack|discord|playground/gi)].map(([name]) => name.toLowerCase()),
  );
  if (own !== undefined) named.delete(own);
  // The playground shows any message in each dialect, and is handed the renderers.
  if (own === 'playground') named.clear();
  return [...named].map((name) => `names the platform ${name}`);
}

const TIMELESS =
  /^src\/(domain|use-cases|messages|locales|imports|reports|outbox|jobs|demo)\/|^src\/chat\/[^/]+$|^commands\//;

/** Time and luck are handed in. */
function handedIn({ path: file, text }: Source): string[] {
  if (!TIMELESS.test(file)) return [];
  const found = withoutComments(text).match(
    /\bnew Date\(\s*\)|\bDate\.now\b|\bMath\.random\b|\bperformance\.now\b|\brandomUUID\b|\bTemporal\.Now\b/g,
  );
  return (found ?? []).map((each) => `takes time or luck by itself: ${each}`);
}

const SPEAKS = /^src\/(messages|use-cases)\/|^commands\/|^src\/chat\/(slack|discord|playground)\/[^/]+\.ts$/;
/** A field or argument that people read, with a literal of two words or more that begins like a sentence. */
const SENTENCE =
  /\b(?:text|label|summary|title|note|hint|intro|submit|detail|placeholder|description)\s*:\s*(['"`])(\p{Lu}(?:(?!\1).)*\s(?:(?!\1).)*)\1/gu;
/** In the rooms where messages are made, such a literal anywhere. */
const LITERAL = /(['"`])(\p{Lu}\p{Ll}+(?:\s(?:(?!\1)[^\n])+)+)\1/gu;

/** Sentences live in src/locales. What only an operator's log or a programmer reads is none. */
function sentences({ path: file, text }: Source): string[] {
  if (!SPEAKS.test(file)) return [];
  const code = withoutComments(text).replace(/new Error\((?:[^()]|\([^()]*\))*\)/g, '');
  const found = [...code.matchAll(SENTENCE)];
  if (/^src\/messages\/|^commands\//.test(file)) found.push(...code.matchAll(LITERAL));
  return [...new Set(found.map(([, , words = '']) => words))].map((words) => `says a sentence of its own: ${words}`);
}

function length({ path: file, text }: Source): string[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > LONGEST && file.endsWith('.ts') && !MAY_BE_LONG.some((folder) => file.startsWith(folder))
    ? [`has ${lines} lines, ${LONGEST} are the most`]
    : [];
}

/** Strings stay as they are: what looks like a comment inside one (an address) is none. */
const withoutComments = (text: string): string =>
  text.replace(
    /(\/\*[\s\S]*?\*\/)|(^|[\s;{}(,])\/\/[^\n]*|('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")/g,
    (whole, block: string | undefined, before: string | undefined, string: string | undefined) =>
      string !== undefined ? whole : block !== undefined ? '' : (before ?? ''),
  );
