import type { MessageDocument } from '../chat/message.ts';
import { approverOn } from '../domain/approval.ts';
import { isAway } from '../domain/stand-in.ts';
import type { Speaker } from '../locales/speaker.ts';
import { approvalAsked, type ReportOn, reportDecided } from '../messages/approval.ts';
import type { ReminderFacts } from '../messages/reminder.ts';
import { reportsIn } from './ask-approval.ts';
import type { House } from './house.ts';
import type { CommitmentView, Reader } from './ports.ts';
import { todayOf } from './zoned.ts';

type Facts = Readonly<Record<string, unknown>>;

/** The reports that an approver was asked about, each as it stands now. */
export async function approvalMessage(
  house: House,
  reader: Reader,
  speak: Speaker,
  facts: Facts,
): Promise<MessageDocument | null> {
  const officer = typeof facts['officerId'] === 'number' ? await reader.officer(facts['officerId']) : null;
  const reports = await reportsOn(reader, reportsIn(facts));
  if (reports.length === 0) return null;
  const shown = reports.slice(0, house.rules.perReminder);
  const others = reports.slice(shown.length).filter(({ report }) => report.state === 'waiting').length;
  return approvalAsked(speak, { name: officer?.name ?? null, reports: shown, others });
}

export async function decidedMessage(
  reader: Reader,
  speak: Speaker,
  reportId: number,
): Promise<MessageDocument | null> {
  const [on] = await reportsOn(reader, [reportId]);
  return on && on.report.decided !== null ? reportDecided(speak, on) : null;
}

/** Of what was withdrawn since, nothing is asked any more. */
async function reportsOn(reader: Reader, ids: readonly number[]): Promise<readonly ReportOn[]> {
  const reports = await reader.reportsByIds(ids);
  const commitments = await reader.commitmentsByIds([...new Set(reports.map((each) => each.commitmentId))]);
  return reports.flatMap((report) => {
    const commitment = commitments.find((each) => each.id === report.commitmentId);
    return commitment && commitment.withdrawnAt === null ? [{ commitment, report }] : [];
  });
}

/** Whose approval the reports asked for need, for the small print of a reminder. */
export async function approversOf(
  house: House,
  reader: Reader,
  items: readonly CommitmentView[],
): Promise<Pick<ReminderFacts, 'approvers'>> {
  const approving = await reader.approvingAgencies();
  const leads = new Set(items.map((each) => each.lead.id).filter((id) => approving.includes(id)));
  // Of the whole office only these, where none of them is away: each reminder is composed by itself.
  const own = (await Promise.all([...leads].map((agencyId) => reader.officers({ agencyId })))).flat();
  const today = todayOf(house);
  const officers = own.some((each) => each.approver && isAway(each, today)) ? await reader.officers() : own;
  return {
    approvers: [...leads].map((agencyId) => ({ agencyId, name: approverOn(officers, agencyId, today)?.name ?? null })),
  };
}
