import { PlatformError } from '../platform.ts';

/** What a request is answered with when it cannot be done: an HTTP status and a code that the page has words for. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`${status}: ${code}`);
    this.status = status;
    this.code = code;
  }
}

/**
 * Runs a verb of the port so that only PlatformError comes out. A ledger that failed may have written before it did:
 * that is 'unknown', and `findPosted` settles it.
 */
export async function asPlatform<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    throw new PlatformError('unknown', 'ledger-failed', { cause: error });
  }
}
