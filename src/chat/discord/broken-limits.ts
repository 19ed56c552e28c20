import { type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10';
import { LIMITS } from './limits.ts';
import type { Rendered } from './render.ts';

interface Count {
  components: number;
  text: number;
  readonly ids: string[];
  readonly broken: string[];
}

/** Which of Discord's limits a rendered message would break; empty where it can be sent. */
export function brokenLimits(rendered: Rendered): readonly string[] {
  const count: Count = { components: 0, text: 0, ids: [], broken: [] };
  for (const component of rendered.components) look(component, count);
  const over = (name: string, is: number, max: number) => {
    if (is > max) count.broken.push(`${name}: ${is} > ${max}`);
  };
  over('components', count.components, LIMITS.components);
  over('text', count.text, LIMITS.text);
  over('files', rendered.files.length, LIMITS.files);
  for (const file of rendered.files) over(`bytes of ${file.name}`, file.bytes.byteLength, LIMITS.fileBytes);
  over(
    'bytes',
    rendered.files.reduce((sum, file) => sum + file.bytes.byteLength, 0),
    LIMITS.requestBytes,
  );
  over('mentions', rendered.mentions.length, LIMITS.mentions);
  if (new Set(count.ids).size < count.ids.length) count.broken.push('custom ids are not unique');
  for (const id of count.ids) over(`custom id ${id}`, id.length, LIMITS.customId);
  return count.broken;
}

type Part =
  | APIMessageTopLevelComponent
  | Extract<APIMessageTopLevelComponent, { type: ComponentType.ActionRow }>['components'][number];

function look(component: Part, count: Count): void {
  count.components += 1;
  switch (component.type) {
    case ComponentType.TextDisplay:
      count.text += component.content.length;
      if (component.content.length === 0) count.broken.push('empty text');
      return;
    case ComponentType.Container:
      for (const each of component.components) look(each, count);
      return;
    case ComponentType.Section:
      for (const each of component.components) look(each, count);
      if (component.accessory.type === ComponentType.Button) look(component.accessory, count);
      return;
    case ComponentType.ActionRow:
      if (component.components.length > LIMITS.buttonsInRow) count.broken.push(`row: ${component.components.length}`);
      for (const each of component.components) look(each, count);
      return;
    case ComponentType.Button:
      if ('custom_id' in component) count.ids.push(component.custom_id);
      if ('label' in component && (component.label ?? '').length > LIMITS.buttonLabel)
        count.broken.push('button label');
      return;
    case ComponentType.StringSelect: {
      count.ids.push(component.custom_id);
      const values = component.options.map((option) => option.value);
      if (component.options.length > LIMITS.selectOptions) count.broken.push(`options: ${component.options.length}`);
      if (new Set(values).size < values.length) count.broken.push('option values are not unique');
      return;
    }
    default:
      return;
  }
}
