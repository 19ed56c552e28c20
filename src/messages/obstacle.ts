import type { Block, MessageDocument } from '../chat/message.ts';
import { join, shorten } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { ObstacleView, SharedObstacleView } from '../use-cases/views.ts';

/** It is recorded; is one of these the same? The officer decides, no score does. */
export function obstacleRecorded(
  speaker: Speaker,
  facts: { readonly obstacle: ObstacleView; readonly suggestions: readonly ObstacleView[] },
): MessageDocument {
  const { obstacle, suggestions } = facts;
  const recorded = speaker.rich('obstacle.recorded', { ref: obstacle.ref, commitment: obstacle.commitmentRef });
  const blocks: Block[] = [{ block: 'paragraph', text: recorded }];
  if (suggestions.length > 0) {
    blocks.push({
      block: 'entries',
      title: speaker.say('obstacle.same-question'),
      entries: suggestions.map((other) => ({
        text: shorten(other.text ?? speaker.say('commitment.restricted'), 220),
        detail: join(
          speaker.rich('obstacle.whose', {
            ref: other.ref,
            agency: other.agency.name,
            sector: speaker.say(`sector.${other.agency.sector}`),
          }),
        ),
        button: {
          label: speaker.say('button.same'),
          does: { path: 'obstacle/same', blanks: { obstacle: obstacle.ref, other: other.ref } },
        },
      })),
    });
    blocks.push({
      block: 'buttons',
      buttons: [
        {
          label: speaker.say('button.none-of-these'),
          does: { path: 'obstacle/different', blanks: { obstacle: obstacle.ref } },
        },
      ],
    });
  } else blocks.push({ block: 'note', text: speaker.say('obstacle.first') });
  return { lang: speaker.lang, summary: speaker.say('obstacle.recorded-plain', { ref: obstacle.ref }), blocks };
}

/** The answer to "Same": what they share now and what follows. */
export function obstacleLinked(
  speaker: Speaker,
  facts: {
    readonly obstacle: ObstacleView;
    readonly shared: SharedObstacleView;
    readonly sectors: readonly string[];
    readonly needed: number;
    readonly group: 'none' | 'decided' | 'proposed' | 'called' | 'joined';
  },
): MessageDocument {
  const text = speaker.rich('obstacle.linked', {
    ref: facts.obstacle.ref,
    shared: facts.shared.ref,
    count: facts.sectors.length,
  });
  const next =
    facts.group === 'none'
      ? speaker.say('obstacle.group-none', { needed: facts.needed, count: facts.sectors.length })
      : speaker.say(`obstacle.group-${facts.group}`);
  return {
    lang: speaker.lang,
    summary: speaker.say('obstacle.recorded-plain', { ref: facts.obstacle.ref }),
    blocks: [
      { block: 'paragraph', text },
      { block: 'note', text: next },
    ],
  };
}
