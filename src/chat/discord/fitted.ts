import { CodeTooLong } from '../action.ts';
import { fit as divide } from '../fit.ts';
import type { MessageDocument } from '../message.ts';
import { brokenLimits } from './broken-limits.ts';
import { render } from './render.ts';

/** The messages that a document becomes on Discord, each within its limits. */
export const fitted = (document: MessageDocument): readonly MessageDocument[] => divide(document, fits);

function fits(document: MessageDocument): boolean {
  try {
    return brokenLimits(render(document)).length === 0;
  } catch (error) {
    // No splitting mends a code that is too long; whoever sends the document is told.
    if (error instanceof CodeTooLong) return true;
    throw error;
  }
}
