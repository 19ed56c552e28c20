import { CodeTooLong, decodeAction, encodeAction } from '../action.ts';
import type { FormState } from '../form.ts';

/** Marks the nonce of a form whose state did not fit its custom_id. */
const KEPT = '~';
const ROOM = 1000;

export type FormCode =
  | { readonly state: FormState }
  /** The rest of the state went with the process that opened the form; `remains` is what the code itself held. */
  | { readonly lost: FormState };

/**
 * The state of open forms. Discord gives a modal 100 characters and nothing else: a state that fits travels in them,
 * a longer one is kept here (the thousand newest), with as many blanks in the code as fit.
 */
export function createFormStates() {
  const kept = new Map<string, FormState>();
  return {
    /** The custom_id under which a form is opened. */
    encode(state: FormState): string {
      const blanks = {
        ...state.blanks,
        ...(state.draft === undefined ? {} : { draft: state.draft }),
        ...(state.step === undefined ? {} : { step: String(state.step) }),
      };
      const whole = tryEncode(state, blanks, state.nonce);
      if (whole !== null) return whole;
      kept.set(state.nonce, state);
      for (const oldest of kept.keys()) {
        if (kept.size <= ROOM) break;
        kept.delete(oldest);
      }
      const fitting: Record<string, string> = {};
      for (const [name, value] of Object.entries(blanks).toSorted(([, a], [, b]) => a.length - b.length))
        if (tryEncode(state, { ...fitting, [name]: value }, KEPT + state.nonce) !== null) fitting[name] = value;
      return encodeAction(actionOf(state, fitting), KEPT + state.nonce);
    },
    /** The state behind a custom_id; null where it is none of ours. */
    decode(code: string): FormCode | null {
      const decoded = decodeAction(code);
      if (!decoded) return null;
      const { action, tail } = decoded;
      const { draft, step, ...blanks } = action.blanks;
      const state = (nonce: string): FormState => ({
        path: action.path,
        blanks,
        nonce,
        ...(action.version === undefined ? {} : { version: action.version }),
        ...(draft === undefined ? {} : { draft }),
        ...(step === undefined ? {} : { step: Number(step) }),
      });
      if (!tail.startsWith(KEPT)) return { state: state(tail) };
      const nonce = tail.slice(KEPT.length);
      const whole = kept.get(nonce);
      return whole ? { state: whole } : { lost: state(nonce) };
    },
  };
}

export type FormStates = ReturnType<typeof createFormStates>;

const actionOf = (state: FormState, blanks: Readonly<Record<string, string>>) => ({
  path: state.path,
  blanks,
  ...(state.version === undefined ? {} : { version: state.version }),
});

function tryEncode(state: FormState, blanks: Readonly<Record<string, string>>, tail: string): string | null {
  try {
    return encodeAction(actionOf(state, blanks), tail);
  } catch (error) {
    if (error instanceof CodeTooLong) return null;
    throw error;
  }
}
