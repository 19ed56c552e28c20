import { isJson, type Json, jsonList, type Path, Problems } from './problems.ts';

/** Discord's locales. Arabic is none of them. */
const LOCALES =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  );
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** A whole list of commands, as PUT takes it. */
export function checkCommands(list: readonly Json[]): void {
  const problems = new Problems();
  if (list.length > 100)
    problems.add([], 'APPLICATION_COMMANDS_MAX', 'Maximum number of application commands reached (100).');
  const names = new Set<unknown>();
  list.forEach((command, index) => {
    const path: Path = [index];
    if (names.has(command.name))
      problems.add(
        [...path, 'name'],
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      );
    names.add(command.name);
    checkNamed(command, path, problems);
    checkOptions(command, path, problems, 0);
    if (sizeOf(command) > 8000)
      problems.add(path, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
  });
  problems.throwIfAny();
}

function checkNamed(part: Json, path: Path, problems: Problems): void {
  checkName(part.name, [...path, 'name'], problems);
  problems.length([...path, 'description'], part.description, 1, 100);
  localisations(part.name_localizations, [...path, 'name_localizations'], problems, (value, at) =>
    checkName(value, at, problems),
  );
  localisations(part.description_localizations, [...path, 'description_localizations'], problems, (value, at) =>
    problems.length(at, value, 1, 100),
  );
}

function checkName(value: unknown, path: Path, problems: Problems): void {
  problems.length(path, value, 1, 32);
  if (typeof value !== 'string') return;
  if (!NAME.test(value) || value !== value.toLowerCase())
    problems.add(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

function localisations(
  value: unknown,
  path: Path,
  problems: Problems,
  check: (value: unknown, path: Path) => void,
): void {
  if (!isJson(value)) return;
  for (const [locale, text] of Object.entries(value)) {
    if (LOCALES.includes(locale)) check(text, [...path, locale]);
    else
      problems.add(
        [...path, locale],
        'BASE_TYPE_CHOICES',
        `Value must be one of (${LOCALES.map((each) => `'${each}'`).join(', ')}).`,
      );
  }
}

function checkOptions(part: Json, path: Path, problems: Problems, depth: number): void {
  if (part.options === undefined) return;
  problems.length([...path, 'options'], part.options, 0, 25);
  const options = jsonList(part.options);
  const names = new Set<unknown>();
  let optional = false;
  options.forEach((option, index) => {
    const at: Path = [...path, 'options', index];
    checkNamed(option, at, problems);
    for (const name of new Set([
      option.name,
      ...(isJson(option.name_localizations) ? Object.values(option.name_localizations) : []),
    ])) {
      if (names.has(name))
        problems.add([...at, 'name'], 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option names must be unique');
      names.add(name);
    }
    const nested = option.type === 1 || option.type === 2;
    if (typeof option.type !== 'number' || option.type < 1 || option.type > 11)
      problems.add([...at, 'type'], 'BASE_TYPE_CHOICES', 'Value must be one of (1..11).');
    if (nested !== options.some((each) => each.type === 1 || each.type === 2) || (nested && depth > 1))
      problems.add(
        [...at, 'type'],
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      );
    if (nested) {
      checkOptions(option, at, problems, depth + 1);
      return;
    }
    if (option.required === true && optional)
      problems.add(
        [...at],
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    optional ||= option.required !== true;
    checkValues(option, at, problems);
  });
}

function checkValues(option: Json, at: Path, problems: Problems): void {
  problems.length([...at, 'choices'], option.choices, 0, 25);
  const choices = jsonList(option.choices);
  if (option.autocomplete === true && choices.length > 0)
    problems.add(
      [...at, 'autocomplete'],
      'APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES',
      'autocomplete may not be set to true if choices are present',
    );
  choices.forEach((choice, index) => {
    const path: Path = [...at, 'choices', index];
    problems.length([...path, 'name'], choice.name, 1, 100);
    problems.length([...path, 'value'], choice.value, 1, 100);
    localisations(choice.name_localizations, [...path, 'name_localizations'], problems, (value, where) =>
      problems.length(where, value, 1, 100),
    );
  });
  const max = option.max_length;
  if (max !== undefined && (typeof max !== 'number' || max < 1 || max > 6000))
    problems.add([...at, 'max_length'], 'NUMBER_TYPE_RANGE', 'int value should be between 1 and 6000.');
}

/** Characters that count: names, descriptions, values; the longest localisation of each. */
function sizeOf(part: Json): number {
  const longest = (key: string) => {
    const local = part[`${key}_localizations`];
    return Math.max(
      String(part[key] ?? '').length,
      ...(isJson(local) ? Object.values(local).map((text) => String(text).length) : [0]),
    );
  };
  return (
    longest('name') +
    longest('description') +
    longest('value') +
    [...jsonList(part.options), ...jsonList(part.choices)].reduce((sum, each) => sum + sizeOf(each), 0)
  );
}
