import type { Account } from '../chat/interaction.ts';
import { langOf } from '../chat/language.ts';
import type { Sector } from '../domain/sectors.ts';
import { UserError } from '../domain/user-error.ts';
import { sentence } from '../locales/index.ts';
import { platformName } from '../messages/platform-name.ts';
import { theAgency, theOfficer } from './find-things.ts';
import { requireCoordinator, requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { inviteTo } from './link-account.ts';
import {
  type Actor,
  type AgencyKind,
  type AgencyView,
  HOUSE,
  type OfficerView,
  type Reader,
  type Role,
  type Writer,
} from './ports.ts';
import { platformOf } from './tell.ts';

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
  const linked = await house.store.read(HOUSE).officerOfAccount(account.platform, account.id);
  const settled = linked !== null && (linked.role === 'coordinator' || entryOf(house, account, linked) === undefined);
  const officer = settled ? linked : await welcome(house, account, vouchedFor);
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

/** The entry of the configured coordinators that names an account, or the officer whose it is; undefined where none does. */
function entryOf(house: House, account: Account, officer: OfficerView | null): string | undefined {
  const own = [`${account.platform}:${account.id}`];
  const emails = [account.email, officer?.email].flatMap((email) => (email ? [email.toLowerCase()] : []));
  return house.coordinators.find((each) => own.includes(each) || emails.includes(each.toLowerCase()));
}

/** Makes somebody known whom the configuration, their e-mail address or the platform vouches for; null where nothing does. */
async function welcome(house: House, account: Account, vouchedFor: number | null): Promise<OfficerView | null> {
  const known = (reader: Reader) =>
    vouchedFor !== null
      ? reader.officer(vouchedFor)
      : account.email === undefined
        ? Promise.resolve(null)
        : reader.officerByEmail(account.email);
  const guest = actorOf(account, null);
  if (entryOf(house, account, null) === undefined) {
    const reader = house.store.read(HOUSE);
    if (!((await reader.officerOfAccount(account.platform, account.id)) ?? (await known(reader)))) return null;
  }
  try {
    return await house.store.write(guest, async (writer) => {
      // Looked at again in the transaction: somebody's first words may arrive several at once.
      const linked = await writer.officerOfAccount(account.platform, account.id);
      const found = linked ?? (await known(writer));
      const entry = entryOf(house, account, found);
      if (!found && entry === undefined) return null;
      const officer = found ?? (await addCoordinator(house, writer, account, entry ?? ''));
      if (entry !== undefined && officer.role !== 'coordinator')
        await writer.changeOfficer(officer.id, { role: 'coordinator' });
      if (!linked)
        await writer.linkAccount({
          platform: account.platform,
          account: account.id,
          name: account.name,
          officerId: officer.id,
          how: found ? 'email' : 'configuration',
          at: house.clock.now(),
          seen: true,
        });
      return writer.officer(officer.id);
    });
  } catch (error) {
    // A coordinator has said which account is theirs here: this one is linked by a code, which asks before it moves it.
    if (error instanceof UserError && error.code === 'account-taken') return null;
    throw error;
  }
}

async function addCoordinator(house: House, writer: Writer, account: Account, entry: string): Promise<OfficerView> {
  const office = await coordinationOffice(house, writer);
  return writer.addOfficer({
    agencyId: office.id,
    name: account.name,
    email: account.email ?? null,
    role: 'coordinator',
    lang: langOf(account.locale),
    configuredAs: entry,
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

export async function setLanguage(house: House, actor: Actor, lang: 'en' | 'vi' | 'ar'): Promise<OfficerView> {
  requireOfficer(actor);
  return house.store.write(actor, (writer) => writer.changeOfficer(actor.officerId, { lang }));
}

/** What stands for "wherever I was last seen" instead of a platform's name. */
export const LAST_SEEN = 'last-seen';

/** Where the actor is written to, and where they could be. */
export interface WrittenTo {
  /** Null where they can be written to nowhere. */
  readonly now: string | null;
  readonly chosen: boolean;
  readonly platforms: readonly string[];
}

export async function whereWrittenTo(house: House, actor: Actor): Promise<WrittenTo> {
  requireOfficer(actor);
  const self = await house.store.read(actor).officer(actor.officerId);
  if (!self) throw new UserError('not-linked', { name: actor.displayName });
  return writtenTo(house, self);
}

/** The actor is written to on this platform from now on, or (LAST_SEEN) wherever they were last seen. */
export async function choosePlatform(house: House, actor: Actor, typed: string): Promise<WrittenTo> {
  requireOfficer(actor);
  const wish = typed.trim().toLowerCase();
  return house.store.write(actor, async (writer) => {
    const self = await writer.officer(actor.officerId);
    const platforms = self ? writtenTo(house, self).platforms : [];
    if (wish !== LAST_SEEN && !platforms.includes(wish))
      throw new UserError(
        'no-account-there',
        { platform: typed, platforms: platforms.map(platformName).join(', ') },
        { field: 'platform' },
      );
    const changed = await writer.changeOfficer(actor.officerId, { platform: wish === LAST_SEEN ? null : wish });
    return writtenTo(house, changed);
  });
}

function writtenTo(house: House, officer: OfficerView): WrittenTo {
  const platforms = house.platforms.filter((platform) => officer.accounts[platform] !== undefined);
  const now = platformOf(house, officer);
  return { now, chosen: officer.platform !== null && officer.platform === now, platforms };
}
