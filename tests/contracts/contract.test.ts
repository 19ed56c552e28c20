import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Capability, Contract, ContractStage, Means } from './suite/contract.ts';
import { DISCORD } from './suite/discord.ts';
import { PLAYGROUND } from './suite/playground.ts';
import { begin, type Scene } from './suite/scene.ts';
import { SLACK } from './suite/slack.ts';
import { TRIALS } from './suite/trials.ts';

const CAPABILITIES = Object.keys(TRIALS) as Capability[];

/** The one suite: the same office, and every capability tried on it, or what is done instead. */
function keeps<S extends ContractStage>(contract: Contract<S>): void {
  describe(`${contract.name}:`, () => {
    let scene: Scene<S>;
    beforeAll(async () => {
      scene = await begin(contract);
    });
    afterAll(async () => {
      await scene?.[Symbol.asyncDispose]();
    });
    for (const capability of CAPABILITIES) trial(capability);

    function trial<C extends Capability>(capability: C): void {
      const offer = contract.offers[capability];
      if ('instead' in offer) test(`${capability} (${offer.lacks})`, () => offer.instead(scene));
      else
        test(capability, async () => {
          const run: (scene: Scene, means: Means[C]) => Promise<void> = TRIALS[capability];
          await run(scene, offer.has(scene.stage));
        });
    }
  });
}

keeps(SLACK);
keeps(DISCORD);
keeps(PLAYGROUND);

describe('a further platform', () => {
  const folders = readdirSync(new URL('../../src/chat', import.meta.url), { withFileTypes: true });

  test('has its contract here', () => {
    const platforms = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(platforms.toSorted()).toEqual([DISCORD, PLAYGROUND, SLACK].map((contract) => contract.name));
  });

  test('fills in the whole table', () => {
    const { autocomplete, ...others } = PLAYGROUND.offers;
    // @ts-expect-error A table that lacks a row does not compile: 'autocomplete' is missing here.
    const halfway: typeof PLAYGROUND.offers = others;
    expect(Object.keys({ ...halfway, autocomplete }).toSorted()).toEqual(CAPABILITIES.toSorted());
  });
});
