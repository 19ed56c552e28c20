import { say } from '../../src/chat/command.ts';
import { LANGS } from '../../src/chat/language.ts';
import { choice } from '../../src/chat/option.ts';
import { speaker } from '../../src/locales/speaker.ts';
import { notice } from '../../src/messages/notice.ts';
import { command } from '../../src/use-cases/command.ts';
import { setLanguage } from '../../src/use-cases/people.ts';

export default command({
  answers: 'private',
  options: { language: choice(LANGS, { required: true, positional: true }) },
  async handle(blanks, context) {
    await setLanguage(context.house, context.actor, blanks.language);
    const chosen = speaker(blanks.language, context.house.zone);
    return say(notice(chosen, [chosen.rich('my.language-set')]));
  },
});
