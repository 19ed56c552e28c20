/** A room of the house and what its files may import: other rooms (or single files of them), packages, Node's own modules. */
export interface Room {
  readonly folder: string;
  readonly rooms?: readonly string[];
  /** Rooms and files of which only the types may be imported. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  readonly node?: boolean;
}

/** Whatever stands in no room of its own. The longest folder that fits a file is its room. */
export const ROOMS: readonly Room[] = [
  { folder: 'src/domain' },
  { folder: 'src/chat', packages: ['zod'], node: true },
  { folder: 'src/chat/slack', rooms: ['src/chat'], packages: ['@slack/*', 'zod'], node: true },
  { folder: 'src/chat/discord', rooms: ['src/chat'], packages: ['discord.js', 'discord-api-types', 'zod'], node: true },
  { folder: 'src/chat/playground', rooms: ['src/chat'], packages: ['zod'], node: true },
  { folder: 'src/locales', rooms: ['src/chat', 'src/domain'], packages: ['intl-messageformat'] },
  { folder: 'src/messages', rooms: ['src/chat', 'src/domain', 'src/locales'], types: ['src/use-cases/views.ts'] },
  {
    folder: 'src/imports',
    // A sheet is text from people too.
    rooms: ['src/domain', 'src/chat/text.ts'],
    packages: ['chardet', 'csv-parse', 'hucre', 'iconv-lite'],
    node: true,
  },
  {
    folder: 'src/use-cases',
    rooms: ['src/domain', 'src/messages', 'src/chat', 'src/imports', 'src/locales'],
    packages: ['temporal-polyfill'],
  },
  { folder: 'src/reports', rooms: ['src/domain', 'src/chat', 'src/locales'], types: ['src/use-cases/views.ts'] },
  { folder: 'src/calendars', packages: ['date-holidays'] },
  { folder: 'src/outbox', rooms: ['src/chat', 'src/use-cases'] },
  {
    folder: 'src/jobs',
    rooms: ['src/domain', 'src/use-cases'],
    types: ['src/outbox/relay.ts'],
    packages: ['temporal-polyfill'],
  },
  // The one room that knows the database. The playground keeps its talk in the house's database, behind its own port.
  {
    folder: 'src/store',
    rooms: ['src/domain', 'src/use-cases', 'src/store/embedded', 'migrations'],
    types: ['src/chat', 'src/outbox/ports.ts', 'src/chat/playground/ledger.ts'],
    packages: ['kysely', 'pg'],
    node: true,
  },
  { folder: 'src/store/embedded', packages: ['@electric-sql/pglite', 'pg', 'zod'], node: true },
  { folder: 'src/demo', rooms: ['src/chat', 'src/domain', 'src/locales', 'src/use-cases'] },
  { folder: 'migrations', packages: ['kysely'] },
  { folder: 'commands', rooms: ['src/chat', 'src/domain', 'src/locales', 'src/messages', 'src/use-cases'] },
  // The composition root: the files directly in src tie the rooms together.
  {
    folder: 'src',
    rooms: ['*'],
    packages: ['zod', 'pino', 'node-cron', 'citty', 'pg', 'esbuild'],
    node: true,
  },
];

/** Where a platform may be called by its name, and why. */
export const NAMES_A_PLATFORM: Readonly<Record<string, string>> = {
  'src/connect.ts': 'makes the platforms that the configuration names',
  'src/config.ts': 'their tokens',
  'src/start-accord.ts': "the playground's clock",
  'src/main.ts': 'whether a token is configured',
  'src/cli.ts': 'what an administrator pastes to connect one',
  'src/doctor.ts': 'which of them are configured',
  'src/doctor-words.ts': 'what to click, in the words of each',
  'src/examine-house.ts': "the playground's port",
  'src/platform-setup.ts': 'what an administrator pastes to connect one',
  'src/store/playground-ledger.ts': "the playground's memory",
  'src/store/tables.ts': "the playground's memory",
  'src/store/migrate.ts': "the playground's memory",
  'migrations/0003-playground.ts': "the playground's memory",
  'src/locales/en.ts': 'sentences',
  'src/locales/vi.ts': 'sentences',
  'src/locales/ar.ts': 'sentences',
};

/** Lines of one file, at most; the sentences of a language are one list. */
export const LONGEST = 350;
export const MAY_BE_LONG: readonly string[] = ['src/locales/'];
