import { mondayOf, mondayOfWeek, weekOf } from '../domain/calendar.ts';
import { UserError } from '../domain/user-error.ts';
import { hasNews, weekFacts } from './digest-data.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import { type Actor, HOUSE, type Writer } from './ports.ts';
import { later, todayOf } from './zoned.ts';

/** The Monday of a week as typed ('2025-W46'), or of the week today is in. */
export function mondayMeant(house: House, week: string | undefined): string {
  if (week === undefined) return mondayOf(todayOf(house));
  const monday = mondayOfWeek(week);
  if (monday === null) throw new UserError('no-such-week', { week }, { field: 'week' });
  return monday;
}

/**
 * Promises the digest of a week: to each coordination channel a summary and then one part per agency that has news, to
 * each agency's own channel its part. Every one has its key: a second call, or a second process, adds nothing.
 * Resolves to the number of messages newly promised.
 */
export async function promiseDigest(house: House, writer: Writer, monday: string): Promise<number> {
  const now = house.clock.now();
  const week = weekOf(monday);
  // The day after tomorrow nobody wants Monday's list.
  const expiresAt = later(now, { hours: 48 });
  const facts = await weekFacts(house, writer, monday, false);
  let promised = 0;
  const promise = async (channelId: number, part: string, kind: string, more: Record<string, unknown>) => {
    const made = await writer.deliver({
      key: `digest:${week}:${channelId}:${part}`,
      channelId,
      verb: 'post',
      kind,
      facts: { monday, ...more },
      notBefore: now,
      expiresAt,
    });
    if (made) promised++;
  };
  const byAgency = new Map<number, number>();
  for (const obstacle of facts.obstacles) byAgency.set(obstacle.agency.id, (byAgency.get(obstacle.agency.id) ?? 0) + 1);
  for (const channel of await writer.channels({ kind: 'coordination' })) {
    await promise(channel.id, 'summary', 'digest-summary', {});
    for (const part of facts.digest.parts) {
      if (hasNews(part, byAgency.get(part.leadId) ?? 0))
        await promise(channel.id, `agency-${part.leadId}`, 'digest-agency', { agencyId: part.leadId });
    }
  }
  for (const channel of await writer.channels({ kind: 'agency' })) {
    await promise(channel.id, `agency-${channel.agencyId}`, 'digest-agency', { agencyId: channel.agencyId });
  }
  // Whoever posted it stands in the history.
  if (promised > 0) await writer.setSetting('last-digest', { week, promised });
  return promised;
}

/** A coordinator posts the digest now. */
export async function postDigest(
  house: House,
  actor: Actor,
  week: string | undefined,
): Promise<{ week: string; promised: number }> {
  requireCoordinator(actor);
  const monday = mondayMeant(house, week);
  const channels = await house.store.read(HOUSE).channels({ kind: 'coordination' });
  if (channels.length === 0) throw new UserError('no-coordination-channel');
  const promised = await house.store.write(actor, (writer) => promiseDigest(house, writer, monday));
  if (promised === 0) throw new UserError('digest-posted', { week: weekOf(monday) });
  return { week: weekOf(monday), promised };
}
