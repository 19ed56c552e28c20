import { vi } from 'vitest';

/** Waits until a look finds what it expects. The limit ends what hangs; how fast the machine is proves nothing. */
export const eventually = <T>(look: () => T | Promise<T>): Promise<T> => vi.waitFor(look, { timeout: 60_000 });
