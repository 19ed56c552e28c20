import { accountOfBlank } from '../chat/account-blank.ts';
import { shorten } from '../chat/text.ts';
import { type DueDate, parseDue } from '../domain/due-date.ts';
import { fold } from '../domain/fold.ts';
import { idOf } from '../domain/reference.ts';
import { UserError } from '../domain/user-error.ts';
import type { AgencyView, CommitmentView, GroupView, ObstacleView, OfficerView, Reader } from './ports.ts';

/** Each finds what was meant, or says no in a way that helps: the nearest, and under which blank. */

/** `withdrawn`: one that was withdrawn is meant as well; elsewhere nothing is done about it any more. */
export async function theCommitment(reader: Reader, ref: string, { withdrawn = false } = {}): Promise<CommitmentView> {
  const id = idOf('C', ref) ?? 0;
  const found = await reader.commitment(id);
  if (found && found.withdrawnAt !== null && !withdrawn)
    throw new UserError('commitment-withdrawn', { ref: found.ref, at: found.withdrawnAt }, { field: 'commitment' });
  if (found) return found;
  const nearest = await reader.nearestCommitments(id, 3);
  const named = nearest.map((each) => (each.title === null ? each.ref : `${each.ref} (${shorten(each.title, 50)})`));
  throw new UserError(
    'no-such-commitment',
    { ref, nearest: named.join('; ') || '–' },
    { field: 'commitment', nearest: nearest.map((each) => ({ value: each.ref, label: each.ref })) },
  );
}

export async function theObstacle(reader: Reader, ref: string, field = 'obstacle'): Promise<ObstacleView> {
  const found = await reader.obstacle(idOf('OB', ref) ?? 0);
  if (!found) throw new UserError('no-such-obstacle', { ref }, { field });
  return found;
}

export async function theGroup(reader: Reader, ref: string): Promise<GroupView> {
  const found = await reader.group(idOf('WG', ref) ?? 0);
  if (!found) throw new UserError('no-such-group', { ref }, { field: 'group' });
  return found;
}

export async function theAgency(
  reader: Reader,
  typed: string,
  field = 'agency',
  unknown = 'no-such-agency',
): Promise<AgencyView> {
  const exact = await reader.agencyNamed(typed);
  if (exact) return exact;
  const nearest = await reader.nearestAgencies(typed, 3);
  // What is like it is offered and never taken: agencies' names differ by a word.
  throw new UserError(
    nearest.length > 0 ? 'agency-unclear' : unknown,
    { typed, nearest: nearest.map((each) => each.name).join('; ') },
    {
      field,
      nearest: nearest.map((each) => ({ value: each.code, label: each.name })),
    },
  );
}

export async function theOfficer(reader: Reader, typed: string, field = 'officer'): Promise<OfficerView> {
  const account = accountOfBlank(typed);
  if (account) {
    const linked = await reader.officerOfAccount(account.platform, account.id);
    if (linked) return linked;
    throw new UserError('account-unlinked', {}, { field });
  }
  const byEmail = await reader.officerByEmail(typed);
  if (byEmail) return byEmail;
  const byNumber = /^#(\d{1,9})$/.exec(typed);
  const numbered = byNumber ? await reader.officer(Number(byNumber[1])) : null;
  if (numbered) return numbered;
  const found = await reader.findOfficers(typed, 4);
  const exact = found.filter((each) => fold(each.name) === fold(typed));
  const [only] = exact.length === 1 ? exact : found;
  if (only && (found.length === 1 || exact.length === 1)) return only;
  const nearest = found.slice(0, 3).map((each) => ({ value: each.email ?? `#${each.id}`, label: each.name }));
  throw new UserError(
    found.length === 0 ? 'no-such-officer' : 'officer-unclear',
    { typed, nearest: nearest.map((each) => each.label).join('; ') },
    { field, nearest },
  );
}

/** A due date as typed; a sentence that is none gets its reason. */
export function theDue(typed: string, field = 'due'): DueDate {
  const parsed = parseDue(typed);
  if (!parsed.ok) throw new UserError(parsed.why, { typed }, { field });
  // A year that means "not known" in a sheet is no date from a person.
  if (parsed.due.precision === 'unknown') throw new UserError('not-a-date', { typed }, { field });
  return parsed.due;
}

/** One calendar day. */
export function theDay(typed: string, field: string): string {
  const due = theDue(typed, field);
  if (due.precision !== 'day' || due.end === null) throw new UserError('not-a-day', { typed }, { field });
  return due.end;
}
