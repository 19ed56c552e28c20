import type { Lang } from '../chat/language.ts';
import type { MessageDocument } from '../chat/message.ts';
import { addDays } from '../domain/calendar.ts';
import { sectorsConcerned } from '../domain/working-group.ts';
import { type Speaker, speaker } from '../locales/speaker.ts';
import { accountTaken } from '../messages/account.ts';
import { standInAsked, standInOver } from '../messages/away.ts';
import { calendarWanted } from '../messages/calendar.ts';
import { claimNotice, groupMissing, groupReport, notMineNotice } from '../messages/coordinator-notices.ts';
import { commitmentChanged, groupConcluded, obstacleSolved } from '../messages/corrected.ts';
import { digestAgency, digestSummary } from '../messages/digest.ts';
import { type GroupFacts, groupMember, groupOpening, groupProposal } from '../messages/group.ts';
import { importApplied } from '../messages/import.ts';
import { notice } from '../messages/notice.ts';
import { handedBack } from '../messages/officer-notices.ts';
import { digestNowhere, jobMissed } from '../messages/planned-runs.ts';
import { insteadFor, undeliveredNotice } from '../messages/undelivered.ts';
import { reportFacts } from './call-group.ts';
import { approvalMessage, decidedMessage } from './compose-approval.ts';
import { beforehandMessage, unseenMessage } from './compose-beforehand.ts';
import { assignedMessage, reminderMessage } from './compose-reminder.ts';
import { type Facts, number, numbers, text, textOr } from './delivery-facts.ts';
import { agencyWeek, POSTED, weekFacts } from './digest-data.ts';
import { type DigestMoment, plannedMoment } from './digest-week.ts';
import type { House } from './house.ts';
import { appliedFacts } from './import-start.ts';
import { CHANNEL, type ChannelView, type GroupView, type Reader } from './ports.ts';
import { standsInStill } from './set-away.ts';
import { hasCoordination } from './tell-nowhere.ts';
import { undeliveredOn } from './undelivered.ts';
import { dayIn, todayOf } from './zoned.ts';

type Composer = (house: House, reader: Reader, speak: Speaker, facts: Facts) => Promise<MessageDocument | null>;

/**
 * What each kind of delivery says, composed when it is claimed: from the register as it is then, for whoever reads it
 * there. Null where there is nothing left to say.
 */
const COMPOSERS: Readonly<Record<string, Composer>> = {
  'digest-summary': async (house, reader, speak, facts) => {
    return digestSummary(speak, await weekFacts(house, reader, await momentIn(house, reader, facts), POSTED));
  },
  'digest-agency': digestPart,
  reminder: reminderMessage,
  assigned: assignedMessage,
  'digest-beforehand': beforehandMessage,
  'digest-unseen': unseenMessage,
  'group-proposal': async (house, reader, speak, facts) =>
    groupMessage(house, reader, facts, (group) => groupProposal(speak, group)),
  'group-opening': async (house, reader, speak, facts) =>
    groupMessage(house, reader, facts, (group) => groupOpening(speak, group)),
  'group-member': async (house, reader, speak, facts) => {
    const [channel] = await reader.channels({ kind: 'group', groupId: number(facts, 'groupId') });
    return groupMessage(house, reader, facts, (group) =>
      groupMember(speak, { ...group, platform: channel?.platform ?? '' }),
    );
  },
  'group-report': async (_house, reader, speak, facts) => {
    const report = await reader.obstacle(number(facts, 'obstacleId'));
    const group = await reader.group(number(facts, 'groupId'));
    return report && group && groupReport(speak, { group, report });
  },
  'group-missing': async (_house, reader, speak, facts) => {
    const group = await reader.group(number(facts, 'groupId'));
    const officers = await reader.officers({ ids: numbers(facts, 'officerIds') });
    return group && groupMissing(speak, { group, names: officers.map((each) => each.name) });
  },
  claim: async (_house, reader, speak, facts) => {
    const commitment = await reader.commitment(number(facts, 'commitmentId'));
    return commitment && claimNotice(speak, { commitment, decided: decisionIn(facts) });
  },
  'commitment-changed': async (_house, reader, speak, facts) => {
    const commitment = await reader.commitment(number(facts, 'commitmentId'));
    const what = WHAT.find((each) => each === facts['what']);
    const [by, fields] = [text(facts, 'by'), (facts['fields'] as string[] | undefined) ?? []];
    const reason = typeof facts['reason'] === 'string' ? facts['reason'] : null;
    return commitment && what ? commitmentChanged(speak, { commitment, what, by, fields, reason }) : null;
  },
  'obstacle-solved': async (_house, reader, speak, facts) => {
    const solved = await reader.obstacle(number(facts, 'obstacleId'));
    const own = await reader.obstacle(number(facts, 'ownId'));
    return solved && own && obstacleSolved(speak, { solved, own, by: text(facts, 'by') });
  },
  'group-concluded': async (_house, reader, speak, facts) => {
    const group = await reader.group(number(facts, 'groupId'));
    if (!group) return null;
    const by = group.concludedById === null ? null : await reader.officer(group.concludedById);
    const open = await reader.obstaclesOf({ sharedId: group.shared.id, open: true });
    return groupConcluded(speak, { group, by: by?.name ?? '', open: open.length });
  },
  'not-mine': async (_house, reader, speak, facts) => {
    const commitment = await reader.commitment(number(facts, 'commitmentId'));
    const officer = await reader.officer(number(facts, 'officerId'));
    const proposed = typeof facts['proposedId'] === 'number' ? await reader.officer(facts['proposedId']) : null;
    return commitment && officer && notMineNotice(speak, { commitment, by: officer.name, proposed });
  },
  'handed-back': async (_house, reader, speak, facts) => {
    const commitment = await reader.commitment(number(facts, 'commitmentId'));
    // Reported done again meanwhile, or agreed to: there is nothing to hand back any more.
    if (!commitment || commitment.claimedAt !== null || commitment.verifiedAt !== null) return null;
    return handedBack(speak, { commitment, by: text(facts, 'by'), reason: textOr(facts, 'reason') });
  },
  approval: approvalMessage,
  'report-decided': (_house, reader, speak, facts) => decidedMessage(reader, speak, number(facts, 'reportId')),
  'stand-in': async (_house, reader, speak, facts) => {
    const days = { from: text(facts, 'from'), until: text(facts, 'until') };
    const told = { ...days, officerId: number(facts, 'officerId'), standInId: number(facts, 'standInId') };
    const still = await standsInStill(reader, told);
    return still && standInAsked(speak, { ...days, ...still });
  },
  'stand-in-over': async (_house, reader, speak, facts) => {
    const absent = await reader.officer(number(facts, 'officerId'));
    // Named again before it was said: there is nothing to take back.
    if (!absent || absent.standInId === facts['standInId']) return null;
    return standInOver(speak, { absent, from: text(facts, 'from'), until: text(facts, 'until') });
  },
  'account-taken': async (_house, reader, speak, facts) => {
    const officer = await reader.officer(number(facts, 'officerId'));
    const holder = await reader.officer(number(facts, 'holderId'));
    return officer && holder && accountTaken(speak, { officer, holder, platform: text(facts, 'platform') });
  },
  'calendar-wanted': async (house, _reader, speak, facts) => {
    const year = number(facts, 'year');
    return calendarWanted(speak, { year, isNear: todayOf(house) < `${year}-01-01` });
  },
  'job-missed': async (_house, _reader, speak, facts) =>
    jobMissed(speak, { job: text(facts, 'job'), planned: (facts['planned'] as string[] | undefined) ?? [] }),
  'digest-nowhere': async (house, reader, speak) =>
    (await hasCoordination(house, reader)) ? null : digestNowhere(speak),
  'demo-notice': async (_house, _reader, speak) =>
    notice(speak, [speak.rich('demo.notice')], {
      buttons: [{ label: speak.say('button.help'), does: { path: 'accord/help', blanks: {} } }],
    }),
  undelivered: async (house, reader, speak, facts) => {
    const day = text(facts, 'day');
    return undeliveredNotice(speak, { day, ...(await undeliveredOn(house, reader, day)) });
  },
  'import-applied': async (house, reader, speak, facts) => {
    const applied = await appliedFacts(house, reader, number(facts, 'importId'));
    return applied && importApplied(speak, applied);
  },
};

const WHAT = ['amended', 'withdrawn', 'restored'] as const;

/** The kinds of deliveries that say something; the others change a conversation. */
export const COMPOSED_KINDS = Object.keys(COMPOSERS);

/** The document of a delivery for the channel it goes to; null where it has nothing to say any more. */
export async function compose(
  house: House,
  channel: ChannelView,
  kind: string,
  facts: Facts,
): Promise<MessageDocument | null> {
  const composer = COMPOSERS[kind];
  if (!composer) throw new Error(`no message is composed for '${kind}'`);
  const reader = house.store.read({ ...CHANNEL, officerId: channel.officerId });
  const officer = channel.officerId === null ? null : await reader.officer(channel.officerId);
  const lang: Lang = officer?.lang ?? channel.lang ?? house.lang;
  const speak = speaker(lang, house.zone);
  const document = await composer(house, reader, speak, facts);
  if (!document) return null;
  const person = typeof facts['insteadFor'] === 'number' ? await reader.officer(facts['insteadFor']) : null;
  const said = person
    ? insteadFor(speak, document, person, channel.kind === 'direct' ? 'stand-in' : 'agency')
    : document;
  return { ...said, continued: speak.say('message.continued') };
}

async function digestPart(house: House, reader: Reader, speak: Speaker, facts: Facts): Promise<MessageDocument | null> {
  const agency = await reader.agency(number(facts, 'agencyId'));
  if (!agency) return null;
  const week = await agencyWeek(house, reader, await momentIn(house, reader, facts), agency.id, POSTED);
  return digestAgency(speak, { ...house.rules, ...week, agency });
}

/** The instant that a digest was promised for; one that only names its week is the planned one. */
async function momentIn(house: House, reader: Reader, facts: Facts): Promise<DigestMoment> {
  const monday = text(facts, 'monday');
  if (typeof facts['at'] !== 'string') return plannedMoment(house, reader, monday);
  return { monday, at: facts['at'], since: text(facts, 'since') };
}

async function groupMessage(
  house: House,
  reader: Reader,
  facts: Facts,
  say: (facts: GroupFacts) => MessageDocument,
): Promise<MessageDocument | null> {
  const group = await reader.group(number(facts, 'groupId'));
  return group && say(await groupFacts(house, reader, group));
}

async function groupFacts(house: House, reader: Reader, group: GroupView): Promise<GroupFacts> {
  const reports = await reader.obstaclesOf({ sharedId: group.shared.id, open: true });
  const today = dayIn(group.decidedAt ?? group.proposedAt, house.zone);
  const facts = await reportFacts(reader, house, reports);
  const first = reports[0]?.at ?? group.proposedAt;
  const last = reports.at(-1)?.at ?? group.proposedAt;
  return {
    group,
    reports,
    touched: await reader.commitmentsByIds([...new Set(reports.map((each) => each.commitmentId))]),
    sectors: sectorsConcerned(facts, today, house.rules),
    days: Math.max(1, Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000)),
    dates: { nominate: addDays(today, 3), agree: addDays(today, 7), escalate: addDays(today, 9) },
    needed: house.rules.minSectors,
    decidedBy: group.decidedById === null ? null : ((await reader.officer(group.decidedById))?.name ?? null),
  };
}

function decisionIn(facts: Facts): { by: string; at: string; agreed: boolean; reason: string | null } | null {
  return typeof facts['by'] === 'string' && typeof facts['at'] === 'string'
    ? { by: facts['by'], at: facts['at'], agreed: facts['agreed'] === true, reason: textOr(facts, 'reason') }
    : null;
}
