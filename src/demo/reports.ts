import type { Sector } from '../domain/sectors.ts';

/** What an officer of a sector reported so many days ago; `decider` is an agency's code. */
export interface Report {
  readonly sector: Sector;
  readonly ago: number;
  /** The commitments it is likely on; any of the sector where none is open. */
  readonly on: RegExp;
  readonly text: string;
  readonly solution?: string;
  readonly decider?: string;
}

/** The same obstacle met by several, and how far it has come. */
export interface SharedReports {
  readonly title: string;
  readonly reports: readonly Report[];
  readonly group: 'none' | 'proposed' | 'called';
  /** Days ago at which the group was proposed, and called. */
  readonly proposedAgo?: number;
  readonly calledAgo?: number;
  readonly proposal?: string;
}

/** What a third sector would say of the first shared obstacle. */
export const THIRD_REPORT = {
  sector: 'construction',
  text: 'Land clearance is not finished: eleven households have refused the compensation, so the site cannot be handed over.',
  on: /bridge|housing|drainage|plants|settlements|smart-city/i,
} as const satisfies Pick<Report, 'sector' | 'text' | 'on'>;

export const SHARED_REPORTS: readonly SharedReports[] = [
  {
    title: 'Land clearance: sites are not handed over because compensation is not settled',
    group: 'none',
    reports: [
      {
        sector: 'transport',
        ago: 23,
        on: /railway|expressway|waterways|road|highways/i,
        text: 'Land clearance has stopped at kilometre 14: no resettlement site, so households do not hand over the land.',
        solution: 'Make resettlement a project of its own and begin it now.',
        decider: 'LND',
      },
      {
        sector: 'energy',
        ago: 12,
        on: /interconnector|grid|solar|storage|terminals|hydrogen/i,
        text: 'Land for nine pylon sites is not handed over; compensation prices are not decided by the province.',
        solution: 'One joint decision on compensation prices for the whole corridor.',
        decider: 'LND',
      },
    ],
  },
  {
    title: 'Foreign currency for import contracts is not made available',
    group: 'proposed',
    proposedAgo: 3,
    reports: [
      {
        sector: 'health',
        ago: 27,
        on: /vaccine|medicines|pandemics|hospitals|telemedicine|insurance|schoolchildren|antimicrobial|malaria|medicine/i,
        text: 'The supplier of medical equipment wants payment in euros; our bank says foreign exchange is rationed and the allocation for health is used up.',
        solution: 'A separate foreign exchange quota for contracts under international agreements.',
        decider: 'SBL',
      },
      {
        sector: 'agriculture',
        ago: 15,
        on: /dairy|seed|animal/i,
        text: 'Hoá đơn nhập khẩu con giống chưa thanh toán được vì ngân hàng không bố trí đủ ngoại tệ.',
        solution: 'Đề nghị Ngân hàng Nhà nước ưu tiên ngoại tệ cho hợp đồng thuộc hiệp định.',
        decider: 'SBL',
      },
      {
        sector: 'science-technology',
        ago: 3,
        on: /laborator|semiconductors|measurement/i,
        text: 'Laboratory equipment is ordered but the letter of credit has no foreign currency behind it since spring.',
        decider: 'SBL',
      },
    ],
  },
  {
    title: 'Professional qualifications are not recognised by the partner',
    group: 'called',
    proposedAgo: 31,
    calledAgo: 29,
    proposal:
      'Education drafts one list of certificates for all professions by the end of the month; Labour and Health add theirs; Foreign Affairs hands it over as one proposal.',
    reports: [
      {
        sector: 'education',
        ago: 52,
        on: /teachers|teaching|joint university|degrees|accreditation/i,
        text: 'Teaching qualifications of our exchange staff are not accepted by the partner’s schools.',
        decider: 'MOE',
      },
      {
        sector: 'health',
        ago: 44,
        on: /nursing|hospitals|telemedicine|vaccine|medicine research/i,
        text: 'Chuyên gia y tế cử sang chưa được làm chuyên môn vì chứng chỉ hành nghề của ta chưa được bạn công nhận.',
        solution: 'Ký thỏa thuận công nhận lẫn nhau về chứng chỉ hành nghề.',
        decider: 'MOE',
      },
      {
        sector: 'labour',
        ago: 33,
        on: /skilled workers|sending|seasonal|rehabilitation|recruitment/i,
        text: 'شهادات اللحامين المهنية غير معترف بها لدى البلد المستقبل، ويُطلب منهم اجتياز الامتحان من جديد.',
        solution: 'إبرام اتفاق للاعتراف المتبادل بالشهادات المهنية.',
      },
      {
        sector: 'construction',
        ago: 25,
        on: /engineering qualifications|urban planning|bridge|smart-city|plants/i,
        text: 'Engineers licensed here may not sign drawings there; every drawing waits for a local signature.',
        decider: 'MOE',
      },
    ],
  },
];

export const SINGLE_REPORTS: readonly Report[] = [
  {
    sector: 'culture',
    ago: 6,
    on: /centre|heritage|hubs|towers|tourist|cultural|exchange/i,
    text: 'Foundations of an old wall were found where the centre is to stand; the heritage office stopped the works until it is surveyed.',
    solution: 'Move the building by twelve metres.',
    decider: 'HER',
  },
  {
    sector: 'environment',
    ago: 5,
    on: /water-flow|flood/i,
    text: 'The upstream stations send data once a day instead of every hour; their line fails at night.',
  },
  {
    sector: 'trade',
    ago: 4,
    on: /origin|exporters|fruit|halal|barriers|gates/i,
    text: 'Doanh nghiệp nhỏ không làm nổi hồ sơ xuất xứ nên chưa hưởng được ưu đãi thuế quan.',
    solution: 'Cho phép doanh nghiệp tự chứng nhận xuất xứ với lô hàng nhỏ.',
    decider: 'MIT',
  },
  {
    sector: 'information',
    ago: 2,
    on: /digital|open data/i,
    text: 'Two platforms for the same service are being financed by two donors; neither wants to give way.',
    solution: 'Decide on one platform before the next disbursement.',
    decider: 'DGA',
  },
  {
    sector: 'transport',
    ago: 9,
    on: /expressway|railway|waterways/i,
    text: 'Sand for the embankment cannot be bought: the licences of the quarries along the route have run out.',
    solution: 'Extend the licences of three quarries for the time of the works.',
    decider: 'MNE',
  },
  {
    sector: 'finance',
    ago: 11,
    on: /taxation|customs|local currencies|QR code/i,
    text: 'The partner’s parliament has not ratified yet and its election is in four months.',
  },
  {
    sector: 'energy',
    ago: 14,
    on: /hydropower|interconnector|grid|wind/i,
    text: 'يمر خط النقل عبر أربعين هكتارًا من الغابات المحمية، ولم يصدر بعد قرار تغيير صفة الأرض.',
    solution: 'عرض الأمر على الجمعية الوطنية في دورتها القادمة.',
    decider: 'FOR',
  },
  {
    sector: 'education',
    ago: 16,
    on: /language|teachers|university|schools|vocational|teaching|scholarships/i,
    text: 'Chưa tuyển được giáo viên bản ngữ vì giấy phép lao động mất hơn bốn tháng.',
    decider: 'MOL',
  },
  {
    sector: 'investment',
    ago: 18,
    on: /fund|park|partnership|promotion|one-stop/i,
    text: 'The steering committee has not met since the spring, so the annual plan is not approved.',
    solution: 'Let the deputy chair approve the plan in writing.',
    decider: 'GO',
  },
  {
    sector: 'justice',
    ago: 20,
    on: /treaty|sentenced|extradition|mutual legal/i,
    text: 'The two language versions of the treaty differ in article 9; the correction needs an exchange of notes.',
    solution: 'Exchange notes at the next consultation.',
    decider: 'MFA',
  },
  {
    sector: 'agriculture',
    ago: 26,
    on: /cooperatives|dairy|fisheries|veterinary/i,
    text: 'Kho lạnh đã xây xong nhưng chưa có điện ba pha, điện lực chưa hẹn ngày đấu nối.',
    decider: 'NPG',
  },
  {
    sector: 'province',
    ago: 29,
    on: /./,
    text: 'The province’s share of the costs is in nobody’s budget for this year.',
    solution: 'Take it into the province’s supplementary budget.',
    decider: 'MOF',
  },
  {
    sector: 'health',
    ago: 35,
    on: /telemedicine|hospitals|medicine research|insurance/i,
    text: 'الجهاز الذي سلّمه الشريك معطل منذ عشرة أسابيع ولا يوجد في البلاد فني معتمد لإصلاحه.',
  },
  {
    sector: 'labour',
    ago: 38,
    on: /recruitment|sending|seasonal|workers|social security|wage/i,
    text: 'Recruiters charge workers fees that the agreement forbids; our inspectors have no power over them abroad.',
    decider: 'MPS',
  },
  {
    sector: 'science-technology',
    ago: 41,
    on: /research|laborator|innovation/i,
    text: 'Giám đốc dự án nghỉ hưu, chưa bổ nhiệm người mới nên không ai ký chi.',
    solution: 'Giao quyền ký tạm thời cho phó giám đốc.',
    decider: 'MST',
  },
  {
    sector: 'people-to-people',
    ago: 47,
    on: /exchange|young|schools|festival|missions|women/i,
    text: 'Visas for the exchange group take longer than the exchange itself.',
    solution: 'A group visa on one list.',
    decider: 'IMM',
  },
];
