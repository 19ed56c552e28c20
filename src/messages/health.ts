import type { Block, Button, Entry, MessageDocument } from '../chat/message.ts';
import { join, type Text } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { Health, JobHealth } from '../use-cases/views.ts';
import { showCalendar } from './calendar.ts';
import { jobName } from './planned-runs.ts';
import { platformName } from './platform-name.ts';

/** For coordinators: whether everything runs; what does not is said first in its line. */
export function health(speaker: Speaker, facts: Health): MessageDocument {
  const head = speaker.say(facts.well && facts.coordinated ? 'health.well' : 'health.not-well');
  const { outbox } = facts;
  const section = (title: string, entries: readonly Entry[]): Block => ({ block: 'entries', title, entries });
  const waiting: Text[] = [speaker.say('health.waiting', { count: outbox.waiting })];
  if (outbox.oldestWaiting !== null)
    waiting.push(
      speaker.say('punctuation.semicolon'),
      speaker.say('health.oldest', { moment: speaker.moment(outbox.oldestWaiting) }),
    );
  const blocks: Block[] = [
    { block: 'paragraph', text: head },
    section(
      speaker.say('health.jobs'),
      facts.jobs.map((job) => ({ text: jobName(speaker, job.name), detail: runsOf(speaker, job) })),
    ),
    section(speaker.say('health.messages'), [
      ...(facts.coordinated ? [] : [{ text: speaker.rich('health.no-coordination') }]),
      { text: join(...waiting) },
      { text: speaker.say('health.planned', { count: outbox.planned }) },
      {
        text: speaker.say('health.undelivered', {
          refused: outbox.refused,
          expired: outbox.expired,
          doubt: outbox.inDoubt,
        }),
      },
    ]),
    section(
      speaker.say('health.platforms'),
      facts.platforms.map(({ platform, connected, since }) => ({
        text: speaker.rich(connected ? 'health.connected' : 'health.disconnected', {
          platform: platformName(platform),
          moment: speaker.moment(since),
        }),
      })),
    ),
    section(
      speaker.say('health.calendar'),
      facts.years.map(({ year, known, decided }) => ({
        text: speaker.say(decided ? 'health.year-decided' : known ? 'health.year-undecided' : 'health.year-unknown', {
          year: String(year),
        }),
      })),
    ),
    { block: 'note', text: speaker.say('health.database') },
  ];
  const buttons: Button[] = [];
  if (outbox.refused + outbox.expired + outbox.inDoubt > 0)
    buttons.push({ label: speaker.say('button.undelivered'), does: { path: 'accord/deliveries', blanks: {} } });
  const undecided = facts.years.find((each) => !each.decided);
  if (undecided) buttons.push(showCalendar(speaker, undecided.year));
  if (buttons.length > 0) blocks.push({ block: 'buttons', buttons });
  return { lang: speaker.lang, summary: head, blocks };
}

function runsOf(speaker: Speaker, job: JobHealth): Text {
  const parts: Text[] = [];
  if (job.failingSince !== null)
    parts.push(speaker.rich('health.failing', { moment: speaker.moment(job.failingSince) }));
  if (job.late !== null) parts.push(speaker.rich('health.late', { moment: speaker.moment(job.late) }));
  parts.push(
    job.lastDone === null
      ? speaker.say('health.never')
      : speaker.say('health.last', { moment: speaker.moment(job.lastDone) }),
  );
  const missed = job.missed.at(-1);
  if (missed !== undefined)
    parts.push(speaker.rich('health.missed', { count: job.missed.length, moment: speaker.moment(missed) }));
  if (job.next !== null) parts.push(speaker.say('health.next', { moment: speaker.moment(job.next) }));
  return join(...parts.flatMap((part, at) => (at === 0 ? [part] : [speaker.say('punctuation.semicolon'), part])));
}
