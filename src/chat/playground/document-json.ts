import { z } from 'zod';
import { LANGS } from '../language.ts';
import type { MessageDocument } from '../message.ts';

const span = z.union([
  z.string(),
  z.strictObject({ bold: z.string() }),
  z.strictObject({ code: z.string() }),
  z.strictObject({ person: z.object({ name: z.string(), accounts: z.record(z.string(), z.string()) }) }),
  z.strictObject({ moment: z.string(), as: z.enum(['date', 'time', 'datetime']), plain: z.string() }),
]);
const text = z.union([z.string(), z.array(span)]);
const action = z.object({
  path: z.string(),
  blanks: z.record(z.string(), z.string()),
  version: z.number().exactOptional(),
});
const button = z.object({ label: z.string(), does: action, style: z.enum(['primary', 'danger']).exactOptional() });
const entry = z.object({ text, detail: text.exactOptional(), button: button.exactOptional() });
const bytes = z.base64().transform((encoded) => new Uint8Array(Buffer.from(encoded, 'base64')));

const block = z.discriminatedUnion('block', [
  z.object({ block: z.literal('heading'), text: z.string() }),
  z.object({ block: z.literal('paragraph'), text }),
  z.object({ block: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: text })) }),
  z.object({
    block: z.literal('entries'),
    title: text.exactOptional(),
    numbered: z.boolean().exactOptional(),
    from: z.number().exactOptional(),
    entries: z.array(entry),
  }),
  z.object({ block: z.literal('quote'), text: z.string(), by: z.string().exactOptional() }),
  z.object({
    block: z.literal('meter'),
    label: z.string(),
    parts: z.array(z.object({ label: z.string(), count: z.number() })),
  }),
  z.object({ block: z.literal('table'), columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
  z.object({ block: z.literal('buttons'), buttons: z.array(button) }),
  z.object({ block: z.literal('menu'), label: z.string(), choices: z.array(button) }),
  z.object({ block: z.literal('note'), text }),
  z.object({ block: z.literal('file'), name: z.string(), type: z.string(), bytes }),
  z.object({ block: z.literal('divider') }),
]);
const stored = z.object({ lang: z.enum(LANGS), summary: z.string(), blocks: z.array(block) });

/** A document as JSON can hold it: the bytes of files in base64. */
export const documentToJson = (document: MessageDocument): string =>
  JSON.stringify(document, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );

/** The document back; throws a ZodError where the JSON is of another shape (an older deploy's). */
export const documentFromJson = (json: string): MessageDocument =>
  stored.parse(JSON.parse(json)) satisfies MessageDocument;
