import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type ArgsDef, type CommandDef, defineCommand, parseArgs, renderUsage } from 'citty';
import { LANGS, type Lang } from './chat/language.ts';
import { plainDocument } from './chat/plain-document.ts';
import { UserError } from './domain/user-error.ts';
import { linkedChannels } from './linked-channels.ts';
import { speaker } from './locales/speaker.ts';
import { importApplied, importPreview } from './messages/import.ts';
import { explain } from './use-cases/explain.ts';
import type { House } from './use-cases/house.ts';
import { applyImport } from './use-cases/import-apply.ts';
import { keepPreview, previewFile } from './use-cases/import-file.ts';
import { startImport } from './use-cases/import-start.ts';
import type { Actor } from './use-cases/ports.ts';
import { previewDigest } from './use-cases/preview-digest.ts';

/** A command line as it was typed, in which folder; `files` brings contents along where this process cannot read them. */
export interface Typed {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly files?: Readonly<Record<string, string>> | undefined;
}
type Out = (chunk: { stream: 'stdout' | 'stderr'; text: string }) => void;

/** Whoever has the machine: acts with a coordinator's rights, and the history says from where. */
const SHELL: Actor = {
  sight: 'shell',
  officerId: null,
  name: 'shell',
  displayName: 'shell',
  role: 'house',
  agencyId: null,
  via: 'shell',
};

const lang = { type: 'string', description: 'en, vi or ar' } as const;
const SUBCOMMANDS = {
  import: defineCommand({
    meta: { name: 'import', description: 'import a spreadsheet' },
    args: {
      file: { type: 'positional', description: 'a CSV, XLSX or ODS file', required: true },
      'dry-run': { type: 'boolean', description: 'show what it would do, and change nothing' },
      json: { type: 'boolean', description: 'print one JSON object and nothing else' },
      lang,
    },
  }),
  start: defineCommand({
    meta: { name: 'start', description: 'begin writing to officers about an import' },
    args: { id: { type: 'positional', description: 'the number of the import', required: true }, lang },
  }),
  channels: defineCommand({
    meta: { name: 'channels', description: 'print the linked channels as JSON' },
    args: {},
  }),
  digest: defineCommand({
    meta: { name: 'digest', description: 'print the digest of a week' },
    args: {
      week: { type: 'string', description: '2025-W46; this week, if left out' },
      agency: { type: 'string', description: 'one agency alone' },
      lang,
    },
  }),
} as const;

/** The usage of the command line. */
export async function usage(): Promise<string> {
  const all = defineCommand({
    meta: { name: 'npm run -s cli --', description: 'Accord from a shell' },
    subCommands: SUBCOMMANDS as unknown as Record<string, CommandDef<ArgsDef>>,
  });
  return renderUsage(all);
}

/** Runs one command line in a house; resolves to the exit code. Bad input is one sentence on stderr, and code 1. */
export async function runCommandLine(typed: Typed, house: House, out: Out): Promise<number> {
  const [name = '', ...rest] = typed.argv;
  const say = (text: string) => out({ stream: 'stdout', text: `${text}\n` });
  const complain = (text: string) => out({ stream: 'stderr', text: `${text}\n` });
  let spoken: Lang = house.lang;
  try {
    if (!(name in SUBCOMMANDS)) {
      complain(await usage());
      return 1;
    }
    const known = SUBCOMMANDS[name as keyof typeof SUBCOMMANDS].args as ArgsDef;
    // A mistyped --dry-run must not become an import: what is not known is refused before anything is done.
    const stranger = rest.find(
      (word) => /^-/.test(word) && !Object.hasOwn(known, word.replace(/^-+/, '').split('=')[0] ?? ''),
    );
    if (stranger !== undefined)
      throw new UserError('no-such-option', {
        option: stranger,
        options: Object.keys(known)
          .map((each) => `--${each}`)
          .join(', '),
      });
    const args = parseArgs<ArgsDef>(rest, known);
    spoken = langIn(args['lang'], house.lang);
    const speak = speaker(spoken, house.zone);
    if (name === 'channels') {
      say(JSON.stringify(await linkedChannels(house.store)));
      return 0;
    }
    if (name === 'import')
      return await importFile(
        typed,
        house,
        { file: String(args['file']), dryRun: args['dry-run'] === true, json: args['json'] === true },
        spoken,
        say,
      );
    if (name === 'start') {
      say(plainDocument(importApplied(speak, await startImport(house, SHELL, importId(String(args['id']))))));
      return 0;
    }
    const wish = { week: optional(args['week']), agency: optional(args['agency']) };
    say(plainDocument(await previewDigest(house, SHELL, speak, wish)));
    return 0;
  } catch (error) {
    if (error instanceof UserError) complain(explain(error, speaker(spoken, house.zone)).text);
    else if (error instanceof Error && error.name === 'CLIError') complain(`${error.message}\n${await usage()}`);
    else throw error;
    return 1;
  }
}

async function importFile(
  typed: Typed,
  house: House,
  wish: { file: string; dryRun: boolean; json: boolean },
  spoken: Lang,
  say: (text: string) => void,
): Promise<number> {
  const bytes = await bytesOf(typed, wish.file);
  const fileName = basename(wish.file);
  const speak = speaker(spoken, house.zone);
  const { counts, source, known, ...made } = wish.dryRun
    ? { ...(await previewFile(house, SHELL, fileName, bytes)), id: 0 }
    : await imported(house, fileName, bytes);
  if (wish.json) {
    const { create, update, unchanged, skipped, precision, agencies, questions, vanished } = counts;
    say(JSON.stringify({ create, update, unchanged, skipped, precision, agencies, questions, vanished }));
    return 0;
  }
  say(
    plainDocument(
      importPreview(speak, { id: made.id, fileName, source, known, counts, applied: !wish.dryRun, whole: true }),
    ),
  );
  if ('applied' in made) say(plainDocument(importApplied(speak, made.applied)));
  return 0;
}

async function imported(house: House, fileName: string, bytes: Uint8Array) {
  const { row, preview } = await keepPreview(house, SHELL, fileName, bytes);
  const applied = await applyImport(house, SHELL, row.id);
  return { ...preview, id: row.id, applied };
}

async function bytesOf(typed: Typed, file: string): Promise<Uint8Array> {
  const brought = typed.files?.[file];
  if (brought !== undefined) return Buffer.from(brought, 'base64');
  return readFile(resolve(typed.cwd, file)).catch((error: unknown) => {
    if (['ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR'].includes((error as { code?: string }).code ?? ''))
      throw new UserError('no-such-file', { file });
    throw error;
  });
}

/** An import's number; more digits than a row's number has are no import's. */
function importId(typed: string): number {
  if (!/^\d{1,9}$/.test(typed)) throw new UserError('no-such-import', { id: typed });
  return Number(typed);
}

const optional = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function langIn(value: unknown, fallback: Lang): Lang {
  if (value === undefined) return fallback;
  const known = LANGS.find((each) => each === value);
  if (!known) throw new UserError('no-such-language', { lang: String(value), langs: LANGS.join(', ') });
  return known;
}
