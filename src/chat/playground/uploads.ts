import type { IncomingFile } from '../interaction.ts';
import { RequestError } from './errors.ts';
import { LIMITS } from './limits.ts';

/** Files that came in and wait to be used. A few are kept; the oldest gives way. */
export interface Uploads {
  add(name: string, bytes: Uint8Array): { readonly id: string; readonly name: string; readonly size: number };
  /** Throws a RequestError where it is no longer kept. */
  take(id: string): IncomingFile;
}

export function createUploads(newId: () => string): Uploads {
  const kept = new Map<string, { name: string; bytes: Uint8Array }>();
  return {
    add(name, bytes) {
      const id = newId();
      kept.set(id, { name, bytes });
      for (const oldest of kept.keys()) {
        if (kept.size <= LIMITS.uploadsWaiting) break;
        kept.delete(oldest);
      }
      return { id, name, size: bytes.length };
    },
    take(id) {
      const found = kept.get(id);
      if (!found) throw new RequestError(410, 'file-gone');
      return { name: found.name, size: found.bytes.length, fetch: async () => found.bytes };
    },
  };
}
