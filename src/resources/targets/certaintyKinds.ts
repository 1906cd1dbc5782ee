/**
 * How sure a record is of what it says: all of it as it stands, not at all, or with a word of doubt in front. `unknown` is what
 * nobody understands, and gives no words for.
 */
export type Certainty =
  | { readonly kind: 'certain' }
  | { readonly kind: 'denied'; readonly as: 'refuted' | 'entered-in-error' | 'not-done' }
  | { readonly kind: 'doubtful'; readonly word: string }
  | { readonly kind: 'unknown' };

export const CERTAIN: Certainty = { kind: 'certain' };
export const UNKNOWN: Certainty = { kind: 'unknown' };
export const doubtful = (word: string): Certainty => ({ kind: 'doubtful', word });
export const ENTERED_IN_ERROR: Certainty = { kind: 'denied', as: 'entered-in-error' };
export const REFUTED: Certainty = { kind: 'denied', as: 'refuted' };
export const NOT_DONE: Certainty = { kind: 'denied', as: 'not-done' };
