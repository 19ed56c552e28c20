import type { MessageDocument } from '../message.ts';
import { plainLines } from './plain.ts';
import { render } from './render.ts';

/** Makes the payloads that another dialect would send; the composition root hands them in. */
export type Dialects = Readonly<Record<string, (document: MessageDocument) => unknown>>;

export interface Preview {
  readonly plain: string;
  /** By dialect: its payload as JSON can hold it, or null where it could not be made. */
  readonly dialects: Readonly<Record<string, unknown>>;
}

/** One message as each dialect says it. */
export const previewOf = (document: MessageDocument, dialects: Dialects): Preview => ({
  plain: plainLines(render(document)),
  dialects: Object.fromEntries(Object.entries(dialects).map(([name, make]) => [name, payload(document, make)])),
});

function payload(document: MessageDocument, make: (document: MessageDocument) => unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(make(document), bytesAsSize) ?? 'null');
  } catch {
    return null;
  }
}

/** The bytes of a picture are of no use to a reader of JSON; a Buffer has turned itself into an object by now. */
function bytesAsSize(this: unknown, key: string, value: unknown): unknown {
  const given = (this as Record<string, unknown>)[key];
  return given instanceof Uint8Array ? `${given.length} bytes` : value;
}
