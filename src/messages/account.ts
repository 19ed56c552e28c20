import type { Button, MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { OfficerView } from '../use-cases/views.ts';
import { notice } from './notice.ts';
import { platformName } from './platform-name.ts';

/** Before an account becomes somebody's: what is about to move, and the press that agrees. */
export function accountMoves(
  speaker: Speaker,
  facts: {
    readonly officer: OfficerView;
    /** Whose the account is now. */
    readonly from: OfficerView | null;
    /** Whether the officer has another account there now. */
    readonly instead: boolean;
    readonly platform: string;
    readonly does: Button['does'];
  },
): MessageDocument {
  const { officer, from } = facts;
  const platform = platformName(facts.platform);
  const name = officer.name;
  const paragraphs = [
    ...(from
      ? [speaker.rich('account.moves-from', { from: from.name, agency: from.agency.name, name, platform })]
      : []),
    ...(facts.instead ? [speaker.rich('account.moves-instead', { name, platform })] : []),
  ];
  return notice(speaker, paragraphs, {
    buttons: [{ label: speaker.say('button.move'), style: 'primary', does: facts.does }],
    note: speaker.say('account.nothing-yet'),
  });
}

/** To the coordinators: an officer cannot be written to, because their e-mail address leads to somebody else's account. */
export function accountTaken(
  speaker: Speaker,
  facts: { readonly officer: OfficerView; readonly holder: OfficerView; readonly platform: string },
): MessageDocument {
  const { officer, holder } = facts;
  const text = speaker.rich('account.taken', {
    name: officer.name,
    agency: officer.agency.name,
    holder: holder.name,
    platform: platformName(facts.platform),
  });
  return notice(speaker, [text], {
    buttons: [
      {
        label: speaker.say('button.link-account'),
        style: 'primary',
        does: { path: 'officer/link', blanks: { officer: `#${officer.id}`, platform: facts.platform } },
      },
      { label: speaker.say('button.invite'), does: { path: 'officer/invite', blanks: { officer: `#${officer.id}` } } },
    ],
  });
}
