/** Messages as Accord says them, for looking at the playground. */
import type { MessageDocument } from '../../src/chat/message.ts';

const to = (path: string) => ({ path, blanks: { commitment: 'C-142' } });

export const DIGEST: MessageDocument = {
  lang: 'en',
  summary: 'International commitments, Monday 17 November 2025',
  blocks: [
    { block: 'heading', text: 'International commitments · Monday 17 November 2025, 08:00' },
    {
      block: 'meter',
      label: '339 registered; 13 open overdue, 3.8% of all registered (last week 15)',
      parts: [
        { label: 'done on time', count: 96 },
        { label: 'done late', count: 11 },
        { label: 'open in term', count: 219 },
        { label: 'open overdue', count: 13 },
      ],
    },
    {
      block: 'paragraph',
      text: [
        { bold: 'Flagship: ' },
        'C-118 cross-border railway: land-handover milestone 12 days late (SO-3). Three others in term.',
      ],
    },
    {
      block: 'entries',
      title: [{ bold: 'Ministry of Construction' }, ' · 1 overdue of 41'],
      entries: [
        {
          text: [{ bold: 'C-207' }, ' Port standards, Singapore: due Quarter III/2025, ', { bold: '48 days overdue' }],
          detail: 'Silent for 33 days',
          button: { label: 'Show', does: to('commitment/list') },
        },
      ],
    },
    {
      block: 'entries',
      title: [{ bold: 'Lào Cai' }, ' · nothing overdue'],
      entries: [{ text: '2 due by 1 December' }],
    },
    {
      block: 'note',
      text: 'Please report by Thursday 17:00; what exceeds your authority, today, with a proposed solution.',
    },
    {
      block: 'buttons',
      buttons: [
        { label: 'My items', does: to('commitment/list'), style: 'primary' },
        { label: 'Report an obstacle', does: to('obstacle/report') },
      ],
    },
  ],
};

export const REMINDER_EN: MessageDocument = {
  lang: 'en',
  summary: 'Two commitments need your update today',
  blocks: [
    { block: 'paragraph', text: 'Dear Ms Lan, two commitments need your update today.' },
    {
      block: 'entries',
      numbered: true,
      entries: [
        {
          text: [
            { bold: 'C-142' },
            ' Grid-connection memorandum, Laos. Due Quarter III/2025; ',
            { bold: '48 days overdue' },
            '.',
          ],
          detail: 'Last approved report (3 October): “power price not agreed”.',
        },
        {
          text: [{ bold: 'C-231' }, ' Wind-power training plan, Denmark. Due 24 November, in 5 working days.'],
          detail: 'Not yet clear: result.',
        },
      ],
    },
    {
      block: 'note',
      text: 'Your report counts once Mr Trần Văn Minh approves it. Postponing this reminder does not extend the deadline.',
    },
    {
      block: 'buttons',
      buttons: [
        { label: 'Update progress', does: to('commitment/list'), style: 'primary' },
        { label: 'Report an obstacle', does: to('obstacle/report') },
        { label: 'Remind me later', does: to('accord/help') },
      ],
    },
  ],
};

export const REMINDER_AR: MessageDocument = {
  lang: 'ar',
  summary: 'نرجو منكم اليوم تحديث موقف التزامين',
  blocks: [
    { block: 'paragraph', text: 'السيدة ليلى المحترمة، تحية طيبة، نرجو منكم اليوم تحديث موقف التزامين.' },
    {
      block: 'entries',
      numbered: true,
      entries: [
        {
          text: [
            { bold: 'C-142' },
            ' مذكرة تفاهم مع لاوس بشأن الربط الكهربائي. الموعد: الربع الثالث من 2025؛ ',
            { bold: 'متأخر 48 يومًا' },
            '.',
          ],
          detail: 'آخر تقرير معتمد (3 أكتوبر): «لم يُتفق على سعر الكهرباء».',
        },
        {
          text: [{ bold: 'C-231' }, ' خطة التدريب على طاقة الرياح مع الدنمارك. الموعد: 24 نوفمبر، بعد 5 أيام عمل.'],
          detail: 'لم تتضح بعد: النتيجة.',
        },
      ],
    },
    { block: 'note', text: 'يُحتسب تقريركم بعد اعتماده. وتأجيل التذكير لا يعني تمديد الموعد.' },
    {
      block: 'buttons',
      buttons: [
        { label: 'تحديث التقدم', does: to('commitment/list'), style: 'primary' },
        { label: 'الإبلاغ عن عقبة', does: to('obstacle/report') },
        { label: 'التذكير لاحقًا', does: to('accord/help') },
      ],
    },
  ],
};

/** A one-pixel picture, so that a message shows one. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** Words that would do harm wherever text is taken for markup. */
export const HOSTILE =
  '<img src=x onerror="document.title=1"> & <script>document.title=2</script> *bold* `x` <!channel> @everyone [l](http://e.example)';

/** One of every block. */
export const ALL_BLOCKS: MessageDocument = {
  lang: 'en',
  summary: 'Everything that can be said',
  blocks: [
    { block: 'heading', text: 'WG-3 · Land clearance for cross-border works' },
    {
      block: 'paragraph',
      text: [
        'Proposed by ',
        { person: { name: 'Trần Thị Hà', accounts: { playground: 'p1' } } },
        ', to be answered by ',
        { moment: '2025-11-18T10:00:00.000Z', as: 'datetime', plain: '18 November 2025, 17:00' },
        ' with ',
        { code: '/group join' },
        ': ',
        { bold: 'please nominate a leader' },
        '.',
      ],
    },
    {
      block: 'facts',
      facts: [
        { label: 'Proposed chair', value: 'Ministry of Agriculture and Environment' },
        { label: 'Touched', value: 'C-118 (flagship, China), C-142 (Laos), C-205 (Japan)' },
      ],
    },
    { block: 'divider' },
    { block: 'quote', text: 'No resettlement site, so no handover.', by: 'Construction' },
    {
      block: 'table',
      columns: ['Agency', 'Assigned', 'Fell due', 'Done'],
      rows: [
        ['Ministry of Construction', '41', '12', '11 (91.7%)'],
        ['Ministry of Industry and Trade', '38', '9', '7 (77.8%)'],
      ],
    },
    {
      block: 'meter',
      label: 'Answers',
      parts: [
        { label: 'joined', count: 3 },
        { label: 'sent a delegate', count: 1 },
        { label: 'silent', count: 2 },
      ],
    },
    {
      block: 'entries',
      title: 'Steps',
      numbered: true,
      entries: [{ text: HOSTILE, detail: 'Typed by somebody', button: { label: 'Join', does: to('commitment/list') } }],
    },
    {
      block: 'menu',
      label: 'Who can decide',
      choices: [
        { label: 'The Prime Minister', does: to('commitment/list') },
        { label: 'The task force', does: to('accord/help') },
      ],
    },
    {
      block: 'buttons',
      buttons: [
        { label: 'Join', does: to('commitment/list'), style: 'primary' },
        { label: 'Conclude', does: to('commitment/list'), style: 'danger' },
      ],
    },
    { block: 'note', text: 'Exchange group: no establishing decision recorded yet.' },
    { block: 'file', name: 'states.png', type: 'image/png', bytes: new Uint8Array(PIXEL) },
    { block: 'file', name: 'report.html', type: 'text/html', bytes: new TextEncoder().encode('<script>1</script>') },
  ],
};
