import type { AnyBlock } from './blocks.ts';

/** Something to press: a button, or one choice of a menu. */
export interface Pressable {
  readonly label: string;
  readonly action: Record<string, unknown>;
}

/** Everything in a message that can be pressed, in order. */
export function pressables(blocks: readonly AnyBlock[]): Pressable[] {
  return blocks.flatMap((block, index): Pressable[] => {
    const at = { block_id: block.block_id ?? `b${index}`, action_ts: '0' };
    const elements =
      block.type === 'actions' ? block.elements : block.type === 'section' && block.accessory ? [block.accessory] : [];
    return elements.flatMap((element): Pressable[] => {
      if (element.type === 'button')
        return [
          {
            label: element.text.text,
            action: { type: 'button', action_id: element.action_id, text: element.text, ...at },
          },
        ];
      if (element.type === 'external_select') return [];
      return element.options.map((option) => ({
        label: option.text.text,
        action: { type: element.type, action_id: element.action_id, selected_option: option, ...at },
      }));
    });
  });
}
