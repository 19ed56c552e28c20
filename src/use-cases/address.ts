import type { NewConversation, Platform } from '../chat/platform.ts';
import { speaker } from '../locales/speaker.ts';
import { shorten } from '../messages/commitment-card.ts';
import type { House } from './house.ts';
import { actorOf } from './people.ts';
import { type ChannelView, HOUSE } from './ports.ts';

/**
 * The account that a direct channel's officer has on its platform. Where none is linked, the platform is asked for one
 * with the officer's e-mail address, and it is linked.
 */
export async function accountOf(house: House, channel: ChannelView, platform: Platform): Promise<string | null> {
  const officer = channel.officerId === null ? null : await house.store.read(HOUSE).officer(channel.officerId);
  if (!officer) return null;
  const linked = officer.accounts[platform.name];
  if (linked !== undefined) return linked;
  const person = officer.email === null ? null : await platform.lookUp({ email: officer.email });
  if (!person) return null;
  await house.store.write(actorOf({ platform: platform.name, id: person.id, name: person.name }, officer), (writer) =>
    writer.linkAccount({
      platform: platform.name,
      account: person.id,
      name: person.name,
      officerId: officer.id,
      how: 'email',
      at: house.clock.now(),
    }),
  );
  return person.id;
}

/** What a working group's conversation is called, is about, and who is in it from the start. */
export async function conversationFor(house: House, channel: ChannelView): Promise<NewConversation> {
  const reader = house.store.read(HOUSE);
  const group = channel.groupId === null ? null : await reader.group(channel.groupId);
  if (!group) throw new Error(`channel ${channel.id} belongs to no working group`);
  const speak = speaker(channel.lang ?? house.lang, house.zone);
  const members = await reader.officers({ ids: group.memberIds });
  return {
    name: `${group.ref} ${shorten(group.shared.title, 50)}`,
    topic: speak.say('group.topic', { title: shorten(group.shared.title, 120), shared: group.shared.ref }),
    members: members.flatMap((member) => member.accounts[channel.platform] ?? []),
  };
}

/** The account of the officer whom an invitation brings in; none where it was unlinked meanwhile. */
export async function invited(
  house: House,
  channel: ChannelView,
  facts: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const officer = await house.store.read(HOUSE).officer(Number(facts['officerId']));
  const account = officer?.accounts[channel.platform];
  return account === undefined ? [] : [account];
}
