import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOf } from '../../src/use-cases/people.ts';
import { type Actor, HOUSE } from '../../src/use-cases/ports.ts';
import { registerCommitment } from '../../src/use-cases/register-commitment.ts';
import { reportProgress, verifyCommitment } from '../../src/use-cases/report-progress.ts';
import type { Contract, ContractStage } from './suite/contract.ts';
import { DISCORD } from './suite/discord.ts';
import { PLAYGROUND } from './suite/playground.ts';
import { begin, count, type Scene, settled } from './suite/scene.ts';
import { SLACK } from './suite/slack.ts';

/** Ten minutes in which a platform, or the line to it, is gone: the clock is moved, nobody waits. */
function outlives<S extends ContractStage>(contract: Contract<S>): void {
  describe(`${contract.name}: ten minutes without it`, () => {
    let scene: Scene<S>;
    beforeAll(async () => {
      scene = await begin(contract);
    });
    afterAll(async () => {
      await scene?.[Symbol.asyncDispose]();
    });

    /** Minutes pass one by one, and the bot tries what it has to try. */
    async function pass(minutes: number): Promise<void> {
      for (let minute = 0; minute < minutes; minute++) {
        scene.later({ minutes: 1 });
        await scene.bot.settle();
      }
    }
    /** Somebody who works from the shell while the platform is gone. */
    async function fromTheShell(email: string): Promise<Actor> {
      const officer = await scene.bot.house.store.read(HOUSE).officerByEmail(email);
      if (!officer) throw new Error(`nobody has the address ${email}`);
      return actorOf({ platform: 'shell', id: email, name: officer.name }, officer);
    }
    async function coordinator(): Promise<Actor> {
      const [first] = await scene.bot.house.store.read(HOUSE).officers({ role: 'coordinator' });
      if (!first) throw new Error('there is no coordinator');
      return actorOf({ platform: 'shell', id: 'hà', name: first.name }, first);
    }
    const claims = async (ref: string, actor: Actor, text: string) =>
      reportProgress(scene.bot.house, actor, { commitment: ref, text, done: 'yes' }, undefined, null);
    const coordination = () => scene.stage.messagesIn('coordination');

    test('what the bot has to say is said when it is back: everything, once, in order', async () => {
      const { stage, signs, lan, hoa } = scene;
      const [earlier, first, second] = [
        await signs('Said before'),
        await signs('First in it'),
        await signs('Second in it'),
      ];
      await lan.types(`/progress report ${earlier} text:"Done." done:yes`, { where: 'general' });
      await settled(scene);

      const back = await stage.goesAway();
      const officer = await fromTheShell('lan@construction.example');
      await claims(first, officer, 'Done, one.');
      await scene.bot.settle();
      await pass(4);
      await claims(second, officer, 'Done, two.');
      await verifyCommitment(scene.bot.house, await coordinator(), earlier, true);
      await registerCommitment(scene.bot.house, await coordinator(), {
        title: 'Given to Hoa in it',
        lead: 'MOH',
        due: '2030',
        flagship: false,
        restricted: false,
      });
      await pass(6);
      await back();
      await pass(12);
      await settled(scene);

      const said = await coordination();
      expect(['First in it', 'Second in it'].map((words) => count(said, words))).toEqual([1, 1]);
      const at = (words: string) => said.findIndex((message) => message.text.includes(words));
      expect(at('First in it')).toBeLessThan(at('Second in it'));
      expect(said.filter((message) => message.text.includes('Said before'))).toMatchObject([
        { edited: true, text: expect.stringContaining('Verified by') },
      ]);
      expect(count(await hoa.directMessages(), 'Given to Hoa in it')).toBe(1);
      expect(await undelivered()).toEqual({});
      expect(scene.faults).toEqual([]);
    });

    test('a bot that is restarted in it says it all the same, once', async () => {
      const { stage, signs } = scene;
      const ref = await signs('Restarted over it');
      const back = await stage.goesAway();
      await claims(ref, await fromTheShell('lan@construction.example'), 'Done.');
      await scene.bot.settle();
      await pass(3);
      const restarted = scene.restarts();
      scene.later({ minutes: 7 });
      await Promise.all([back(), restarted]);
      await pass(12);
      await settled(scene);
      expect(count(await coordination(), 'Restarted over it')).toBe(1);
      expect(await undelivered()).toEqual({});
      await scene.hà.presses('Verify', { on: 'Restarted over it', where: 'coordination' });
      await settled(scene);
      expect((await coordination()).at(-1)?.text).toContain('Verified by');
      expect(scene.faults).toEqual([]);
    });

    test('what people did meanwhile is recorded once, or they were told that it was not', async () => {
      const { stage, signs, lan, minh, hà } = scene;
      const [ref, other] = [
        await signs('Reported into nothing'),
        await signs('Pressed into nothing', { lead: 'MOIT' }),
      ];
      await minh.types(`/commitment show ${other}`, { where: 'general' });
      await lan.types(`/progress report ${ref}`, { where: 'general' });
      const before = stage.handed().failed.length;
      const back = await stage.cutsOff();
      const [typed, filled, pressed] = await Promise.all(
        [
          hà.types(`/progress report ${ref} text:"Typed into nothing."`, { where: 'general' }),
          lan.fills({ Progress: 'Filled into nothing.' }),
          minh.presses('Report an obstacle', { on: 'Pressed into nothing' }),
        ].map((act) =>
          act.catch((error: unknown) => ({ text: `no connection: ${String(error)}`, form: null, buttons: [] })),
        ),
      );
      // Nobody is told that anything was done.
      for (const seen of [typed, filled, pressed]) expect(seen?.text ?? '').not.toMatch(/recorded|registered/);
      const told = stage.handed().failed.length - before;
      scene.later({ minutes: 10 });
      await back();
      await settled(scene);
      const card = async () => (await hà.types(`/commitment show ${ref}`, { where: 'general' })).text;
      // What failed for them was not done behind their back; what was not said to fail was done.
      const done = ['Typed into nothing.', 'Filled into nothing.'];
      if (told > 0) for (const words of done) expect(await card()).not.toContain(words);
      // They do it again, and it is there once.
      expect(
        (await lan.types(`/progress report ${ref} text:"Filled into nothing."`, { where: 'general' })).text,
      ).toContain(`Your report on ${ref} is recorded.`);
      expect((await card()).split('Filled into nothing.').length - 1).toBe(1);
      expect(scene.faults).toEqual([]);
    });

    test('what was recorded just as the line broke is recorded once, and said when it is asked for again', async () => {
      const { stage, signs, lan, gate } = scene;
      const ref = await signs('Recorded as it broke');
      await lan.types(`/progress report ${ref}`, { where: 'general' });
      gate.hold();
      const sent = lan.fills({ Progress: 'Out of the last minute.' }).catch((error: unknown) => String(error));
      // It has arrived and is being worked on.
      await expect.poll(() => scene.running()).toBe(1);
      const going = stage.goesAway();
      gate.release();
      const back = await going;
      await sent;
      scene.later({ minutes: 10 });
      await back();
      await settled(scene);
      const shown = await lan.types(`/commitment show ${ref}`, { where: 'general' });
      expect(shown.text.split('Out of the last minute.').length - 1).toBe(1);
      expect(scene.faults).toEqual([]);
    });

    /** Deliveries that are not where they should be, by state. */
    async function undelivered(): Promise<Record<string, number>> {
      const rows = await scene.bot.db.selectFrom('deliveries').select('state').execute();
      const states = rows.map((row) => row.state).filter((state) => state !== 'sent');
      return Object.fromEntries(states.map((state) => [state, states.filter((each) => each === state).length]));
    }
  });
}

outlives(SLACK);
outlives(DISCORD);
outlives(PLAYGROUND);
