import { expect } from 'vitest';
import type { Block } from '../../../src/chat/message.ts';
import { actorOf } from '../../../src/use-cases/people.ts';
import { HOUSE } from '../../../src/use-cases/ports.ts';
import { reportProgress } from '../../../src/use-cases/report-progress.ts';
import type { Trials } from './contract.ts';
import { inTurn } from './in-turn.ts';
import { count, said, settled, texts } from './scene.ts';

const ENTRIES = 120;

/** A hundred and twenty lines, each with a title of some length and a button: more than any platform takes in one message. */
const LONG: Block = {
  block: 'entries',
  entries: Array.from({ length: ENTRIES }, (_, at) => ({
    text: [{ bold: `C-${at}.` }, ` ${'A commitment signed far away, with a long title. '.repeat(8)}`],
    button: { label: `Open ${at}.`, does: { path: 'commitment/show', blanks: { commitment: `C-${at}` } } },
  })),
};

const NASTY = (account: string) =>
  `<!channel> <!here> <@${account}> @everyone @here <https://evil.example|click> [click](https://evil.example) \`x\` *b* ~~s~~ ||h|| :tada:`;

/** What the house says of its own accord. */
export const WHAT_THE_HOUSE_SAYS = {
  async 'a direct message'(scene) {
    const { hoa, hà, signs } = scene;
    const before = (await hoa.directMessages()).length;
    const ref = await signs('Vaccinate the island', { lead: 'MOH' });
    await settled(scene);
    const messages = await hoa.directMessages();
    expect(messages.length).toBe(before + 1);
    expect(messages.at(-1)?.text).toContain(`${ref} Vaccinate the island`);
    expect(messages.at(-1)?.text).toContain('Phạm Thị Hoa');
    expect(messages.at(-1)?.buttons).toContain('Update progress');
    expect(count(await hà.directMessages(), 'Dear Phạm Thị Hoa')).toBe(0);
    // Its buttons are about its record, and it says what became of it.
    expect((await hoa.presses('Update progress', { on: 'Vaccinate the island' })).form?.title).toBe('Report progress');
    expect((await hoa.fills({ Progress: 'Half of the island.' })).text).toContain(`Your report on ${ref} is recorded.`);
    await settled(scene);
    expect((await hoa.directMessages()).filter((message) => message.text.includes('Reported by'))).toHaveLength(1);
  },

  async 'a direct message refused'(scene, { closes, opens }) {
    const { stage, signs, minh } = scene;
    closes('Minh');
    try {
      const ref = await signs('Move the depot', { lead: 'MOIT' });
      await settled(scene);
      // Nothing promised is lost: it stands where his agency reads it, by his name.
      const instead = (await stage.messagesIn('trade')).filter((message) => message.text.includes('Move the depot'));
      expect(instead).toHaveLength(1);
      expect(instead[0]?.text).toContain('Trần Văn Minh');
      expect(instead[0]?.text).toContain(ref);
      expect(count(await stage.messagesIn('construction'), 'Move the depot')).toBe(0);
      // Once, however often the house looks again.
      scene.later({ minutes: 10 });
      await settled(scene);
      expect(count(await stage.messagesIn('trade'), 'Move the depot')).toBe(1);
    } finally {
      opens('Minh');
    }
    expect(texts(await minh.directMessages())).not.toContain('Move the depot');
  },

  async 'a private conversation'({ stage, key, lan, minh, tuấn }, { mayWrite }) {
    const platform = inTurn(stage.platform);
    const [a, b, c] = [lan.accountId, minh.accountId, tuấn.accountId];
    const request = { name: 'WG-9 Giải phóng mặt bằng', topic: 'Land · SO-9', members: [a, b] };
    const made = key();
    const { conversation: id, missing } = await platform.openConversation(request, made);
    expect(missing).toEqual([]);
    expect((await platform.openConversation(request, made)).conversation).toBe(id);
    const [group, ...others] = (await stage.privateConversations()).filter((each) => each.name.startsWith('wg-9'));
    expect(others).toEqual([]);
    if (!group) throw new Error('no conversation was made');
    const members = async () =>
      (await stage.privateConversations()).find((each) => each.name === group.name)?.members.toSorted();
    expect(await members()).toEqual(['Lan', 'Minh']);
    await platform.post(id, said('The land is not handed over.'), key());
    expect(texts(await stage.sees('Lan', group.name))).toContain('The land is not handed over.');
    expect(await stage.sees('Tuấn', group.name).catch(() => [])).toEqual([]);

    await platform.invite(id, [a, c]);
    await platform.invite(id, [c]);
    expect(await members()).toEqual(['Lan', 'Minh', 'Tuấn']);
    expect(texts(await stage.sees('Tuấn', group.name))).toContain('The land is not handed over.');
    await platform.remove(id, [b]);
    await platform.remove(id, [b]);
    expect(await members()).toEqual(['Lan', 'Tuấn']);
    expect(await stage.sees('Minh', group.name).catch(() => [])).toEqual([]);

    expect(await mayWrite('Lan', group.name)).toBe(true);
    await platform.archive(id);
    await platform.archive(id);
    expect(await mayWrite('Lan', group.name)).toBe(false);
    expect(texts(await stage.sees('Lan', group.name))).toContain('The land is not handed over.');
    expect(await members()).toEqual(['Lan', 'Tuấn']);
    // The name is its own: another of the same name is another conversation.
    const again = await platform.openConversation(request, key());
    expect(again.conversation).not.toBe(id);
  },

  async 'a long message'({ stage, key, lan, signs }) {
    const platform = inTurn(stage.platform);
    const where = stage.channelId('general');
    const before = (await stage.messagesIn('general')).length;
    const parts = platform.fit(said('Everything there is', LONG));
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) await platform.post(where, part, key());
    const messages = (await stage.messagesIn('general')).slice(before);
    expect(messages).toHaveLength(parts.length);
    const words = texts(messages);
    const places = Array.from({ length: ENTRIES }, (_, at) => words.indexOf(`C-${at}.`));
    expect(places.every((place, at) => place > (places[at - 1] ?? -1))).toBe(true);
    expect(messages.flatMap((message) => message.buttons)).toEqual(
      Array.from({ length: ENTRIES }, (_, at) => `Open ${at}.`),
    );
    // The last part is as alive as the first.
    const ref = await signs('The very last');
    expect(ref).toMatch(/^C-\d+$/);
    expect((await lan.presses(`Open ${ENTRIES - 1}.`, { where: 'general' })).text).toContain('is not in the register');
  },

  async 'a file out'({ stage, key }, { received }) {
    const bytes = new TextEncoder().encode('số;việc\n1;xong\n');
    const name = 'báo cáo quý IV.csv';
    await inTurn(stage.platform).post(
      stage.channelId('general'),
      said('The report of the quarter', { block: 'file', name, type: 'text/csv', bytes }),
      key(),
    );
    expect(texts(await stage.messagesIn('general'))).toContain('The report of the quarter');
    expect(await received('general')).toEqual([{ name, bytes: expect.objectContaining({ length: bytes.length }) }]);
    expect(Buffer.from((await received('general'))[0]?.bytes ?? []).toString()).toBe('số;việc\n1;xong\n');
  },

  async 'a moment in each reader’s own zone'({ stage, key }, { instants }) {
    const moment = '2025-11-18T09:30:00.000Z';
    const text = ['Agreement is due ', { moment, as: 'datetime', plain: '18 November 2025, 16:30' }, '.'] as const;
    await inTurn(stage.platform).post(
      stage.channelId('general'),
      { ...said('Due'), blocks: [{ block: 'paragraph', text }] },
      key(),
    );
    expect(await instants('general')).toEqual([moment]);
    expect((await stage.messagesIn('general')).at(-1)?.text).toMatch(/16:30|4:30/);
  },

  async 'words that would ping'(scene, { alarms }) {
    const { stage, hà, lan, minh, signs } = scene;
    const nasty = NASTY(minh.accountId);
    // Whoever was named on purpose until now may be mentioned.
    const before = await alarms();
    await hà.types('/commitment register', { where: 'general' });
    const done = await hà.fills({ Title: nasty, 'Lead agency': 'Bộ Xây dựng', Due: '2029' });
    const ref = /(C-\d+) is registered/.exec(done.text)?.[1] ?? '';
    expect(done.text).toContain(nasty);
    await lan.types(`/progress report ${ref} text:"@everyone it is done <!channel>" done:yes`);
    await signs('Nothing else');
    await settled(scene);
    expect((await stage.messagesIn('coordination')).at(-1)?.text).toContain(nasty);
    expect((await lan.types(`/obstacle report ${ref} @here <@${minh.accountId}> stands in the way`)).text).toContain(
      ref,
    );
    expect(await alarms()).toEqual(before);
  },

  async 'a rate limit'(scene, { limits }) {
    const { stage, signs, lan } = scene;
    const [one, two] = [await signs('First of two'), await signs('Second of two')];
    // Longer than what is beyond a rate of so many a second waits.
    limits('coordination', 3);
    await lan.types(`/progress report ${one} text:"Done, the first." done:yes`, { where: 'general' });
    await lan.types(`/progress report ${two} text:"Done, the second." done:yes`, { where: 'general' });
    await settled(scene);
    // Nothing is said before its time, and another conversation does not wait for this one.
    expect(count(await stage.messagesIn('coordination'), 'of two')).toBe(0);
    const told = await signs('Not held up', { lead: 'MOF' });
    await settled(scene);
    expect(texts(await scene.zahra.directMessages())).toContain(told);
    await expect
      .poll(async () => {
        scene.later({ seconds: 2 });
        await settled(scene);
        return count(await stage.messagesIn('coordination'), 'of two');
      })
      .toBe(2);
    const words = texts(await stage.messagesIn('coordination'));
    expect(words.indexOf('First of two')).toBeLessThan(words.indexOf('Second of two'));
    expect(scene.faults).toEqual([]);
  },

  async 'an answer that is lost'(scene, { losesNextPost }) {
    const { stage, signs, lan } = scene;
    const ref = await signs('Said once');
    losesNextPost('coordination');
    await lan.types(`/progress report ${ref} text:"Done." done:yes`);
    await settled(scene);
    expect(count(await stage.messagesIn('coordination'), `${ref} Said once`)).toBe(1);
    for (let minutes = 0; minutes < 12; minutes += 2) {
      scene.later({ minutes: 2 });
      await settled(scene);
    }
    expect(count(await stage.messagesIn('coordination'), `${ref} Said once`)).toBe(1);
    // It is known to have arrived: a press changes that very message.
    await scene.hà.presses('Verify', { on: 'Said once', where: 'coordination' });
    await settled(scene);
    const [message, ...others] = (await stage.messagesIn('coordination')).filter((each) =>
      each.text.includes('Said once'),
    );
    expect(others).toEqual([]);
    expect(message).toMatchObject({ edited: true, text: expect.stringContaining('Verified by Hà') });
    expect(scene.faults).toEqual([]);
  },

  async 'a line that breaks'(scene) {
    const { stage, signs, lan, bot } = scene;
    const ref = await signs('Said after the storm');
    const mend = await stage.goesAway();
    // The register does not wait for a platform: what happens elsewhere is promised all the same.
    const { house } = bot;
    const officer = await house.store.read(HOUSE).officerByEmail('lan@construction.example');
    if (!officer) throw new Error('Lan is not there');
    const shell = actorOf({ platform: 'shell', id: 'lan', name: 'Lan' }, officer);
    await reportProgress(house, shell, { commitment: ref, text: 'Done in the storm.', done: 'yes' }, undefined, null);
    // Nobody can look at a screen meanwhile.
    await bot.settle();
    await mend();
    await expect
      .poll(async () => {
        scene.later({ minutes: 1 });
        await settled(scene);
        return count(await stage.messagesIn('coordination'), 'Said after the storm');
      })
      .toBe(1);
    scene.later({ minutes: 5 });
    await settled(scene);
    expect(count(await stage.messagesIn('coordination'), 'Said after the storm')).toBe(1);
    expect((await lan.types(`/commitment show ${ref}`, { where: 'general' })).text).toContain('Done in the storm.');
  },
} satisfies Partial<Trials>;
