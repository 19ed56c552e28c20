import { UserError } from '../domain/user-error.ts';
import { platformOfGroup, proposeChair, type ReportFacts } from '../domain/working-group.ts';
import { theGroup, theOfficer } from './find-things.ts';
import { requireCoordinator, requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import type {
  Actor,
  ChannelView,
  GroupView,
  ObstacleView,
  OfficerView,
  Reader,
  SharedObstacleView,
  Writer,
} from './ports.ts';
import { byId, inPlaceOf, platformOf, tellCoordinators, tellDirectly } from './tell.ts';
import { dayIn, todayOf } from './zoned.ts';

/** What the rules of `domain/working-group` need to know of each report. */
export async function reportFacts(
  reader: Reader,
  house: House,
  reports: readonly ObstacleView[],
): Promise<ReportFacts[]> {
  const facts: ReportFacts[] = [];
  for (const report of reports) {
    const decider = report.decider === null ? null : await reader.agencyNamed(report.decider);
    facts.push({
      id: report.id,
      sector: report.agency.sector,
      agencyId: report.agency.id,
      officerId: report.officerId,
      commitmentId: report.commitmentId,
      on: dayIn(report.at, house.zone),
      open: report.state === 'open',
      deciderId: decider?.id ?? null,
    });
  }
  return facts;
}

/** Proposes a group to the coordinators, or by setting calls it at once. */
export async function proposeGroup(
  house: House,
  writer: Writer,
  shared: SharedObstacleView,
  reports: readonly ReportFacts[],
): Promise<GroupView> {
  const chair = proposeChair(reports);
  if (!chair) throw new Error('a group is proposed only where there are reports');
  const at = house.clock.now();
  const state = house.rules.callAtOnce ? 'called' : 'proposed';
  const group = await writer.addGroup({
    sharedId: shared.id,
    state,
    chairId: chair.agencyId,
    chairRule: chair.rule,
    at,
  });
  if (state === 'called') return convene(house, writer, group);
  await tellCoordinators(writer, house, {
    key: proposalKey(group.id),
    kind: 'group-proposal',
    facts: { groupId: group.id },
  });
  return group;
}

const proposalKey = (groupId: number): string => `group-proposal:${groupId}`;

/** A coordinator's press calls the group. */
export async function callGroup(house: House, actor: Actor, ref: string): Promise<GroupView> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const group = await theGroup(writer, ref);
    const called = await writer.decideGroup(group.id, 'called', house.clock.now());
    const convened = await convene(house, writer, called);
    await updateProposals(house, writer, group.id);
    return convened;
  });
}

export async function declineGroup(house: House, actor: Actor, ref: string): Promise<GroupView> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const group = await theGroup(writer, ref);
    const declined = await writer.decideGroup(group.id, 'declined', house.clock.now());
    await updateProposals(house, writer, group.id);
    return declined;
  });
}

/** Its proposal and its opening say how things stand now. */
export async function updateGroupMessages(house: House, writer: Writer, groupId: number): Promise<void> {
  await updateProposals(house, writer, groupId);
  await updateOpenings(house, writer, groupId);
}

/** The opening message is where the solutions stand, and so is what members on another platform were told instead. */
async function updateOpenings(house: House, writer: Writer, groupId: number): Promise<void> {
  for (const key of [`group-opening:${groupId}`, `group-member:${groupId}`])
    for (const told of await writer.deliveriesByKey(key))
      await writer.redeliver(told.id, told.facts, house.clock.now());
}

/** The proposals already posted say what became of it. */
async function updateProposals(house: House, writer: Writer, groupId: number): Promise<void> {
  for (const told of await writer.deliveriesByKey(proposalKey(groupId)))
    await writer.redeliver(told.id, told.facts, house.clock.now());
}

/**
 * Members: whoever reported (their stand-in while they are away), the chair agency's first officer, and the
 * coordinator who called. One private conversation, on the platform where most of them are; who is elsewhere is told
 * directly.
 */
async function convene(house: House, writer: Writer, group: GroupView): Promise<GroupView> {
  const at = house.clock.now();
  const reports = await writer.obstaclesOf({ sharedId: group.shared.id, open: true });
  for (const officer of await reporters(house, writer, reports))
    await writer.addMember(group.id, officer.id, 'reported', at);
  const chair = (await writer.officers({ agencyId: group.chair.id })).find((each) => each.role === 'officer');
  if (chair) await writer.addMember(group.id, (await inPlaceOf(writer, chair, todayOf(house))).id, 'chair', at);
  if (group.decidedById !== null && group.decidedById === writer.actor.officerId)
    await writer.addMember(group.id, writer.actor.officerId, 'coordinator', at);
  const convened = await again(writer, group.id);
  const members = await writer.officers({ ids: convened.memberIds });
  const places = members.map((each) => ({ on: Object.keys(each.accounts), home: platformOf(house, each) }));
  const platform = platformOfGroup(places, house.platforms);
  if (platform === null) throw new UserError('nobody-reachable', { ref: group.ref });
  const channel = await writer.setChannel({ platform, conversation: null, kind: 'group', groupId: group.id });
  const facts = { groupId: group.id };
  await writer.deliver({
    key: `group-open:${group.id}`,
    channelId: channel.id,
    verb: 'open',
    kind: 'group-conversation',
    facts,
    notBefore: at,
  });
  await writer.deliver({
    key: `group-opening:${group.id}`,
    channelId: channel.id,
    verb: 'post',
    kind: 'group-opening',
    facts,
    notBefore: at,
  });
  for (const member of members)
    if (isElsewhere(house, member, platform)) await tellMemberElsewhere(house, writer, convened, member);
  return convened;
}

/** A further report while the group is open: its officer joins, the group is told, and nobody is told twice. */
export async function takeIntoGroup(
  house: House,
  writer: Writer,
  group: GroupView,
  reports: readonly ObstacleView[],
): Promise<void> {
  if (group.state === 'proposed') return updateProposals(house, writer, group.id);
  const at = house.clock.now();
  for (const report of reports) {
    const [officer] = await reporters(house, writer, [report]);
    if (!officer) continue;
    const added = await writer.addMember(group.id, officer.id, 'reported', at);
    if (added) await bringIn(house, writer, group, officer);
    const channel = await groupChannel(writer, group.id);
    if (channel) {
      await writer.deliver({
        key: `group-report:${group.id}:${report.id}`,
        channelId: channel.id,
        verb: 'post',
        kind: 'group-report',
        facts: { groupId: group.id, obstacleId: report.id },
        notBefore: at,
      });
      await tellOthersElsewhere(house, writer, group, channel.platform, report, officer);
    }
  }
}

export async function joinGroup(
  house: House,
  actor: Actor,
  ref: string,
): Promise<{ group: GroupView; added: boolean }> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const group = await calledGroup(writer, ref);
    if (actor.role !== 'coordinator') await requireTouched(writer, actor.agencyId, group);
    const officer = await writer.officer(actor.officerId);
    const added = await writer.addMember(group.id, actor.officerId, 'joined', house.clock.now());
    if (added && officer) await bringIn(house, writer, group, officer);
    return { group, added };
  });
}

/** A group is private: who may join works for an agency that reported, is to chair, or works on what it touches. */
async function requireTouched(reader: Reader, agencyId: number, group: GroupView): Promise<void> {
  const reports = await reader.obstaclesOf({ sharedId: group.shared.id });
  const touched = await reader.commitmentsByIds([...new Set(reports.map((each) => each.commitmentId))]);
  const agencies = touched
    .flatMap((each) => [each.lead, ...each.coLeads, ...each.cooperating])
    .map((agency) => agency.id);
  const concerned = [group.chair.id, ...reports.map((each) => each.agency.id), ...agencies];
  if (!concerned.includes(agencyId))
    throw new UserError('group-not-concerned', { ref: group.ref, chair: group.chair.name });
}

/** Sends somebody else in one's place. */
export async function delegateInGroup(
  house: House,
  actor: Actor,
  ref: string,
  who: string,
): Promise<{ group: GroupView; delegate: OfficerView; added: boolean }> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const group = await calledGroup(writer, ref);
    const delegate = await theOfficer(writer, who, 'officer');
    if (delegate.agency.id !== actor.agencyId && actor.role !== 'coordinator')
      throw new UserError(
        'delegate-elsewhere',
        { name: delegate.name, agency: delegate.agency.name },
        { field: 'officer' },
      );
    const added = await writer.addMember(group.id, delegate.id, 'delegate', house.clock.now());
    if (added) await bringIn(house, writer, group, delegate);
    return { group, delegate, added };
  });
}

export async function proposeSolution(house: House, actor: Actor, ref: string, text: string): Promise<GroupView> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const group = await calledGroup(writer, ref);
    if (!group.memberIds.includes(actor.officerId) && actor.role !== 'coordinator')
      throw new UserError('not-a-member', { ref: group.ref });
    const at = house.clock.now();
    await writer.addGroupProposal(group.id, actor.officerId, text, at);
    await updateOpenings(house, writer, group.id);
    return again(writer, group.id);
  });
}

async function calledGroup(writer: Writer, ref: string): Promise<GroupView> {
  const group = await theGroup(writer, ref);
  if (group.state !== 'called') throw new UserError('group-not-open', { ref: group.ref, state: group.state });
  return group;
}

export const groupChannel = async (reader: Reader, groupId: number): Promise<ChannelView | null> =>
  (await reader.channels({ kind: 'group', groupId }))[0] ?? null;

async function bringIn(house: House, writer: Writer, group: GroupView, officer: OfficerView): Promise<void> {
  const channel = await groupChannel(writer, group.id);
  if (!channel) return;
  if (isElsewhere(house, officer, channel.platform)) await tellMemberElsewhere(house, writer, group, officer);
  if (officer.accounts[channel.platform] === undefined && Object.keys(officer.accounts).length > 0) return;
  await writer.deliver({
    key: `group-invite:${group.id}:${officer.id}`,
    channelId: channel.id,
    verb: 'invite',
    kind: 'group-conversation',
    facts: { groupId: group.id, officerId: officer.id },
    notBefore: house.clock.now(),
  });
}

/**
 * Is written to on another platform than this, whether or not they have an account here too: what is said here they
 * would not see. Whoever has no account yet is looked for here when the conversation is opened.
 */
export const isElsewhere = (house: House, officer: OfficerView, platform: string): boolean =>
  Object.keys(officer.accounts).length > 0 && platformOf(house, officer) !== platform;

/** A further report, to each member who would not see it in the group's conversation; its own officer knows it. */
async function tellOthersElsewhere(
  house: House,
  writer: Writer,
  group: GroupView,
  platform: string,
  report: ObstacleView,
  reporter: OfficerView,
): Promise<void> {
  const { memberIds } = await again(writer, group.id);
  for (const member of await writer.officers({ ids: memberIds })) {
    if (member.id === reporter.id || !isElsewhere(house, member, platform)) continue;
    await tellDirectly(writer, house, member, {
      key: `group-report:${group.id}:${report.id}:${member.id}`,
      kind: 'group-report',
      facts: { groupId: group.id, obstacleId: report.id },
    });
  }
}

async function tellMemberElsewhere(house: House, writer: Writer, group: GroupView, member: OfficerView): Promise<void> {
  await tellDirectly(writer, house, member, {
    key: `group-member:${group.id}:${member.id}`,
    kind: 'group-member',
    facts: { groupId: group.id },
  });
}

/** Whoever reported, each once, in the order of their reports; the stand-in of whoever is away. */
async function reporters(house: House, reader: Reader, reports: readonly ObstacleView[]): Promise<OfficerView[]> {
  const ids: number[] = [];
  for (const report of reports) {
    const officer = await reader.officer(report.officerId);
    if (!officer) continue;
    const id = (await inPlaceOf(reader, officer, todayOf(house))).id;
    if (!ids.includes(id)) ids.push(id);
  }
  const found = byId(await reader.officers({ ids }));
  return ids.flatMap((id) => found.get(id) ?? []);
}

async function again(reader: Reader, id: number): Promise<GroupView> {
  const group = await reader.group(id);
  if (!group) throw new Error(`WG-${id} is gone in its own transaction`);
  return group;
}
