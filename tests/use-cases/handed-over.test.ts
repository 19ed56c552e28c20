import { describe, expect, it } from 'vitest';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { openPooledTestDatabase } from '../support/databases.ts';
import { buttonsIn, CLERK, openOffice } from './small-office.ts';

const claimsDone = '/progress report done:yes C-1 The bridge is open.';

describe('a commitment that is handed back', () => {
  it('comes back to whoever reported it done, with the reason and one thing to press', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('binh', claimsDone);
    await office.settle();
    const [claim] = office.in('direct-U-ha');
    if (!claim) throw new Error('nobody was told of the claim');
    const back = buttonsIn(claim.document).find((button) => button.label === 'Hand back');
    // The press opens a form that asks what is missing.
    expect(back?.does).toEqual({ path: 'commitment/hand-back', blanks: { commitment: 'C-1' } });
    await office.types('ha', '/commitment hand-back C-1 The protocol of acceptance is missing.');
    await office.settle();
    const [told] = office.in('direct-U-binh');
    expect(told?.text).toContain('Phạm Thu Hà does not see it as done yet');
    expect(told?.text).toContain('The protocol of acceptance is missing.');
    expect(buttonsIn(told?.document ?? claim.document).map((button) => button.does.path)).toEqual(['progress/report']);
    expect(office.in('direct-U-ha')[0]?.text).toContain('The protocol of acceptance is missing.');
    expect((await office.history()).findLast((each) => each.change === 'handed-back')?.after).toMatchObject({
      reason: 'The protocol of acceptance is missing.',
    });
  });

  it('says so without a reason too, and to the stand-in of whoever is away', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('lan', claimsDone);
    await office.types('lan', '/my away 14/11/2025 30/11/2025');
    await office.types('ha', '/commitment verify C-1 no');
    await office.settle();
    expect(office.in('direct-U-lan')).toEqual([]);
    const told = office.in('direct-U-binh').filter((each) => each.text.includes('hands it back'));
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain('Border bridge');
  });
});

describe('a commitment that becomes somebody’s', () => {
  it('and somebody else’s before it was told, and theirs again that day, is told', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    // Too early to be told.
    await office.at('2025-11-18T06:00:00+07:00');
    await office.types('ha', '/commitment assign C-1 Bình');
    await office.types('ha', '/commitment assign C-1 Lan');
    await office.at('2025-11-18T08:30:00+07:00');
    expect(office.in('direct-U-binh')).toEqual([]);
    await office.types('ha', '/commitment assign C-1 Bình');
    await office.settle();
    expect(office.in('direct-U-binh').map((each) => each.text)).toEqual([expect.stringContaining('C-1 Border bridge')]);
  });

  it('after a message of that day was refused, is told in the agency’s channel too', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel link MOC', { conversation: 'room-moc' });
    await office.settle();
    office.papers[0]?.fails('post', { how: 'refused', code: 'dm-closed' }, 'direct-U-binh');
    await office.types('ha', '/commitment assign C-1 Bình');
    await office.settle();
    await office.types('ha', '/commitment assign C-5 Bình');
    await office.settle();
    expect(office.in('direct-U-binh')).toEqual([]);
    const said = office.in('room-moc').filter((each) => each.text.includes('could not be said to you directly'));
    expect(said).toHaveLength(1);
    expect(said[0]?.text).toContain('C-1 Border bridge');
    expect(said[0]?.text).toContain('C-5');
  });
});

describe('a stand-in', () => {
  /** Minh names Dũng, of another ministry: nothing but standing in gives him a right. */
  const away = '/my away 17/11/2025 21/11/2025 stand-in:dung@gov.example';
  const report = '/progress report C-2 The line is surveyed.';

  it('acts from the first day to the last, and not before or after', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('minh', away);
    expect((await office.types('dung', report)).text).toContain('C-2 is led by');
    office.clock.moveTo('2025-11-16T23:59:00+07:00');
    expect((await office.types('dung', report)).text).toContain('C-2 is led by');
    office.clock.moveTo('2025-11-17T00:00:00+07:00');
    expect((await office.types('dung', report)).text).toContain('is recorded');
    office.clock.moveTo('2025-11-21T23:59:00+07:00');
    expect((await office.types('dung', report)).text).toContain('is recorded');
    office.clock.moveTo('2025-11-22T00:00:00+07:00');
    for (const line of [
      report,
      '/obstacle report C-2 No price yet',
      '/reminder snooze C-2 3-days',
      '/reminder not-mine C-2',
    ])
      expect((await office.types('dung', line)).text, line).toContain('C-2 is led by');
  });

  it('and the absent officer are both told, from when to when', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    const answer = await office.types('minh', away);
    expect(answer.text).toContain('away from 17 November 2025 to 21 November 2025');
    expect(answer.text).toContain('Đỗ Tiến Dũng acts for you meanwhile, and has been told.');
    await office.settle();
    const [told] = office.in('direct-U-dung');
    expect(told?.text).toContain('Trần Văn Minh (Bộ Công Thương) is away from 17 November 2025 to 21 November 2025');
    // The same days said again tell nobody twice.
    await office.types('minh', away);
    await office.settle();
    expect(office.in('direct-U-dung')).toHaveLength(1);
  });

  it('who is away in the same days is not promised to act: whoever is next in line does, and is told', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('binh', '/my away 17/11/2025 28/11/2025 stand-in:minh@gov.example');
    const { text } = await office.types('lan', '/my away 17/11/2025 21/11/2025');
    expect(text).not.toContain('Vũ Thanh Bình acts for you');
    expect(text).toContain(
      'Vũ Thanh Bình is away too from 17 November 2025 to 21 November 2025: on those days Trần Văn Minh acts for you.',
    );
    await office.settle();
    expect(office.in('direct-U-minh').map((each) => each.text)).toContainEqual(
      expect.stringContaining('so is Vũ Thanh Bình, the stand-in: on these days you act for them'),
    );
    await office.at('2025-11-17T08:30:30+07:00');
    const reminded = (name: string) =>
      office.in(`direct-U-${name}`).filter((each) => each.text.startsWith('Dear ') && each.text.includes('C-1 '));
    expect([reminded('lan').length, reminded('binh').length, reminded('minh').length]).toEqual([0, 0, 1]);
    expect(reminded('minh')[0]?.text).toContain('You stand in for Nguyễn Thị Lan.');
    // And may do what is asked.
    expect((await office.types('minh', '/my list')).text).toContain('C-1 ');
    expect((await office.types('minh', '/progress report C-1 Two piers stand.')).text).toContain('is recorded');
  });

  it('who goes away later leaves it to the next in line, who is told', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    const { text } = await office.types('lan', '/my away 17/11/2025 21/11/2025');
    expect(text).toContain('Vũ Thanh Bình acts for you meanwhile, and has been told.');
    await office.types('binh', '/my away 20/11/2025 28/11/2025 stand-in:minh@gov.example');
    await office.settle();
    expect(office.in('direct-U-minh').map((each) => each.text)).toContainEqual(
      expect.stringContaining(
        'Nguyễn Thị Lan (Bộ Xây dựng) is away from 20 November 2025 to 21 November 2025, and so is Vũ Thanh Bình',
      ),
    );
    // On the days before that it is still the one who was named.
    office.clock.moveTo('2025-11-19T10:00:00+07:00');
    expect((await office.types('minh', '/progress report C-1 Two piers stand.')).text).toContain('C-1 is led by');
    expect((await office.types('binh', '/progress report C-1 Two piers stand.')).text).toContain('is recorded');
  });

  it('who stands in for each other, both away, leave it to whoever approves, else to a coordinator', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('binh', '/my away 17/11/2025 28/11/2025 stand-in:lan@gov.example');
    const { text } = await office.types('lan', '/my away 17/11/2025 21/11/2025');
    expect(text).toContain('on those days Phạm Thu Hà acts for you.');
    await office.settle();
    await office.at('2025-11-17T08:30:30+07:00');
    const reminded = (name: string) =>
      office.in(`direct-U-${name}`).filter((each) => each.text.startsWith('Dear ') && each.text.includes('C-1 '));
    expect([reminded('lan').length, reminded('binh').length, reminded('ha').length]).toEqual([0, 0, 1]);
    // Nobody at all is in: that is said, too.
    const last = await office.types('ha', '/my away 17/11/2025 21/11/2025 stand-in:lan@gov.example');
    expect(last.text).toContain('nobody else is in: what comes on those days waits for you');
  });

  it('who is replaced is told so, and once more when they are named again', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('lan', '/my away 17/11/2025 21/11/2025');
    await office.settle();
    expect(office.in('direct-U-binh')).toHaveLength(1);
    await office.types('lan', '/my away 17/11/2025 21/11/2025 stand-in:minh@gov.example');
    await office.settle();
    expect(office.in('direct-U-binh')).toHaveLength(2);
    expect(office.in('direct-U-binh').at(-1)?.text).toContain(
      'Nguyễn Thị Lan (Bộ Xây dựng) has named somebody else: from 17 November 2025 to 21 November 2025 you no longer',
    );
    await office.types('lan', '/my away 17/11/2025 21/11/2025 stand-in:binh@gov.example');
    await office.settle();
    expect(office.in('direct-U-binh')).toHaveLength(3);
    expect(office.in('direct-U-binh').at(-1)?.text).toContain('has named you as stand-in');
    expect(office.in('direct-U-minh').at(-1)?.text).toContain('has named somebody else');
    // Whoever had not been told yet hears nothing.
    await office.at('2025-11-15T10:00:00+07:00');
    await office.types('lan', '/my away 24/11/2025 28/11/2025 stand-in:tuan@gov.example');
    await office.types('lan', '/my away 24/11/2025 28/11/2025 stand-in:minh@gov.example');
    await office.at('2025-11-17T10:00:00+07:00');
    expect(office.in('direct-U-tuan')).toHaveLength(0);
  });

  it('of a coordinator acts for what is theirs, and is not asked what only coordinators decide', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    const alone = await office.types('ha', '/my away 14/11/2025 28/11/2025 stand-in:minh@gov.example');
    expect(alone.text).toContain('What coordinators decide waits for you: no other coordinator is in');
    await office.types('minh', '/progress report done:yes C-2 The line is there.');
    await office.settle();
    const asked = (name: string) =>
      office
        .in(`direct-U-${name}`)
        .filter((each) => /Power line/.test(each.text) && each.text.includes('eported done'));
    expect([asked('minh').length, asked('ha').length]).toEqual([0, 1]);

    // Where another coordinator is in, it is asked of them, at once and again after two workdays.
    await office.accord.house.store.write(CLERK, (writer) =>
      writer.changeOfficer(office.ids.dung, { role: 'coordinator' }),
    );
    const two = await office.types('ha', '/my away 14/11/2025 28/11/2025');
    expect(two.text).toContain('asked of those who are in meanwhile: Đỗ Tiến Dũng.');
    await office.types('tuan', '/reminder not-mine C-3 proposed:""');
    await office.settle();
    const toldOf = (name: string) => office.in(`direct-U-${name}`).some((each) => each.text.includes('not theirs'));
    expect([toldOf('dung'), toldOf('ha'), toldOf('minh')]).toEqual([true, false, false]);
    await office.at('2025-11-18T08:30:30+07:00');
    const reminded = (name: string) =>
      office.in(`direct-U-${name}`).some((each) => each.text.startsWith('Dear ') && each.text.includes('C-2 '));
    expect([reminded('dung'), reminded('ha'), reminded('minh')]).toEqual([true, false, false]);
    expect((await office.types('minh', '/commitment verify C-2 yes')).text).toContain('Only coordinators can do this.');
    expect((await office.types('dung', '/commitment verify C-2 yes')).text).toContain('C-2');
  });

  it('of another agency reports an obstacle for the agency they act for, and not as a further sector', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('lan', '/my away 14/11/2025 21/11/2025 stand-in:minh@gov.example');
    await office.types('minh', '/obstacle report C-2 No pier is there');
    await office.types('minh', '/obstacle report C-1 No pier is there');
    const reports = await office.accord.house.store.read(HOUSE).obstaclesSince('2025-01-01T00:00:00Z');
    expect(
      reports
        .filter((each) => each.commitmentId < 5)
        .map((each) => [each.commitmentId, each.agency.sector])
        .toSorted(),
    ).toEqual([
      [1, 'construction'],
      [2, 'trade'],
    ]);
  });

  it('who has no account yet is for the officer to tell', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/officer add agency:MOIT Bùi Văn Nam');
    const answer = await office.types('minh', '/my away 17/11/2025 21/11/2025 stand-in:"Bùi Văn Nam"');
    expect(answer.text).toContain('has no account here yet: please tell them yourself');
  });
});
