import { theAgency } from './find-things.ts';
import type { House } from './house.ts';
import type { CommitmentView, Viewer } from './ports.ts';
import { todayOf } from './zoned.ts';

export const FOUND_PER_PAGE = 8;

export interface Search {
  readonly text?: string | undefined;
  readonly agency?: string | undefined;
  readonly partner?: string | undefined;
  readonly state?: 'done' | 'open' | 'overdue' | 'withdrawn' | undefined;
  readonly page?: number | undefined;
}

/** Finds by words, agency, partner and state; a page at a time, what is open and due first on top. */
export async function findCommitments(
  house: House,
  viewer: Viewer,
  search: Search,
): Promise<{
  found: readonly CommitmentView[];
  total: number;
  page: number;
  perPage: number;
  today: string;
  agencyCode: string | null;
}> {
  const reader = house.store.read(viewer);
  const today = todayOf(house);
  const agency = search.agency === undefined ? null : await theAgency(reader, search.agency);
  // Bounded, so that the offset stays a number the database takes.
  const page = Math.min(Math.max(1, search.page ?? 1), 100_000);
  const { found, total } = await reader.findCommitments({
    today,
    limit: FOUND_PER_PAGE,
    offset: (page - 1) * FOUND_PER_PAGE,
    ...(search.text === undefined ? {} : { text: search.text }),
    ...(agency === null ? {} : { agencyId: agency.id }),
    ...(search.partner === undefined ? {} : { partner: search.partner }),
    ...(search.state === undefined ? {} : { state: search.state }),
  });
  return { found, total, page, perPage: FOUND_PER_PAGE, today, agencyCode: agency?.code ?? null };
}
