import type { Block, Button, MessageDocument } from '../chat/message.ts';
import { shorten, type Text } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView, GroupView, ObstacleView } from '../use-cases/views.ts';
import { isSecret, nameOf } from './commitment-card.ts';
import { platformName } from './platform-name.ts';

export interface GroupFacts {
  readonly group: GroupView;
  readonly reports: readonly ObstacleView[];
  readonly touched: readonly CommitmentView[];
  readonly sectors: readonly string[];
  readonly days: number;
  /** Days by which members are named, agreement is reached, and the rest goes up. */
  readonly dates: { readonly nominate: string; readonly agree: string; readonly escalate: string };
  /** Null where the rule called it at once. */
  readonly decidedBy: string | null;
  /** Sectors that the rule asks for. */
  readonly needed: number;
}

/** To the coordinators: these reports would make a group; their press calls it. */
export function groupProposal(speaker: Speaker, facts: GroupFacts): MessageDocument {
  const { group } = facts;
  const title =
    group.state === 'proposed'
      ? speaker.say('group.proposal-title', { ref: group.ref })
      : speaker.say('group.title', { ref: group.ref, title: group.shared.title, shared: group.shared.ref });
  const head = speaker.rich('group.proposal', {
    shared: group.shared.ref,
    title: group.shared.title,
    count: facts.sectors.length,
    sectors: sectorList(speaker, facts.sectors),
  });
  const blocks: Block[] = [
    { block: 'heading', text: title },
    { block: 'paragraph', text: head },
    ...body(speaker, facts),
  ];
  if (group.state === 'proposed') {
    blocks.push({
      block: 'buttons',
      buttons: [
        {
          label: speaker.say('button.call-group'),
          style: 'primary',
          does: { path: 'group/call', blanks: { group: group.ref } },
        },
        { label: speaker.say('button.decline-group'), does: { path: 'group/decline', blanks: { group: group.ref } } },
      ],
    });
  } else {
    const by = facts.decidedBy ?? speaker.say('group.by-rule');
    const at = group.decidedAt === null ? '' : speaker.moment(group.decidedAt);
    blocks.push({
      block: 'paragraph',
      text: speaker.rich(group.state === 'declined' ? 'group.declined' : 'group.called', { ref: group.ref, by, at }),
    });
  }
  return { lang: speaker.lang, summary: title, blocks };
}

/** The first message in the group's own conversation: facts, commitments, proposals, what is asked by when. */
export function groupOpening(speaker: Speaker, facts: GroupFacts): MessageDocument {
  const { group } = facts;
  const title = speaker.say('group.title', { ref: group.ref, title: group.shared.title, shared: group.shared.ref });
  const blocks: Block[] = [
    { block: 'heading', text: title },
    {
      block: 'paragraph',
      text: speaker.say(facts.decidedBy === null ? 'group.reported-rule' : 'group.reported', {
        sectors: sectorList(speaker, facts.sectors),
        days: facts.days,
        by: facts.decidedBy ?? '',
        needed: facts.needed,
      }),
    },
    { block: 'note', text: speaker.say('group.exchange') },
    ...body(speaker, facts),
    { block: 'paragraph', text: pleased(speaker, facts) },
    { block: 'note', text: speaker.say('group.conclusions') },
    {
      block: 'buttons',
      buttons: [
        { label: speaker.say('button.join-group'), does: { path: 'group/join', blanks: { group: group.ref } } },
        delegate(speaker, group.ref),
        proposeSolution(speaker, group.ref),
      ],
    },
  ];
  return { lang: speaker.lang, summary: title, blocks };
}

/** To a member on another platform than the group's conversation: the same facts, and how to answer from there. */
export function groupMember(speaker: Speaker, facts: GroupFacts & { readonly platform: string }): MessageDocument {
  const { group } = facts;
  const title = speaker.say('group.title', { ref: group.ref, title: group.shared.title, shared: group.shared.ref });
  const blocks: Block[] = [
    { block: 'heading', text: title },
    { block: 'paragraph', text: speaker.say('group.elsewhere', { platform: platformName(facts.platform) }) },
    ...body(speaker, facts),
    { block: 'paragraph', text: pleased(speaker, facts) },
    { block: 'buttons', buttons: [proposeSolution(speaker, group.ref), delegate(speaker, group.ref)] },
  ];
  return { lang: speaker.lang, summary: title, blocks };
}

const pleased = (speaker: Speaker, { dates }: GroupFacts): Text =>
  speaker.rich('group.please', {
    nominate: speaker.shortDay(dates.nominate),
    agree: speaker.shortDay(dates.agree),
    escalate: speaker.shortDay(dates.escalate),
  });

const delegate = (speaker: Speaker, group: string): Button => ({
  label: speaker.say('button.delegate'),
  does: { path: 'group/delegate', blanks: { group } },
});

const proposeSolution = (speaker: Speaker, group: string): Button => ({
  label: speaker.say('button.propose-solution'),
  style: 'primary',
  does: { path: 'group/propose', blanks: { group } },
});

function body(speaker: Speaker, facts: GroupFacts): Block[] {
  const { group } = facts;
  const blocks: Block[] = [
    {
      block: 'paragraph',
      text: speaker.rich('group.chair', {
        agency: group.chair.name,
        rule: speaker.say(group.chairRule === 'named-to-decide' ? 'group.rule-named' : 'group.rule-most'),
      }),
    },
    {
      block: 'entries',
      title: speaker.say('group.touched'),
      entries: facts.touched.map((each) => ({
        text: nameOf(speaker, each, 120),
        ...(isSecret(each) ? {} : { detail: each.lead.name }),
      })),
    },
    {
      block: 'entries',
      title: speaker.say('group.words'),
      entries: facts.reports.map((report) => ({
        text:
          report.text === null
            ? speaker.rich('obstacle.line', { ref: report.ref, text: speaker.say('commitment.restricted') })
            : speaker.rich('group.quote', { agency: report.agency.name, text: shorten(report.text, 300) }),
      })),
    },
  ];
  const solutions = [
    ...facts.reports.flatMap((report) =>
      report.solution === null ? [] : [{ by: report.agency.name, text: report.solution }],
    ),
    ...group.proposals,
  ];
  if (solutions.length > 0) {
    blocks.push({
      block: 'entries',
      title: speaker.say('group.proposed'),
      numbered: true,
      entries: solutions.map((each) => ({ text: shorten(each.text, 300), detail: each.by })),
    });
  }
  return blocks;
}

const sectorList = (speaker: Speaker, sectors: readonly string[]): string =>
  speaker.list(sectors.map((sector) => speaker.say(`sector.${sector}` as Parameters<Speaker['say']>[0])));
