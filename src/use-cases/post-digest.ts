import { mondayOf, mondayOfWeek, weekOf } from '../domain/calendar.ts';
import { UserError } from '../domain/user-error.ts';
import { hasNews, type WeekFacts, weekFacts } from './digest-data.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import { type Actor, HOUSE, type Reader, type Writer } from './ports.ts';
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
  for (const { channelId, agencyId } of await digestMessages(writer, facts)) {
    if (agencyId === null) await promise(channelId, 'summary', 'digest-summary', {});
    else await promise(channelId, `agency-${agencyId}`, 'digest-agency', { agencyId });
  }
  // Whoever posted it stands in the history.
  if (promised > 0) await writer.setSetting('last-digest', { week, promised });
  return promised;
}

/** Where a week's digest speaks, in order: summaries (`agencyId` null) and the parts of agencies. */
export async function digestMessages(
  reader: Reader,
  facts: WeekFacts,
): Promise<readonly { readonly channelId: number; readonly agencyId: number | null }[]> {
  const obstacles = new Map<number, number>();
  for (const { agency } of facts.obstacles) obstacles.set(agency.id, (obstacles.get(agency.id) ?? 0) + 1);
  const newsOf = facts.digest.parts.filter((part) => hasNews(part, obstacles.get(part.leadId) ?? 0));
  const coordination = (await reader.channels({ kind: 'coordination' })).flatMap(({ id }) => [
    { channelId: id, agencyId: null },
    ...newsOf.map((part) => ({ channelId: id, agencyId: part.leadId })),
  ]);
  const own = await reader.channels({ kind: 'agency' });
  return [...coordination, ...own.map(({ id, agencyId }) => ({ channelId: id, agencyId }))];
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
