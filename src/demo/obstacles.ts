import { addDays, type Day } from '../domain/calendar.ts';
import { proposeChair, type ReportFacts } from '../domain/working-group.ts';
import type { Republic } from './commitments.ts';
import { officeHour } from './dates.ts';
import type { Luck } from './luck.ts';
import type { DemoAgency, DemoCommitment, DemoGroup, DemoObstacle, DemoShared, DemoYear } from './plan.ts';
import { type Report, SHARED_REPORTS, type SharedReports, SINGLE_REPORTS, THIRD_REPORT } from './reports.ts';

/** What stands in the way: the shared ones first, each on an open commitment of its sector that may be spoken of. */
export function planObstacles(
  republic: Republic,
  commitments: readonly DemoCommitment[],
  today: Day,
  luck: Luck,
): Pick<DemoYear, 'obstacles' | 'shared' | 'thirdReport'> {
  const agencyOf = (code: string): DemoAgency => {
    const agency = republic.agencies.find((each) => each.code === code);
    if (!agency) throw new Error(`no agency has the code ${code}`);
    return agency;
  };
  const taken = new Set<number>();
  const placeFor = (
    { sector, on }: Pick<Report, 'sector' | 'on'>,
    ago: number,
  ): { commitment: number; agency: string; officer: number } => {
    const fitting = commitments.flatMap((each, place) => {
      const open = each.claimedAt === null && !each.restricted && agencyOf(each.lead).sector === sector;
      return open && each.registeredAt < addDays(today, -ago) && !taken.has(place) ? [place] : [];
    });
    const likely = fitting.filter((place) => on.test(commitments[place]?.title ?? ''));
    const commitment = luck.pick(likely.length > 0 ? likely : fitting);
    taken.add(commitment);
    const { lead, officer } = commitments[commitment] ?? { lead: '', officer: 0 };
    return { commitment, agency: lead, officer };
  };
  const obstacleOf = ({ sector, ago, on, text, solution, decider }: Report): DemoObstacle => ({
    ...placeFor({ sector, on }, ago),
    at: officeHour(addDays(today, -ago), luck),
    text,
    solution: solution ?? null,
    decider: decider === undefined ? null : agencyOf(decider).name,
  });

  const obstacles: DemoObstacle[] = [];
  const shared: DemoShared[] = SHARED_REPORTS.map((plan) => {
    const reports = plan.reports.map(obstacleOf);
    const places = reports.map((report) => obstacles.push(report) - 1);
    return {
      title: plan.title,
      openedAt: reports[1]?.at ?? today,
      obstacles: places,
      group: groupOf(plan, reports, republic, today),
    };
  });
  for (const report of SINGLE_REPORTS) obstacles.push(obstacleOf(report));
  const { commitment, officer } = placeFor(THIRD_REPORT, 0);
  return { obstacles, shared, thirdReport: { commitment, officer, text: THIRD_REPORT.text } };
}

function groupOf(
  plan: SharedReports,
  reports: readonly DemoObstacle[],
  republic: Republic,
  today: Day,
): DemoGroup | null {
  const { proposedAgo, calledAgo } = plan;
  if (plan.group === 'none' || proposedAgo === undefined) return null;
  const placed = (code: string) => republic.agencies.findIndex((agency) => agency.code === code);
  const facts = reports.map((report, id): ReportFacts => {
    const decider = republic.agencies.findIndex((agency) => agency.name === report.decider);
    return {
      id,
      sector: republic.agencies[placed(report.agency)]?.sector ?? 'other',
      agencyId: placed(report.agency),
      officerId: report.officer,
      commitmentId: report.commitment,
      on: report.at.slice(0, 10),
      open: true,
      deciderId: decider < 0 ? null : decider,
    };
  });
  const chair = proposeChair(facts);
  const code = chair && republic.agencies[chair.agencyId]?.code;
  if (!chair || !code) throw new Error(`nobody is proposed for the chair of '${plan.title}'`);
  // At the close of office at UTC+7: after the reports of that day.
  const at = (ago: number) => `${addDays(today, -ago)}T10:00:00.000Z`;
  const calledAt = plan.group === 'called' && calledAgo !== undefined ? at(calledAgo) : null;
  const chairOfficer = republic.officers.findIndex((officer) => officer.agency === code && officer.role === 'officer');
  const everybody = [
    ...reports.map((report) => ({ officer: report.officer, why: 'reported' as const })),
    { officer: chairOfficer, why: 'chair' as const },
    { officer: 0, why: 'coordinator' as const },
  ];
  const members = everybody.filter(
    (each, place) => everybody.findIndex((other) => other.officer === each.officer) === place,
  );
  return {
    chair: code,
    chairRule: chair.rule,
    proposedAt: at(proposedAgo),
    calledAt,
    members: calledAt === null ? [] : members,
    proposals:
      calledAt === null || plan.proposal === undefined
        ? []
        : [{ officer: chairOfficer, text: plan.proposal, at: at((calledAgo ?? 0) - 8) }],
  };
}
