import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { CommandShape, OptionShape } from '../command.ts';
import type { Lang } from '../language.ts';
import { LIMITS } from './limits.ts';
import { shorten } from './markdown.ts';

/** The language of names and descriptions without a localisation. */
const BASE: Lang = 'en';
/** The one other language of the house that Discord has a locale for: it knows no Arabic, and refuses `ar`. */
const LOCALE = 'vi';

/** Discord's pattern for names (interactions/application-commands#application-command-object-application-command-naming). */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

export class UnregistrableCommand extends Error {}

/**
 * The slash commands of the house: a command per noun, a subcommand per verb. Hidden ones are reached by buttons and
 * are left out. `everywhere`: registered globally, so that they work in direct messages too.
 */
export function commandsOf(
  shapes: readonly CommandShape[],
  everywhere: boolean,
): RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  const nouns = new Map<string, CommandShape[]>();
  for (const shape of shapes) if (!shape.hidden) nouns.set(shape.noun, [...(nouns.get(shape.noun) ?? []), shape]);
  if (nouns.size > LIMITS.commands)
    throw new UnregistrableCommand(`${nouns.size} nouns, Discord takes ${LIMITS.commands}`);
  const taken = new Set(nouns.keys());
  return [...nouns].map(([noun, verbs]) => {
    const full = command(noun, verbs, everywhere, true, new Set(taken));
    taken.add(full.name_localizations?.[LOCALE] ?? noun);
    if (characters(full) <= LIMITS.commandCharacters) return full;
    // The labels say less than the hints, but every option stays.
    const brief = { ...command(noun, verbs, everywhere, false, new Set()), ...localNameOf(full) };
    const size = characters(brief);
    if (size > LIMITS.commandCharacters)
      throw new UnregistrableCommand(`/${noun} has ${size} characters, Discord takes ${LIMITS.commandCharacters}`);
    return brief;
  });
}

const localNameOf = ({ name_localizations: names }: RESTPostAPIChatInputApplicationCommandsJSONBody) =>
  names ? { name_localizations: names } : {};

function command(
  noun: string,
  verbs: readonly CommandShape[],
  everywhere: boolean,
  hints: boolean,
  taken: Set<string>,
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const names = new Set(verbs.map((verb) => verb.verb));
  if (verbs.length > LIMITS.commandOptions)
    throw new UnregistrableCommand(`/${noun} has ${verbs.length} verbs, Discord takes ${LIMITS.commandOptions}`);
  return {
    type: ApplicationCommandType.ChatInput,
    name: nameOf(noun),
    ...localised(LOCALE_NAMES.noun(noun, verbs), taken),
    ...described((lang) => verbs.map((verb) => verb.title(lang)).join(' · ')),
    options: verbs.map((verb) => subcommand(verb, hints, names)),
    ...(everywhere
      ? {
          contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
          integration_types: [ApplicationIntegrationType.GuildInstall],
        }
      : {}),
  };
}

function subcommand(shape: CommandShape, hints: boolean, names: Set<string>): APIApplicationCommandSubcommandOption {
  if (shape.options.length > LIMITS.commandOptions)
    throw new UnregistrableCommand(
      `/${shape.path} has ${shape.options.length} options, Discord takes ${LIMITS.commandOptions}`,
    );
  // Where a form can ask for what is missing, nothing is demanded while typing.
  const hasForm = shape.options.some((option) => option.asked);
  const taken = new Set(shape.options.map((option) => option.name));
  const options = shape.options.map((each) => option(each, !hasForm && each.required, hints, taken));
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: nameOf(shape.verb),
    ...localised(LOCALE_NAMES.verb(shape), names),
    ...described((lang) => shape.description(lang)),
    // Discord wants the demanded ones first.
    options: options.toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false)),
  };
}

function option(
  shape: OptionShape,
  required: boolean,
  hints: boolean,
  taken: Set<string>,
): APIApplicationCommandBasicOption {
  const head = {
    name: nameOf(shape.name),
    ...localised(shape.label(LOCALE), taken),
    ...described((lang) => (hints && shape.hint(lang)) || shape.label(lang)),
    required,
  };
  if (shape.kind === 'file') return { ...head, type: ApplicationCommandOptionType.Attachment };
  const choices = shape.choices(BASE);
  const listed = choices.length > 0 && choices.length <= LIMITS.commandChoices;
  if (listed) return { ...head, type: ApplicationCommandOptionType.String, choices: choicesOf(shape) };
  return {
    ...head,
    type: ApplicationCommandOptionType.String,
    ...(shape.completes || choices.length > 0 ? { autocomplete: true as const } : {}),
    ...(shape.maxLength > 0 ? { max_length: Math.min(shape.maxLength, LIMITS.optionLength) } : {}),
  };
}

function choicesOf(shape: OptionShape): APIApplicationCommandOptionChoice<string>[] {
  const local = new Map(shape.choices(LOCALE).map((choice) => [choice.value, choice.label]));
  return shape.choices(BASE).map(({ value, label }) => ({
    name: shorten(label.normalize('NFC'), LIMITS.choiceName),
    value,
    name_localizations: { [LOCALE]: shorten((local.get(value) ?? label).normalize('NFC'), LIMITS.choiceName) },
  }));
}

const described = (say: (lang: Lang) => string) => {
  const text = (lang: Lang) => shorten(say(lang).normalize('NFC').trim(), LIMITS.commandDescription) || '–';
  return { description: text(BASE), description_localizations: { [LOCALE]: text(LOCALE) } };
};

function nameOf(name: string): string {
  const normal = name.normalize('NFC').toLowerCase();
  if (!NAME.test(normal)) throw new UnregistrableCommand(`Discord takes no name like "${name}"`);
  return normal;
}

const slug = (words: string): string => words.normalize('NFC').toLowerCase().trim().replaceAll(/\s+/g, '-');

/** What is called how in the other language: a noun by its own word, a verb by its title without the noun's. */
const LOCALE_NAMES = {
  noun: (noun: string, [verb]: readonly CommandShape[]) => verb?.nounName?.(LOCALE) ?? noun,
  verb(shape: CommandShape): string {
    const [title, noun] = [slug(shape.title(LOCALE)), slug(shape.nounName?.(LOCALE) ?? shape.noun)];
    return title.endsWith(`-${noun}`) ? title.slice(0, -noun.length - 1) : title;
  },
};

/** Words as a name, where they make one that nothing beside it has. */
function localised(words: string, taken: Set<string>) {
  const name = slug(words);
  if (!NAME.test(name) || taken.has(name)) return {};
  taken.add(name);
  return { name_localizations: { [LOCALE]: name } };
}

/** Characters of a command as Discord counts them: names, descriptions and values, the longest localisation of each. */
function characters(part: object): number {
  const seen = part as Record<string, unknown>;
  const longest = (key: string): number => {
    const own = typeof seen[key] === 'string' ? seen[key].length : 0;
    const local = seen[`${key}_localizations`];
    const others =
      typeof local === 'object' && local !== null ? Object.values(local).map((text) => String(text).length) : [];
    return Math.max(own, ...others);
  };
  const below = [seen.options, seen.choices].flatMap((list) => (Array.isArray(list) ? list : []));
  return (
    longest('name') + longest('description') + longest('value') + below.reduce((sum, each) => sum + characters(each), 0)
  );
}
