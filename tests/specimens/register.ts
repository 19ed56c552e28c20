import type { Lang } from '../../src/chat/language.ts';
import type { DueDate, Precision } from '../../src/domain/due-date.ts';
import type { Sector } from '../../src/domain/sectors.ts';
import type {
  AgencyView,
  CommitmentView,
  GroupView,
  ObstacleView,
  OfficerView,
  SharedObstacleView,
} from '../../src/use-cases/views.ts';

/**
 * A small invented register, in the words that officials of each language would write. Whatever people type goes
 * through a pen, so that every message can be read with other words in it: the longest there may be, or hostile ones.
 */

/** What people type, and how much of it the register or an option takes. */
export const LONGEST = {
  title: 10_000,
  agency: 200,
  name: 120,
  partner: 300,
  report: 10_000,
  obstacle: 10_000,
  solution: 3000,
  shared: 90,
  instrument: 300,
  event: 300,
  result: 1000,
  step: 300,
  due: 120,
  file: 255,
  column: 400,
  cell: 10_000,
  typed: 3000,
} as const;
export type Field = keyof typeof LONGEST;
/** Writes what stands in a field. */
export type Pen = (words: string, field: Field) => string;

let pen: Pen = (words) => words;
/** Words of people, as the pen of the moment writes them. */
export const typed: Pen = (words, field) => pen(words, field);

let items: Map<string, readonly (readonly string[])[]> = new Map();
/** Notes what a message was given to list, by the names under which it may be found there. */
function given(group: string, ...names: readonly string[]): void {
  items.set(group, [...(items.get(group) ?? []), names]);
}
/** Something that a message lists, which is found by its own words. */
export function listed(group: string, words: string): string {
  given(group, words);
  return words;
}
/** Made for what it says, not to be listed by itself. */
export function unlisted<T>(make: () => T): T {
  const before = items;
  items = new Map();
  try {
    return make();
  } finally {
    items = before;
  }
}

let closed = false;
/** What is made where every commitment is restricted. */
export function restrictedAll<T>(make: () => T): T {
  closed = true;
  try {
    return make();
  } finally {
    closed = false;
  }
}

/** What is made with this pen, and what it was given to list: groups of things, each by its possible names. */
export function written<T>(
  by: Pen,
  make: () => T,
): { made: T; given: ReadonlyMap<string, readonly (readonly string[])[]> } {
  const before = { pen, items };
  pen = by;
  items = new Map();
  try {
    return { made: make(), given: items };
  } finally {
    pen = before.pen;
    items = before.items;
  }
}

export const TODAY = '2025-11-17';
export const ZONE = 'Asia/Ho_Chi_Minh';

interface Words {
  readonly agencies: readonly [string, string, string];
  readonly names: readonly [string, string, string];
  readonly titles: readonly [string, string, string];
  readonly partners: readonly [string, string, string];
  readonly report: string;
  readonly obstacles: readonly [string, string, string];
  readonly shared: string;
  readonly solution: string;
  readonly instrument: string;
  readonly event: string;
  readonly result: string;
  readonly step: string;
}

const USUAL: Readonly<Record<Lang, Words>> = {
  en: {
    agencies: ['Ministry of Construction', 'Ministry of Industry and Trade', 'Ministry of Agriculture and Environment'],
    names: ['Nguyễn Thị Lan', 'Trần Văn Minh', 'Lê Anh Tuấn'],
    titles: ['Grid-connection memorandum', 'Wind-power training plan', 'Cross-border railway'],
    partners: ['Laos', 'Denmark', 'China'],
    report: 'power price not agreed',
    obstacles: [
      'No resettlement site, so no handover.',
      'Pylon sites await prices.',
      'The resettlement site for the reservoir is not ready.',
    ],
    shared: 'Land clearance for cross-border works',
    solution: 'Make resettlement a separate project.',
    instrument: 'Memorandum of understanding',
    event: 'State visit, January 2025',
    result: 'Two lines connected, 600 MW',
    step: 'Joint feasibility study',
  },
  vi: {
    agencies: ['Bộ Xây dựng', 'Bộ Công Thương', 'Bộ Nông nghiệp và Môi trường'],
    names: ['Nguyễn Thị Lan', 'Trần Văn Minh', 'Lê Anh Tuấn'],
    titles: ['Bản ghi nhớ về đấu nối lưới điện', 'Kế hoạch đào tạo nhân lực điện gió', 'Tuyến đường sắt qua biên giới'],
    partners: ['Lào', 'Đan Mạch', 'Trung Quốc'],
    report: 'chưa thống nhất giá điện',
    obstacles: [
      'Chưa có khu tái định cư nên chưa bàn giao mặt bằng.',
      'Vị trí trụ điện chờ đơn giá đất.',
      'Khu tái định cư của hồ chứa chưa sẵn sàng.',
    ],
    shared: 'Giải phóng mặt bằng cho công trình qua biên giới',
    solution: 'Tách tái định cư thành dự án riêng.',
    instrument: 'Bản ghi nhớ',
    event: 'Chuyến thăm cấp Nhà nước, tháng 01/2025',
    result: 'Đấu nối 02 đường dây, 600 MW',
    step: 'Nghiên cứu khả thi chung',
  },
  ar: {
    agencies: ['وزارة البناء', 'وزارة الصناعة والتجارة', 'وزارة الزراعة والبيئة'],
    names: ['لان نغوين', 'مينه تران', 'توان لي'],
    titles: ['مذكرة تفاهم بشأن الربط الكهربائي', 'خطة التدريب على طاقة الرياح', 'خط السكة الحديدية العابر للحدود'],
    partners: ['لاوس', 'الدنمارك', 'الصين'],
    report: 'لم يُتفق على سعر الكهرباء',
    obstacles: [
      'لا يوجد موقع لإعادة التوطين، فلم تُسلَّم الأرض.',
      'مواقع الأبراج تنتظر تحديد الأسعار.',
      'موقع إعادة التوطين الخاص بالخزان غير جاهز.',
    ],
    shared: 'إخلاء الأراضي للأعمال العابرة للحدود',
    solution: 'جعل إعادة التوطين مشروعًا مستقلًا.',
    instrument: 'مذكرة تفاهم',
    event: 'زيارة دولة، يناير 2025',
    result: 'ربط خطين بقدرة 600 ميغاواط',
    step: 'دراسة جدوى مشتركة',
  },
};

const three = (words: readonly [string, string, string], field: Field): [string, string, string] => [
  typed(words[0], field),
  typed(words[1], field),
  typed(words[2], field),
];
const penned = (words: Words): Words => ({
  get agencies() {
    return three(words.agencies, 'agency');
  },
  get names() {
    return three(words.names, 'name');
  },
  get titles() {
    return three(words.titles, 'title');
  },
  get partners() {
    return three(words.partners, 'partner');
  },
  get obstacles() {
    return three(words.obstacles, 'obstacle');
  },
  get report() {
    return typed(words.report, 'report');
  },
  get shared() {
    return typed(words.shared, 'shared');
  },
  get solution() {
    return typed(words.solution, 'solution');
  },
  get instrument() {
    return typed(words.instrument, 'instrument');
  },
  get event() {
    return typed(words.event, 'event');
  },
  get result() {
    return typed(words.result, 'result');
  },
  get step() {
    return typed(words.step, 'step');
  },
});
/** The words of each language, as the pen of the moment writes them. */
export const WORDS: Readonly<Record<Lang, Words>> = {
  en: penned(USUAL.en),
  vi: penned(USUAL.vi),
  ar: penned(USUAL.ar),
};

const SECTORS: readonly [Sector, Sector, Sector] = ['construction', 'trade', 'agriculture'];
const CODES = ['MOC', 'MOIT', 'MAE'] as const;
/** One of three, around and around. */
export const pick = <T>(three: readonly [T, T, T], at: number): T => three[(at % 3) as 0 | 1 | 2];

/** Told apart from the others of its kind. */
export const numbered = (words: string, at: number): string => (at < 3 ? words : `(${at + 1}) ${words}`);

export const due = (precision: Precision, end: string | null, raw = ''): DueDate => ({
  precision,
  start: end,
  end,
  raw,
});

export const agency = (lang: Lang, at: number): AgencyView => ({
  id: at + 1,
  code: at < 3 ? pick(CODES, at) : `A-${at}`,
  name: typed(numbered(pick(USUAL[lang].agencies, at), at), 'agency'),
  kind: 'ministry',
  sector: pick(SECTORS, at),
});

export const officer = (lang: Lang, at: number): OfficerView => ({
  id: at + 1,
  name: typed(pick(USUAL[lang].names, at), 'name'),
  email: `officer-${at}@gov.example`,
  role: 'officer',
  lang,
  agency: agency(lang, at),
  standInId: null,
  awayFrom: null,
  awayUntil: null,
  zone: null,
  approver: false,
  accounts: {},
  seenOn: [],
  platform: null,
});

const DUES = [
  due('quarter', '2025-09-30', 'Quarter III/2025'),
  due('day', '2025-11-24', '24/11/2025'),
  due('month', '2025-10-31', '10/2025'),
] as const;
export const dueAt = (at: number): DueDate => {
  const stated = pick(DUES, at);
  return { ...stated, raw: typed(stated.raw, 'due') };
};

export function commitment(lang: Lang, at: number, more: Partial<CommitmentView> = {}): CommitmentView {
  given('commitments', `C-${142 + at}`);
  return { ...commitmentOf(lang, at), ...more, ...(closed ? CLOSED : {}) };
}
/** What a chat may not read of a restricted commitment. */
const CLOSED = {
  restricted: true,
  title: null,
  instrument: null,
  event: null,
  partners: [],
  result: null,
  lastReport: null,
} as const;

const commitmentOf = (lang: Lang, at: number): CommitmentView => ({
  id: 142 + at,
  ref: `C-${142 + at}`,
  version: 3,
  restricted: false,
  title: typed(pick(USUAL[lang].titles, at), 'title'),
  instrument: WORDS[lang].instrument,
  event: WORDS[lang].event,
  field: null,
  partners: [typed(pick(USUAL[lang].partners, at), 'partner')],
  result: WORDS[lang].result,
  signedOn: '2025-01-10',
  due: dueAt(at),
  lead: agency(lang, at % 3),
  coLeads: [],
  cooperating: [agency(lang, (at + 1) % 3)],
  officerId: (at % 3) + 1,
  flagship: at % 3 === 2,
  obligor: 'us',
  registeredAt: '2025-01-12T02:00:00.000Z',
  assignedAt: '2025-01-12T02:00:00.000Z',
  lastReportAt: at % 3 === 0 ? '2025-10-03T03:00:00.000Z' : null,
  lastReport: at % 3 === 0 ? WORDS[lang].report : null,
  claimedAt: null,
  disownedAt: null,
  doneOn: null,
  verifiedAt: null,
  withdrawnAt: null,
  withdrawnWhy: null,
  held: false,
});

/** As a chat may see it: its reference, its dates and whose it is. */
export const restricted = (lang: Lang, at: number): CommitmentView => commitment(lang, at, CLOSED);

export function obstacle(lang: Lang, at: number, more: Partial<ObstacleView> = {}): ObstacleView {
  const made = {
    ...obstacleOf(lang, at),
    ...more,
    ...(closed ? { restricted: true, text: null, solution: null } : {}),
  };
  // Its words may be cut short where it is not called by its reference: they are known by their beginning.
  given('obstacles', made.ref, ...(made.text === null ? [] : [made.text.slice(0, 60)]));
  return made;
}

const obstacleOf = (lang: Lang, at: number): ObstacleView => ({
  id: 7 + at,
  ref: `OB-${7 + at}`,
  commitmentId: 142 + at,
  commitmentRef: `C-${142 + at}`,
  restricted: false,
  agency: agency(lang, at % 3),
  officerId: (at % 3) + 1,
  officerName: typed(pick(USUAL[lang].names, at), 'name'),
  at: '2025-11-12T03:30:00.000Z',
  text: typed(numbered(pick(USUAL[lang].obstacles, at), at), 'obstacle'),
  solution: at === 0 ? WORDS[lang].solution : null,
  decider: null,
  state: 'open',
  solvedHow: null,
  solvedAt: null,
  sharedId: 3,
});

export const step = (lang: Lang, at: number): string => typed(numbered(USUAL[lang].step, at), 'step');
export const report = (lang: Lang, at: number): string => typed(numbered(USUAL[lang].report, at), 'report');
/** Shown cut short: known by its beginning. */
export function solution(lang: Lang, at: number): string {
  const words = typed(numbered(USUAL[lang].solution, at), 'solution');
  given('solutions', words.slice(0, 60));
  return words;
}

export const shared = (lang: Lang): SharedObstacleView => ({
  id: 3,
  ref: 'SO-3',
  title: WORDS[lang].shared,
  state: 'open',
  solvedHow: null,
  openedAt: '2025-10-06T03:30:00.000Z',
});

export const group = (lang: Lang, more: Partial<GroupView> = {}): GroupView => ({
  id: 3,
  ref: 'WG-3',
  shared: shared(lang),
  state: 'proposed',
  chair: agency(lang, 2),
  chairRule: 'named-to-decide',
  proposedAt: '2025-11-14T03:30:00.000Z',
  decidedAt: null,
  decidedById: null,
  outcome: null,
  concludedAt: null,
  concludedById: null,
  memberIds: [1, 2, 3],
  proposals: [],
  weighedIds: [],
  ...more,
});

/** So many of something, each by its number. */
export const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
