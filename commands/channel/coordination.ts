import { say } from '../../src/chat/command.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { linkChannel } from '../../src/use-cases/link-channel.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: {},
  async handle(_blanks, context) {
    const { account, place } = context;
    await linkChannel(
      context.house,
      context.actor,
      { platform: account.platform, conversation: place.conversation, direct: place.direct },
      undefined,
    );
    const speaker = speakerOf(context);
    return say(notice(speaker, [speaker.rich('channel.coordination')]));
  },
});
