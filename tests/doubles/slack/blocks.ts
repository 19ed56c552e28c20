/**
 * Block Kit as the service accepts it: unknown keys, missing parts and lengths are refused. Written from the public
 * reference, apart from the adapter's own table of limits, so that the two check each other.
 */
import { z } from 'zod';

const plainText = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    // Slack trims before it counts.
    text: z
      .string()
      .max(max)
      .refine((text) => text.trim() !== '', 'must be more than 0 characters'),
    emoji: z.boolean().optional(),
  });
const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
const textObject = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
const blockId = z.string().min(1).max(255).optional();
const actionId = z.string().min(1).max(255);
const style = z.strictObject({
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  code: z.boolean().optional(),
});

const option = z.strictObject({
  text: plainText(75),
  // Today's page says 150, the types 75: the stricter of the two.
  value: z.string().min(1).max(75),
  description: plainText(75).optional(),
});
export type Option = z.infer<typeof option>;

const confirm = z
  .strictObject({
    title: plainText(100),
    text: textObject(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();
const button = z.strictObject({
  type: z.literal('button'),
  confirm,
  text: plainText(75),
  action_id: actionId,
  value: z.string().max(2000).optional(),
  url: z.string().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
});
const unique = (options: readonly Option[]) => new Set(options.map((each) => each.value)).size === options.length;
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  confirm,
  options: z.array(option).min(1).max(5).refine(unique, 'duplicate option values'),
});
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: actionId,
    placeholder: plainText(150).optional(),
    options: z.array(option).min(1).max(100).refine(unique, 'duplicate option values'),
    initial_option: option.optional(),
  })
  .refine(
    (select) =>
      !select.initial_option ||
      select.options.some((each) => JSON.stringify(each) === JSON.stringify(select.initial_option)),
    'initial_option must exactly match one of the options',
  );
const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  min_query_length: z.int().min(0).optional(),
  initial_option: option.optional(),
});
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  initial_user: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/)
    .optional(),
});
const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    initial_value: z.string().max(3000).optional(),
    placeholder: plainText(150).optional(),
  })
  .refine(
    (input) => (input.initial_value?.length ?? 0) <= (input.max_length ?? 3000),
    'initial_value is longer than max_length',
  );
const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: actionId,
  filetypes: z.array(z.string()).optional(),
  max_files: z.int().min(1).max(10).optional(),
});

const richElement = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: style.optional() }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]{2,}$/), style: style.optional() }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string().regex(/\{[a-z_]+\}/),
    fallback: z.string().min(1).optional(),
    style: style.optional(),
  }),
  z.strictObject({
    type: z.literal('link'),
    url: z.string().min(1),
    text: z.string().optional(),
    style: style.optional(),
  }),
]);
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richElement).min(1) });
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        richSection,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          indent: z.int().min(0).max(8).optional(),
          // How many numbers an ordered list begins after.
          offset: z.int().min(0).optional(),
          elements: z.array(richSection).min(1),
        }),
        z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(richElement).min(1) }),
        z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(richElement).min(1) }),
      ]),
    )
    .min(1),
});

const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) });
const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: textObject(3000).optional(),
    fields: z.array(textObject(2000)).min(1).max(10).optional(),
    accessory: z.union([button, staticSelect, overflow]).optional(),
    expand: z.boolean().optional(),
  })
  .refine((each) => each.text !== undefined || each.fields !== undefined, 'missing text or fields');
const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z.array(textObject(3000)).min(1).max(10),
});
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z
    .array(z.union([button, staticSelect, externalSelect, overflow]))
    .min(1)
    .max(25),
});
const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });
const cell = z.union([z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }), richText]);
const table = z
  .strictObject({
    type: z.literal('table'),
    block_id: blockId,
    rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
    column_settings: z
      .array(
        z.strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        }),
      )
      .max(20)
      .optional(),
  })
  .refine((each) => new Set(each.rows.map((row) => row.length)).size === 1, 'rows must be of one length');
const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.union([plainTextInput, staticSelect, externalSelect, usersSelect, fileInput]),
});

const messageBlock = z.union([header, section, context, actions, divider, table, richText]);
const viewBlock = z.union([header, section, context, actions, divider, richText, input]);
export type MessageBlock = z.infer<typeof messageBlock>;
export type ViewBlock = z.infer<typeof viewBlock>;
export type InputBlock = z.infer<typeof input>;
export type RichText = z.infer<typeof richText>;
export type AnyBlock = MessageBlock | ViewBlock;

const modal = z.strictObject({
  type: z.literal('modal'),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  title: plainText(24),
  submit: plainText(24).optional(),
  close: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  blocks: z.array(viewBlock).min(1).max(100),
});
export type Modal = z.infer<typeof modal>;

const home = z.strictObject({
  type: z.literal('home'),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  blocks: z.array(viewBlock).max(100),
});
export type Home = z.infer<typeof home>;

/** What is wrong, in the form that `response_metadata.messages` has. */
export type Checked<T> = { readonly value: T } | { readonly error: string; readonly messages: string[] };

const complaints = (error: z.ZodError, root: string): string[] =>
  error.issues.map((issue) => `[ERROR] ${issue.message} [json-pointer:/${[root, ...issue.path].join('/')}]`);

function duplicates(blocks: readonly AnyBlock[]): string | null {
  const ids = blocks.flatMap((block) => (block.block_id === undefined ? [] : [block.block_id]));
  if (new Set(ids).size !== ids.length) return '`block_id` must be unique';
  const actionIds = blocks.flatMap((block): string[] => {
    if (block.type === 'actions') return block.elements.map((element) => element.action_id);
    if (block.type === 'section' && block.accessory) return [block.accessory.action_id];
    return [];
  });
  return new Set(actionIds).size === actionIds.length ? null : '`action_id` must be unique';
}

/** The blocks of a message. */
export function checkBlocks(blocks: unknown): Checked<MessageBlock[]> {
  const parsed = z.array(messageBlock).max(50).safeParse(blocks);
  if (!parsed.success) return { error: 'invalid_blocks', messages: complaints(parsed.error, 'blocks') };
  const double = duplicates(parsed.data);
  if (double !== null) return { error: 'invalid_blocks', messages: [`[ERROR] ${double} [json-pointer:/blocks]`] };
  if (parsed.data.filter((block) => block.type === 'table').length > 1)
    return { error: 'invalid_attachments', messages: ['[ERROR] only_one_table_allowed'] };
  // Undocumented and measured (bolt-js #2509, #2867); the containers count.
  if (JSON.stringify(blocks).length > 13_200) return { error: 'msg_blocks_too_long', messages: [] };
  return { value: parsed.data };
}

/** A modal view. */
export function checkView(view: unknown): Checked<Modal> {
  const parsed = modal.safeParse(view);
  if (!parsed.success) return { error: 'invalid_arguments', messages: complaints(parsed.error, 'view') };
  const double = duplicates(parsed.data.blocks);
  if (double !== null)
    return { error: 'invalid_arguments', messages: [`[ERROR] ${double} [json-pointer:/view/blocks]`] };
  if (parsed.data.blocks.some((block) => block.type === 'input') && !parsed.data.submit)
    return { error: 'invalid_arguments', messages: ['[ERROR] missing required field: submit [json-pointer:/view]'] };
  if (JSON.stringify(view).length > 250_000) return { error: 'view_too_large', messages: [] };
  return { value: parsed.data };
}

/** The app's own tab. */
export function checkHome(view: unknown): Checked<Home> {
  const parsed = home.safeParse(view);
  if (!parsed.success) return { error: 'invalid_arguments', messages: complaints(parsed.error, 'view') };
  const double = duplicates(parsed.data.blocks);
  if (double !== null)
    return { error: 'invalid_arguments', messages: [`[ERROR] ${double} [json-pointer:/view/blocks]`] };
  if (JSON.stringify(view).length > 250_000) return { error: 'view_too_large', messages: [] };
  return { value: parsed.data };
}

/** What a block_suggestion may be answered with. */
export const suggestionAnswer = z.strictObject({
  options: z.array(option).max(100).refine(unique, 'duplicate option values'),
});

/** What a response_url takes: unknown words in it are passed over, known ones must be what they are said to be. */
export const responseBody = z.looseObject({
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  text: z.string().optional(),
  blocks: z.array(z.unknown()).optional(),
  thread_ts: z
    .string()
    .regex(/^\d+\.\d{6}$/)
    .optional(),
  parse: z.enum(['none', 'full']).optional(),
  link_names: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
});
