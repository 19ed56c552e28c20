import type { types } from '@slack/bolt';

/** Slack's own shapes, under the names its reference gives them. */
export type KnownBlock = types.KnownBlock;
export type Button = types.Button;
export type InputBlock = types.InputBlock;
export type ModalView = types.ModalView;
export type RichTextBlock = types.RichTextBlock;
export type RichTextElement = types.RichTextElement;
export type RichTextList = types.RichTextList;
export type RichTextQuote = types.RichTextQuote;
export type RichTextSection = types.RichTextSection;
export type PlainTextOption = types.PlainTextOption;

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });
