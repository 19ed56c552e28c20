import { say } from '../../src/chat/command.ts';
import { agency, choice } from '../../src/chat/option.ts';
import { notice } from '../../src/messages/notice.ts';
import { command, speakerOf } from '../../src/use-cases/command.ts';
import { linkChannel } from '../../src/use-cases/link-channel.ts';

export default command({
  answers: 'private',
  forCoordinators: true,
  options: { agency: agency({ required: true, positional: true }), move: choice(['yes'], { asked: false }) },
  async handle(blanks, context) {
    const { account, place } = context;
    const linked = await linkChannel(
      context.house,
      context.actor,
      { platform: account.platform, conversation: place.conversation, direct: place.direct },
      blanks.agency,
      blanks.move === 'yes',
    );
    const speaker = speakerOf(context);
    const facts = { agency: linked.agency?.name ?? '' };
    if (!linked.moves) return say(notice(speaker, [speaker.rich('channel.linked', facts)]));
    return say(
      notice(speaker, [speaker.rich('channel.moves-agency', facts)], {
        buttons: [
          {
            label: speaker.say('button.move-here'),
            does: { path: 'channel/link', blanks: { agency: linked.agency?.code ?? '', move: 'yes' } },
          },
        ],
      }),
    );
  },
});
