import type { Directory, NewConversation } from '../chat/platform.ts';
import { shorten } from '../chat/text.ts';
import { speaker } from '../locales/speaker.ts';
import type { House } from './house.ts';
import { actorOf } from './people.ts';
import { type ChannelView, HOUSE, type OfficerView } from './ports.ts';
import { tellCoordinators } from './tell.ts';

/**
 * The account an officer has on a platform. Where none is linked, the platform is asked for one with their e-mail
 * address, and it is linked; one that is somebody else's by now stays theirs, and the coordinators are told.
 */
async function accountOn(house: House, officer: OfficerView, platform: Directory): Promise<string | null> {
  const linked = officer.accounts[platform.name];
  if (linked !== undefined) return linked;
  const person = officer.email === null ? null : await platform.lookUp({ email: officer.email });
  if (!person) return null;
  const actor = actorOf({ platform: platform.name, id: person.id, name: person.name }, officer);
  return house.store.write(actor, async (writer) => {
    const holder = await writer.officerOfAccount(platform.name, person.id);
    if (holder && holder.id !== officer.id) {
      await tellCoordinators(writer, house, {
        key: `account-taken:${platform.name}:${person.id}:${officer.id}`,
        kind: 'account-taken',
        facts: { officerId: officer.id, holderId: holder.id, platform: platform.name },
      });
      return null;
    }
    await writer.linkAccount({
      platform: platform.name,
      account: person.id,
      name: person.name,
      officerId: officer.id,
      how: 'email',
      at: house.clock.now(),
    });
    return person.id;
  });
}

/** The account of the officer whom a direct channel belongs to, or null where they have none on its platform. */
export async function accountOf(house: House, channel: ChannelView, platform: Directory): Promise<string | null> {
  const officer = channel.officerId === null ? null : await house.store.read(HOUSE).officer(channel.officerId);
  return officer && accountOn(house, officer, platform);
}

/** What a working group's conversation is called, is about, and who is in it from the start. */
export async function conversationFor(
  house: House,
  channel: ChannelView,
  platform: Directory,
): Promise<NewConversation> {
  const reader = house.store.read(HOUSE);
  const group = channel.groupId === null ? null : await reader.group(channel.groupId);
  if (!group) throw new Error(`channel ${channel.id} belongs to no working group`);
  const speak = speaker(channel.lang ?? house.lang, house.zone);
  return {
    name: `${group.ref} ${shorten(group.shared.title, 50)}`,
    topic: speak.say('group.topic', { title: shorten(group.shared.title, 120), shared: group.shared.ref }),
    members: await accountsOn(house, await reader.officers({ ids: group.memberIds }), platform),
  };
}

/** The account of the officer whom an invitation brings in; none where they have none here. */
export async function invited(
  house: House,
  facts: Readonly<Record<string, unknown>>,
  platform: Directory,
): Promise<readonly string[]> {
  const officer = await house.store.read(HOUSE).officer(Number(facts['officerId']));
  return officer ? accountsOn(house, [officer], platform) : [];
}

async function accountsOn(house: House, officers: readonly OfficerView[], platform: Directory): Promise<string[]> {
  const accounts: string[] = [];
  for (const officer of officers) {
    const account = await accountOn(house, officer, platform);
    if (account !== null) accounts.push(account);
  }
  return accounts;
}
