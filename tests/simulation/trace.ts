/** What happened in a world, in its order: a number that differs where anything did, and the lines for whoever wants to read them. */
export interface Trace {
  /** Something happened: words that a world lived through again must say again. */
  note(...words: readonly string[]): void;
  /** Of everything noted so far. */
  readonly fingerprint: string;
}

/** `tell` is given each line as it is noted. */
export function createTrace(tell?: (line: string) => void): Trace {
  // The hash known as cyrb53: 53 bits of everything, in the order in which it came.
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  const add = (text: string) => {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    a = Math.imul(a ^ 10, 2654435761);
    b = Math.imul(b ^ 10, 1597334677);
  };
  return {
    note(...words) {
      for (const each of words) add(each);
      tell?.(words.join(' '));
    },
    get fingerprint() {
      return `${(a >>> 0).toString(16).padStart(8, '0')}${(b >>> 0).toString(16).padStart(8, '0')}`;
    },
  };
}
