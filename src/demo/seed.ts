import type { Actor, Clock, Store, Writer } from '../use-cases/ports.ts';
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
  const made = await writer.addOfficers(
    year.officers.map(({ agency, name, email, role, lang, standIn }) => ({
      agencyId: agencies(agency),
      name,
      email,
      role,
      lang,
      standIn,
    })),
  );
  const idOf = (place: number): number => known(made[place], place);
  for (const [place, { away }] of year.officers.entries()) {
    if (away !== null) await writer.changeOfficer(idOf(place), { awayFrom: away.from, awayUntil: away.until });
    step();
  }
  return idOf;
}

async function writeCommitments(
  writer: Writer,
  year: DemoYear,
  ids: Pick<Ids, 'agencies' | 'officers'>,
  step: () => void,
): Promise<Ids['commitments']> {
  const made = await writer.addCommitments(
    year.commitments.map((plan) => {
      const { title, instrument, event, field, partners, result, obligor, signedOn, due, flagship, registeredAt } =
        plan;
      const { claimedAt, doneOn, verifiedAt } = plan;
      const last = plan.progress.at(-1);
      return {
        ...{ title, instrument, event, field, partners, result, obligor, signedOn, due, flagship, registeredAt },
        ...{ claimedAt, doneOn, verifiedAt, lastReportAt: last?.at ?? null, lastReport: last?.text ?? null },
        leadId: ids.agencies(plan.lead),
        coLeadIds: plan.coLeads.map(ids.agencies),
        cooperatingIds: plan.cooperating.map(ids.agencies),
        officerId: ids.officers(plan.officer),
        classification: plan.restricted ? 'restricted' : 'open',
      };
    }),
  );
  const idOf = (place: number): number => known(made[place], place);
  const eachOf = <T>(of: (plan: DemoCommitment, commitmentId: number) => readonly T[]): T[] =>
    year.commitments.flatMap((plan, place) => of(plan, idOf(place)));
  await writer.addMilestones(
    eachOf(({ milestones }, commitmentId) => milestones.map((milestone) => ({ ...milestone, commitmentId }))),
  );
  await writer.addProgress(
    ...eachOf((plan, commitmentId) =>
      plan.progress.map((report) => ({ ...report, commitmentId, officerId: ids.officers(plan.officer) })),
    ),
  );
  year.commitments.forEach(step);
  return idOf;
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
