import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageDocument } from '../../src/chat/message.ts';
import type { Contract, ContractStage } from './suite/contract.ts';
import { DISCORD } from './suite/discord.ts';
import { PLAYGROUND } from './suite/playground.ts';
import { begin, problemsIn, type Scene, said } from './suite/scene.ts';
import { SLACK } from './suite/slack.ts';

/** What nobody may read before it is so. */
const DONE = /is registered|is recorded|Recorded:|is verified|Verified by|new, 0 changed/;

/** What somebody reads whose form is on its way: Slack's view, Discord's "is thinking"; the page keeps the form. */
const MEANWHILE: Readonly<Record<string, string>> = { slack: 'Saving …', discord: '…' };
const PATIENTLY = { timeout: 60_000, interval: 20 };

/**
 * The database answers nothing until the services have seen every acknowledgement: five seconds, an hour, as long as
 * it takes. The services' own counterparts measure their three seconds.
 */
function waitsWell<S extends ContractStage>(contract: Contract<S>): void {
  describe(`${contract.name}: while the database keeps everybody waiting`, () => {
    let scene: Scene<S>;
    beforeAll(async () => {
      scene = await begin(contract);
    });
    afterAll(async () => {
      scene?.gate.release();
      await scene?.[Symbol.asyncDispose]();
    });

    /** Lets people act while nothing is answered; `meanwhile` looks at their screens when all is acknowledged. */
    async function held<T>(act: () => readonly Promise<T>[], meanwhile: () => Promise<void>): Promise<T[]> {
      const { stage, gate } = scene;
      await scene.bot.relay.settle();
      for (const name of ['Hà', 'Lan', 'Minh', 'Tuấn', 'Zahra']) before.set(name, await linesBefore(name));
      const { total } = stage.handed();
      late = stage.handed().failed.length;
      gate.hold();
      try {
        const acts = act();
        for (const each of acts) each.catch(() => {});
        await meanwhile();
        // Whoever did something has been answered by the service, one way or the other.
        await expect.poll(() => stage.handed().total - total, PATIENTLY).toBeGreaterThanOrEqual(acts.length);
        await expect.poll(() => stage.handed().waiting, PATIENTLY).toBe(0);
        expect(stage.handed().failed.slice(late)).toEqual([]);
        gate.release();
        return await Promise.all(acts);
      } finally {
        gate.release();
      }
    }
    const before = new Map<string, readonly string[]>();
    let late = 0;
    const linesBefore = async (name: string) => (await scene.stage.glance(name)).words.split('\n');
    /** What has come onto somebody's screen since the database stopped answering. */
    async function news(name: string): Promise<string> {
      const known = [...(before.get(name) ?? [])];
      const lines = await linesBefore(name);
      return lines.filter((line) => known.splice(known.indexOf(line) >>> 0, 1).length === 0).join('\n');
    }
    const buttons = (label: string, path: string, blanks: Record<string, string>): MessageDocument =>
      said(label, { block: 'buttons', buttons: [{ label, does: { path, blanks } }] });
    const posts = async (document: MessageDocument) =>
      scene.stage.platform.post(scene.stage.channelId('general'), document, scene.key());
    const soon = (title: string, name: string) =>
      expect.poll(async () => (await scene.stage.glance(name)).form, PATIENTLY).toBe(title);

    test('forms open from the declaration and the blanks alone, and commands and presses are answered when it is back', async () => {
      const { signs, hà, lan, minh, tuấn, zahra } = scene;
      const ref = await signs('Asked for in a hurry');
      await posts(buttons('Tell of an obstacle', 'obstacle/report', { commitment: ref }));
      await posts(buttons('Look at it', 'commitment/show', { commitment: ref }));
      const [typed, asked, pressed, , looked] = await held(
        () => [
          lan.types(`/commitment show ${ref}`, { where: 'general' }),
          hà.types('/commitment register', { where: 'general' }),
          minh.presses('Tell of an obstacle', { where: 'general' }),
          tuấn.types('/obstacle report', { where: 'general' }),
          zahra.presses('Look at it', { where: 'general' }),
        ],
        async () => {
          await soon('Register a commitment', 'Hà');
          await soon('Report an obstacle', 'Minh');
          for (const name of ['Lan', 'Zahra']) expect(await news(name)).not.toContain('Asked for in a hurry');
        },
      );
      expect(typed?.text).toContain('Asked for in a hurry');
      expect(looked?.text).toContain('Asked for in a hurry');
      expect([asked?.form?.title, pressed?.form?.title]).toEqual(['Register a commitment', 'Report an obstacle']);
      expect(scene.faults).toEqual([]);
    });

    test('a form sent in is recorded when it is, and said so no earlier; a wrong one comes back with its errors', async () => {
      const { signs, hà, lan, minh } = scene;
      const ref = await signs('Told of in a hurry');
      const mine = await signs('The turbines turn', { lead: 'MOIT' });
      await hà.types('/commitment register', { where: 'general' });
      await lan.types(`/progress report ${ref}`, { where: 'general' });
      await minh.types(`/progress report ${mine}`, { where: 'general' });
      const [registered, reported, refused] = await held(
        () => [
          hà.fills({ Title: 'Signed in a hurry', 'Lead agency': 'MOC', Due: '2030' }),
          lan.fills({ Progress: 'Half of it is done.' }),
          minh.fills({ Progress: 'Slowly.', 'Expected completion': 'when it rains' }),
        ],
        async () => {
          for (const name of ['Hà', 'Lan', 'Minh']) await seesThatItIsBeingSaved(name);
        },
      );
      expect(registered?.text).toMatch(/C-\d+ is registered/);
      expect(reported?.text).toContain(`Your report on ${ref} is recorded.`);
      expect(problemsIn(refused ?? { text: '', buttons: [], form: null })).toContain(
        '“when it rains” is no date I can read.',
      );
      expect((await hà.types('/commitment find "Signed in a hurry"')).text).toContain('Signed in a hurry');
      expect(scene.faults).toEqual([]);
    });

    test('a press that changes a message changes it when it is done; slow commands and files too', async () => {
      const { stage, signs, bot, hà, lan, minh } = scene;
      const ref = await signs('Verified in a hurry');
      await lan.types(`/progress report ${ref} text:"Done." done:yes`, { where: 'general' });
      await bot.settle();
      await minh.types(`/progress report ${ref} text:"Done." expected:"when it rains"`, { where: 'general' });
      await held(
        () => [
          hà.presses('Verify', { on: 'Verified in a hurry', where: 'coordination' }),
          minh.presses('Open the form'),
        ],
        async () => {
          expect(await news('Hà')).not.toMatch(DONE);
        },
      );
      await bot.settle();
      expect((await stage.messagesIn('coordination')).at(-1)?.text).toContain('Verified by Hà');
      const bytes = new TextEncoder().encode('No,Title,Lead agency,Due date\n1,Plant the elms,MOC,2030');
      const [preview] = await held(
        () => [hà.types('/import file', { where: 'general', file: { name: 'elms.csv', bytes } })],
        async () => expect(await news('Hà')).not.toContain('Nothing has been changed yet.'),
      );
      expect(preview?.text).toContain('Nothing has been changed yet.');
      const [digest] = await held(
        () => [hà.types('/digest preview', { where: 'general' })],
        async () => {},
      );
      expect(digest?.text).toContain('International commitments');
      expect(scene.faults).toEqual([]);
    });

    test('a completion answers with nothing', async () => {
      const { stage, hà, gate } = scene;
      await hà.types('/commitment register', { where: 'general' });
      expect(await hà.completes('commitment/register', 'lead', 'xay dung')).toHaveLength(1);
      late = stage.handed().failed.length;
      gate.hold();
      const seen = { waiting: false, answered: false };
      const asked = hà.completes('commitment/register', 'lead', 'xay dung').finally(() => {
        seen.answered = true;
      });
      const acknowledged = () => {
        const { waiting } = stage.handed();
        seen.waiting ||= waiting > 0;
        return seen.answered || (seen.waiting && waiting === 0);
      };
      await expect.poll(acknowledged, PATIENTLY).toBe(true).finally(gate.release);
      // What nobody could look up may still be said as it was typed.
      expect((await asked).filter((each) => each !== 'xay dung')).toEqual([]);
      expect(stage.handed().failed.slice(late)).toEqual([]);
    });

    /** Where the service cannot wait, something stands in the meantime that claims nothing. */
    async function seesThatItIsBeingSaved(name: string): Promise<void> {
      const meanwhile = MEANWHILE[contract.name];
      if (meanwhile !== undefined) await expect.poll(() => news(name), PATIENTLY).toBe(meanwhile);
      expect(await news(name)).not.toMatch(DONE);
    }
  });
}

waitsWell(SLACK);
waitsWell(DISCORD);
waitsWell(PLAYGROUND);
