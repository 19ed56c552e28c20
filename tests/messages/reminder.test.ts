import { expect, it } from 'vitest';
import { plainDocument } from '../../src/chat/plain-document.ts';
import { MONDAY_TO_FRIDAY } from '../../src/domain/working-days.ts';
import { speaker } from '../../src/locales/speaker.ts';
import { reminder } from '../../src/messages/reminder.ts';
import { commitment, ZONE } from '../specimens/register.ts';

/** Half past midnight on 4 October where the officer is; still 3 October in Greenwich. */
const AFTER_MIDNIGHT = '2025-10-03T17:30:00.000Z';

const said = (today: string, zone: string): string =>
  plainDocument(
    reminder(speaker('en', zone), {
      name: 'Lan',
      today,
      items: [commitment('en', 0, { lastReportAt: AFTER_MIDNIGHT })],
      others: 0,
      standingInFor: [],
      marks: [],
      reason: 'due',
      calendar: MONDAY_TO_FRIDAY,
      silentDays: 30,
    }),
  );

it('counts the days of a reminder in the zone of the house', () => {
  expect(said('2025-11-03', ZONE)).toContain('4 October');
  expect(said('2025-11-03', ZONE)).not.toContain('nothing reported');
  expect(said('2025-11-04', ZONE)).toContain('31 days');
  expect(said('2025-11-03', 'UTC')).toContain('31 days');
});
