import type { Inbound, Interaction } from '../interaction.ts';
import type { Block, MessageDocument } from '../message.ts';

/**
 * Said where a form came in after a restart and part of what belonged to it is gone: it is not acted on by half. What
 * was typed comes back to be copied, and a button opens the form with what is left.
 */
export function lostForm(interaction: Interaction, inbound: Inbound): MessageDocument {
  const lang = inbound.languageOf(interaction.account);
  const text = inbound.phrase(lang, 'lost');
  if (interaction.said.by !== 'form') return { lang, summary: text, blocks: [{ block: 'paragraph', text }] };
  const { state, blanks } = interaction.said;
  const shape = inbound.commands.find((command) => command.path === state.path);
  const typed = Object.entries(blanks).flatMap(([name, value]): Block[] => {
    if (typeof value !== 'string' || value === '') return [];
    const label = shape?.options.find((option) => option.name === name)?.label(lang) ?? name;
    return [
      { block: 'paragraph', text: [{ bold: label }] },
      { block: 'quote', text: value },
    ];
  });
  const does = {
    path: state.path,
    blanks: state.blanks,
    ...(state.version === undefined ? {} : { version: state.version }),
  };
  return {
    lang,
    summary: text,
    blocks: [
      { block: 'paragraph', text },
      ...typed,
      { block: 'buttons', buttons: [{ label: inbound.phrase(lang, 'open-again'), does, style: 'primary' }] },
    ],
  };
}
