import { defineConfig } from 'vitest/config';

const RULES = ['tests/*.test.ts'];
const WITHOUT_A_DATABASE = ['tests/{domain,rendering,specimens,imports,messages,chat}/**/*.test.ts'];

export default defineConfig({
  test: {
    // Each worker may hold an embedded database of some 300 MB beside the server that all share.
    maxWorkers: 2,
    projects: [
      // They work without waiting: only a machine that is busy with other things makes them take long.
      { test: { name: 'rules', include: RULES, testTimeout: 20_000 } },
      { test: { name: 'unit', include: WITHOUT_A_DATABASE, testTimeout: 20_000 } },
      {
        test: {
          name: 'database',
          include: ['tests/**/*.test.ts'],
          exclude: [...RULES, ...WITHOUT_A_DATABASE],
          globalSetup: 'tests/support/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
