import { addDays, nextMonday } from '../domain/calendar.ts';
import { UserError } from '../domain/user-error.ts';
import type { AppliedFacts } from '../messages/import.ts';
import { weekFacts } from './digest-data.ts';
import { plannedMoment } from './digest-week.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { KeptPlan } from './import-file.ts';
import { remindersOn } from './plan-reminders.ts';
import type { Actor, CommitmentView, Reader } from './ports.ts';
import { digestMessages } from './post-digest.ts';
import { platformOf } from './tell.ts';
import { todayOf } from './zoned.ts';

/** An import as it stands: what came in, and what starting it would send on the first Monday. */
export async function appliedFacts(house: House, reader: Reader, id: number): Promise<AppliedFacts | null> {
  const row = await reader.import(id);
  if (!row) return null;
  const { counts } = row.plan as KeptPlan;
  const history = await reader.history('import', String(id));
  const start = history.find((each) => each.change === 'started');
  const starter = start && /^officer:(\d+)$/.exec(start.actor);
  const by = starter ? ((await reader.officer(Number(starter[1])))?.name ?? '') : (start?.actor ?? '');
  return {
    id,
    fileName: row.fileName,
    created: row.done?.created ?? counts.create,
    updated: row.done?.updated ?? counts.update,
    wouldSend: await firstMonday(house, reader, id),
    started: start ? { by, at: start.at } : null,
  };
}

/**
 * What the first Monday after starting an import would send because of it, by the rules that send it: the parts of the
 * digest that speak of its agencies, wherever they are posted, and the reminders that name one of its commitments.
 */
async function firstMonday(house: House, reader: Reader, importId: number): Promise<AppliedFacts['wouldSend']> {
  const monday = nextMonday(todayOf(house));
  const own = await reader.allCommitments({ importId });
  const imported = new Set(own.map((each) => each.id));
  const leads = new Set(own.map((each) => each.lead.id));
  // What other imports hold back stays held back.
  const shown = (each: CommitmentView) => !each.held || imported.has(each.id);
  const digest = await digestMessages(
    reader,
    await weekFacts(house, reader, await plannedMoment(house, reader, monday), shown),
  );
  const parts = digest.filter((message) => message.agencyId !== null && leads.has(message.agencyId)).length;
  const owed = await remindersOn(house, reader, addDays(monday, -1), monday, shown);
  const people = owed.plan.filter((reminder) => reminder.things.some((each) => imported.has(each.commitmentId)));
  const reachable = people.filter((reminder) => {
    const officer = owed.people.get(reminder.officerId);
    return officer !== undefined && platformOf(house, officer) !== null;
  });
  return {
    parts,
    people: reachable.length,
    messages: parts + reachable.length,
    unreachable: people.length - reachable.length,
  };
}

/** From now on officers are written to about what was imported. */
export async function startImport(house: House, actor: Actor, id: number): Promise<AppliedFacts> {
  requireCoordinator(actor);
  await house.store.write(actor, async (writer) => {
    const row = await writer.import(id);
    if (!row) throw new UserError('no-such-import', { id });
    if (row.state === 'previewed') throw new UserError('import-not-applied', { file: row.fileName });
    if (row.state === 'started') throw new UserError('import-started', { file: row.fileName });
    await writer.setImportStarted(id, house.clock.now());
    for (const told of await writer.deliveriesByKey(`import-applied:${id}`))
      await writer.redeliver(told.id, told.facts, house.clock.now());
  });
  const facts = await appliedFacts(house, house.store.read(actor), id);
  if (!facts) throw new Error(`import ${id} is gone after it was started`);
  return facts;
}
