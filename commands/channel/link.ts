import { say } from '../../src/chat/command.ts';
import { agency } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { linkChannel } from '../../src/use-cases/link-channel.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: { agency: agency({ required: true, positional: true }) },
  async handle(blanks, context) {
    const { account, place } = context;
    const linked = await linkChannel(
      context.house,
      context.actor,
      { platform: account.platform, conversation: place.conversation, direct: place.direct },
      blanks.agency,
    );
    const speaker = speakerOf(context);
    return say(notice(speaker, [speaker.rich('channel.linked', { agency: linked?.name ?? '' })]));
  },
});
