import { digestsIn, thingsIn } from '../../src/use-cases/delivery-facts.ts';
import { dayIn } from '../../src/use-cases/zoned.ts';
import { type Broken, type Delivery, isInstead } from './invariants.ts';
import type { World } from './world.ts';

/** What a notice says of how much did not arrive, in the words of the house. */
const COUNT = /(\d+) messages? of Accord did not arrive/;
const HOUR = 3_600_000;

/**
 * Whatever did not arrive is said instead by somebody's name, or coordinators were told of it: that day's notice stands
 * somewhere and counts at least what is still open of the day, or each coordinator has refused it. `leads`: the lead agency
 * by commitment.
 */
export function toldOfWhatDidNotArrive(
  world: World,
  deliveries: readonly Delivery[],
  leads: ReadonlyMap<number, number>,
  broken: Broken,
): void {
  const saidInstead = deliveries.filter((each) => isInstead(each.key));
  const words = new Map(
    world.services.flatMap((service) => service.said.map((each) => [each.id, each.words] as const)),
  );
  const open = new Map<string, Delivery[]>();
  for (const each of deliveries) {
    const since = lostSince(world, each);
    if (since === null) continue;
    const instead = saidInstead.filter(({ key }) => key.startsWith(`${each.key}:instead`));
    for (const part of instead) saidAmongTheirs(each, part, leads, broken);
    // What was said instead and did not arrive either is told under its own day.
    if (instead.length > 0) continue;
    const day = dayIn(since, world.zone);
    open.set(day, [...(open.get(day) ?? []), each]);
  }
  for (const [day, lost] of open) {
    const notices = deliveries.filter((each) => each.verb === 'post' && each.key.startsWith(`undelivered:${day}:`));
    const counted = notices.map(({ said }) => Number(COUNT.exec(words.get(said[0] ?? '') ?? '')?.[1] ?? 0));
    if (Math.max(0, ...counted) >= lost.length) continue;
    // What waits for a morning after the world's last may wait.
    if (notices.some((each) => each.state === 'pending' && Date.parse(each.not_before) > world.until - HOUR)) continue;
    const refusedBy = new Set(notices.flatMap((each) => (each.state === 'refused' ? (each.officer_id ?? []) : [])));
    const coordinators = world.office.staff.filter((each) => each.role === 'coordinator');
    if (coordinators.every(({ id }) => refusedBy.has(id))) continue;
    const names = lost.map((each) => `${each.key} (${each.state})`).join(', ');
    broken(
      'told',
      `of ${day} ${lost.length} did not arrive, and no more than ${counted.join(', ')} were told: ${names}`,
    );
  }
}

/** Since when a message is lost to whoever it was for; null where it is not. */
function lostSince(world: World, each: Delivery): string | null {
  if (each.kind === 'undelivered') return null;
  if (each.state === 'in-doubt' && each.doubt_since !== null)
    return Date.parse(each.doubt_since) < world.until - HOUR ? each.doubt_since : null;
  const isLost = each.state === 'refused' ? each.verb !== 'edit' : each.state === 'expired' && each.error === 'expired';
  return isLost ? each.settled_at : null;
}

/**
 * What is said in a person's place is said to a colleague, in their agency's channel, or in that of an agency of which it
 * shows the digest's part (they were named there) or whose commitments it names (they act for somebody); a channel is
 * shown no other's part.
 */
function saidAmongTheirs(each: Delivery, instead: Delivery, leads: ReadonlyMap<number, number>, broken: Broken): void {
  const shown = digestsIn(instead.facts).flatMap(({ agencyIds }) => agencyIds);
  const leadsOfNamed = thingsIn(instead.facts).map(({ commitmentId }) => leads.get(commitmentId));
  const isChannel = instead.channel_kind === 'agency';
  const isAmong = instead.agency_id === each.agency_id && instead.officer_id !== each.officer_id;
  const isAbout = isChannel && [...shown, ...leadsOfNamed].includes(instead.agency_id ?? -1);
  if (each.agency_id === null || !(isAmong || isAbout) || (isChannel && shown.some((id) => id !== instead.agency_id)))
    broken(
      'told',
      `${each.key} of agency ${each.agency_id} was said instead to ${instead.agency_id} (${instead.channel_kind})`,
    );
}
