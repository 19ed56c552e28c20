import { addDays, type Day } from '../domain/calendar.ts';
import type { Sector } from '../domain/sectors.ts';
import { en } from '../locales/en.ts';
import { officeHour } from './dates.ts';
import { type Fate, planFates } from './fates.ts';
import type { Luck } from './luck.ts';
import type { DemoAgency, DemoCommitment, DemoOfficer } from './plan.ts';
import { ANSWERS_FOR, PROVINCE_PREFIX } from './republic.ts';
import { planMilestones, planProgress } from './roadmap.ts';
import { planSigned, type Signed } from './signed.ts';
import type { Field } from './topics/index.ts';

/** Fields in which a province may answer. */
const LOCAL: readonly Field[] = [
  'trade',
  'investment',
  'transport',
  'construction',
  'agriculture',
  'environment',
  'culture',
  'people-to-people',
  'education',
  'health',
];
const LED_LOCALLY = 0.26;
/** Fields whose instruments are sometimes restricted, and those which leaders follow by name. */
const RESTRICTED = { count: 8, fields: ['defence', 'security', 'politics'] as readonly Field[] };
const FLAGSHIPS = {
  count: 5,
  about:
    /railway|expressway|interconnector|grid|hydrogen|wind|semiconductors|high technology|joint university|research fund|bridge|nuclear|battery|vaccine|zones/,
};
/** Open ones with no roadmap, and with no result named. */
const WITHOUT_ROADMAP = 7;
const WITHOUT_RESULT = 5;
/** Of what is done, one in this many still shows its roadmap. */
const ROADMAP_KEPT = 6;

export interface Republic {
  readonly agencies: readonly DemoAgency[];
  readonly officers: readonly DemoOfficer[];
}

/** The register by today, oldest first. */
export function planCommitments(republic: Republic, today: Day, luck: Luck): DemoCommitment[] {
  const signed = planSigned(today, luck);
  const fates = planFates(
    signed.map((each) => each.signedOn),
    today,
    luck,
  );
  const marks = planMarks(signed, fates, luck);
  const appoint = createAppointer(republic, luck);
  return signed.map((each, place) => {
    const fate = fates[place];
    if (!fate) throw new Error('a commitment without a fate');
    const registered = addDays(each.signedOn, luck.int(1, 5));
    const { lead, officer, helpers } = appoint(each);
    const verifiedOn = fate.verifiedOn;
    const progress = planProgress(
      { registeredOn: registered, fate, partner: each.partner.said, result: each.result },
      luck,
    );
    return {
      title:
        lead.kind === 'province' ? `${each.title}, ${lead.name.replace(PROVINCE_PREFIX, '')} province` : each.title,
      instrument: each.instrument,
      event: each.event,
      field: en[`sector.${each.field}`],
      partners: each.partners,
      result: marks.withoutResult.has(place) ? null : each.result,
      obligor: marks.owedByPartner.has(place) ? 'partner' : marks.owedByBoth.has(place) ? 'both' : 'us',
      signedOn: each.signedOn,
      due: fate.due,
      lead: lead.code,
      coLeads: luck.chance(0.05) ? helpers.slice(0, 1) : [],
      cooperating: helpers.slice(luck.int(0, 1), luck.int(1, 3)),
      officer,
      flagship: marks.flagship.has(place),
      restricted: marks.restricted.has(place),
      registeredAt: officeHour(registered, luck),
      milestones: marks.withoutRoadmap.has(place)
        ? []
        : planMilestones(each.signedOn, fate, each.partner.said, today, luck),
      progress,
      claimedAt: fate.claimedOn && (progress.at(-1)?.at ?? null),
      doneOn: fate.claimedOn,
      // After the office hours of the claim, which may be of the same day.
      verifiedAt: verifiedOn && `${verifiedOn}T09:59:30.000Z`,
    };
  });
}

/** The few that are special, by place: each kind drawn among those it makes sense for. */
function planMarks(signed: readonly Signed[], fates: readonly Fate[], luck: Luck) {
  const places = signed.map((_, place) => place);
  const having = (test: (each: Signed, fate: Fate) => boolean): number[] =>
    places.filter((place) => {
      const [each, fate] = [signed[place], fates[place]];
      return each !== undefined && fate !== undefined && test(each, fate);
    });
  const open = (fate: Fate) => fate.state.startsWith('open') && fate.claimedOn === null;
  const overdue = (fate: Fate) => open(fate) && fate.state === 'open-overdue';

  const weighty = having(
    (each, fate) => open(fate) && FLAGSHIPS.about.test(each.subject) && each.partner.kind !== 'organisation',
  );
  const late = having((each, fate) => overdue(fate) && !RESTRICTED.fields.includes(each.field));
  const lateAndWeighty = late.filter((place) => weighty.includes(place));
  const lateFlagship = luck.some(lateAndWeighty.length > 0 ? lateAndWeighty : late, 1);
  const owedLate = luck.some(
    late.filter((place) => !lateFlagship.includes(place)),
    1,
  );
  const inTerm = having((_, fate) => open(fate) && fate.state === 'open-in-term');
  const owed = luck.some(inTerm, 14);
  return {
    flagship: new Set([
      ...lateFlagship,
      ...luck.some(
        inTerm.filter((place) => weighty.includes(place)),
        FLAGSHIPS.count - 1,
      ),
    ]),
    restricted: new Set(
      luck.some(
        having((each, fate) => open(fate) && RESTRICTED.fields.includes(each.field)),
        RESTRICTED.count,
      ),
    ),
    owedByPartner: new Set([...owedLate, ...owed.slice(0, 6)]),
    owedByBoth: new Set(owed.slice(6)),
    withoutRoadmap: new Set([
      ...luck.some(inTerm, WITHOUT_ROADMAP),
      ...having((_, fate) => !open(fate)).filter((place) => place % ROADMAP_KEPT !== 0),
    ]),
    withoutResult: new Set(luck.some(inTerm, WITHOUT_RESULT)),
  };
}

/** Who answers: the body for that matter or the field's ministry, here and there a province; provinces each in their turn. */
function createAppointer({ agencies, officers }: Republic, luck: Luck) {
  const provinces = agencies.filter((agency) => agency.kind === 'province');
  let turn = 0;
  const staffed = new Map<string, number[]>();
  officers.forEach((officer, place) => {
    if (officer.role === 'officer') staffed.set(officer.agency, [...(staffed.get(officer.agency) ?? []), place]);
  });
  const inSector = (sector: Sector) => agencies.filter((agency) => agency.sector === sector);
  return ({ field, subject }: Signed): { lead: DemoAgency; officer: number; helpers: readonly string[] } => {
    const [ministry, ...bodies] = inSector(field);
    if (!ministry) throw new Error(`nobody answers for ${field}`);
    const local = LOCAL.includes(field) && luck.chance(LED_LOCALLY) ? provinces[turn++ % provinces.length] : undefined;
    const lead = local ?? bodies.find(({ code }) => ANSWERS_FOR[code]?.test(subject)) ?? ministry;
    const helpers = luck.some(
      agencies.filter((agency) => agency.kind !== 'province' && agency.sector !== field && agency !== lead),
      2,
    );
    return {
      lead,
      officer: luck.pick(staffed.get(lead.code) ?? []),
      helpers: [...(local ? [ministry] : []), ...helpers].map((agency) => agency.code),
    };
  };
}
