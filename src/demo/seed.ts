import type { Actor, Clock, OfficerView, Store, Writer } from '../use-cases/ports.ts';
import { dayIn } from '../use-cases/zoned.ts';
import type { DemoCommitment, DemoGroup, DemoYear } from './plan.ts';
import { demoYear } from './year.ts';

const ACTOR: Actor = {
  sight: 'house',
  officerId: null,
  name: 'demo',
  displayName: 'Demonstration',
  role: 'house',
  agencyId: null,
  via: 'demo',
};
const SETTING = 'demo';

/**
 * Writes the demonstration year, as seen today, into an empty register: in one transaction, with its history, and
 * without promising any message. Where it has been written before (setting 'demo'), nothing is done. `onStep` hears of
 * every record; `zone` (IANA) says whose today it is.
 */
export async function seedDemo(
  store: Store,
  clock: Clock,
  onStep: (done: number, of: number) => void = () => {},
  zone = 'UTC',
): Promise<void> {
  const today = dayIn(clock.now(), zone);
  await store.write(ACTOR, async (writer) => {
    if ((await writer.setting(SETTING)) !== null) return;
    const year = demoYear(today);
    const of = year.agencies.length + year.officers.length + year.commitments.length + year.obstacles.length;
    let done = 0;
    const step = () => onStep(++done, of);

    const agencies = await writeAgencies(writer, year, step);
    const officers = await writeOfficers(writer, year, agencies, step);
    const commitments = await writeCommitments(writer, year, { agencies, officers }, step);
    await writeObstacles(writer, year, { agencies, officers, commitments }, step);
    await writer.setSetting(SETTING, { seededOn: today });
  });
}

/** From the plan's names and places to the register's ids. */
interface Ids {
  readonly agencies: (code: string) => number;
  readonly officers: (place: number) => number;
  readonly commitments: (place: number) => number;
}

async function writeAgencies(writer: Writer, year: DemoYear, step: () => void): Promise<Ids['agencies']> {
  const ids = new Map<string, number>();
  for (const agency of year.agencies) {
    ids.set(agency.code, (await writer.addAgency(agency)).id);
    step();
  }
  return (code) => known(ids.get(code), code);
}

async function writeOfficers(
  writer: Writer,
  year: DemoYear,
  agencies: Ids['agencies'],
  step: () => void,
): Promise<Ids['officers']> {
  const made: OfficerView[] = [];
  const idOf = (place: number): number => known(made[place]?.id, place);
  for (const { agency, name, email, role, lang, standIn } of year.officers) {
    // Somebody who comes later is named below, once they are there.
    const standInId = standIn === null || standIn >= made.length ? null : idOf(standIn);
    made.push(await writer.addOfficer({ agencyId: agencies(agency), name, email, role, lang, standInId }));
    step();
  }
  for (const [place, { standIn, away }] of year.officers.entries()) {
    const later = standIn !== null && standIn > place ? { standInId: idOf(standIn) } : {};
    const absent = away === null ? {} : { awayFrom: away.from, awayUntil: away.until };
    if (away !== null || 'standInId' in later) await writer.changeOfficer(idOf(place), { ...later, ...absent });
  }
  return idOf;
}

async function writeCommitments(
  writer: Writer,
  year: DemoYear,
  ids: Pick<Ids, 'agencies' | 'officers'>,
  step: () => void,
): Promise<Ids['commitments']> {
  const made: number[] = [];
  for (const plan of year.commitments) {
    const { title, instrument, event, field, partners, result, obligor, signedOn, due, flagship, registeredAt } = plan;
    const { id } = await writer.addCommitment({
      ...{ title, instrument, event, field, partners, result, obligor, signedOn, due, flagship, registeredAt },
      leadId: ids.agencies(plan.lead),
      coLeadIds: plan.coLeads.map(ids.agencies),
      cooperatingIds: plan.cooperating.map(ids.agencies),
      officerId: ids.officers(plan.officer),
      classification: plan.restricted ? 'restricted' : 'open',
    });
    made.push(id);
    for (const milestone of plan.milestones) await writer.addMilestone(id, milestone);
    await writeProgress(writer, id, plan, ids.officers(plan.officer));
    step();
  }
  return (place) => known(made[place], place);
}

/** The reports one by one; what the commitment itself says of them, as of the last one. */
async function writeProgress(
  writer: Writer,
  commitmentId: number,
  plan: DemoCommitment,
  officerId: number,
): Promise<void> {
  const last = plan.progress.at(-1);
  if (!last) return;
  for (const report of plan.progress) await writer.addProgress({ commitmentId, officerId, ...report });
  const said = { lastReportAt: last.at, lastReport: last.text };
  const { claimedAt, doneOn, verifiedAt } = plan;
  if (claimedAt === null) await writer.changeCommitment(commitmentId, said, 'progress');
  else
    await writer.changeCommitment(
      commitmentId,
      { ...said, claimedAt, doneOn, verifiedAt },
      verifiedAt === null ? 'claimed-done' : 'verified',
    );
}

async function writeObstacles(writer: Writer, year: DemoYear, ids: Ids, step: () => void): Promise<void> {
  const made: number[] = [];
  for (const { commitment, agency, officer, ...said } of year.obstacles) {
    made.push(
      (
        await writer.addObstacle({
          ...said,
          commitmentId: ids.commitments(commitment),
          agencyId: ids.agencies(agency),
          officerId: ids.officers(officer),
        })
      ).id,
    );
    step();
  }
  for (const { title, openedAt, obstacles, group } of year.shared) {
    const shared = await writer.addShared({ title, openedAt });
    const [first, ...rest] = obstacles.map((place) => ({
      id: known(made[place], place),
      at: year.obstacles[place]?.at ?? openedAt,
    }));
    for (const report of [first, ...rest]) if (report) await writer.joinShared(report.id, shared.id);
    for (const report of rest) {
      await writer.addObstacleEvent({
        obstacleId: report.id,
        ...(first ? { otherId: first.id } : {}),
        sharedId: shared.id,
        event: 'confirmed',
        at: report.at,
      });
    }
    if (group) await writeGroup(writer, shared.id, group, ids);
  }
}

async function writeGroup(writer: Writer, sharedId: number, plan: DemoGroup, ids: Ids): Promise<void> {
  const group = await writer.addGroup({
    sharedId,
    state: 'proposed',
    chairId: ids.agencies(plan.chair),
    chairRule: plan.chairRule,
    at: plan.proposedAt,
  });
  if (plan.calledAt === null) return;
  await writer.decideGroup(group.id, 'called', plan.calledAt);
  for (const { officer, why } of plan.members)
    await writer.addMember(group.id, ids.officers(officer), why, plan.calledAt);
  for (const { officer, text, at } of plan.proposals)
    await writer.addGroupProposal(group.id, ids.officers(officer), text, at);
}

function known(id: number | undefined, name: string | number): number {
  if (id === undefined) throw new Error(`the plan names ${name}, which is not in it`);
  return id;
}
