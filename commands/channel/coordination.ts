import { say } from '../../src/chat/command.ts';
import { choice } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { linkChannel } from '../../src/use-cases/link-channel.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: { move: choice(['yes'], { asked: false }) },
  async handle(blanks, context) {
    const { account, place } = context;
    const { moves } = await linkChannel(
      context.house,
      context.actor,
      { platform: account.platform, conversation: place.conversation, direct: place.direct },
      undefined,
      blanks.move === 'yes',
    );
    const speaker = speakerOf(context);
    if (!moves) return say(notice(speaker, [speaker.rich('channel.coordination')]));
    return say(
      notice(speaker, [speaker.rich('channel.moves')], {
        buttons: [
          { label: speaker.say('button.move-here'), does: { path: 'channel/coordination', blanks: { move: 'yes' } } },
        ],
      }),
    );
  },
});
