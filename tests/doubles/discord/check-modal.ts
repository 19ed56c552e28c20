import { checkSelect } from './check-message.ts';
import { isJson, type Json, jsonList, type Path, Problems } from './problems.ts';

/** A modal's data as Discord takes it: one to five labels, texts or (old) rows of one text input. */
export function checkModal(data: Json): void {
  const problems = new Problems();
  problems.length(['custom_id'], data.custom_id, 1, 100);
  problems.length(['title'], data.title, 1, 45);
  problems.length(['components'], data.components, 1, 5);
  const ids = new Set<string>();
  jsonList(data.components).forEach((component, index) => {
    const path: Path = ['components', index];
    if (component.type === 10) problems.length([...path, 'content'], component.content, 1, 4000);
    else if (component.type === 18) checkLabel(component, path, ids, problems);
    else problems.add([...path, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 10, 18).');
  });
  problems.throwIfAny();
}

function checkLabel(label: Json, path: Path, ids: Set<string>, problems: Problems): void {
  problems.length([...path, 'label'], label.label, 1, 45);
  problems.length([...path, 'description'], label.description, 0, 100);
  const at = [...path, 'component'];
  const input = label.component;
  if (!isJson(input)) {
    problems.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
    return;
  }
  problems.length([...at, 'custom_id'], input.custom_id, 1, 100);
  const id = String(input.custom_id);
  if (ids.has(id))
    problems.add([...at, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  ids.add(id);
  if (input.type === 4) checkText(input, at, problems);
  else if (input.type === 3) {
    checkSelect(input, at, problems);
    if (input.required !== false && input.min_values === 0)
      problems.add(
        [...at, 'min_values'],
        'COMPONENT_REQUIRED_MIN_VALUES',
        'A required component needs at least one value',
      );
  } else if ([5, 6, 7, 8].includes(Number(input.type))) {
    problems.length([...at, 'placeholder'], input.placeholder, 0, 150);
    const [min, max] = [Number(input.min_values ?? 1), Number(input.max_values ?? 1)];
    if (min < 0 || min > 25)
      problems.add([...at, 'min_values'], 'NUMBER_TYPE_RANGE', 'int value should be between 0 and 25.');
    if (max < 1 || max > 25 || max < min)
      problems.add([...at, 'max_values'], 'NUMBER_TYPE_RANGE', 'int value should be between 1 and 25.');
    problems.length([...at, 'default_values'], input.default_values, 0, max);
    if (input.options !== undefined)
      problems.add([...at, 'options'], 'UNION_TYPE_CHOICES', 'Only a string select has options.');
  } else if (input.type === 19) {
    const [min, max] = [Number(input.min_values ?? 1), Number(input.max_values ?? 1)];
    if (min < 0 || min > 10)
      problems.add([...at, 'min_values'], 'NUMBER_TYPE_RANGE', 'int value should be between 0 and 10.');
    if (max < 1 || max > 10 || max < min)
      problems.add([...at, 'max_values'], 'NUMBER_TYPE_RANGE', 'int value should be between 1 and 10.');
  } else
    problems.add(
      [...at, 'type'],
      'UNION_TYPE_CHOICES',
      'Value of field "type" must be one of (3, 4, 5, 6, 7, 8, 19, 21, 22, 23).',
    );
}

function checkText(input: Json, at: Path, problems: Problems): void {
  if (input.style !== 1 && input.style !== 2)
    problems.add([...at, 'style'], 'BASE_TYPE_CHOICES', 'Value must be one of (1, 2).');
  if (input.label !== undefined)
    problems.add(
      [...at, 'label'],
      'COMPONENT_LABEL_NOT_ALLOWED',
      'A text input inside a label has no label of its own',
    );
  const max = Number(input.max_length ?? 4000);
  if (max < 1 || max > 4000)
    problems.add([...at, 'max_length'], 'NUMBER_TYPE_RANGE', 'int value should be between 1 and 4000.');
  problems.length([...at, 'value'], input.value, 0, Math.min(4000, max));
  problems.length([...at, 'placeholder'], input.placeholder, 0, 100);
}
