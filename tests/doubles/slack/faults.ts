/**
 * What goes wrong on the way. Before the work: `drop` (the connection breaks), `error-500`, `rate-limited`, `error`.
 * After it: `answer-lost` (the connection breaks), `cut-short` (it breaks in the middle of the answer), `no-answer`
 * (the connection stands and nothing comes).
 */
export type Fault =
  | { readonly how: 'answer-lost' }
  | { readonly how: 'cut-short' }
  | { readonly how: 'no-answer' }
  | { readonly how: 'error-500' }
  | { readonly how: 'drop' }
  | { readonly how: 'rate-limited'; readonly retryAfter?: number }
  | { readonly how: 'error'; readonly code: string };

/** Faults by method, used up one by one. */
export function createFaults() {
  const planned: { method: string; fault: Fault; left: number; channel: string | undefined }[] = [];
  return {
    /** The next `times` calls of this method (in this channel) go wrong. Besides methods: 'upload' and 'response_url'. */
    plan(method: string, fault: Fault, times = 1, channel?: string): void {
      planned.push({ method, fault, left: times, channel });
    },
    take(method: string, channel?: string): Fault | null {
      const next = planned.find(
        (each) => each.method === method && each.left > 0 && (each.channel ?? channel) === channel,
      );
      if (!next) return null;
      next.left -= 1;
      return next.fault;
    },
    clear(): void {
      planned.length = 0;
    },
  };
}
export type Faults = ReturnType<typeof createFaults>;
