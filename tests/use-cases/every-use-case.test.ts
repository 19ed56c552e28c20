import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { IncomingFile } from '../../src/chat/interaction.ts';
import type { Fault } from '../outbox/fake-platform.ts';
import { eachDatabase } from '../support/databases.ts';
import { CLERK, FRIDAY, meetTheSame, type Name, type Office, openOffice } from './small-office.ts';

interface Expected {
  readonly thing: string;
  readonly id?: string;
  readonly change: string;
  readonly before?: object;
  readonly after?: object;
}

interface Row {
  readonly path: string;
  readonly by: Name;
  readonly arrange?: (office: Office) => Promise<unknown>;
  readonly words: string | ((office: Office) => string);
  readonly file?: IncomingFile;
  /** What the history says of it; 'reads' where nothing changes; 'promises' where only messages are promised. */
  readonly leaves: readonly Expected[] | 'reads' | 'promises';
  /** Who is refused, and by which code. */
  readonly mayNot: Partial<Record<Name, string>>;
}

const COORDINATORS_ONLY = { guest: 'not-coordinator', lan: 'not-coordinator', leader: 'not-coordinator' };

const SHEET: IncomingFile = {
  name: 'annex.csv',
  size: 90,
  fetch: async () =>
    new TextEncoder().encode('No,Commitment,Lead agency,Due date\n1,Rail link study,Bộ Xây dựng,30/06/2025\n'),
};

const sheetKept = (office: Office) => office.runs('ha', 'import/file', '', SHEET);
const sheetApplied = async (office: Office) => {
  await sheetKept(office);
  await office.runs('ha', 'import/apply', '1');
};
const invited = (office: Office) => office.runs('ha', 'officer/invite', 'dung@gov.example');
const claimed = (office: Office) => office.runs('lan', 'progress/report', 'done:yes C-1 The bridge is open.');
const coordinated = (office: Office) => office.runs('ha', 'channel/coordination', '');
/** Bình approves at the Ministry of Construction, where a report of Lan's waits. */
const waits = async (office: Office) => {
  await office.runs('ha', 'officer/approver', 'binh@gov.example');
  await office.runs('ha', 'agency/approval', 'approval:yes MOC');
  await office.runs('lan', 'progress/report', 'done:yes C-1 The bridge is open.');
};
const sentBack = async (office: Office) => {
  await waits(office);
  await office.runs('binh', 'progress/send-back', 'C-1 The protocol is missing.');
  const back = office.accord.db.selectFrom('progress_updates').select('id').where('state', '=', 'sent-back');
  cameBack.set(office, (await back.executeTakeFirstOrThrow()).id);
};
const cameBack = new WeakMap<Office, number>();
const groupProposed = async (office: Office) => {
  await meetTheSame(office);
  await office.types('tuan', '/obstacle same OB-4 OB-2');
};
const groupCalled = async (office: Office) => {
  await groupProposed(office);
  await office.runs('ha', 'group/call', 'WG-1');
};

/** The first delivery there is, which does not arrive. */
async function lost(office: Office, fault: Fault): Promise<void> {
  office.papers[0]?.fails('post', fault);
  await office.accord.house.store.write(CLERK, async (writer) => {
    const channel = await writer.setChannel({
      platform: 'paper',
      conversation: null,
      kind: 'direct',
      officerId: office.ids.lan,
    });
    const notBefore = office.clock.now();
    await writer.deliver({
      key: 'lost',
      channelId: channel.id,
      verb: 'post',
      kind: 'demo-notice',
      facts: {},
      notBefore,
    });
  });
  await office.settle();
}

/** Every command there is: what it leaves in the history, and who may not. */
const ROWS: readonly Row[] = [
  {
    path: 'accord/arrived',
    by: 'ha',
    arrange: (office) => lost(office, { how: 'unknown', done: true }),
    words: '1',
    leaves: [
      { thing: 'delivery', id: '1', change: 'confirmed', before: { state: 'in-doubt' }, after: { key: 'lost' } },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  { path: 'accord/deliveries', by: 'ha', words: '', leaves: 'reads', mayNot: COORDINATORS_ONLY },
  {
    path: 'accord/send-again',
    by: 'ha',
    arrange: (office) => lost(office, { how: 'refused', code: 'dm-closed' }),
    words: '1',
    leaves: [
      { thing: 'delivery', id: '1', change: 'promised-again', before: { state: 'refused', error: 'dm-closed' } },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  { path: 'accord/health', by: 'ha', words: '', leaves: 'reads', mayNot: COORDINATORS_ONLY },
  { path: 'accord/help', by: 'guest', words: '', leaves: 'reads', mayNot: {} },
  {
    path: 'accord/join',
    by: 'guest',
    arrange: invited,
    words: (office) => `move:yes ${invitationOf(office)}`,
    leaves: [
      { thing: 'invitation', change: 'used' },
      { thing: 'account', id: 'paper:U-guest', change: 'linked', after: { how: 'invitation' } },
    ],
    mayNot: {},
  },
  {
    path: 'agency/add',
    by: 'ha',
    words: 'sector:health kind:ministry Ministry of Health',
    leaves: [{ thing: 'agency', id: 'MOH', change: 'added', after: { name: 'Ministry of Health', sector: 'health' } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'agency/approval',
    by: 'ha',
    words: 'approval:yes MOC',
    leaves: [{ thing: 'agency', id: 'MOC', change: 'changed', before: { approves: false }, after: { approves: true } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'calendar/confirm',
    by: 'ha',
    words: '2027',
    leaves: [{ thing: 'calendar', id: '2027', change: 'decided' }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'calendar/set',
    by: 'ha',
    words: '08/02/2027 until:09/02/2027 holiday Tết',
    leaves: [
      { thing: 'calendar', id: '2027-02-08', change: 'holiday', after: { name: 'Tết' } },
      { thing: 'calendar', id: '2027-02-09', change: 'holiday' },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  { path: 'calendar/show', by: 'lan', words: '2027', leaves: 'reads', mayNot: {} },
  {
    path: 'channel/coordination',
    by: 'ha',
    words: '',
    leaves: [{ thing: 'channel', change: 'added', after: { kind: 'coordination', conversation: 'room-1' } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'channel/link',
    by: 'ha',
    words: 'MOC',
    leaves: [{ thing: 'channel', change: 'added', after: { kind: 'agency', conversation: 'room-1' } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'channel/zone',
    by: 'ha',
    arrange: coordinated,
    words: 'europe/brussels',
    leaves: [{ thing: 'channel', change: 'changed', before: { zone: null }, after: { zone: 'Europe/Brussels' } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'commitment/amend',
    by: 'ha',
    words: 'C-1 due:2026 reason:"a slip of the pen"',
    leaves: [
      {
        thing: 'commitment',
        id: 'C-1',
        change: 'amended',
        before: { due_end: '2025-06-30' },
        after: { due_end: '2026-12-31', reason: 'a slip of the pen' },
      },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'commitment/restore',
    by: 'ha',
    arrange: (office) => office.runs('ha', 'commitment/withdraw', 'C-1 signed twice'),
    words: 'C-1',
    leaves: [{ thing: 'commitment', id: 'C-1', change: 'restored', after: { withdrawn_at: null } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'commitment/withdraw',
    by: 'ha',
    words: 'C-1 signed twice',
    leaves: [
      {
        thing: 'commitment',
        id: 'C-1',
        change: 'withdrawn',
        before: { withdrawn_at: null },
        after: { withdrawn_why: 'signed twice' },
      },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'commitment/assign',
    by: 'ha',
    words: 'C-1 binh@gov.example',
    leaves: [{ thing: 'commitment', id: 'C-1', change: 'assigned', before: { officer_id: null } }],
    mayNot: COORDINATORS_ONLY,
  },
  { path: 'commitment/find', by: 'lan', words: 'bridge', leaves: 'reads', mayNot: {} },
  {
    path: 'commitment/register',
    by: 'ha',
    words: 'lead:MOC due:2026 Ring road',
    leaves: [{ thing: 'commitment', id: 'C-6', change: 'registered', after: { title: 'Ring road' } }],
    mayNot: COORDINATORS_ONLY,
  },
  { path: 'commitment/show', by: 'lan', words: 'C-1', leaves: 'reads', mayNot: {} },
  {
    path: 'commitment/verify',
    by: 'ha',
    arrange: claimed,
    words: 'C-1 yes',
    leaves: [{ thing: 'commitment', id: 'C-1', change: 'verified', before: { verified_at: null } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'commitment/hand-back',
    by: 'ha',
    arrange: claimed,
    words: 'C-1 The protocol of acceptance is missing.',
    leaves: [
      {
        thing: 'commitment',
        id: 'C-1',
        change: 'handed-back',
        after: { claimed_at: null, reason: 'The protocol of acceptance is missing.' },
      },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'commitment/milestone',
    by: 'ha',
    words: 'C-1 title:"Two piers" due:30/11/2025',
    leaves: [
      { thing: 'commitment', id: 'C-1', change: 'milestone-added', after: { title: 'Two piers', doneOn: null } },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'progress/milestone',
    by: 'lan',
    arrange: (office) => office.runs('ha', 'commitment/milestone', 'C-1 title:"Two piers" due:30/11/2025'),
    words: 'C-1 1',
    leaves: [
      { thing: 'commitment', id: 'C-1', change: 'milestone-done', after: { position: 1, done_on: '2025-11-14' } },
    ],
    mayNot: { guest: 'not-linked', minh: 'not-concerned' },
  },
  { path: 'digest/post', by: 'ha', arrange: coordinated, words: '', leaves: 'promises', mayNot: COORDINATORS_ONLY },
  { path: 'digest/preview', by: 'lan', words: '', leaves: 'reads', mayNot: {} },
  {
    path: 'group/call',
    by: 'ha',
    arrange: groupProposed,
    words: 'WG-1',
    leaves: [
      {
        thing: 'working-group',
        id: 'WG-1',
        change: 'called',
        before: { state: 'proposed' },
        after: { state: 'called' },
      },
      { thing: 'working-group', id: 'WG-1', change: 'member-added', after: { why: 'reported' } },
      { thing: 'working-group', id: 'WG-1', change: 'member-added', after: { why: 'coordinator' } },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'group/conclude',
    by: 'ha',
    arrange: groupCalled,
    words: 'solved:yes WG-1 One joint price decision.',
    leaves: [
      {
        thing: 'working-group',
        id: 'WG-1',
        change: 'concluded',
        before: { state: 'called' },
        after: { outcome: 'One joint price decision.' },
      },
      { thing: 'obstacle', id: 'OB-2', change: 'solved', after: { how: 'One joint price decision.' } },
      { thing: 'shared-obstacle', id: 'SO-1', change: 'solved' },
    ],
    mayNot: { guest: 'not-linked', dung: 'not-the-chair' },
  },
  {
    path: 'group/decline',
    by: 'ha',
    arrange: groupProposed,
    words: 'WG-1',
    leaves: [
      {
        thing: 'working-group',
        id: 'WG-1',
        change: 'declined',
        before: { state: 'proposed' },
        after: { state: 'declined' },
      },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'group/delegate',
    by: 'lan',
    arrange: groupCalled,
    words: 'WG-1 binh@gov.example',
    leaves: [{ thing: 'working-group', id: 'WG-1', change: 'member-added', after: { why: 'delegate' } }],
    mayNot: { guest: 'not-linked', minh: 'delegate-elsewhere' },
  },
  {
    path: 'group/join',
    by: 'binh',
    arrange: groupCalled,
    words: 'WG-1',
    leaves: [{ thing: 'working-group', id: 'WG-1', change: 'member-added', after: { why: 'joined' } }],
    mayNot: { guest: 'not-linked', dung: 'group-not-concerned' },
  },
  {
    path: 'group/propose',
    by: 'lan',
    arrange: groupCalled,
    words: 'WG-1 One joint price decision.',
    leaves: [
      { thing: 'working-group', id: 'WG-1', change: 'solution-proposed', after: { text: 'One joint price decision.' } },
    ],
    mayNot: { guest: 'not-linked', dung: 'not-a-member' },
  },
  {
    path: 'import/apply',
    by: 'ha',
    arrange: sheetKept,
    words: '1',
    leaves: [
      { thing: 'commitment', id: 'C-6', change: 'registered', after: { title: 'Rail link study' } },
      { thing: 'import', id: '1', change: 'applied' },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'import/file',
    by: 'ha',
    words: '',
    file: SHEET,
    leaves: [{ thing: 'import', id: '1', change: 'previewed', after: { fileName: 'annex.csv' } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'import/show',
    by: 'ha',
    arrange: sheetKept,
    words: '1 questions',
    leaves: 'reads',
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'import/start',
    by: 'ha',
    arrange: sheetApplied,
    words: '1',
    leaves: [{ thing: 'import', id: '1', change: 'started' }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'my/zone',
    by: 'lan',
    words: 'europe/brussels',
    leaves: [{ thing: 'officer', change: 'changed', before: { zone: null }, after: { zone: 'Europe/Brussels' } }],
    mayNot: { guest: 'not-linked' },
  },
  {
    path: 'my/away',
    by: 'lan',
    words: '17/11/2025 21/11/2025',
    leaves: [
      {
        thing: 'officer',
        change: 'changed',
        before: { awayFrom: null, awayUntil: null },
        after: { awayFrom: '2025-11-17', awayUntil: '2025-11-21' },
      },
    ],
    mayNot: { guest: 'not-linked', minh: 'no-stand-in' },
  },
  {
    path: 'my/language',
    by: 'lan',
    words: 'vi',
    leaves: [{ thing: 'officer', change: 'changed', before: { lang: null }, after: { lang: 'vi' } }],
    mayNot: { guest: 'not-linked' },
  },
  {
    path: 'my/platform',
    by: 'lan',
    words: 'Paper',
    leaves: [{ thing: 'officer', change: 'changed', before: { platform: null }, after: { platform: 'paper' } }],
    mayNot: { guest: 'not-linked' },
  },
  { path: 'my/home', by: 'lan', words: '', leaves: 'reads', mayNot: { guest: 'not-linked' } },
  { path: 'my/list', by: 'lan', words: '', leaves: 'reads', mayNot: { guest: 'not-linked' } },
  {
    path: 'obstacle/different',
    by: 'tuan',
    arrange: meetTheSame,
    words: 'OB-4',
    leaves: [{ thing: 'obstacle', id: 'OB-4', change: 'sameness-rejected' }],
    mayNot: { guest: 'not-linked', minh: 'not-your-report' },
  },
  {
    path: 'obstacle/report',
    by: 'lan',
    words: 'C-1 No resettlement site is ready',
    leaves: [{ thing: 'obstacle', id: 'OB-2', change: 'reported', after: { text: 'No resettlement site is ready' } }],
    mayNot: { guest: 'not-linked', minh: 'not-concerned', leader: 'not-concerned' },
  },
  {
    path: 'obstacle/same',
    by: 'tuan',
    arrange: meetTheSame,
    words: 'OB-4 OB-2',
    leaves: [
      { thing: 'obstacle', id: 'OB-4', change: 'joined', after: { shared: 'SO-1' } },
      { thing: 'obstacle', id: 'OB-4', change: 'sameness-confirmed' },
      { thing: 'working-group', id: 'WG-1', change: 'proposed' },
    ],
    mayNot: { guest: 'not-linked', minh: 'not-your-report' },
  },
  {
    path: 'obstacle/solve',
    by: 'binh',
    arrange: meetTheSame,
    words: 'OB-2 The province gave a site.',
    leaves: [{ thing: 'obstacle', id: 'OB-2', change: 'solved', after: { how: 'The province gave a site.' } }],
    mayNot: { guest: 'not-linked', minh: 'not-yours-to-solve', leader: 'not-yours-to-solve' },
  },
  {
    path: 'officer/add',
    by: 'ha',
    words: 'agency:MOC Bùi Văn Nam',
    leaves: [
      { thing: 'officer', change: 'added', after: { name: 'Bùi Văn Nam', role: 'officer' } },
      { thing: 'invitation', change: 'made' },
    ],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'officer/invite',
    by: 'ha',
    words: 'dung@gov.example',
    leaves: [{ thing: 'invitation', change: 'made' }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'officer/approver',
    by: 'ha',
    words: 'binh@gov.example',
    leaves: [{ thing: 'officer', change: 'changed', before: { approver: false }, after: { approver: true } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'officer/link',
    by: 'ha',
    words: 'account:<@U-other> move:yes dung@gov.example',
    leaves: [{ thing: 'account', id: 'paper:U-other', change: 'linked', after: { how: 'coordinator' } }],
    mayNot: COORDINATORS_ONLY,
  },
  {
    path: 'progress/report',
    by: 'lan',
    words: 'C-1 Two piers stand.',
    leaves: [
      { thing: 'commitment', id: 'C-1', change: 'progress-reported', after: { text: 'Two piers stand.' } },
      {
        thing: 'commitment',
        id: 'C-1',
        change: 'progress',
        before: { last_report: null },
        after: { last_report: 'Two piers stand.' },
      },
    ],
    mayNot: { guest: 'not-linked', minh: 'not-concerned', leader: 'not-concerned' },
  },
  {
    path: 'progress/approve',
    by: 'binh',
    arrange: waits,
    words: 'C-1',
    leaves: [
      { thing: 'commitment', id: 'C-1', change: 'report-approved', before: { state: 'waiting' } },
      {
        thing: 'commitment',
        id: 'C-1',
        change: 'claimed-done',
        before: { claimed_at: null },
        after: { last_report: 'The bridge is open.', done_on: '2025-11-14' },
      },
    ],
    mayNot: { guest: 'not-linked', lan: 'not-the-approver', minh: 'not-the-approver', ha: 'not-the-approver' },
  },
  {
    path: 'progress/send-back',
    by: 'binh',
    arrange: waits,
    words: 'C-1 The protocol is missing.',
    leaves: [
      { thing: 'commitment', id: 'C-1', change: 'report-sent-back', after: { why: 'The protocol is missing.' } },
    ],
    mayNot: { guest: 'not-linked', lan: 'not-the-approver', minh: 'not-the-approver', ha: 'not-the-approver' },
  },
  {
    path: 'progress/again',
    by: 'lan',
    arrange: sentBack,
    words: (office) => String(cameBack.get(office)),
    leaves: 'reads',
    mayNot: { guest: 'not-linked', minh: 'not-concerned' },
  },
  {
    path: 'reminder/not-mine',
    by: 'lan',
    words: 'C-1 proposed:binh@gov.example',
    leaves: [{ thing: 'commitment', id: 'C-1', change: 'not-mine' }],
    mayNot: { guest: 'not-linked', minh: 'not-concerned' },
  },
  {
    path: 'reminder/snooze',
    by: 'lan',
    words: 'C-1 3-days',
    leaves: [{ thing: 'commitment', id: 'C-1', change: 'reminder-postponed', after: { until: '2025-11-17' } }],
    mayNot: { guest: 'not-linked', minh: 'not-concerned' },
  },
  { path: 'reminder/table', by: 'ha', words: '', leaves: 'reads', mayNot: COORDINATORS_ONLY },
];

const invitations = new WeakMap<Office, string>();
function invitationOf(office: Office): string {
  const code = invitations.get(office);
  if (code === undefined) throw new Error('nobody was invited');
  return code;
}

describe('the table', () => {
  it('has a row for every command there is', () => {
    const folder = fileURLToPath(new URL('../../commands', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, ''));
    expect(ROWS.map((row) => row.path).toSorted()).toEqual(files.toSorted());
  });
});

eachDatabase('a command', (open) => {
  it.each(ROWS)('$path: its trace, and who may not', async (row) => {
    await using database = await open();
    await using office = await openOffice(database);
    await row.arrange?.(office);
    const invitation = await office.accord.db.selectFrom('invitations').select('code').executeTakeFirst();
    if (invitation) invitations.set(office, invitation.code);
    const words = typeof row.words === 'string' ? row.words : row.words(office);
    const stands = async () => ({
      history: await office.history(),
      promised: (await office.deliveries()).map((each) => each.key),
    });
    const before = await stands();

    // Whoever may not is told why, and nothing has changed.
    for (const [name, code] of Object.entries(row.mayNot))
      expect(await office.refusal(name as Name, row.path, words, row.file), name).toBe(code);
    // Whom nobody knows is told by the house itself how to be linked, before any command runs.
    if (row.path.split('/')[0] !== 'accord') {
      const told = await office.does('guest', { by: 'options', path: row.path, blanks: {} });
      expect(told.text).toContain('Ask a coordinator for an invitation code');
    }
    expect(await stands()).toEqual(before);

    expect(await office.refusal(row.by, row.path, words, row.file)).toBe('done');
    const added = (await office.history()).slice(before.history.length);
    if (row.leaves === 'reads') {
      expect(await stands()).toEqual(before);
      return;
    }
    if (row.leaves === 'promises') {
      expect((await stands()).promised.length).toBeGreaterThan(before.promised.length);
      return;
    }
    const actor = row.by === 'guest' ? 'account:paper:U-guest' : `officer:${office.ids[row.by]}`;
    for (const each of added) {
      expect(each).toMatchObject({ at: new Date(FRIDAY).toISOString(), actor, via: 'paper' });
      expect(each.officer_id).toBe(row.by === 'guest' ? null : office.ids[row.by]);
    }
    for (const { thing, id, change, before: was, after } of row.leaves) {
      expect(added).toContainEqual(
        expect.objectContaining({
          thing,
          change,
          ...(id === undefined ? {} : { thing_id: id }),
          ...(was === undefined ? {} : { before: expect.objectContaining(was) }),
          ...(after === undefined ? {} : { after: expect.objectContaining(after) }),
        }),
      );
    }
  });
});
