import type { InputBlock, Modal } from './blocks.ts';

/** The inputs of a view. Blocks without an id get one from the service; the position serves here. */
export const inputsOf = (view: Modal): { id: string; block: InputBlock }[] =>
  view.blocks.flatMap((block, index) => (block.type === 'input' ? [{ id: block.block_id ?? `b${index}`, block }] : []));

function emptyState({ element }: InputBlock): Record<string, unknown> {
  switch (element.type) {
    case 'plain_text_input':
      return { type: element.type, value: element.initial_value ?? null };
    case 'file_input':
      return { type: element.type, files: [] };
    case 'users_select':
      return { type: element.type, selected_user: element.initial_user ?? null };
    default:
      return { type: element.type, selected_option: element.initial_option ?? null };
  }
}

/** What is in a view's inputs when it appears: what was typed stays where block and action keep their ids. */
export function initialValues(view: Modal, before: ReadonlyMap<string, Record<string, unknown>> = new Map()) {
  return new Map(
    inputsOf(view).map(({ id, block }): [string, Record<string, unknown>] => {
      const kept = before.get(id)?.[block.element.action_id];
      return [id, { [block.element.action_id]: kept ?? emptyState(block) }];
    }),
  );
}
