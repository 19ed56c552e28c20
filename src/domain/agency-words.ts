import { fold } from './fold.ts';

/** The words by which the name of an agency, or of a group of them, begins: Vietnamese, English, Arabic. */

/**
 * One spelling of a name: what `fold` does away with, and letters nobody sees, dashes, quotes and Persian forms.
 * For comparing, never for showing.
 */
export function foldName(text: string): string {
  return oneForm(fold(text.replace(UNSEEN, '')));
}

const UNSEEN = /[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g;
const FORMS = new Map(Object.entries({ ی: 'ي', ک: 'ك', '’': "'", '‘': "'", '–': '-', '—': '-', '،': ',' }));
const oneForm = (folded: string): string => folded.replace(/[یک’‘–—،]/g, (letter) => FORMS.get(letter) ?? letter);

/** Composed and cleaned of what nobody sees, in letters that still can be shown. */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** foldName letter by letter: the result is exactly as long as its (cleaned) text, so places in one are places in the other. */
export function foldInPlace(cleaned: string): string {
  let out = '';
  for (const letter of cleaned) {
    const folded = letter < '\u0080' ? letter.toLowerCase() : oneForm(fold(letter));
    out += folded.length === letter.length ? folded : letter;
  }
  return out;
}

const vi =
  'bộ|ban|ủy ban|uỷ ban|ubnd|văn phòng|viện|học viện|ngân hàng|tỉnh|thành phố|tp\\.|tập đoàn|thanh tra|bảo hiểm|tòa án|toà án|đài|thông tấn xã|kiểm toán|tổng cục|tổng công ty|công ty|cục|vụ|sở|hội|hội đồng|hiệp hội|liên đoàn|liên hiệp|mặt trận|trung ương đoàn|đại học|trường|trung tâm|quốc hội|chính phủ|cơ quan|quỹ|bưu điện|phòng|đại sứ quán|tổng lãnh sự quán|chi cục';
const en =
  'ministry|department|centre|center|agency|office|commission|committee|bureau|secretariat|board|council|authority|central bank|state bank|bank|inspectorate|institute|university|academy|government|people’s committee|embassy|national|state';
const ar =
  'وزارة|هيئة|الهيئة|مؤسسة|المؤسسة|مجلس|المجلس|البنك|بنك|جهاز|الجهاز|إدارة|الإدارة|محافظة|أمانة|الأمانة|لجنة|اللجنة|معهد|المعهد|جامعة|مركز|المركز|ديوان|صندوق|الصندوق|دائرة|مصلحة|مكتب|المكتب|رئاسة|شركة';

/** Compared with its marks on: "Viện" begins an institute, "Viễn thông" does not. */
const FIRST_WORD = new RegExp(`^(?:(?:${vi}|${en})(?![\\p{L}\\p{N}])|(?:${ar})(?!\\p{L}))`, 'iu');
const ENGLISH_LAST_WORD = new RegExp(`(?:${en}|treasury|service|administration|corporation)s?$`, 'i');
/** Names that run on over "và", "and" or a comma ("Bộ Văn hóa, Thể thao và Du lịch"): all but the bare abbreviations. */
const ABBREVIATION = /^(?=[\p{L}\p{N}.-]*\p{Lu}[\p{L}\p{N}.-]*\p{Lu})[\p{Lu}\p{N}.-]{2,12}(?![\p{L}\p{N}])/u;

/** Ministries and their like list their fields with commas; an institute or a society does not. */
const LISTS_FIELDS =
  /^(?:bộ|ban|ủy ban|uỷ ban|sở|vụ|cục|tổng cục|viện hàn lâm|hội đồng|ministry|department|secretariat|وزارة|هيئة|الهيئة|مؤسسة|مجلس|لجنة)(?!\p{L})/iu;
const ENGLISH_WITHIN = new RegExp(`\\b(?:${en}) (?:for|of|on) `, 'i');

export const listsItsFields = (text: string): boolean => LISTS_FIELDS.test(text);
/** "State University Center for Peace and Development": the "and" belongs to it. */
export const namesAField = (text: string): boolean => ENGLISH_WITHIN.test(text);
export const beginsAnAgency = (text: string): boolean => FIRST_WORD.test(text) && !/^\p{Ll}/u.test(text);
export const beginsAbbreviation = (text: string): boolean => ABBREVIATION.test(text);
export const endsAsAgency = (text: string): boolean => ENGLISH_LAST_WORD.test(text);

/** Where two names stand side by side with nothing between them. */
export const NEXT_MINISTRY =
  / (?=(?:Bộ|Ủy ban|Uỷ ban|Thanh tra|Văn phòng|Ngân hàng|Ministry of|Department of) \p{Lu}|وزارة )/gu;

const end = '(?![\\p{L}\\p{N}])';
const kind =
  '(?:bo|ban|nganh|dia phuong|tinh|thanh pho|co quan ngang bo|co quan thuoc chinh phu|co quan trung uong|co quan|don vi|doan the)';
const chain = `${kind}(?:(?: ?, ?| va | - | )${kind}${end})*`;
const english =
  '(?:ministries|agencies|departments|provinces|localities|local governments|lgus|authorities|municipalities|cities|stakeholders|enterprises|government bodies)';
const arabic = 'ال(?:وزارات|جهات|محافظات|هييات|موسسات|دوائر|ولايات|سلطات|شركات|اجهزه|قطاعات|ادارات)';
/** The head of a group, in folded letters; what qualifies it follows up to the next separator. */
export const GROUP = new RegExp(
  [
    `(?:tat ca )?(?:cac|nhung|mot so|toan bo)(?: cac)? (?:${chain}|[\\p{Ll}]+)${end}`,
    `tat ca ${chain}${end}`,
    `bo(?: ?, ?| )(?:ban ?, ?)?nganh(?: ?, ?| va | )?(?:${chain})?${end}`,
    `(?:nganh|tinh|co quan|don vi) ?, ?${chain}${end}`,
    `(?:ubnd|uy ban nhan dan) (?:cac )?tinh(?: ?, ?| va )(?:thanh pho|tp)${end}`,
    `(?:dia phuong|doanh nghiep|co quan lien quan|don vi lien quan|nganh lien quan)${end}`,
    `tap doan ?, ?doanh nghiep${end}`,
    `(?:(?:all|the|relevant|other|line|concerned|participating|various|central|provincial|local|competent) )*${english}(?:(?: and |, ?)${english})*${end}`,
    `(?:(?:جميع|كافه|كل|مختلف|ساير) )?${arabic}(?: و${arabic})*${end}`,
  ].join('|'),
  'uy',
);

/** "các tỉnh Bắc Ninh, An Giang" is a list of two, not a group. */
export const LIST_HEAD = /(?:cac|nhung) (bo|tinh|thanh pho|dia phuong|ban|so)(?: ?: ?| )/y;

const SAME_GROUP = new Map([
  ['bo, nganh, dia phuong', 'Các bộ, ngành, địa phương'],
  ['bo, nganh, dia phuong lien quan', 'Các bộ, ngành, địa phương liên quan'],
  ['bo, nganh', 'Các bộ, ngành'],
  ['bo, nganh lien quan', 'Các bộ, ngành liên quan'],
  ['dia phuong', 'Các địa phương'],
  ['dia phuong lien quan', 'Các địa phương liên quan'],
  ['tinh, thanh pho', 'Các tỉnh, thành phố'],
  ['line ministries', 'Line ministries'],
  ['ministries', 'All ministries'],
  ['provinces', 'All provinces'],
]);

/** One text for the variants of a group: "Bộ, ngành và địa phương" is "Các bộ, ngành, địa phương". */
export function groupName(typed: string): string {
  const key = foldName(typed)
    .replace(/^(?:tat ca |toan bo |all )?(?:cac |nhung |the )?/, '')
    .replace(/ co (?=(?:lien quan)$)/, ' ')
    .replace(/ va (?=dia phuong|nganh|thanh pho)/, ', ')
    .replace(/^(?:ubnd|uy ban nhan dan) (?:cac )?(?=tinh)/, '')
    .replace(/(?<=^tinh, thanh pho) (?:truc thuoc )?(?:trung uong|tw)$/, '')
    .replace(/^bo nganh/, 'bo, nganh')
    .replace(/ ?, ?/g, ', ');
  return SAME_GROUP.get(key) ?? typed.charAt(0).toUpperCase() + typed.slice(1);
}
