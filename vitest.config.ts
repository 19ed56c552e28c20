import { defineConfig } from 'vitest/config';

const RULES = ['tests/*.test.ts'];
const WITHOUT_A_DATABASE = ['tests/{domain,rendering,specimens,imports,messages,chat}/**/*.test.ts'];

/**
 * A limit is there to end what hangs, never to say how fast a machine must be: on one that is busy with other things the
 * longest journey takes a minute and more.
 */
const PATIENT = {
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
} as const;

export default defineConfig({
  test: {
    // Each worker may hold an embedded database of some 300 MB beside the server that all share.
    maxWorkers: 2,
    projects: [
      { test: { ...PATIENT, name: 'rules', include: RULES } },
      { test: { ...PATIENT, name: 'unit', include: WITHOUT_A_DATABASE } },
      {
        test: {
          ...PATIENT,
          name: 'database',
          include: ['tests/**/*.test.ts'],
          exclude: [...RULES, ...WITHOUT_A_DATABASE],
          globalSetup: 'tests/support/global-setup.ts',
        },
      },
    ],
  },
});
