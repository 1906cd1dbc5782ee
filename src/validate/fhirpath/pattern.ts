/** What the flag `u` reads in another way, or gives a meaning: none of R4's patterns has it. */
const UNICODE_ONLY = /\\[uUpPk]|\(\?<|[\ud800-\udfff]/;

/** An escape, a class or a point. */
const PART = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\./g;

/** Of these, what takes characters outside of the basic plane. */
const TAKES_PAIRS = /^(?:\.|\\[DSW]|\[\^|\[.*\\[DSW])/;

const PAIR = '[\\ud800-\\udbff][\\udc00-\\udfff]';

/**
 * A constant pattern of FHIRPath as JavaScript has it with the flags `us` or `ug`, made without `u` and `s`, which older engines
 * do not have: what takes a character outside of the basic plane takes the pair whole.
 * @returns undefined for what is no pattern, and for one that means something else without `u`.
 */
export function compilePattern(pattern: string, flag: 's' | 'g'): RegExp | undefined {
  const pairwise = withoutUnicode(pattern, flag === 's');
  if (pairwise === undefined) return undefined;
  try {
    return flag === 'g' ? new RegExp(pairwise, 'g') : new RegExp(pairwise);
  } catch {
    return undefined;
  }
}

/** The text of a pattern that means without `u` (and `s`, if `isDotAll`) what it means with; undefined for one that nothing can stand for. */
export function withoutUnicode(pattern: string, isDotAll: boolean): string | undefined {
  if (UNICODE_ONLY.test(pattern)) return undefined;
  return pattern.replace(PART, (part) => {
    if (!TAKES_PAIRS.test(part)) return part;
    return `(?:${PAIR}|(?!${PAIR})${part === '.' && isDotAll ? '[\\s\\S]' : part})`;
  });
}
