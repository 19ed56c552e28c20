import { foldName } from '../domain/agency-names.ts';

export const fields = [
  'number',
  'title',
  'lead',
  'cooperating',
  'result',
  'due',
  'signedOn',
  'partner',
  'instrument',
  'status',
  'start',
] as const;
export type Field = (typeof fields)[number];

/** Headers as people write them, folded; the first that fits a field best comes first. Order is preference. */
const WORDS: Readonly<Record<Field, readonly RegExp[]>> = {
  number: [
    /^(?:tt|stt|so tt|so thu tu|no|nr|#|s\/?n|ref|reference|id|م|رقم|الرقم|الرقم التسلسلي|ت)\.?$/,
    /^(?:project|grant|iea|commitment|agreement|treaty|task|item) (?:number|no|id|ref|reference|code)$/,
    /^(?:ma(?: so)?|ma nhiem vu|code|so hieu|reference (?:no|number)|رقم (?:المشروع|المهمه|الالتزام|المرجع))$/,
  ],
  title: [
    /^(?:ten )?(?:nhiem vu|cam ket|noi dung(?: (?:nhiem vu|cam ket|cong viec))?|cong viec|van kien|thoa thuan|du an|de an|dieu uoc|chuong trinh)(?: .*)?$/,
    /^(?:project|grant|treaty|agreement|programme|commitment|task|activity|measure|action) (?:name|title)$/,
    /^(?:title|name|task|commitment|commitments|activity|action|measure|agreement|description of (?:task|commitment))$/,
    /^(?:اسم |عنوان |وصف )?(?:المشروع|المهمه|الالتزام|النشاط|الاتفاقيه|البرنامج|الاجراء|التعهد)$|^العنوان$/,
  ],
  lead: [
    /^(?:co quan|don vi|bo, nganh)? ?(?:chu tri|dau moi)(?: .*)?$/,
    /^(?:lead|responsible|accountable)(?: (?:agency|ministry|body|department|entity|party|institution))?$/,
    /^(?:implementing agency|department|ministry|responsible .*)$/,
    /^(?:agency|executing agency|owner|co quan thuc hien|don vi thuc hien|co quan|don vi)$/,
    /^(?:الجهه|الوزاره|المؤسسه|الموسسه) ?(?:الرييسيه|المسووله|المنفذه|الرايده|المعنيه|المكلفه)?$/,
  ],
  cooperating: [
    /^(?:co quan|don vi)? ?phoi hop(?: .*)?$/,
    /^(?:cooperating|supporting|participating|co-?operating|contributing)(?: .*)?$/,
    /^executing agency$/,
    /^(?:الجهات|الجهه) (?:المتعاونه|المشاركه|المسانده|الداعمه|المتعاونه معها)$/,
  ],
  result: [
    /^(?:ket qua|san pham|dau ra)(?: .*)?$/,
    /^(?:results?|outputs?|deliverables?|expected (?:result|output).*)$/,
    /^(?:النتيجه|النتايج|المخرجات|المخرج)(?: .*)?$/,
  ],
  due: [
    /^(?:thoi gian|thoi han|han|ngay|tien do) (?:hoan thanh|thuc hien|ket thuc)(?: .*)?$|^(?:thoi han|han chot)$/,
    /^(?:due|due date|deadline|target date|completion date)$/,
    /^project revised closing date(?: .*)?$/,
    /^(?:.* )?revised (?:closing|end|completion) date(?: .*)?$/,
    /^(?:project )?(?:- )?(?:end|closing|completion) date(?: .*)?$/,
    /^(?:.* )?(?:closing|end|completion) date(?: .*)?$/,
    /^(?:timeline|timeframe|time)$/,
    /^(?:تاريخ|موعد) (?:الانتهاء|الاستحقاق|الانجاز|الاتمام|التنفيذ)$|^(?:الموعد النهايي|المهله|الاجل)$/,
  ],
  signedOn: [
    /^(?:ngay|thoi gian) ky(?: .*)?$/,
    /^(?:signed(?: on)?|date signed|signature date|date of signature|signing date)$/,
    /^treaty signed$/,
    /^(?:country|agreement|date) signed$/,
    /^تاريخ التوقيع$/,
  ],
  partner: [
    /^(?:doi tac|nuoc|quoc gia|nuoc doi tac|ben doi tac)(?: .*)?$/,
    /^(?:partners?|partner (?:country|organisation)|other part(?:y|ies).*|counterpart|country)$/,
    /^(?:funding institution|donor|development partner)$/,
    /^(?:الشريك|الشركاء|الدوله|الجهه المانحه|الطرف الاخر)$/,
  ],
  instrument: [
    /^(?:loai van kien|hinh thuc van kien|loai van ban|loai)$/,
    /^(?:instrument|instrument type|type of instrument|agreement type|type)$/,
    /^(?:نوع (?:الوثيقه|الاتفاقيه|الصك))$/,
  ],
  status: [
    /^(?:trang thai|tinh trang|tinh hinh thuc hien|tien do)(?: .*)?$/,
    /^(?:status|physical status.*|progress|delivery status|state)$/,
    /^(?:financial status.*|.*rag rating.*|colour rating)$/,
    /^(?:الحاله|حاله التنفيذ|الوضع)$/,
  ],
  start: [
    /^(?:ngay|thoi gian) (?:bat dau|khoi cong|hieu luc|co hieu luc)(?: .*)?$/,
    /^(?:project )?(?:- )?start date(?: .*)?$/,
    /^(?:effective date|entry into force|in force|.* in force)$/,
    /^(?:.* )?start date(?: .*)?$/,
    /^تاريخ (?:البدء|البدايه|السريان)$/,
  ],
};

/** A header is shorter; a narrative that happens to begin like one isn't one. */
const LONGEST_HEADER = 160;

/** The fields a header may mean, with how far down the preferences (0 is best). */
export function meanings(header: string): Map<Field, number> {
  const found = new Map<Field, number>();
  if (header.length > LONGEST_HEADER) return found;
  const folded = foldHeader(header);
  if (folded === '') return found;
  for (const field of fields) {
    const at = WORDS[field].findIndex((words) => words.test(folded));
    if (at >= 0) found.set(field, at);
  }
  return found;
}

export function foldHeader(header: string): string {
  return foldName(header.replaceAll('_', ' '))
    .replace(/[:*]+$/, '')
    .trim();
}
