import { UserError } from '../domain/user-error.ts';
import { groupChannel, isElsewhere, updateGroupMessages } from './call-group.ts';
import { theGroup } from './find-things.ts';
import { requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, GroupView, ObstacleView, Writer } from './ports.ts';
import { solveReport } from './solve-obstacle.ts';
import { tellDirectly } from './tell.ts';

/**
 * Ends a working group with its outcome: an officer of the agency that chairs it, or a coordinator. `solved`: the
 * outcome removes the obstacle, for every report of it. Its members are told, and its conversation is archived after.
 */
export async function concludeGroup(
  house: House,
  actor: Actor,
  ref: string,
  outcome: string,
  solved: boolean,
): Promise<{ group: GroupView; open: readonly ObstacleView[] }> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const group = await theGroup(writer, ref);
    if (actor.role !== 'coordinator' && actor.agencyId !== group.chair.id)
      throw new UserError('not-the-chair', { ref: group.ref, chair: group.chair.name });
    const concluded = await writer.concludeGroup(group.id, outcome, house.clock.now());
    const reports = await writer.obstaclesOf({ sharedId: group.shared.id, open: true });
    await updateGroupMessages(house, writer, group.id);
    await tellMembers(house, writer, concluded);
    if (!solved) return { group: concluded, open: reports };
    for (const report of reports) await solveReport(house, writer, report, outcome);
    return { group: concluded, open: [] };
  });
}

/** In the group's conversation, which closes then; who is on another platform is told directly. */
async function tellMembers(house: House, writer: Writer, group: GroupView): Promise<void> {
  const notBefore = house.clock.now();
  const message = { verb: 'post', kind: 'group-concluded', facts: { groupId: group.id }, notBefore } as const;
  const channel = await groupChannel(writer, group.id);
  if (channel) {
    await writer.deliver({ ...message, key: `group-concluded:${group.id}`, channelId: channel.id });
    await writer.deliver({
      key: `group-archive:${group.id}`,
      channelId: channel.id,
      verb: 'archive',
      kind: 'group-conversation',
      facts: { groupId: group.id },
      notBefore,
    });
  }
  for (const member of await writer.officers({ ids: group.memberIds })) {
    if (channel && !isElsewhere(house, member, channel.platform)) continue;
    await tellDirectly(writer, house, member, { ...message, key: `group-concluded:${group.id}:${member.id}` });
  }
}
