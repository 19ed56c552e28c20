import type { MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import { digestAgency, digestSummary } from '../messages/digest.ts';
import { agencyWeek, hasNews, weekFacts } from './digest-data.ts';
import { theAgency } from './find-things.ts';
import type { House } from './house.ts';
import type { Reader, Viewer } from './ports.ts';
import { mondayMeant } from './post-digest.ts';

/** The digest of a week as it would be said, in one document: the summary, then each agency's part, or one agency's alone. */
export async function previewDigest(
  house: House,
  viewer: Viewer,
  speak: Speaker,
  wish: { week?: string | undefined; agency?: string | undefined },
): Promise<MessageDocument> {
  const monday = mondayMeant(house, wish.week);
  const reader = house.store.read(viewer);
  if (wish.agency !== undefined) return partOf(house, reader, speak, monday, (await theAgency(reader, wish.agency)).id);
  const week = await weekFacts(house, reader, monday, true);
  const summary = digestSummary(speak, { ...week, time: house.digestTime });
  const parts: MessageDocument[] = [];
  for (const part of week.digest.parts) {
    const obstacles = week.obstacles.filter((each) => each.agency.id === part.leadId);
    const agency = week.agencies.get(part.leadId);
    if (agency && hasNews(part, obstacles.length))
      parts.push(
        digestAgency(speak, {
          monday,
          agency,
          part,
          obstacles,
          dueSoonDays: house.rules.dueSoonDays,
          silentDays: house.rules.silentDays,
        }),
      );
  }
  return { ...summary, blocks: [summary, ...parts].flatMap((document) => document.blocks) };
}

async function partOf(
  house: House,
  reader: Reader,
  speak: Speaker,
  monday: string,
  agencyId: number,
): Promise<MessageDocument> {
  const week = await agencyWeek(house, reader, monday, agencyId, true);
  const agency = await reader.agency(agencyId);
  if (!agency) throw new Error(`agency ${agencyId} is gone`);
  return digestAgency(speak, {
    monday,
    agency,
    ...week,
    dueSoonDays: house.rules.dueSoonDays,
    silentDays: house.rules.silentDays,
  });
}
