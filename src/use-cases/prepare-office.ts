import { sentence } from '../locales/index.ts';
import type { House } from './house.ts';
import { coordinationOffice } from './people.ts';
import { type Actor, HOUSE } from './ports.ts';

const ACTOR: Actor = {
  sight: 'house',
  officerId: null,
  name: 'start',
  displayName: 'Accord',
  role: 'house',
  agencyId: null,
  via: 'start',
};

/** An empty playground has one person in it: the coordinator whom whoever opens it is. */
export async function prepareOffice(house: House): Promise<void> {
  const coordinators = await house.store.read(HOUSE).officers({ role: 'coordinator' });
  if (coordinators.length > 0) return;
  await house.store.write(ACTOR, async (writer) => {
    // Looked at again in the transaction: two processes may start at once.
    if ((await writer.officers({ role: 'coordinator' })).length > 0) return;
    const office = await coordinationOffice(house, writer);
    await writer.addOfficer({
      agencyId: office.id,
      name: sentence(house.lang, 'office.coordinator'),
      email: null,
      role: 'coordinator',
      lang: house.lang,
    });
  });
}

/**
 * The playground's coordination channel is there from the start; a platform's own is named by a coordinator. The first
 * thing said in it, where the demonstration year was filled in, is that it is fictional.
 */
export async function openOffice(house: House, platform: string, conversation: string, demo: boolean): Promise<void> {
  const known = await house.store.read(HOUSE).channels({ kind: 'coordination', platform });
  if (known.length > 0) return;
  await house.store.write(ACTOR, async (writer) => {
    const channel = await writer.setChannel({ platform, conversation, kind: 'coordination' });
    const notBefore = house.clock.now();
    if (demo)
      await writer.deliver({
        key: 'demo-notice',
        channelId: channel.id,
        verb: 'post',
        kind: 'demo-notice',
        facts: {},
        notBefore,
      });
    // Groups that the demonstration proposes wait for a press here.
    for (const { id } of demo ? await writer.groups(['proposed']) : []) {
      const facts = { groupId: id };
      await writer.deliver({
        key: `group-proposal:${id}:${channel.id}`,
        channelId: channel.id,
        verb: 'post',
        kind: 'group-proposal',
        facts,
        notBefore,
      });
    }
  });
}
