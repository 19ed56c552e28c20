import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agencyKey, foldName, type KnownAgency, splitAgencies } from '../../src/domain/agency-names.ts';

const known: KnownAgency[] = [
  {
    code: 'MOST',
    names: ['Bộ Khoa học và Công nghệ', 'Ministry of Science and Technology', 'Bộ Thông tin và Truyền thông'],
  },
  { code: 'MCST', names: ['Bộ Văn hóa, Thể thao và Du lịch'] },
  { code: 'MOHA', names: ['Bộ Nội vụ', 'Bộ Lao động - Thương binh và Xã hội'] },
  { code: 'MPS', names: ['Bộ Công an'] },
  { code: 'MOD', names: ['Bộ Quốc phòng'] },
  { code: 'MOH', names: ['Bộ Y tế', 'وزارة الصحة'] },
  { code: 'VAST', names: ['Viện Hàn lâm Khoa học và Công nghệ Việt Nam', 'Viện Hàn lâm Khoa học và Công nghệ'] },
];

/** "[name=code]", "[group*]", "?leftover" */
function read(cell: string, agencies: readonly KnownAgency[] = known): string {
  const { names, leftovers } = splitAgencies(cell, agencies);
  const shown = names.map((n) => `[${n.text}${n.known ? `=${n.known}` : ''}${n.collective ? '*' : ''}]`);
  return [...shown, ...leftovers.map((text) => `?${text}`)].join(' ');
}

describe('a cell that names agencies', () => {
  it.each([
    ['Bộ Khoa học và Công nghệ', '[Bộ Khoa học và Công nghệ=MOST]'],
    ['Bộ Văn hóa, Thể thao và Du lịch', '[Bộ Văn hóa, Thể thao và Du lịch=MCST]'],
    [
      'Bộ Công an, Bộ Lao động - Thương binh và Xã hội,Bộ Y tế',
      '[Bộ Công an=MPS] [Bộ Lao động - Thương binh và Xã hội=MOHA] [Bộ Y tế=MOH]',
    ],
    ['Bộ Công An', '[Bộ Công An=MPS]'],
    [
      'Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ',
      '[Bộ Thông tin và Truyền thông=MOST] [Bộ Khoa học và Công nghệ=MOST]',
    ],
    ['Bộ Quốc phòng (Bộ Tư lệnh 86, Viettel) và Bộ Y tế', '[Bộ Quốc phòng (Bộ Tư lệnh 86, Viettel)=MOD] [Bộ Y tế=MOH]'],
    ['- Bộ Y tế\n- Bộ Khoa học\nvà Công nghệ', '[Bộ Y tế=MOH] [Bộ Khoa học và Công nghệ=MOST]'],
    ['Chủ trì: Bộ Y tế', '[Bộ Y tế=MOH]'],
    ['Các Bộ: Công an, Quốc phòng, Y tế', '[Bộ Công an=MPS] [Bộ Quốc phòng=MOD] [Bộ Y tế=MOH]'],
    [
      'Viện Hàn lâm Khoa học và Công nghệ và các bộ, ngành, địa phương',
      '[Viện Hàn lâm Khoa học và Công nghệ=VAST] [Các bộ, ngành, địa phương*]',
    ],
    [
      'وزارة الصحة ووزارة التعليم العالي والبحث العلمي، والجهات المعنية',
      '[وزارة الصحة=MOH] [وزارة التعليم العالي والبحث العلمي] [الجهات المعنية*]',
    ],
  ])('%s', (cell, names) => {
    expect(read(cell)).toBe(names);
    expect(read(cell.normalize('NFD'))).toBe(names);
  });

  it.each([
    ['Bộ Văn hóa, Thể thao và Du lịch', '[Bộ Văn hóa, Thể thao và Du lịch]'],
    ['Bộ Bưu chính, Viễn thông, Bộ Y tế và các địa phương', '[Bộ Bưu chính, Viễn thông] [Bộ Y tế] [Các địa phương*]'],
    ['Bộ Kế hoạch và Đầu tư Bộ Khoa học và Công nghệ', '[Bộ Kế hoạch và Đầu tư] [Bộ Khoa học và Công nghệ]'],
    ['Bộ Y tế Lào', '[Bộ Y tế Lào]'],
    ['VTV, VOV, TTXVN, các địa phương', '[VTV] [VOV] [TTXVN] [Các địa phương*]'],
    [
      'Ministry of Culture, Sports and Tourism, Ministry of Finance',
      '[Ministry of Culture, Sports and Tourism] [Ministry of Finance]',
    ],
    ['Foreign and Commonwealth Office', '[Foreign and Commonwealth Office]'],
    ['State University Center for Peace and Development', '[State University Center for Peace and Development]'],
    ['DEFRA & DFT', '[DEFRA] [DFT]'],
    ['DENR, DA/DSWD', '[DENR] [DA] [DSWD]'],
  ])('of evident form though nobody knows it: %s', (cell, names) => {
    expect(read(cell, [])).toBe(names);
  });

  it('does not take a longer name for the known one it begins like', () => {
    expect(read('Bộ Y tế Lào')).toBe('[Bộ Y tế Lào]');
    expect(read('Bộ Y tế dự phòng')).toBe('[Bộ Y tế dự phòng]');
  });

  it.each([
    ['nghiệp và phát triển nông thôn, Bộ Y tế', '[Bộ Y tế=MOH] ?nghiệp ?phát triển nông thôn'],
    ['Bộ Công an, Bộ', '[Bộ Công an=MPS] ?Bộ'],
    ['', ''],
    [' - ', ''],
  ])('what is no name is left over: "%s"', (cell, names) => {
    expect(read(cell)).toBe(names);
  });
});

describe('groups of agencies', () => {
  it.each([
    [
      [
        'Các bộ, ngành, địa phương',
        'Bộ, ngành, địa phương',
        'các bộ, ngành và địa phương',
        'Các Bộ, ngành, địa phương',
      ],
    ],
    [['Các bộ, ngành có liên quan', 'các bộ, ngành liên quan', 'bộ, ngành liên quan']],
    [['Các địa phương', 'Địa phương', 'các địa phương']],
    [['các tỉnh, thành phố trực thuộc TW', 'Các tỉnh, thành phố', 'UBND các tỉnh, thành phố']],
  ])('are one, however written: %s', (variants) => {
    const keys = variants.map((cell) =>
      splitAgencies(cell, known).names.map((name) => [agencyKey(name), name.collective]),
    );
    expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(1);
    expect(keys[0]).toHaveLength(1);
    expect(keys[0]?.[0]?.[1]).toBe(true);
  });

  it.each([
    'Địa phương được lựa chọn',
    'Các cơ quan Đảng',
    'Doanh nghiệp liên quan',
    'Các bộ, ngành, địa phương là chủ quản cơ sở dữ liệu, hệ thống chuyên ngành',
    'Tập đoàn, doanh nghiệp công nghệ số',
    'Line ministries',
    'All provinces',
    'الوزارات المعنية',
    'جميع المحافظات',
  ])('"%s" is one group', (cell) => {
    expect(read(cell)).toBe(`[${cell}*]`);
  });

  it('stand beside agencies, and a list is no group', () => {
    expect(read('Bộ Công an và các địa phương Bắc Ninh, An Giang')).toBe('[Bộ Công an=MPS] [Bắc Ninh] [An Giang]');
    expect(read('Các bộ, ngành, địa phương, doanh nghiệp liên quan')).toBe(
      '[Các bộ, ngành, địa phương*] [Doanh nghiệp liên quan*]',
    );
  });
});

describe('foldName', () => {
  it('makes one spelling of what is one name', () => {
    expect(foldName('  BỘ  CÔNG AN ')).toBe('bo cong an');
    expect(foldName('Đà Nẵng'.normalize('NFD'))).toBe('da nang');
    expect(foldName('وِزَارَةُ الصِّحّـة')).toBe(foldName('وزاره الصحه'));
    expect(foldName('أمانة إدارة آسيا')).toBe(foldName('امانه اداره اسيا'));
  });
});

describe('any cell', () => {
  const words = [
    'Bộ',
    'Bộ Y tế',
    'các bộ',
    'ngành',
    'địa phương',
    ',',
    ';',
    '\n',
    'và',
    '&',
    '/',
    '(',
    ')',
    'Viễn thông',
    'VTV',
    'وزارة',
    'و',
    ' - ',
    'và Du lịch',
  ];
  const cells = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((w) => w.join(' ')),
  );
  const plain = fc.array(
    fc.constantFrom('Bộ', 'Y tế', 'Viễn thông', 'VTV', 'Du lịch', 'Sở', ',', ';', '/', '(', ')', 'tỉnh'),
    { maxLength: 12 },
  );
  const letters = (text: string) => foldName(text).replace(/[^\p{L}\p{N}]/gu, '');

  it('is split without loss of a letter, but for the words that join', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          cells,
          plain.map((w) => w.join(' ')),
        ),
        (cell) => {
          const { names, leftovers } = splitAgencies(cell, known);
          for (const name of names) expect(name.text.trim()).toBe(name.text);
          // A mark such as "⒜" is no letter, though it folds into one.
          if (cell.normalize('NFKC') !== cell.normalize('NFC')) return;
          if (
            names.some((name) => name.collective) ||
            /chủ trì|phối hợp|lead|support|\d/i.test(cell) ||
            /các|và|and|with|cùng|و/i.test(cell)
          )
            return;
          const kept = [...names.map((name) => name.text), ...leftovers].map(letters).join('');
          expect([...kept].sort().join('')).toBe([...letters(cell)].sort().join(''));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each(['Bộ Y tế, ', 'a,', 'và ', '(', ' - ', 'các bộ, ', 'Bộ X, ', 'و '])(
    'takes no longer than its length deserves: %s',
    (unit) => {
      const started = performance.now();
      splitAgencies(unit.repeat(10_000).slice(0, 10_000), known);
      splitAgencies(unit.repeat(1_000_000), known);
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});
