/** What is known of a code system (https://hl7.org/fhir/R4/codesystem.html). */
export interface CodeSystem {
  /** True for a code of the system; for one whose codes follow a grammar, any that can be built. */
  has(code: string): boolean;
  /** False where a code of the system has displays, and this is none of them. */
  fits(code: string, display: string): boolean;
  /** The version whose codes these are; undefined where every version has the same. */
  readonly version?: string;
}

/** A code system whose codes follow a grammar, or have no displays. */
export const withoutDisplays = (has: (code: string) => boolean): CodeSystem => ({ has, fits: () => true });

/**
 * A code system out of its text in the generated table: a line `1` where capitals matter, else `0`, with the version after a tab,
 * then a line for each code, with its displays after it.
 */
export function codeSystemOf(text: string): CodeSystem {
  const [head = '', ...lines] = text.split('\n');
  const [capitals, version = ''] = head.split('\t');
  const rows = new Map<string, string>();
  for (const line of lines) {
    const end = line.indexOf('\t');
    if (end < 0) rows.set(line, '');
    else rows.set(line.slice(0, end), line.slice(end));
  }
  let folded: Map<string, string> | undefined;
  const find = (code: string): string | undefined => {
    const row = rows.get(code);
    if (row !== undefined || capitals === '1') return row;
    folded ??= new Map([...rows].map(([one, displays]) => [one.toLowerCase(), displays]));
    return folded.get(code.toLowerCase());
  };
  // Whoever asks whether there is a code asks for its display next.
  let last: string | undefined;
  let found: string | undefined;
  const rowOf = (code: string): string | undefined => {
    if (code !== last) [last, found] = [code, find(code)];
    return found;
  };
  return {
    has: (code) => rowOf(code) !== undefined,
    fits: (code, display) => isOneOf(display, rowOf(code) ?? ''),
    ...(version === '' ? {} : { version }),
  };
}

/** True for one of some displays, each of which stands after a tab; capitals, white space and the kind of apostrophe do not matter. */
function isOneOf(display: string, displays: string): boolean {
  if (displays === '' || isFirst(display, displays)) return true;
  const folded = fold(display);
  return displays
    .slice(1)
    .split('\t')
    .some((one) => fold(one) === folded);
}

/** True for the first display as it is written, which nearly every display is. */
function isFirst(display: string, displays: string): boolean {
  const end = display.length + 1;
  return displays.startsWith(display, 1) && (displays.length === end || displays[end] === '\t');
}

const fold = (text: string): string => text.trim().replace(/\s+/g, ' ').replace(/[‘’]/g, "'").toLowerCase();
