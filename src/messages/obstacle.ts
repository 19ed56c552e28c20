import type { Block, MessageDocument } from '../chat/message.ts';
import { join, shorten } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { GroupView, ObstacleView, SharedObstacleView } from '../use-cases/views.ts';
import { notice } from './notice.ts';

/** It is recorded; is one of these the same? The officer decides, no score does. */
export function obstacleRecorded(
  speaker: Speaker,
  facts: {
    readonly obstacle: ObstacleView;
    readonly suggestions: readonly ObstacleView[];
    /** Solved reports whose words are like these. */
    readonly solvedBefore: readonly ObstacleView[];
  },
): MessageDocument {
  const { obstacle, suggestions } = facts;
  const recorded = speaker.rich('obstacle.recorded', { ref: obstacle.ref, commitment: obstacle.commitmentRef });
  const blocks: Block[] = [{ block: 'paragraph', text: recorded }];
  if (facts.solvedBefore.length > 0)
    blocks.push({
      block: 'entries',
      title: speaker.say('obstacle.solved-before'),
      entries: facts.solvedBefore.map((each) => ({
        text: shorten(each.solvedHow ?? speaker.say('commitment.restricted'), 400),
        detail: speaker.rich('obstacle.solved-where', {
          ref: each.ref,
          agency: each.agency.name,
          at: each.solvedAt === null ? '' : speaker.moment(each.solvedAt),
        }),
      })),
    });
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
  } else if (facts.solvedBefore.length === 0) blocks.push({ block: 'note', text: speaker.say('obstacle.first') });
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
      // Where one of these reports was solved already, how.
      ...(facts.shared.solvedHow === null
        ? []
        : [
            {
              block: 'paragraph',
              text: speaker.say('solved.how', { how: shorten(facts.shared.solvedHow, 600) }),
            } as const,
          ]),
      { block: 'note', text: next },
    ],
  };
}

/** It is solved: what is remembered, which reports of the same are still open, and the group that is left to end. */
export function obstacleClosed(
  speaker: Speaker,
  facts: { readonly obstacle: ObstacleView; readonly left: readonly ObstacleView[]; readonly group: GroupView | null },
): MessageDocument {
  const { obstacle, left, group } = facts;
  const refs = speaker.list(left.map((each) => each.ref));
  const rest = left.length === 0 ? [] : [speaker.say('solve.left', { count: left.length, refs })];
  return notice(
    speaker,
    [speaker.rich('solve.done', { ref: obstacle.ref, commitment: obstacle.commitmentRef }), ...rest],
    {
      buttons:
        group === null || left.length > 0
          ? []
          : [
              {
                label: speaker.say('button.conclude', { ref: group.ref }),
                does: { path: 'group/conclude', blanks: { group: group.ref } },
              },
            ],
    },
  );
}
