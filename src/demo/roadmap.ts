import { addDays, type Day, daysBetween } from '../domain/calendar.ts';
import { officeHour, periodWith } from './dates.ts';
import type { Fate } from './fates.ts';
import type { Luck } from './luck.ts';
import type { DemoMilestone, DemoProgress } from './plan.ts';

/** Roadmaps, step by step; {partner} is whom it was promised to. */
const ROADMAPS = [
  ['Implementation plan approved', 'Joint working team named with {partner}', 'First results reviewed together'],
  ['Legal review finished', 'Draft text agreed with {partner}', 'Instrument submitted for approval'],
  ['Survey finished', 'Technical design accepted', 'Pilot begun'],
  ['Budget allotted', 'Contract awarded', 'Acceptance by both sides'],
  ['Focal points exchanged with {partner}', 'First technical round held', 'Joint record signed'],
] as const;

/** The steps between signing and the due date; those that lie behind are done, but for a few where it is overdue. */
export function planMilestones(signedOn: Day, fate: Fate, partner: string, today: Day, luck: Luck): DemoMilestone[] {
  const end = fate.due.end ?? addDays(signedOn, 500);
  const span = Math.max(20, daysBetween(signedOn, end));
  const titles = luck.pick(ROADMAPS).slice(0, luck.chance(0.25) ? 3 : 2);
  return titles.map((title, n) => {
    const planned = addDays(signedOn, Math.round((span * (n + 1)) / (titles.length + 1)));
    const last = n === titles.length - 1;
    const passed = planned < today && !(fate.state === 'open-overdue' && last) && !(n > 0 && luck.chance(0.1));
    const doneOn = addDays(planned, luck.int(-4, 5));
    return {
      title: title.replace('{partner}', partner),
      due: periodWith(luck.chance(0.5) ? 'day' : 'month', planned, luck),
      doneOn: passed ? (doneOn < today ? doneOn : addDays(today, -1)) : null,
    };
  });
}

const SAID = [
  'Plan sent to the cooperating agencies; comments are due next week.',
  'Second round of talks with {partner} held; two articles remain open.',
  'Draft agreed at expert level; it goes to the minister for signature.',
  'Working team named on our side; we asked {partner} for its members.',
  'Terms of reference approved; the tender is being prepared.',
  'Site visit with {partner} made; the joint record is attached.',
  'Legal review finished without objections.',
  'Budget for this year is allotted; next year’s is requested.',
  'First training course finished; the evaluation is attached.',
  'Letter with the revised schedule sent to {partner}; we await the reply.',
  'Data for the first report collected from nine of twelve provinces.',
  'Equipment delivered; installation begins after acceptance.',
  'Technical specification agreed; {partner} is translating it.',
  'Online meeting with {partner} held; focal points exchanged.',
  'Consultant chosen; the contract is with the legal department.',
  'Đã gửi dự thảo kế hoạch lấy ý kiến các cơ quan phối hợp.',
  'Đã họp kỹ thuật với {partner}; còn hai nội dung chưa thống nhất.',
  'Đã trình cấp có thẩm quyền phê duyệt phương án.',
] as const;
const CLAIMS = [
  'Done: {result}. The document is attached.',
  'Finished. {result}; {partner} has confirmed in writing.',
  '{result}. Evidence attached; please verify.',
] as const;
const STUCK = [
  'No change since the last report; the reply of {partner} is still missing.',
  'Draft held up; two agencies have not answered.',
  'Tender had to be repeated; the new opening is set.',
] as const;

interface Told {
  readonly registeredOn: Day;
  readonly fate: Fate;
  readonly partner: string;
  readonly result: string;
}

/** What its officer reported, oldest first: a claim last where it is said to be done. */
export function planProgress({ registeredOn, fate, partner, result }: Told, luck: Luck): DemoProgress[] {
  const { lastWord, claimedOn, due, state } = fate;
  if (lastWord === null || lastWord <= registeredOn) return [];
  const spoken = (text: string) => text.replace('{partner}', partner).replace('{result}', result);
  const told: DemoProgress[] = [];
  const before = addDays(lastWord, -luck.int(20, 45));
  if (before > registeredOn && luck.chance(0.4))
    told.push({ at: officeHour(before, luck), text: spoken(luck.pick(SAID)), expected: null, claimsDone: false });
  const at = officeHour(lastWord, luck);
  if (claimedOn !== null) return [...told, { at, text: spoken(luck.pick(CLAIMS)), expected: null, claimsDone: true }];
  const text = spoken(
    luck.pick(
      state === 'open-overdue' && luck.chance(0.6) ? STUCK : SAID.filter((each) => spoken(each) !== told[0]?.text),
    ),
  );
  const expected =
    due.end !== null && luck.chance(0.3)
      ? periodWith('month', addDays(due.end, state === 'open-overdue' ? 200 : 0), luck).raw
      : null;
  return [...told, { at, text, expected, claimsDone: false }];
}
