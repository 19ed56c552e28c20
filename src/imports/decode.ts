import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { ImportError } from './import-error.ts';

export interface Decoded {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'windows-1258' | 'windows-1256';
}

/** Bytes of a text file → NFC text and the encoding it was in. Binary files are refused. */
export function decodeText(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes);
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding).normalize('NFC');
  if (!readsAsText(text)) throw new ImportError('not-a-spreadsheet', { seen: 'binary data' });
  return { text, encoding };
}

function encodingOf(bytes: Uint8Array): Decoded['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = zerosIn(bytes.subarray(0, 4096));
  if (zeros.odd > zeros.looked * 0.1 && zeros.even < zeros.looked * 0.02) return 'utf-16le';
  if (zeros.even > zeros.looked * 0.1 && zeros.odd < zeros.looked * 0.02) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  return eightBit(bytes);
}

function zerosIn(bytes: Uint8Array): { odd: number; even: number; looked: number } {
  let [odd, even] = [0, 0];
  for (const [i, byte] of bytes.entries()) if (byte === 0) i % 2 ? odd++ : even++;
  return { odd, even, looked: bytes.length / 2 };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The five tone marks that windows-1258 writes after their vowel; in windows-1252 they are Ì Ò Þ ì ò. */
const TONES = new Set([0xcc, 0xd2, 0xde, 0xec, 0xf2]);
/** a e i o u y in both cases, and â ê ô ă ơ ư with their capitals as windows-1258 has them. */
const VOWELS = new Set(
  [...'aeiouyAEIOUY']
    .map((c) => c.charCodeAt(0))
    .concat(0xe2, 0xea, 0xf4, 0xe3, 0xf5, 0xfd, 0xc2, 0xca, 0xd4, 0xc3, 0xd5, 0xdd),
);

/**
 * Which of the three single-byte encodings of our languages. chardet guesses from letter frequencies and knows no
 * Vietnamese, so its word counts for Arabic only, and only where the text then is mostly Arabic.
 */
function eightBit(bytes: Uint8Array): Decoded['encoding'] {
  const sample = bytes.subarray(0, 256 * 1024);
  let [high, tones] = [0, 0];
  for (const [i, byte] of sample.entries()) {
    if (byte < 0x80) continue;
    high++;
    if (TONES.has(byte) && VOWELS.has(sample[i - 1] ?? 0)) tones++;
  }
  if (tones >= 3 && tones > high * 0.15) return 'windows-1258';
  const arabic = analyse(sample).find((guess) => guess.name === 'windows-1256')?.confidence ?? 0;
  if (arabic >= 40) {
    const letters = iconv.decode(Buffer.from(sample), 'windows-1256').match(/\P{ASCII}/gu) ?? [];
    const share = letters.filter((letter) => /\p{Script=Arabic}/u.test(letter)).length / Math.max(1, letters.length);
    if (share > 0.8) return 'windows-1256';
  }
  return 'windows-1252';
}

/** No NUL, and hardly any control character or letter that could not be decoded. */
function readsAsText(text: string): boolean {
  if (text.includes('\0') || text.startsWith('%PDF-')) return false;
  let odd = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 11) || code === 0xfffd) odd++;
  }
  return odd <= 2 + text.length * 0.002;
}
