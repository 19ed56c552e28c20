import { addDays } from '../domain/calendar.ts';
import { UserError } from '../domain/user-error.ts';
import type { UndeliveredFacts } from '../messages/undelivered.ts';
import { dayOf, updateUndelivered } from './deliver-otherwise.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, PromisedDelivery, Reader, Writer } from './ports.ts';
import { instantOf, later, todayOf } from './zoned.ts';

const PER_PAGE = 8;
/** Days after which nobody sends again what did not arrive. */
const KEPT_DAYS = 30;
/** Hours for which a message that is sent again may be said. */
const AGAIN_HOURS = 48;

/** Since when what was refused or has expired is shown and counted. */
export const listedSince = (house: House): string =>
  instantOf(addDays(todayOf(house), -KEPT_DAYS), '00:00', house.zone);

/** What did not arrive in the last thirty days, a page at a time: what is in doubt first, however long it has been. */
export async function listUndelivered(house: House, actor: Actor, page: number): Promise<UndeliveredFacts> {
  requireCoordinator(actor);
  const reader = house.store.read(actor);
  const at = Math.max(1, page);
  const found = await reader.undelivered({ since: listedSince(house), limit: PER_PAGE, offset: (at - 1) * PER_PAGE });
  return { ...found, page: at, perPage: PER_PAGE };
}

/** What of a day did not arrive, for the message that tells of it. */
export async function undeliveredOn(house: House, reader: Reader, day: string) {
  return reader.undelivered({
    since: instantOf(day, '00:00', house.zone),
    until: instantOf(addDays(day, 1), '00:00', house.zone),
    limit: PER_PAGE,
    offset: 0,
  });
}

/** A coordinator has it said again: what was refused or has expired, or what may not have been said at all. */
export async function sendAgain(house: House, actor: Actor, id: number): Promise<void> {
  requireCoordinator(actor);
  await house.store.write(actor, async (writer) => {
    const delivery = await theDelivery(writer, id);
    const now = house.clock.now();
    const again = await writer.deliverAgain(id, now, later(now, { hours: AGAIN_HOURS }));
    if (!again) throw new UserError('delivery-settled');
    await updateUndelivered(house, writer, dayOf(house, delivery));
  });
}

/** A coordinator has seen it: what was in doubt arrived. */
export async function confirmArrived(house: House, actor: Actor, id: number): Promise<void> {
  requireCoordinator(actor);
  await house.store.write(actor, async (writer) => {
    const delivery = await theDelivery(writer, id);
    if (!(await writer.confirmDelivery(id, house.clock.now()))) throw new UserError('delivery-settled');
    await updateUndelivered(house, writer, dayOf(house, delivery));
  });
}

async function theDelivery(writer: Writer, id: number): Promise<PromisedDelivery> {
  const delivery = await writer.promised(id);
  if (!delivery) throw new UserError('no-such-delivery', { id }, { field: 'delivery' });
  return delivery;
}
