import type { CommandShape } from '../chat/command.ts';
import type { Block, MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import { myList, reportObstacle } from './buttons.ts';

/** What can be said, the few things first that most people come for. */
export function help(
  speaker: Speaker,
  facts: {
    readonly shapes: readonly CommandShape[];
    readonly linked: boolean;
    readonly coordinator: boolean;
    readonly name: string;
  },
): MessageDocument {
  const line = (path: string) => {
    const shape = facts.shapes.find((each) => each.path === path);
    return shape ? [{ text: [{ bold: `/${shape.noun} ${shape.verb}` }, ` · ${shape.description(speaker.lang)}`] }] : [];
  };
  const first = ['my/list', 'progress/report', 'obstacle/report', 'commitment/find', 'commitment/show'];
  const others = facts.shapes
    .filter((shape) => !shape.hidden && !first.includes(shape.path) && (facts.coordinator || !shape.forCoordinators))
    .map((shape) => shape.path);
  const blocks: Block[] = [
    { block: 'paragraph', text: speaker.say(facts.linked ? 'help.head' : 'help.head-guest', { name: facts.name }) },
    { block: 'entries', title: speaker.say('help.first'), entries: first.flatMap(line) },
    { block: 'entries', title: speaker.say('help.others'), entries: others.flatMap(line) },
  ];
  if (facts.linked) blocks.push({ block: 'buttons', buttons: [myList(speaker), reportObstacle(speaker)] });
  return { lang: speaker.lang, summary: speaker.say('help.summary'), blocks };
}
