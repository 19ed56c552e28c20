import { accountOfBlank } from '../chat/account-blank.ts';
import type { Account } from '../chat/interaction.ts';
import { type Person, PlatformError } from '../chat/platform.ts';
import { UserError } from '../domain/user-error.ts';
import { theOfficer } from './find-things.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, OfficerView, Writer } from './ports.ts';
import { later } from './zoned.ts';

/** What linking would take from somebody. Nothing is linked before it has been said and agreed to. */
export interface Moves {
  /** Whose the account is now, where it is somebody else's. */
  readonly from: OfficerView | null;
  /** The officer's account there now, where they have another. */
  readonly instead: string | null;
}

/** `moves`: what would move, and nothing was done; null once it is linked. */
export interface Linking {
  readonly officer: OfficerView;
  readonly account: Person;
  readonly moves: Moves | null;
}

/** A code that links whoever types it to an officer: once, within the days it holds. */
export async function invite(house: House, actor: Actor, who: string): Promise<{ officer: OfficerView; code: string }> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const officer = await theOfficer(writer, who);
    return { officer, code: await inviteTo(house, writer, officer) };
  });
}

export async function inviteTo(house: House, writer: Writer, officer: OfficerView): Promise<string> {
  const code = house.nonce().slice(0, 10).toUpperCase();
  const madeAt = house.clock.now();
  await writer.addInvitation({
    code,
    officerId: officer.id,
    madeAt,
    expiresAt: later(madeAt, { hours: 24 * house.rules.invitationDays }),
  });
  return code;
}

/** Links the speaker's account by an invitation code; asks first where something moves with it. */
export async function linkByCode(
  house: House,
  actor: Actor,
  account: Account,
  typed: string,
  move: boolean,
): Promise<Linking> {
  const code = typed.trim().toUpperCase();
  return house.store.write(actor, async (writer) => {
    const invitation = await writer.invitation(code);
    if (!invitation) throw new UserError('no-such-invitation', { code }, { field: 'code' });
    if (invitation.usedAt !== null) throw new UserError('invitation-used', {}, { field: 'code' });
    const at = house.clock.now();
    if (invitation.expiresAt < at) throw new UserError('invitation-expired', {}, { field: 'code' });
    const officer = await writer.officer(invitation.officerId);
    if (!officer) throw new UserError('no-such-invitation', { code }, { field: 'code' });
    const moves = await movedBy(writer, officer, account.platform, account.id);
    if (moves && !move) return { officer, account, moves };
    await writer.useInvitation(code, at);
    await writer.linkAccount({
      platform: account.platform,
      account: account.id,
      name: account.name,
      officerId: officer.id,
      how: 'invitation',
      at,
      seen: true,
      move,
    });
    return { officer, account, moves: null };
  });
}

/** A coordinator says whose account this is, by a mention, an id or an e-mail address; asks first where something moves. */
export async function linkAccount(
  house: House,
  actor: Actor,
  wish: { platform: string; account: string; officer: string; move: boolean },
): Promise<Linking> {
  requireCoordinator(actor);
  const { platform } = wish;
  const person = await thePerson(house, platform, wish.account);
  return house.store.write(actor, async (writer) => {
    const officer = await theOfficer(writer, wish.officer);
    const moves = await movedBy(writer, officer, platform, person.id);
    if (moves && !wish.move) return { officer, account: person, moves };
    await writer.linkAccount({
      platform,
      account: person.id,
      name: person.name,
      officerId: officer.id,
      how: 'coordinator',
      at: house.clock.now(),
      move: wish.move,
    });
    return { officer, account: person, moves: null };
  });
}

async function movedBy(writer: Writer, officer: OfficerView, platform: string, account: string): Promise<Moves | null> {
  const holder = await writer.officerOfAccount(platform, account);
  const from = holder?.id === officer.id ? null : holder;
  const has = officer.accounts[platform];
  const instead = has === undefined || has === account ? null : has;
  return from || instead !== null ? { from, instead } : null;
}

/** Somebody on a platform, as a coordinator names them there. */
async function thePerson(house: House, platform: string, typed: string): Promise<Person> {
  const directory = house.directory(platform);
  if (!directory)
    throw new UserError('no-such-platform', { platform, platforms: house.platforms.join(', ') }, { field: 'platform' });
  const chosen = accountOfBlank(typed);
  const id = chosen?.platform === platform ? chosen.id : directory.accountIn(typed);
  const by = id !== null ? { id } : typed.includes('@') ? { email: typed.trim().toLowerCase() } : null;
  try {
    const person = by && (await directory.lookUp(by));
    if (person) return person;
  } catch (error) {
    if (error instanceof PlatformError && error.kind !== 'refused')
      throw new UserError('platform-silent', { platform }, { field: 'account' });
    if (!(error instanceof PlatformError)) throw error;
  }
  throw new UserError('no-such-account', { typed: chosen?.id ?? typed, platform }, { field: 'account' });
}
