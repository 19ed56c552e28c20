import type { Day } from '../domain/calendar.ts';
import { bothAway, isAway, whoAnswers } from '../domain/stand-in.ts';
import { UserError } from '../domain/user-error.ts';
import { theDay, theOfficer } from './find-things.ts';
import { requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { handOnReminders } from './keep-hours.ts';
import type { Actor, OfficerView, Reader, Writer } from './ports.ts';
import { peopleOf, tellDirectly } from './tell.ts';
import { todayOf } from './zoned.ts';

export interface Absence {
  readonly self: OfficerView;
  readonly standIn: OfficerView;
  /** False where the stand-in cannot be written to yet. */
  readonly told: boolean;
  /** The days of it on which the stand-in is away too. `next`: who answers then; null where nobody is in. */
  readonly gap: { readonly from: Day; readonly until: Day; readonly next: OfficerView | null } | null;
  /** Of a coordinator: the others who are in on its first day and decide meanwhile; null for everybody else. */
  readonly deciding: readonly OfficerView[] | null;
}

/**
 * Away from one day to another: the stand-in acts and is written to meanwhile, and is told so at once. On days on which
 * the stand-in is away too, the next in line is, and is told as well; whoever stood in before is told that it is over.
 */
export async function setAway(
  house: House,
  actor: Actor,
  from: string,
  until: string,
  standIn: string | undefined,
): Promise<Absence> {
  requireOfficer(actor);
  const awayFrom = theDay(from, 'from');
  const awayUntil = theDay(until, 'until');
  if (awayUntil < awayFrom) throw new UserError('away-backwards', { from, until }, { field: 'until' });
  if (awayUntil < todayOf(house)) throw new UserError('day-passed', { day: until }, { field: 'until' });
  return house.store.write(actor, async (writer) => {
    const named = standIn === undefined ? null : await theOfficer(writer, standIn, 'stand-in');
    if (named?.id === actor.officerId) throw new UserError('own-stand-in', {}, { field: 'stand-in' });
    const self = await writer.officer(actor.officerId);
    if (!named && self?.standInId === null) throw new UserError('no-stand-in', {}, { field: 'stand-in' });
    const changed = await writer.changeOfficer(actor.officerId, {
      awayFrom,
      awayUntil,
      ...(named ? { standInId: named.id } : {}),
    });
    await handOnReminders(house, writer, changed);
    const acting = await writer.officer(changed.standInId ?? 0);
    if (!acting) throw new UserError('no-stand-in', {}, { field: 'stand-in' });
    const told = await tellStandIn(house, writer, acting, changed, { from: awayFrom, until: awayUntil });
    if (self && self.standInId !== acting.id) await tellOver(house, writer, self);
    const gap = await coverGap(house, writer, changed);
    // Whoever counted on the actor for some of these days is left to the next in line too.
    for (const other of await writer.officers({ standInId: actor.officerId })) await coverGap(house, writer, other);
    const day = awayFrom < todayOf(house) ? todayOf(house) : awayFrom;
    const others = changed.role === 'coordinator' ? await writer.officers({ role: 'coordinator' }) : null;
    const deciding = others?.filter((each) => each.id !== changed.id && !isAway(each, day)) ?? null;
    return { self: changed, standIn: acting, told, gap, deciding };
  });
}

interface Days {
  readonly from: Day;
  readonly until: Day;
}

/** Tells somebody for whom they act and on which days. Resolves to whether they can be written to. */
async function tellStandIn(
  house: House,
  writer: Writer,
  acting: OfficerView,
  absent: OfficerView,
  { from, until }: Days,
): Promise<boolean> {
  const times = (await writer.deliveriesByKey(overKey(acting.id, absent.id, { from, until }))).length;
  const told = await tellDirectly(writer, house, acting, {
    key: `${askedKey(acting.id, absent.id, { from, until })}${times === 0 ? '' : `:${times}`}`,
    kind: 'stand-in',
    facts: { officerId: absent.id, standInId: acting.id, from, until },
  });
  return told !== null;
}

/** Of the days on which an officer and their stand-in are away, whoever is next is told. */
async function coverGap(house: House, writer: Writer, absent: OfficerView): Promise<Absence['gap']> {
  const people = await peopleOf(writer);
  const standIn = people.get(absent.standInId ?? 0);
  const days = standIn ? bothAway(absent, standIn, todayOf(house)) : null;
  if (!days) return null;
  const answers = whoAnswers(absent, people, days.from);
  const next = answers.id === absent.id ? null : answers;
  if (next) await tellStandIn(house, writer, next, absent, days);
  return { ...days, next };
}

/** Whoever was told that they stand in, and no longer do, is told that too. `before`: the officer as they were. */
async function tellOver(house: House, writer: Writer, before: OfficerView): Promise<void> {
  const { id, standInId, awayFrom: from, awayUntil: until } = before;
  if (standInId === null || from === null || until === null || until < todayOf(house)) return;
  const standIn = await writer.officer(standInId);
  const asked = (await writer.deliveriesByKey(askedKey(standInId, id, { from, until }))).at(-1);
  // What was not said yet has nothing to say any more.
  if (!standIn || !asked || asked.state === 'pending') return;
  const over = overKey(standInId, id, { from, until });
  const times = (await writer.deliveriesByKey(over)).length;
  await tellDirectly(writer, house, standIn, {
    key: `${over}:${times + 1}`,
    kind: 'stand-in-over',
    facts: { officerId: id, standInId, from, until },
  });
}

const daysKey = (standInId: number, officerId: number, { from, until }: Days): string =>
  `${standInId}:${officerId}:${from}:${until}`;
const askedKey = (...of: Parameters<typeof daysKey>): string => `stand-in:${daysKey(...of)}`;
const overKey = (...of: Parameters<typeof daysKey>): string => `stand-in-over:${daysKey(...of)}`;

/**
 * Whether what a stand-in was told of still holds: they are the one named for these very days, or next in line on days
 * within the absence. `inPlaceOf`: the stand-in who is away then too; null for the one who was named.
 */
export async function standsInStill(
  reader: Reader,
  told: { readonly officerId: number; readonly standInId: number; readonly from: Day; readonly until: Day },
): Promise<{ readonly absent: OfficerView; readonly inPlaceOf: OfficerView | null } | null> {
  const people = await peopleOf(reader);
  const absent = people.get(told.officerId);
  if (!absent || absent.awayFrom === null || absent.awayUntil === null) return null;
  const { from, until } = told;
  if (absent.standInId === told.standInId)
    return absent.awayFrom === from && absent.awayUntil === until ? { absent, inPlaceOf: null } : null;
  const isWithin = absent.awayFrom <= from && until <= absent.awayUntil;
  const isNext = whoAnswers(absent, people, from).id === told.standInId;
  const standIn = people.get(absent.standInId ?? 0);
  return isWithin && isNext && standIn ? { absent, inPlaceOf: standIn } : null;
}
