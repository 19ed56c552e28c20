import type { ReminderMark } from '../messages/reminder.ts';
import type { Writer } from './ports.ts';

/** The message a press came from, as the platform names it. */
export interface Pressed {
  readonly platform: string;
  readonly conversation: string;
  readonly message: string;
}

/** The kinds of messages that say what was done from them. */
const MARKED = new Set(['reminder', 'assigned', 'digest-beforehand']);

/** Says on the reminder itself what was done and by whom. Presses from other messages leave no mark. */
export async function markReminder(writer: Writer, pressed: Pressed | null, mark: ReminderMark): Promise<void> {
  if (!pressed) return;
  const delivery = await writer.deliveryOf(pressed.platform, pressed.conversation, pressed.message);
  if (!delivery || !MARKED.has(delivery.kind)) return;
  const marks = (delivery.facts['marks'] as readonly ReminderMark[] | undefined) ?? [];
  const others = marks.filter((each) => each.ref !== mark.ref);
  await writer.redeliver(delivery.id, { ...delivery.facts, marks: [...others, mark] }, mark.at);
}
