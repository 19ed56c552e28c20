import { readBlock } from './screen.ts';
import { inputsOf } from './view-state.ts';
import type { OpenView, User } from './workspace.ts';

/** A form as it is on the screen: labels, what is in the fields, what is wrong. */
export function readForm(view: OpenView, words: readonly string[], users: ReadonlyMap<string, User>) {
  const fields = inputsOf(view.view).map(({ id, block }) => {
    const at = view.view.blocks.indexOf(block);
    const below = view.view.blocks[at + 1];
    const said = view.errors[id] ?? (isFieldError(below) ? readBlock(below, new Map()).join('\n') : undefined);
    return {
      label: block.label.text,
      value: stateOf(view.values.get(id)?.[block.element.action_id], users),
      ...(said === undefined ? {} : { error: said }),
    };
  });
  const under = new Set(fields.map((field) => field.error));
  const first = view.view.blocks[0];
  const general = view.errors[''] ?? (first?.type === 'rich_text' && isBold(first) ? words[0] : undefined);
  return {
    title: view.view.title.text,
    fields,
    ...(general === undefined || under.has(general) ? {} : { error: general }),
  };
}

type Shown = OpenView['view']['blocks'][number];
const isBold = (block: Shown): boolean =>
  block.type === 'rich_text' &&
  block.elements.every(
    (part) => part.type === 'rich_text_section' && part.elements.every((each) => each.style?.bold === true),
  );
const isFieldError = (block: Shown | undefined): block is Shown => block !== undefined && isBold(block);

function stateOf(state: unknown, users: ReadonlyMap<string, User>): string {
  if (typeof state !== 'object' || state === null) return '';
  if ('value' in state && typeof state.value === 'string') return state.value;
  if ('selected_user' in state && typeof state.selected_user === 'string')
    return users.get(state.selected_user)?.name ?? state.selected_user;
  if ('selected_option' in state && typeof state.selected_option === 'object' && state.selected_option !== null) {
    const { selected_option } = state;
    if (
      'text' in selected_option &&
      typeof selected_option.text === 'object' &&
      selected_option.text !== null &&
      'text' in selected_option.text
    )
      return String(selected_option.text.text);
  }
  if ('files' in state && Array.isArray(state.files)) {
    const names = state.files.map((file: unknown) =>
      typeof file === 'object' && file !== null && 'name' in file ? String(file.name) : '',
    );
    return names.join(', ');
  }
  return '';
}
