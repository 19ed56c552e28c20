import type { ReminderMark } from '../messages/reminder.ts';
import type { Writer } from './ports.ts';

/** The message a press came from, as the platform names it. */
export interface Pressed {
  readonly platform: string;
  readonly conversation: string;
  readonly message: string;
}

/** Says on the reminder itself what was done and by whom. Presses from other messages leave no mark. */
export async function markReminder(writer: Writer, pressed: Pressed | null, mark: ReminderMark): Promise<void> {
  if (!pressed) return;
  const delivery = await writer.deliveryOf(pressed.platform, pressed.conversation, pressed.message);
  if (!delivery || (delivery.kind !== 'reminder' && delivery.kind !== 'assigned')) return;
  const marks = (delivery.facts['marks'] as readonly ReminderMark[] | undefined) ?? [];
  const others = marks.filter((each) => each.ref !== mark.ref);
  await writer.redeliver(delivery.id, { ...delivery.facts, marks: [...others, mark] }, mark.at);
}
