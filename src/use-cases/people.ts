import type { Account } from '../chat/interaction.ts';
import { langOf } from '../chat/language.ts';
import type { Sector } from '../domain/sectors.ts';
import { UserError } from '../domain/user-error.ts';
import { sentence } from '../locales/index.ts';
import { theAgency, theDay, theOfficer } from './find-things.ts';
import { requireCoordinator, requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import {
  type Actor,
  type AgencyKind,
  type AgencyView,
  HOUSE,
  type OfficerView,
  type Role,
  type Writer,
} from './ports.ts';
import { later, todayOf } from './zoned.ts';

/** Where coordinators that only the configuration names belong until they are registered. */
const OFFICE = { code: 'OFFICE', kind: 'body', sector: 'politics' } as const;

export interface Recognised {
  readonly actor: Actor;
  readonly officer: OfficerView | null;
}

/**
 * Who an account is: linked before; else named in the configuration as a coordinator; else an officer whose e-mail
 * the platform shows. Whoever is none of these is a guest, who may read help and type an invitation code.
 */
export async function recognise(
  house: House,
  account: Account,
  once: string | undefined,
  vouchedFor: number | null = null,
): Promise<Recognised> {
  const reader = house.store.read(HOUSE);
  const linked = await reader.officerOfAccount(account.platform, account.id);
  const officer = linked ?? (await linkUnknown(house, account, vouchedFor));
  return { officer, actor: actorOf(account, officer, once) };
}

export function actorOf(account: Account, officer: OfficerView | null, once?: string): Actor {
  return {
    sight: 'chat',
    officerId: officer?.id ?? null,
    name: officer ? `officer:${officer.id}` : `account:${account.platform}:${account.id}`,
    displayName: officer?.name ?? account.name,
    role: officer?.role ?? 'guest',
    agencyId: officer?.agency.id ?? null,
    via: account.platform,
    ...(once === undefined ? {} : { once }),
  };
}

async function linkUnknown(house: House, account: Account, vouchedFor: number | null): Promise<OfficerView | null> {
  const named = house.coordinators.find(
    (each) =>
      each === `${account.platform}:${account.id}` ||
      (account.email !== undefined && each.toLowerCase() === account.email.toLowerCase()),
  );
  const reader = house.store.read(HOUSE);
  const byEmail = account.email === undefined ? null : await reader.officerByEmail(account.email);
  const known = vouchedFor === null ? byEmail : await reader.officer(vouchedFor);
  if (!named && !known) return null;
  return house.store.write(actorOf(account, null), async (writer) => {
    const officer = known ?? (await addCoordinator(house, writer, account));
    if (named && officer.role !== 'coordinator') await writer.changeOfficer(officer.id, { role: 'coordinator' });
    await writer.linkAccount({
      platform: account.platform,
      account: account.id,
      name: account.name,
      officerId: officer.id,
      how: known ? 'email' : 'configuration',
      at: house.clock.now(),
    });
    return writer.officer(officer.id);
  });
}

async function addCoordinator(house: House, writer: Writer, account: Account): Promise<OfficerView> {
  const office = await coordinationOffice(house, writer);
  return writer.addOfficer({
    agencyId: office.id,
    name: account.name,
    email: account.email ?? null,
    role: 'coordinator',
    lang: langOf(account.locale),
  });
}

/** The agency of coordinators whom only the configuration names. */
export async function coordinationOffice(house: House, writer: Writer): Promise<AgencyView> {
  const known = await writer.agencyNamed(OFFICE.code);
  return known ?? writer.addAgency({ ...OFFICE, name: sentence(house.lang, 'office.name') });
}

export async function addAgency(
  house: House,
  actor: Actor,
  wish: {
    name: string;
    kind: AgencyKind;
    sector: Sector;
    code?: string | undefined;
    aliases?: readonly string[];
    formerNames?: readonly string[];
  },
): Promise<AgencyView> {
  requireCoordinator(actor);
  const code = wish.code?.toUpperCase();
  if (code !== undefined && !/^[A-Z0-9][A-Z0-9-]{0,39}$/.test(code))
    throw new UserError('bad-code', { code }, { field: 'code' });
  return house.store.write(actor, (writer) =>
    writer.addAgency({
      name: wish.name,
      kind: wish.kind,
      sector: wish.sector,
      aliases: wish.aliases ?? [],
      formerNames: wish.formerNames ?? [],
      ...(code === undefined ? {} : { code }),
    }),
  );
}

export async function addOfficer(
  house: House,
  actor: Actor,
  wish: {
    name: string;
    agency: string;
    email?: string | undefined;
    role?: Role | undefined;
    standIn?: string | undefined;
  },
): Promise<{ officer: OfficerView; code: string }> {
  requireCoordinator(actor);
  if (wish.email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(wish.email))
    throw new UserError('bad-email', { email: wish.email }, { field: 'email' });
  return house.store.write(actor, async (writer) => {
    const agency = await theAgency(writer, wish.agency);
    const standIn = wish.standIn === undefined ? null : await theOfficer(writer, wish.standIn, 'stand-in');
    const officer = await writer.addOfficer({
      agencyId: agency.id,
      name: wish.name,
      email: wish.email ?? null,
      role: wish.role ?? 'officer',
      lang: null,
      standInId: standIn?.id ?? null,
    });
    return { officer, code: await inviteTo(house, writer, officer) };
  });
}

/** A code that links whoever types it to an officer: once, within the days it holds. */
export async function invite(house: House, actor: Actor, who: string): Promise<{ officer: OfficerView; code: string }> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const officer = await theOfficer(writer, who);
    return { officer, code: await inviteTo(house, writer, officer) };
  });
}

async function inviteTo(house: House, writer: Writer, officer: OfficerView): Promise<string> {
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

/** Links the speaker's account by an invitation code. */
export async function linkByCode(house: House, actor: Actor, account: Account, typed: string): Promise<OfficerView> {
  const code = typed.trim().toUpperCase();
  return house.store.write(actor, async (writer) => {
    const invitation = await writer.invitation(code);
    if (!invitation) throw new UserError('no-such-invitation', { code }, { field: 'code' });
    if (invitation.usedAt !== null) throw new UserError('invitation-used', {}, { field: 'code' });
    const at = house.clock.now();
    if (invitation.expiresAt < at) throw new UserError('invitation-expired', {}, { field: 'code' });
    await writer.useInvitation(code, at);
    await writer.linkAccount({
      platform: account.platform,
      account: account.id,
      name: account.name,
      officerId: invitation.officerId,
      how: 'invitation',
      at,
    });
    const officer = await writer.officer(invitation.officerId);
    if (!officer) throw new UserError('no-such-invitation', { code }, { field: 'code' });
    return officer;
  });
}

/** A coordinator says whose account this is. */
export async function linkAccount(
  house: House,
  actor: Actor,
  platform: string,
  accountId: string,
  who: string,
): Promise<OfficerView> {
  requireCoordinator(actor);
  if (!house.platforms.includes(platform))
    throw new UserError('no-such-platform', { platform, platforms: house.platforms.join(', ') }, { field: 'platform' });
  return house.store.write(actor, async (writer) => {
    const officer = await theOfficer(writer, who);
    await writer.linkAccount({
      platform,
      account: accountId,
      name: officer.name,
      officerId: officer.id,
      how: 'coordinator',
      at: house.clock.now(),
    });
    return officer;
  });
}

/** Away from one day to another: the stand-in is written to meanwhile. */
export async function setAway(
  house: House,
  actor: Actor,
  from: string,
  until: string,
  standIn: string | undefined,
): Promise<OfficerView> {
  requireOfficer(actor);
  const awayFrom = theDay(from, 'from');
  const awayUntil = theDay(until, 'until');
  if (awayUntil < awayFrom) throw new UserError('away-backwards', { from, until }, { field: 'until' });
  if (awayUntil < todayOf(house)) throw new UserError('day-passed', { day: until }, { field: 'until' });
  return house.store.write(actor, async (writer) => {
    const named = standIn === undefined ? null : await theOfficer(writer, standIn, 'stand-in');
    if (named?.id === actor.officerId) throw new UserError('own-stand-in', {}, { field: 'stand-in' });
    const self = await writer.officer(actor.officerId);
    if (!named && self?.standInId === null) throw new UserError('no-stand-in', {}, { field: 'stand-in' });
    return writer.changeOfficer(actor.officerId, { awayFrom, awayUntil, ...(named ? { standInId: named.id } : {}) });
  });
}

export async function setLanguage(house: House, actor: Actor, lang: 'en' | 'vi' | 'ar'): Promise<OfficerView> {
  requireOfficer(actor);
  return house.store.write(actor, (writer) => writer.changeOfficer(actor.officerId, { lang }));
}
