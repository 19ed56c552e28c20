import type { Interaction } from './interaction.ts';

/** What makes an interaction happen once: a form by its nonce, a press by message, code and person, words by their id. */
export function onceKey({ said, id, account, place }: Interaction): string {
  if (said.by === 'form') return `form:${said.state.nonce}`;
  if (said.by === 'press')
    return `press:${account.platform}:${account.id}:${place.conversation}:${place.message ?? id}:${said.code}`;
  return `said:${account.platform}:${id}`;
}
