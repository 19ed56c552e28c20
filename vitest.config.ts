import { defineConfig } from 'vitest/config';
import LongestFirst from './tests/support/longest-first.ts';

const RULES = ['tests/*.test.ts'];
const WITHOUT_A_DATABASE = ['tests/{domain,rendering,specimens,imports,messages,chat}/**/*.test.ts'];

const EVERYWHERE = {
  // A limit is there to end what hangs, never to say how fast a machine must be: on one that is busy with other things
  // the longest journey takes a minute and more.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
  // Files share what they import: loading the SDKs and the embedded database anew for each takes long.
  // So a test puts back whatever it changes beyond itself.
  isolate: false,
} as const;

export default defineConfig({
  test: {
    // Each worker may hold an embedded database of some 300 MB beside the server that all share. They wait a good part of
    // their time, for the server, the browser, other processes: three keep two processors busy.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...EVERYWHERE, name: 'rules', include: RULES } },
      { test: { ...EVERYWHERE, name: 'unit', include: WITHOUT_A_DATABASE } },
      {
        test: {
          ...EVERYWHERE,
          name: 'database',
          include: ['tests/**/*.test.ts'],
          exclude: [...RULES, ...WITHOUT_A_DATABASE],
          globalSetup: 'tests/support/global-setup.ts',
        },
      },
    ],
  },
});
