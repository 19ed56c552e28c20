import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { check, importsOf, type Source } from './architecture/check.ts';
import { NAMES_A_PLATFORM, ROOMS } from './architecture/dependencies.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const sources: readonly Source[] = ['src', 'commands', 'migrations'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|js)$/.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .map((file) => ({ path: file, text: readFileSync(path.join(ROOT, file), 'utf8') })),
);

describe('the house', () => {
  it('is read whole', () => {
    expect(sources.length).toBeGreaterThan(200);
    for (const { folder } of ROOMS.filter((room) => room.folder !== 'src/reports'))
      expect(
        sources.some((source) => source.path.startsWith(`${folder}/`)),
        folder,
      ).toBe(true);
    for (const file of Object.keys(NAMES_A_PLATFORM)) expect(sources.map((source) => source.path)).toContain(file);
  });

  it('keeps its rules', () => {
    expect(check(sources)).toEqual([]);
  });
});

/** One planted fault per rule, beside what is allowed at the same place. */
const PLANTS: readonly { rule: string; finds: string; path: string; wrong: string; right: string }[] = [
  {
    rule: 'the domain imports nothing',
    finds: 'imports src/use-cases/zoned.ts',
    path: 'src/domain/planted.ts',
    wrong: "import { later } from '../use-cases/zoned.ts';",
    right: "import { fold } from './fold.ts';",
  },
  {
    rule: 'nor a package',
    finds: 'imports the package zod',
    path: 'src/domain/planted.ts',
    wrong: "import { z } from 'zod';",
    right: '',
  },
  {
    rule: "nor Node's own",
    finds: 'imports node:path',
    path: 'src/domain/planted.ts',
    wrong: "import { join } from 'node:path';",
    right: '',
  },
  {
    rule: 'the neutral language imports zod alone',
    finds: 'imports the package @slack/bolt',
    path: 'src/chat/planted.ts',
    wrong: "import { App } from '@slack/bolt';",
    right: "import { z } from 'zod';",
  },
  {
    rule: 'and knows no domain',
    finds: 'imports src/domain/user-error.ts',
    path: 'src/chat/planted.ts',
    wrong: "import { UserError } from '../domain/user-error.ts';",
    right: "import type { Lang } from './language.ts';",
  },
  {
    rule: 'a platform imports no sibling',
    finds: 'imports src/chat/discord/limits.ts',
    path: 'src/chat/slack/planted.ts',
    wrong: "import { LIMITS } from '../discord/limits.ts';",
    right: "import { fit } from '../fit.ts';",
  },
  {
    rule: "nor another's SDK",
    finds: 'imports the package @slack/web-api',
    path: 'src/chat/discord/planted.ts',
    wrong: "import { WebClient } from '@slack/web-api';",
    right: "import { Client } from 'discord.js';",
  },
  {
    rule: 'nor the house behind the language',
    finds: 'imports src/use-cases/house.ts',
    path: 'src/chat/playground/planted.ts',
    wrong: "import type { House } from '../../use-cases/house.ts';",
    right: "import type { Inbound } from '../interaction.ts';",
  },
  {
    rule: 'only the store knows Kysely',
    finds: 'imports the package kysely',
    path: 'src/use-cases/planted.ts',
    wrong: "import { sql } from 'kysely';",
    right: "import type { Writer } from './ports.ts';",
  },
  {
    rule: 'and the store is reached through its port',
    finds: 'imports src/store/index.ts',
    path: 'commands/my/planted.ts',
    wrong: "import { createStore } from '../../src/store/index.ts';",
    right: "import { myList } from '../../src/use-cases/my-list.ts';",
  },
  {
    rule: 'also where it is imported late',
    finds: 'imports src/store/index.ts',
    path: 'src/jobs/planted.ts',
    wrong: "const late = await import('../store/index.ts');",
    right: "import type { House } from '../use-cases/house.ts';",
  },
  {
    rule: 'migrations import Kysely alone',
    finds: 'imports src/domain/sectors.ts',
    path: 'migrations/0009-planted.ts',
    wrong: "import { SECTORS } from '../src/domain/sectors.ts';",
    right: "import { sql } from 'kysely';",
  },
  {
    rule: 'messages know the views as types',
    finds: 'imports src/use-cases/compose.ts',
    path: 'src/messages/planted.ts',
    wrong: "import { compose } from '../use-cases/compose.ts';",
    right: "import type { CommitmentView } from '../use-cases/views.ts';",
  },
  {
    rule: "no platform's name outside its folder",
    finds: 'names the platform slack',
    path: 'src/use-cases/planted.ts',
    wrong: "if (account.platform === 'slack') return;",
    right: '// Slack holds 75 characters.',
  },
  {
    rule: "nor a sibling's",
    finds: 'names the platform slack',
    path: 'src/chat/discord/planted.ts',
    wrong: "const other = 'slack';",
    right: "const own = 'discord';",
  },
  {
    rule: 'time is handed in',
    finds: 'takes time or luck',
    path: 'src/domain/planted.ts',
    wrong: 'const now = new Date();',
    right: 'const then = new Date(instant);',
  },
  {
    rule: 'and luck',
    finds: 'takes time or luck',
    path: 'src/use-cases/planted.ts',
    wrong: 'const luck = Math.random();',
    right: 'const word = house.nonce();',
  },
  {
    rule: 'sentences live in src/locales',
    finds: 'says a sentence',
    path: 'src/messages/planted.ts',
    wrong: "blocks.push({ block: 'note', text: 'Nothing was changed.' });",
    right: "blocks.push({ block: 'note', text: speaker.say('refusal.kept') });",
  },
  {
    rule: 'as arguments too',
    finds: 'says a sentence',
    path: 'commands/my/planted.ts',
    wrong: "return say(notice(speaker, ['Your list is empty']));",
    right: "return say(notice(speaker, [speaker.rich('my.none')]));",
  },
  {
    rule: "and in a platform's own",
    finds: 'says a sentence',
    path: 'src/chat/discord/planted.ts',
    wrong: "const row = { label: 'Open again' };",
    right: "const row = { label: inbound.phrase(lang, 'open-again') };",
  },
  {
    rule: 'files stay small',
    finds: 'has 351 lines',
    path: 'src/use-cases/planted.ts',
    wrong: 'x;\n'.repeat(351),
    right: 'x;\n'.repeat(350),
  },
];

describe('a planted fault is found', () => {
  it.each(PLANTS)('$rule ($path)', ({ finds, path: file, wrong, right }) => {
    expect(
      check([{ path: file, text: wrong }]).filter((problem) => problem.startsWith(`${file}: ${finds}`)),
    ).toHaveLength(1);
    expect(check([{ path: file, text: right }])).toEqual([]);
  });

  it('in a folder that no row names', () => {
    expect(check([{ path: 'src/whims/planted.ts', text: '' }])).toHaveLength(1);
  });

  it('in whatever way a module is imported', () => {
    const text = [
      "import a from 'one';",
      "import {\n  b,\n  c,\n} from 'two';",
      "import type { D } from 'three';",
      "export * from 'four';",
      "export type { E } from 'five';",
      "import 'six';",
      "const f = await import('seven');",
      "// import g from 'eight';",
      'const said = `import nothing from nine`;',
    ].join('\n');
    expect(importsOf(text).map((each) => `${each.typesOnly ? 'type ' : ''}${each.from}`)).toEqual([
      'one',
      'two',
      'type three',
      'four',
      'type five',
      'six',
      'seven',
    ]);
  });
});
