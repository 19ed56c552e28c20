// @ts-check
/** @typedef {import('../register.ts').ViewCommand} ViewCommand */
/** @typedef {import('../register.ts').ViewOption} ViewOption */
/** @typedef {{ insert: string, label: string, detail: string }} Suggestion `insert`: the whole line with it put in */

/**
 * Where in a line the typing stands: choosing a command; writing the value of a blank; or between blanks.
 * `head` is the line before the part being typed.
 * @typedef {{ at: 'command', typed: string }
 *   | { at: 'value', command: ViewCommand, option: ViewOption, typed: string, head: string, named: boolean }
 *   | { at: 'blank', command: ViewCommand, open: readonly ViewOption[], typed: string, head: string }
 *   | { at: 'none' }} Standing
 */

/** @param {ViewOption} option */
const keysOf = (option) => [option.name, option.label.toLowerCase().replaceAll(' ', '-')];

/**
 * @param {string} line
 * @param {readonly ViewCommand[]} commands
 * @returns {Standing}
 */
export function standing(line, commands) {
  if (!line.startsWith('/')) return { at: 'none' };
  const match = /^\/([a-z-]+)\s+([a-z-]+)\s/i.exec(line);
  const command = match && commands.find(({ path }) => path === `${match[1]}/${match[2]}`.toLowerCase());
  if (!match || !command) return { at: 'command', typed: line.slice(1) };
  const words = line.slice(match[0].length);
  const named = /(?:^|\s)([\p{L}\p{M}_-]{1,45}):("[^"]*|[^\s"]*)$/u.exec(words);
  const option =
    named && command.options.find((each) => keysOf(each).includes((named[1] ?? '').toLowerCase()) && !each.file);
  if (named && option) {
    const value = named[2] ?? '';
    return {
      at: 'value',
      command,
      option,
      typed: value.replace(/^"/, ''),
      head: line.slice(0, line.length - value.length),
      named: true,
    };
  }
  const used = new Set(
    [...words.matchAll(/(?:^|\s)([\p{L}\p{M}_-]{1,45}):/gu)].map((each) => (each[1] ?? '').toLowerCase()),
  );
  const open = command.options.filter((each) => !each.file && !keysOf(each).some((key) => used.has(key)));
  const typed = /\S*$/.exec(words)?.[0] ?? '';
  const head = line.slice(0, line.length - typed.length);
  // Words without a name fill the blanks that take one, in order.
  const bare = words.replace(/(?:^|\s)[\p{L}\p{M}_-]{1,45}:(?:"[^"]*"|\S+)/gu, ' ').trim();
  const tokens = bare === '' ? [] : (bare.match(/"[^"]*"|\S+/g) ?? []);
  const filled = tokens.length - (typed === '' ? 0 : 1);
  const next = open.filter((each) => each.positional === 'token')[filled];
  if (next && (next.completes || next.choices.length > 0))
    return { at: 'value', command, option: next, typed, head, named: false };
  return { at: 'blank', command, open: filled > 0 ? open.slice(Math.min(filled, open.length)) : open, typed, head };
}

/**
 * Commands that fit what was typed: those whose words begin with it before those that contain it.
 * @param {string} typed
 * @param {readonly ViewCommand[]} commands
 * @returns {Suggestion[]}
 */
export function commandsFor(typed, commands) {
  const wanted = typed.toLowerCase().trim().split(/\s+/).filter(Boolean);
  const begins = (/** @type {ViewCommand} */ { noun, verb }) => `${noun} ${verb}`.startsWith(wanted.join(' '));
  return commands
    .filter(({ noun, verb, description }) =>
      wanted.every((word) => `${noun} ${verb} ${description}`.toLowerCase().includes(word)),
    )
    .sort((a, b) => Number(begins(b)) - Number(begins(a)))
    .map(({ noun, verb, description }) => ({
      insert: `/${noun} ${verb} `,
      label: `/${noun} ${verb}`,
      detail: description,
    }));
}

/**
 * @param {Extract<Standing, { at: 'blank' }>} standing
 * @returns {Suggestion[]}
 */
export const blanksFor = ({ open, typed, head }) =>
  open
    .filter((option) => keysOf(option).some((key) => key.startsWith(typed.toLowerCase())))
    .map((option) => ({
      insert: `${head}${option.name}:`,
      label: `${option.name}:`,
      detail: `${option.label}${option.hint ? ` · ${option.hint}` : ''}`,
    }));

/**
 * @param {Extract<Standing, { at: 'value' }>} standing
 * @param {readonly { value: string, label: string }[]} choices
 * @returns {Suggestion[]}
 */
export const valuesFor = ({ head }, choices) =>
  choices.map(({ value, label }) => ({
    insert: `${head}${/\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value} `,
    label,
    detail: label.startsWith(value) ? '' : value,
  }));
