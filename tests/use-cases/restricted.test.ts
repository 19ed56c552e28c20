import { expect, it } from 'vitest';
import { plainDocument } from '../../src/chat/plain-document.ts';
import { speaker } from '../../src/locales/speaker.ts';
import { commitmentCard } from '../../src/messages/commitment-card.ts';
import { complete } from '../../src/use-cases/complete.ts';
import { COMPOSED_KINDS, compose } from '../../src/use-cases/compose.ts';
import { showCommitment } from '../../src/use-cases/show-commitment.ts';
import { eachDatabase } from '../support/databases.ts';
import { ZONE } from '../support/open-house.ts';
import { allWords, type Name, type Office, openOffice, SECRETS } from './small-office.ts';

const REF = 'C-5';
const leaked = (text: string): readonly string[] => SECRETS.filter((secret) => text.includes(secret));

/** The title of a shared obstacle, taken from a report of what was restricted later. */
const HARBOURS = 'Entry to harbours';

/** What people can say that answers about the restricted commitment, and what the answer calls it. */
const SAID: readonly { by: Name; line: string; shows?: string }[] = [
  { by: 'lan', line: '/my list', shows: REF },
  { by: 'lan', line: '/commitment show C-5', shows: REF },
  { by: 'ha', line: '/commitment show C-5', shows: REF },
  { by: 'leader', line: '/commitment show C-5', shows: REF },
  { by: 'minh', line: '/commitment find agency:MOC', shows: REF },
  { by: 'minh', line: '/commitment find C-5', shows: REF },
  { by: 'minh', line: '/commitment find state:overdue', shows: REF },
  // Words that only its secrets hold find nothing: an answer would betray them.
  { by: 'minh', line: '/commitment find undersea' },
  { by: 'minh', line: '/commitment find partner:Freedonia' },
  { by: 'ha', line: '/digest preview', shows: REF },
  { by: 'ha', line: '/digest preview agency:MOC', shows: REF },
  { by: 'lan', line: '/progress report C-5 done:yes Nothing more to say.', shows: REF },
  { by: 'lan', line: '/obstacle report C-5 The harbour master refuses again', shows: REF },
  { by: 'lan', line: '/obstacle report C-1 Harbour master refuses entry to the crates', shows: 'OB-' },
  { by: 'lan', line: '/obstacle same OB-1 OB-2', shows: 'OB-1' },
  { by: 'lan', line: '/obstacle different OB-1', shows: 'OB-1' },
  { by: 'lan', line: '/reminder snooze C-5 3-days', shows: REF },
  { by: 'lan', line: '/reminder not-mine C-5 proposed:binh@gov.example', shows: REF },
  { by: 'ha', line: '/commitment assign C-5 binh@gov.example', shows: REF },
  { by: 'ha', line: '/commitment verify C-5 no', shows: REF },
  { by: 'ha', line: '/commitment show C-55', shows: REF },
];

eachDatabase('a restricted commitment', (open) => {
  it('shows its reference, and nothing else, to whoever asks in a chat', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    for (const { by, line, shows } of SAID) {
      const answer = await office.types(by, line);
      // What somebody types comes back to them; it is told apart from what the register knows.
      expect(leaked(answer.text.replaceAll(line.replace(/^\/\S+ \S+ /, ''), '')), line).toEqual([]);
      if (shows === undefined) expect(answer.text, line).not.toContain(REF);
      else expect(answer.text, line).toContain(shows);
    }
  });

  it('keeps its words out of its own registration too', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const answer = await office.types('ha', `/commitment register lead:MOC due:2026 restricted:yes ${SECRETS[0]}`);
    expect(leaked(answer.text)).toEqual([]);
    expect(answer.text).toContain('C-6');
  });

  it('is completed by its reference alone', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const viewer = { sight: 'chat', officerId: office.ids.lan } as const;
    for (const kind of ['commitment', 'obstacle', 'working-group', 'agency', 'officer']) {
      for (const typed of ['', 'C-5', 'Undersea', 'Freedonia', 'Harbour master refuses', 'OB-1']) {
        const labels = (await complete(office.accord.house, viewer, kind, typed, 25))
          .map((each) => each.label)
          .join('\n');
        expect(leaked(labels), `${kind} ${typed}`).toEqual([]);
      }
    }
    expect(await complete(office.accord.house, viewer, 'commitment', 'C-5', 5)).toEqual([{ value: REF, label: REF }]);
    expect(await complete(office.accord.house, viewer, 'commitment', 'Undersea', 5)).toEqual([]);
  });

  it('stays closed in every kind of message that is sent', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const facts = await factsOfEachKind(office);
    expect(Object.keys(facts).toSorted()).toEqual([...COMPOSED_KINDS].toSorted());
    for (const kind of COMPOSED_KINDS) {
      const { house } = office.accord;
      const channel = {
        id: 1,
        platform: 'paper',
        conversation: 'room-1',
        kind: 'direct',
        agencyId: null,
        officerId: office.ids.lan,
        groupId: null,
        lang: null,
        zone: null,
      } as const;
      for (const lang of ['en', 'vi', 'ar'] as const) {
        const said = await compose(house, { ...channel, officerId: null, lang }, kind, facts[kind] ?? {});
        expect(said, kind).not.toBeNull();
        expect(leaked(said ? allWords(said) : ''), `${kind} ${lang}`).toEqual([]);
      }
      // Not even to the officer who answers for it, in their own direct messages.
      const direct = await compose(house, channel, kind, facts[kind] ?? {});
      expect(leaked(direct ? allWords(direct) : ''), kind).toEqual([]);
      expect(direct && allWords(direct), kind).not.toContain(HARBOURS);
      if (SHOWS_THE_REFERENCE.has(kind)) expect(direct && allWords(direct), kind).toContain(REF);
    }
  });

  it('is open at the machine itself', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const facts = await showCommitment(office.accord.house, { sight: 'shell', officerId: null }, REF);
    const text = plainDocument(commitmentCard(speaker('en', ZONE), facts));
    const shown = [SECRETS[0], SECRETS[1], SECRETS[2], SECRETS[3], SECRETS[5], SECRETS[6], SECRETS[7], SECRETS[9]];
    for (const words of shown) expect(text).toContain(words);
  });
});

/** Kinds that name commitments one by one. */
const SHOWS_THE_REFERENCE = new Set([
  'digest-summary',
  'digest-agency',
  'reminder',
  'assigned',
  'claim',
  'handed-back',
  'approval',
  'report-decided',
  'not-mine',
  'group-report',
  'commitment-changed',
]);

/** The restricted commitment in each kind of message that there is; a kind without a row here fails above. */
async function factsOfEachKind(office: Office): Promise<Record<string, Record<string, unknown>>> {
  const commitmentId = 5;
  const { ids } = office;
  const at = office.clock.now();
  await office.accord.house.store.write(
    {
      sight: 'house',
      officerId: null,
      name: 'test',
      displayName: 'test',
      role: 'house',
      agencyId: null,
      via: 'test',
    },
    async (writer) => {
      // A commitment may become restricted after its report was shared: the words are closed then.
      const shared = await writer.addShared({ title: HARBOURS, openedAt: at });
      await writer.joinShared(1, shared.id);
      const called = { sharedId: shared.id, state: 'called', chairId: 2, chairRule: 'most-reports', at } as const;
      await writer.concludeGroup((await writer.addGroup(called)).id, 'The harbours are open', at);
      const group = await writer.addGroup(called);
      const report = { commitmentId, agencyId: 2, officerId: ids.lan, at, solution: null, decider: null };
      await writer.solveObstacle((await writer.addObstacle({ ...report, text: SECRETS[7] })).id, SECRETS[8], at);
      await writer.addMember(group.id, ids.lan, 'reported', at);
      const reported = { commitmentId, officerId: ids.lan, at, text: SECRETS[6], expected: null, claimsDone: false };
      const [, late = 0] = await writer.addProgress(
        { ...reported, waits: { askedId: ids.binh } },
        { ...reported, waits: { askedId: ids.binh } },
      );
      await writer.decideReport(late, { approved: false, why: SECRETS[8], at });
      await writer.changeOfficer(ids.lan, { awayFrom: '2025-11-17', awayUntil: '2025-11-21' });
      await writer.addImport({
        source: 'annex',
        fileName: 'annex.csv',
        plan: { counts: { create: 1, update: 0 } },
        at,
      });
    },
  );
  const monday = '2025-11-17';
  return {
    'digest-summary': { monday },
    'digest-agency': { monday, agencyId: 2 },
    reminder: {
      officerId: ids.lan,
      day: monday,
      things: [
        { commitmentId, kind: 'due', key: REF, since: '2025-10-31' },
        { commitmentId: 1, kind: 'due', key: 'C-1', since: '2025-06-30' },
      ],
      others: 0,
      standingInFor: [],
      marks: [],
    },
    assigned: { officerId: ids.lan, day: '2025-11-14', marks: [] },
    'group-proposal': { groupId: 2 },
    'group-opening': { groupId: 2 },
    'group-member': { groupId: 2 },
    'group-report': { groupId: 2, obstacleId: 1 },
    'group-missing': { groupId: 2, officerIds: [ids.lan] },
    'group-concluded': { groupId: 1 },
    'obstacle-solved': { obstacleId: 2, ownId: 2, by: 'Hà' },
    'commitment-changed': { commitmentId, what: 'amended', by: 'Hà', fields: ['title'], reason: SECRETS[6] },
    'calendar-wanted': { year: 2026 },
    'digest-beforehand': { digests: [{ monday: '2025-11-17', agencyIds: [2] }], marks: [] },
    'digest-unseen': { digests: [{ monday: '2025-11-17', agencyIds: [2] }] },
    claim: { commitmentId },
    approval: { officerId: ids.binh, reportIds: [2, 3] },
    'report-decided': { reportId: 3 },
    'handed-back': { commitmentId, by: 'Hà', reason: SECRETS[6] },
    'stand-in': { officerId: ids.lan, standInId: ids.binh, from: '2025-11-17', until: '2025-11-21' },
    'stand-in-over': { officerId: ids.lan, standInId: ids.minh, from: '2025-11-17', until: '2025-11-21' },
    'account-taken': { officerId: ids.lan, holderId: ids.binh, platform: 'paper' },
    'not-mine': { commitmentId, officerId: ids.lan, proposedId: ids.binh },
    'import-applied': { importId: 1 },
    undelivered: { day: '2025-11-14' },
    'demo-notice': {},
    'digest-nowhere': {},
    'job-missed': { job: 'weekly-digest', planned: [at] },
  };
}
