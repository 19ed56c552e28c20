import { say } from '../../src/chat/command.ts';
import { text } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { setChannelZone } from '../../src/use-cases/set-zone.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: { zone: text({ required: true, positional: true, maxLength: 60 }) },
  async handle(blanks, { house, actor, account, place, ...context }) {
    const here = { platform: account.platform, conversation: place.conversation };
    const zone = await setChannelZone(house, actor, here, blanks.zone);
    const speaker = speakerOf({ house, actor, account, place, ...context });
    return say(notice(speaker, [speaker.say('channel.zone', { zone, time: house.digestAt.time })]));
  },
});
