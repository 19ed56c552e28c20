/**
 * A piece of a sentence. A plain string is literal text, often written by people: a dialect escapes it so that it
 * mentions nobody, links nowhere and formats nothing.
 */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  /** Shown as a mention where this dialect has an account for the person, else by name. `accounts`: platform → id. */
  | { readonly person: { readonly name: string; readonly accounts: Readonly<Record<string, string>> } }
  /** An instant (ISO 8601, UTC) shown in each reader's own zone where the dialect can; `plain` elsewhere. */
  | { readonly moment: string; readonly as: 'date' | 'time' | 'datetime'; readonly plain: string };

export type Text = string | readonly Span[];

export const spansOf = (text: Text): readonly Span[] => (typeof text === 'string' ? [text] : text);

/** One text out of several, in order. */
export const join = (...texts: readonly Text[]): Text => texts.flatMap((text) => spansOf(text));

/** The words alone, as a notification or a shell shows them. */
export function plainText(text: Text): string {
  return spansOf(text)
    .map((span) => {
      if (typeof span === 'string') return span;
      if ('bold' in span) return span.bold;
      if ('code' in span) return span.code;
      if ('person' in span) return span.person.name;
      return span.plain;
    })
    .join('');
}

// Written as code points: some of them would turn this very line around in an editor.
const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;
const INVISIBLE = /[\u200B\u2060\uFEFF\u00AD\u180E]/g;
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: removing them is the point
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: removing them is the point

/**
 * Text from people as it may enter a message: NFC, without controls, direction overrides and invisible characters
 * (they hide words from the reader), lone surrogates replaced. Joiners that Arabic script needs (ZWJ, ZWNJ) stay.
 */
export const fromPeople = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(BIDI_CONTROLS, '')
    .replace(INVISIBLE, '');
