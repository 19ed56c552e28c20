import type { Lang } from '../chat/language.ts';
import { addDays, type Day } from '../domain/calendar.ts';
import { fold } from '../domain/fold.ts';
import type { AgencyKind, Role } from '../use-cases/ports.ts';
import type { Luck } from './luck.ts';
import type { DemoAgency, DemoOfficer } from './plan.ts';

const FAMILY = 'Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai'.split(' ');
const MIDDLE = 'Văn Thị Minh Thu Quang Ngọc Đức Thanh Hữu Kim Xuân Bảo Anh Gia Hoài'.split(' ');
// Without Hà: whoever looks for the coordinator by that name finds one person.
const GIVEN =
  'Lan An Bình Chi Dũng Giang Hải Hạnh Hiếu Hoa Hùng Hương Huy Khánh Khôi Linh Long Mai My Nam Nga Nhung Oanh Phong Phúc Quân Quỳnh Sơn Tâm Thảo Thắng Trang Trung Tú Tuấn Tùng Uyên Vân Việt Yến'.split(
    ' ',
  );
const DOMAIN = 'agency.example';

const STAFF: Readonly<Record<AgencyKind, number>> = { ministry: 10, body: 4, province: 4, commune: 0, group: 0 };
/** One in this many is away today; they are back within two weeks. */
const AWAY_ONE_IN = 60;

/** Everybody: the coordinators (Hà first), the leaders, then each agency's officers in the agencies' order. */
export function planOfficers(agencies: readonly DemoAgency[], today: Day, luck: Luck): DemoOfficer[] {
  const officers: DemoOfficer[] = [];
  const names = new Set<string>();
  const emails = new Set<string>();
  const add = (agency: string, role: Role, lang: Lang | null, name: string, standIn: number | null = null) => {
    officers.push({ agency, name, email: emailOf(name, emails), role, lang, standIn, away: null });
    names.add(name);
  };
  add('MFA', 'coordinator', 'en', 'Phạm Thu Hà');
  add('MFA', 'coordinator', 'vi', 'Lê Quang Minh', 0);
  add('MFA', 'coordinator', null, 'Đỗ Hoài Phương', 0);
  add('GO', 'leader', 'vi', 'Trần Hữu Nghĩa');
  add('MFA', 'leader', 'en', 'Vũ Thanh Bách');
  add('MPE', 'leader', 'vi', 'Đinh Xuân Lộc');
  add('MOT', 'leader', null, 'Ngô Kim Thoa');

  for (const { code, kind } of agencies) {
    const first = officers.length;
    for (let n = 0; n < STAFF[kind]; n++) {
      add(code, 'officer', langOf(luck), freshName(names, luck), n === 0 ? null : first + n - 1);
    }
  }
  return officers.map((officer, place) => {
    const behind = officers[place + 1];
    // The agency's first officer has nobody before them: the second stands in, in ministries.
    const ownFirst = officer.role === 'officer' && officer.standIn === null;
    const standIn =
      ownFirst && behind?.agency === officer.agency && isMinistry(agencies, officer.agency)
        ? place + 1
        : officer.standIn;
    const away = officer.role === 'officer' && standIn !== null && place % AWAY_ONE_IN === 30;
    return { ...officer, standIn, away: away ? awayAround(today, luck) : null };
  });
}

const isMinistry = (agencies: readonly DemoAgency[], code: string): boolean =>
  agencies.some((agency) => agency.code === code && agency.kind === 'ministry');

const awayAround = (today: Day, luck: Luck) => ({
  from: addDays(today, -luck.int(1, 6)),
  until: addDays(today, luck.int(3, 13)),
});

/** Most have not chosen a language: they are written to in the house's. */
function langOf(luck: Luck): Lang | null {
  if (luck.chance(0.7)) return null;
  return luck.pick<Lang>(['vi', 'vi', 'vi', 'en', 'en', 'ar']);
}

function freshName(taken: ReadonlySet<string>, luck: Luck): string {
  for (;;) {
    const name = `${luck.pick(FAMILY)} ${luck.pick(MIDDLE)} ${luck.pick(GIVEN)}`;
    const [, middle, given] = name.split(' ');
    if (middle !== given && !taken.has(name)) return name;
  }
}

function emailOf(name: string, taken: Set<string>): string {
  const [family = '', ...own] = fold(name).split(' ');
  const stem = `${own.join('')}.${family}`;
  let email = `${stem}@${DOMAIN}`;
  for (let number = 2; taken.has(email); number++) email = `${stem}${number}@${DOMAIN}`;
  taken.add(email);
  return email;
}
