import { ApiError, isJson, type Json, jsonList, listOf, NO, type Path, Problems } from './problems.ts';

export const V2 = 1 << 15;
export const EPHEMERAL = 1 << 6;

interface Tally {
  components: number;
  text: number;
  readonly ids: Map<string, Path>;
  readonly attachments: ReadonlySet<string>;
}

/** A message body as Discord takes it on creation (`editing`: only what is given is looked at). `present`: its flags so far. */
export function checkMessage(body: Json, attachments: ReadonlySet<string>, editing: { present: number } | null): void {
  const problems = new Problems();
  // Whoever names the flags of an edit and leaves this one out has their components read as the old ones
  // (discord-net/Discord.Net#3132); the message keeps the flag.
  const v2 = (Number(body.flags ?? editing?.present ?? 0) & V2) !== 0;
  const components = body.components === undefined || body.components === null ? null : body.components;
  if (components !== null && !Array.isArray(components))
    problems.add(['components'], 'BASE_TYPE_BAD_TYPE', 'Only array is allowed.');
  if (typeof body.nonce === 'string' && body.nonce.length > 25)
    problems.add(['nonce'], 'NONCE_TYPE_TOO_LONG', 'Must be 25 or fewer in length.');
  checkMentions(body.allowed_mentions, problems);
  if (v2) {
    for (const field of ['content', 'embeds', 'poll', 'sticker_ids'])
      if (
        body[field] !== undefined &&
        body[field] !== null &&
        listOf(body[field]).length + (typeof body[field] === 'string' ? 1 : 0) > 0
      )
        problems.add(
          [field],
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          'This field cannot be used when using the components V2 flag.',
        );
    const tally: Tally = { components: 0, text: 0, ids: new Map(), attachments };
    jsonList(components).forEach((component, index) => {
      checkComponent(component, ['components', index], tally, problems, 'top');
    });
    if (tally.components > 40)
      problems.add(['components'], 'COMPONENTS_TOO_MANY', 'The total number of components cannot exceed 40.');
    if (tally.text > 4000)
      problems.add(
        ['components'],
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        'The total size of text in components exceeds the maximum of 4000.',
      );
    problems.throwIfAny();
    if (!editing && listOf(components).length === 0) throw NO.empty();
    return;
  }
  problems.length(['content'], body.content, 0, 2000);
  const tally: Tally = { components: 0, text: 0, ids: new Map(), attachments };
  jsonList(components).forEach((component, index) => {
    if (component.type !== 1)
      problems.add(['components', index, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
    else checkComponent(component, ['components', index], tally, problems, 'top');
  });
  if (listOf(components).length > 5)
    problems.add(['components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.');
  problems.throwIfAny();
  const nothing =
    !body.content && listOf(body.embeds).length === 0 && listOf(components).length === 0 && attachments.size === 0;
  if (!editing && nothing) throw NO.empty();
}

function checkMentions(value: unknown, problems: Problems): void {
  if (!isJson(value)) return;
  const parse = listOf(value.parse);
  if (listOf(value.users).length > 100)
    problems.add(['allowed_mentions', 'users'], 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.');
  if (parse.includes('users') && listOf(value.users).length > 0)
    problems.add(
      ['allowed_mentions'],
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      'parse:["users"] and users: [ids...] are mutually exclusive.',
    );
}

type Where = 'top' | 'container' | 'section' | 'row' | 'accessory';
const ALLOWED: Record<Where, readonly number[]> = {
  top: [1, 9, 10, 12, 13, 14, 17],
  container: [1, 9, 10, 12, 13, 14],
  section: [10],
  row: [2, 3, 5, 6, 7, 8],
  accessory: [2, 11],
};

function checkComponent(component: Json, path: Path, tally: Tally, problems: Problems, where: Where): void {
  tally.components += 1;
  if (typeof component.type !== 'number' || !ALLOWED[where].includes(component.type)) {
    problems.add(
      [...path, 'type'],
      'UNION_TYPE_CHOICES',
      `Value of field "type" must be one of (${ALLOWED[where].join(', ')}).`,
    );
    return;
  }
  switch (component.type) {
    case 1:
      checkRow(component, path, tally, problems);
      return;
    case 2:
      checkButton(component, path, tally, problems);
      return;
    case 3:
      checkId(component, path, tally, problems);
      checkSelect(component, path, problems);
      return;
    case 9:
      problems.length([...path, 'components'], component.components, 1, 3);
      below(component, path, tally, problems, 'section');
      if (!isJson(component.accessory))
        problems.add([...path, 'accessory'], 'BASE_TYPE_REQUIRED', 'This field is required');
      else checkComponent(component.accessory, [...path, 'accessory'], tally, problems, 'accessory');
      return;
    case 10:
      problems.length([...path, 'content'], component.content, 1, 4000);
      if (typeof component.content === 'string') tally.text += component.content.length;
      return;
    case 13: {
      const url = isJson(component.file) ? String(component.file.url) : '';
      if (!url.startsWith('attachment://') || !tally.attachments.has(url.slice('attachment://'.length)))
        problems.add(
          [...path, 'file', 'url'],
          'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
          'The referenced attachment was not found in the attachments list.',
        );
      return;
    }
    case 14:
      if (component.spacing !== undefined && component.spacing !== 1 && component.spacing !== 2)
        problems.add([...path, 'spacing'], 'BASE_TYPE_CHOICES', 'Value must be one of (1, 2).');
      return;
    case 17:
      problems.length([...path, 'components'], component.components, 1, 40);
      below(component, path, tally, problems, 'container');
      return;
    default:
      // Kinds that the adapter never sends are not played.
      throw new ApiError(501, 0, `the double does not know component ${component.type}`);
  }
}

function below(component: Json, path: Path, tally: Tally, problems: Problems, where: Where): void {
  jsonList(component.components).forEach((each, index) => {
    checkComponent(each, [...path, 'components', index], tally, problems, where);
  });
}

function checkRow(component: Json, path: Path, tally: Tally, problems: Problems): void {
  const inside = jsonList(component.components);
  problems.length([...path, 'components'], component.components, 1, 5);
  if (inside.some((each) => each.type !== 2) && inside.length > 1)
    problems.add(
      [...path, 'components'],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width.',
    );
  below(component, path, tally, problems, 'row');
}

function checkId(component: Json, path: Path, tally: Tally, problems: Problems): void {
  problems.length([...path, 'custom_id'], component.custom_id, 1, 100);
  const id = String(component.custom_id);
  if (tally.ids.has(id))
    problems.add([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  tally.ids.set(id, path);
}

function checkButton(component: Json, path: Path, tally: Tally, problems: Problems): void {
  if (component.style === 5) {
    problems.length([...path, 'url'], component.url, 1, 512);
    if (component.custom_id !== undefined)
      problems.add(
        [...path],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
  } else if (![1, 2, 3, 4].includes(Number(component.style))) {
    problems.add([...path, 'style'], 'BASE_TYPE_CHOICES', 'Value must be one of (1, 2, 3, 4, 5, 6).');
  } else checkId(component, path, tally, problems);
  problems.length([...path, 'label'], component.label, 0, 80);
  if (!component.label && !component.emoji)
    problems.add([...path], 'BUTTON_COMPONENT_INVALID_EMPTY_LABEL', 'A button must have a label or an emoji');
}

/** A string select, in a message or in a modal. */
export function checkSelect(component: Json, path: Path, problems: Problems): void {
  problems.length([...path, 'options'], component.options, 1, 25);
  problems.length([...path, 'placeholder'], component.placeholder, 0, 150);
  const seen = new Set<unknown>();
  const options = jsonList(component.options);
  options.forEach((option, index) => {
    const at = [...path, 'options', index];
    problems.length([...at, 'label'], option.label, 1, 100);
    problems.length([...at, 'value'], option.value, 1, 100);
    problems.length([...at, 'description'], option.description, 0, 100);
    if (seen.has(option.value))
      problems.add(
        [...at, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    seen.add(option.value);
  });
  const min = Number(component.min_values ?? 1);
  const max = Number(component.max_values ?? 1);
  if (min < 0 || min > 25)
    problems.add([...path, 'min_values'], 'NUMBER_TYPE_RANGE', 'int value should be between 0 and 25.');
  if (max < 1 || max > 25 || max > options.length || max < min)
    problems.add([...path, 'max_values'], 'NUMBER_TYPE_RANGE', 'int value should be between 1 and 25.');
  if (options.filter((option) => option.default === true).length > max)
    problems.add(
      [...path, 'options'],
      'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
      'Number of default values exceeds max_values',
    );
}
