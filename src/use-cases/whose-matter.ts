import { assignedTo } from './compose-reminder.ts';
import { digestsIn, type Facts, number, numbers, text, thingsIn } from './delivery-facts.ts';
import { concernedAgencies } from './guards.ts';
import type { House } from './house.ts';
import type { CommitmentView, OfficerView, PromisedDelivery, Reader } from './ports.ts';

/** What a message says of one agency's work: that agency may read it. */
export interface Matter {
  readonly agencyId: number;
  readonly facts: Facts;
}

/**
 * Whose work a message to one person is about: their own agency's, or that of whoever they act for. A reminder that is
 * about several is parted among them, their own first; empty where a message cannot be.
 */
export async function mattersOf(
  house: House,
  reader: Reader,
  message: PromisedDelivery,
  officer: OfficerView,
): Promise<readonly Matter[]> {
  const { facts } = message;
  if (message.kind === 'reminder') return partsOf(reader, facts, officer);
  const commitments = await commitmentsIn(house, reader, message, officer);
  const [agencyId = officer.agency.id, ...others] = new Set(commitments.map((each) => agencyOf(each, officer)));
  return others.length > 0 ? [] : [{ agencyId, facts }];
}

/** Their own where it has a part in it or it is theirs by name; else they act for the lead. */
const agencyOf = (commitment: CommitmentView, officer: OfficerView): number =>
  commitment.officerId === officer.id || concernedAgencies(commitment).includes(officer.agency.id)
    ? officer.agency.id
    : commitment.lead.id;

async function partsOf(reader: Reader, facts: Facts, officer: OfficerView): Promise<readonly Matter[]> {
  const things = thingsIn(facts);
  const otherIds = numbers(facts, 'otherIds');
  const commitments = await reader.commitmentsByIds([...things.map((each) => each.commitmentId), ...otherIds]);
  const whose = new Map(commitments.map((each) => [each.id, agencyOf(each, officer)]));
  const digests = digestsIn(facts);
  const absent = await reader.officers({ ids: numbers(facts, 'standingInFor') });
  const own = officer.agency.id;
  const agencies = [...new Set([...whose.values(), ...digests.flatMap((each) => each.agencyIds)])];
  if (agencies.length < 2) return [{ agencyId: agencies[0] ?? own, facts }];
  return agencies
    .toSorted((a, b) => Number(b === own) - Number(a === own) || a - b)
    .map((agencyId): Matter => {
      const { digests: _, ...rest } = facts;
      const named = things.filter((each) => whose.get(each.commitmentId) === agencyId);
      const shown = digests
        .filter((each) => each.agencyIds.includes(agencyId))
        .map((each) => ({ ...each, agencyIds: [agencyId] }));
      const part = {
        ...rest,
        ...(shown.length > 0 ? { digests: shown } : {}),
        things: named,
        keys: named.map((each) => each.key),
        otherIds: otherIds.filter((id) => whose.get(id) === agencyId),
        standingInFor: absent.filter((each) => each.agency.id === agencyId).map((each) => each.id),
      };
      return { agencyId, facts: part };
    });
}

async function commitmentsIn(
  house: House,
  reader: Reader,
  { kind, facts }: PromisedDelivery,
  officer: OfficerView,
): Promise<readonly CommitmentView[]> {
  switch (kind) {
    case 'assigned':
      return assignedTo(house, reader, officer.id, text(facts, 'day'));
    case 'handed-back':
      return reader.commitmentsByIds([number(facts, 'commitmentId')]);
    case 'report-decided': {
      const reports = await reader.reportsByIds([number(facts, 'reportId')]);
      return reader.commitmentsByIds(reports.map((each) => each.commitmentId));
    }
    default:
      return [];
  }
}
