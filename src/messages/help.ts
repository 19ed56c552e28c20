import type { CommandShape } from '../chat/command.ts';
import type { Block, MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import { everything, myList, reportObstacle } from './buttons.ts';

/**
 * What can be said, the few things first that most people come for. `about`: what was typed; where it begins with a
 * noun that commands have, those alone are told.
 */
export function help(
  speaker: Speaker,
  facts: {
    readonly shapes: readonly CommandShape[];
    readonly linked: boolean;
    readonly coordinator: boolean;
    readonly name: string;
    readonly about: string | null;
  },
): MessageDocument {
  const offered = facts.shapes.filter((shape) => !shape.hidden && (facts.coordinator || !shape.forCoordinators));
  const line = (path: string) => {
    const shape = facts.shapes.find((each) => each.path === path);
    return shape ? [{ text: [{ bold: `/${shape.noun} ${shape.verb}` }, ` · ${shape.description(speaker.lang)}`] }] : [];
  };
  const noun = /^\/?(\S+)/.exec(facts.about ?? '')?.[1]?.toLowerCase();
  const own = offered.filter((shape) => shape.noun === noun).map((shape) => shape.path);
  if (noun !== undefined && own.length > 0) {
    const title = speaker.say('help.about', { noun: `/${noun}` });
    return {
      lang: speaker.lang,
      summary: title,
      blocks: [
        { block: 'entries', title, entries: own.flatMap(line) },
        { block: 'buttons', buttons: [everything(speaker)] },
      ],
    };
  }
  const first = ['my/list', 'progress/report', 'obstacle/report', 'commitment/find', 'commitment/show'];
  const others = offered.filter((shape) => !first.includes(shape.path)).map((shape) => shape.path);
  const blocks: Block[] = [
    { block: 'paragraph', text: speaker.say(facts.linked ? 'help.head' : 'help.head-guest', { name: facts.name }) },
    { block: 'entries', title: speaker.say('help.first'), entries: first.flatMap(line) },
    { block: 'entries', title: speaker.say('help.others'), entries: others.flatMap(line) },
  ];
  if (facts.linked) blocks.push({ block: 'buttons', buttons: [myList(speaker), reportObstacle(speaker)] });
  return { lang: speaker.lang, summary: speaker.say('help.summary'), blocks };
}
