import type { Choice } from '../chat/form.ts';
import { shorten } from '../chat/text.ts';
import type { House } from './house.ts';
import type { Viewer } from './ports.ts';
import { todayOf } from './zoned.ts';

/** A choice's label: Slack's option text and Discord's choice name; the smaller (75) rules. */
const LABEL = 75;

/** What may complete a blank that is being typed, best first. */
export async function complete(
  house: House,
  viewer: Viewer,
  kind: string,
  typed: string,
  limit: number,
): Promise<readonly Choice[]> {
  const reader = house.store.read(viewer);
  switch (kind) {
    case 'commitment': {
      const { found } = await reader.findCommitments({ text: typed, today: todayOf(house), limit, offset: 0 });
      return found.map((each) => ({
        value: each.ref,
        label: shorten(`${each.ref} ${each.title ?? ''}`.trim(), LABEL),
      }));
    }
    case 'agency': {
      const found =
        typed.trim() === '' ? (await reader.agencies()).slice(0, limit) : await reader.nearestAgencies(typed, limit);
      return found.map((each) => ({ value: each.code, label: shorten(each.name, LABEL) }));
    }
    case 'officer': {
      const found = await reader.findOfficers(typed, limit);
      return found
        .map((each) => ({
          value: each.email ?? `#${each.id}`,
          label: shorten(`${each.name} · ${each.agency.name}`, LABEL),
        }))
        .filter((each) => each.value.length <= LABEL);
    }
    case 'obstacle': {
      const found = typed.trim() === '' ? [] : await reader.similarObstacles(typed, {}, limit);
      return found.map(({ obstacle }) => ({
        value: obstacle.ref,
        label: shorten(`${obstacle.ref} ${obstacle.text ?? ''}`.trim(), LABEL),
      }));
    }
    case 'working-group':
      return (await reader.groups(['proposed', 'called']))
        .slice(0, limit)
        .map((each) => ({ value: each.ref, label: shorten(`${each.ref} ${each.shared.title}`, LABEL) }));
    default:
      return [];
  }
}
