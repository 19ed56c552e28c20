import type { Planted } from '../simulation/planted.ts';

/** Faults put into a copy of the code on purpose, which only a kill at the right moment shows. */
export const PLANTED: Readonly<Record<string, Planted & { readonly foundBy: 'lost' | 'twice' }>> = {
  'forgets-doubt': {
    what: 'what somebody had in hand when they were killed is sent again without looking whether it arrived',
    file: 'src/store/outbox.ts',
    from: "set state = 'in-doubt', error = 'no-answer', doubt_since = coalesce(doubt_since, attempted_at), worker = null",
    to: "set state = 'pending', error = 'no-answer', worker = null",
    foundBy: 'twice',
  },
  'tick-first': {
    what: 'a planned run is recorded as done before what it promises is committed',
    file: 'src/jobs/runner.ts',
    from: "if (!(await writer.recordTick(taken(job, caughtUp, 'done')))) return null;",
    to: "if (!(await house.store.write(actorOf(job.name), (first) => first.recordTick(taken(job, caughtUp, 'done'))))) return null;",
    foundBy: 'lost',
  },
};
