import type { MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import { digestAgency, digestSummary } from '../messages/digest.ts';
import { agencyWeek, hasNews, PREVIEWED, weekFacts } from './digest-data.ts';
import { askedMoment, type DigestMoment, mondayMeant } from './digest-week.ts';
import { theAgency } from './find-things.ts';
import type { House } from './house.ts';
import type { Reader, Viewer } from './ports.ts';

/** The digest of a week as it would be said, in one document: the summary, then each agency's part, or one agency's alone. */
export async function previewDigest(
  house: House,
  viewer: Viewer,
  speak: Speaker,
  wish: { week?: string | undefined; agency?: string | undefined },
): Promise<MessageDocument> {
  const reader = house.store.read(viewer);
  const moment = await askedMoment(house, reader, mondayMeant(house, wish.week));
  if (wish.agency !== undefined) return partOf(house, reader, speak, moment, (await theAgency(reader, wish.agency)).id);
  const week = await weekFacts(house, reader, moment, PREVIEWED);
  const summary = digestSummary(speak, week);
  const parts: MessageDocument[] = [];
  for (const part of week.digest.parts) {
    const obstacles = week.obstacles.filter((each) => each.agency.id === part.leadId);
    const agency = week.agencies.get(part.leadId);
    if (agency && hasNews(part, obstacles.length))
      // What is held back is said once, by the summary.
      parts.push(digestAgency(speak, { ...house.rules, day: week.day, agency, part, obstacles, held: null }));
  }
  return { ...summary, blocks: [summary, ...parts].flatMap((document) => document.blocks) };
}

async function partOf(
  house: House,
  reader: Reader,
  speak: Speaker,
  moment: DigestMoment,
  agencyId: number,
): Promise<MessageDocument> {
  const week = await agencyWeek(house, reader, moment, agencyId, PREVIEWED);
  const agency = await reader.agency(agencyId);
  if (!agency) throw new Error(`agency ${agencyId} is gone`);
  return digestAgency(speak, { ...house.rules, ...week, agency });
}
