import { checkMessage, V2 } from './check-message.ts';
import { isJson, type Json, jsonList, NO, Problems } from './problems.ts';
import type { Attachment, Channel, Message, World } from './world.ts';

export interface Upload {
  /** The n of `files[n]`. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

const LARGEST = 10 * 1024 * 1024;
const NONCE_MS = 5 * 60_000;

/** Messages as they are written and rewritten, by whichever road. */
export function createMessages(world: World, base: () => string, tell: (t: string, d: unknown) => void) {
  function keep(upload: Omit<Upload, 'key'>, title?: unknown): Attachment {
    const id = world.id();
    const filename = upload.name.replaceAll(/[^A-Za-z0-9._-]/g, '_');
    const attachment: Attachment = {
      id,
      filename,
      ...(typeof title === 'string' ? { title } : {}),
      size: upload.bytes.byteLength,
      content_type: upload.type,
      url: `${base()}/attachments/${id}/${filename}`,
      bytes: upload.bytes,
    };
    world.files.set(id, attachment);
    return attachment;
  }

  function attachmentsOf(body: Json, uploads: readonly Upload[], present: readonly Attachment[]): Attachment[] {
    if (uploads.length > 10) throw NO.tooLarge();
    if (uploads.some((upload) => upload.bytes.byteLength > LARGEST)) throw NO.tooLarge();
    const listed = body.attachments === undefined || body.attachments === null ? null : jsonList(body.attachments);
    const kept = listed ? present.filter((each) => listed.some((entry) => String(entry.id) === each.id)) : present;
    const problems = new Problems();
    listed?.forEach((entry, index) => {
      const id = String(entry.id);
      if (!uploads.some((upload) => upload.key === id) && !present.some((each) => each.id === id))
        problems.add(['attachments', index, 'id'], 'ATTACHMENT_NOT_FOUND', 'Uploaded file not found.');
    });
    problems.throwIfAny();
    return [
      ...kept,
      ...uploads.map((upload) => keep(upload, listed?.find((entry) => String(entry.id) === upload.key)?.title)),
    ];
  }

  function create(
    channel: Channel,
    body: Json,
    uploads: readonly Upload[],
    more: { interaction?: string; onlyFor?: string; loading?: boolean } = {},
  ): Message {
    const nonce = body.nonce === undefined || body.nonce === null ? undefined : String(body.nonce);
    if (nonce !== undefined && body.enforce_nonce === true) {
      const same = [...world.messages.values()].find(
        (each) => each.nonce === nonce && world.now() - each.timestamp < NONCE_MS,
      );
      if (same) return same;
    }
    const attachments = attachmentsOf(body, uploads, []);
    if (!more.loading) checkMessage(body, new Set(attachments.map((each) => each.filename)), null);
    const message: Message = {
      id: world.id(),
      channel_id: channel.id,
      author: world.bot.id,
      timestamp: world.now(),
      edited: null,
      flags: Number(body.flags ?? 0),
      content: String(body.content ?? ''),
      components: resolved(body.components, attachments),
      attachments,
      allowed_mentions: body.allowed_mentions,
      loading: more.loading ?? false,
      ...(nonce === undefined ? {} : { nonce }),
      ...(more.interaction === undefined ? {} : { interaction: more.interaction }),
      ...(more.onlyFor === undefined ? {} : { onlyFor: more.onlyFor }),
    };
    world.messages.set(message.id, message);
    return message;
  }

  function edit(message: Message, body: Json, uploads: readonly Upload[]): Message {
    const attachments = attachmentsOf(body, uploads, message.attachments);
    checkMessage(body, new Set(attachments.map((each) => each.filename)), { present: message.flags });
    const flags = Number(body.flags ?? 0);
    if (flags & V2 && message.content !== '' && body.content !== null) {
      const problems = new Problems();
      problems.add(
        ['content'],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        'This field cannot be used when using the components V2 flag.',
      );
      problems.throwIfAny();
    }
    message.flags |= flags & V2;
    message.attachments = attachments;
    if (body.components !== undefined) message.components = resolved(body.components, attachments);
    if (typeof body.content === 'string') message.content = body.content;
    if (body.allowed_mentions !== undefined) message.allowed_mentions = body.allowed_mentions;
    // The first words of an answer that was being written are no edit.
    if (message.loading) message.loading = false;
    else message.edited = world.now();
    return message;
  }

  return { create, edit, keep, tell };
}

export type Messages = ReturnType<typeof createMessages>;

/** Components as they come back: the file components point at what was uploaded. */
function resolved(components: unknown, attachments: readonly Attachment[]): readonly unknown[] {
  const look = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(look);
    if (!isJson(part)) return part;
    const entries = Object.entries(part).map(([key, value]) => [key, look(value)]);
    const copy = Object.fromEntries(entries) as Record<string, unknown>;
    if (part.type !== 13 || !isJson(part.file)) return copy;
    const file = attachments.find((each) => `attachment://${each.filename}` === (part.file as Json).url);
    return { ...copy, file: { url: file?.url ?? '' }, name: file?.title ?? file?.filename, size: file?.size };
  };
  return jsonList(components).map(look);
}
