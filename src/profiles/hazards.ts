import type { Tree } from '../fhir/definitions.js';

/** The most that an expression may nest looks at everything, or at all of a list, for each item of another one. */
const MOST_NESTED = 3;

/** The most places where an expression may make something longer than what it was given. */
const MOST_GROWTH = 8;

/** Why an expression may take for ever; undefined for one that does not, whatever the record. */
export function hazardIn(tree: Tree): string | undefined {
  if (some(tree, (head, [what = '']) => head === 'repeat()' && !leadsDown(what))) return 'it may repeat for ever';
  if (some(tree, (head) => head === 'aggregate()')) return 'it may grow without end';
  if (count(tree, GROWS) > MOST_GROWTH) return 'it may grow without end';
  if (nested(tree) > MOST_NESTED) return 'it may take for ever on large records';
  return undefined;
}

/** True for an expression whose patterns come to an end soon on any text with the engine's own regular expressions. */
export const hasTamePatterns = (tree: Tree): boolean =>
  !some(tree, (head, parts) => PATTERNS.has(head) && !isTame(parts[0]));

/** The same for those patterns that are run so wherever the expression is. */
export const hasTameReplacements = (tree: Tree): boolean =>
  !some(tree, (head, parts) => head === 'replaceMatches()' && !isTame(parts[0]));

const PATTERNS: ReadonlySet<string> = new Set(['matches()', 'matchesFull()', 'replaceMatches()']);
const GROWS: ReadonlySet<string> = new Set([
  '&',
  '+',
  'combine()',
  'replace()',
  'replaceMatches()',
  'join()',
  'repeat()',
]);
const STEPS_DOWN: ReadonlySet<string> = new Set([
  '.',
  '|',
  'children()',
  'descendants()',
  'where()',
  'ofType()',
  'as()',
  'extension()',
]);
const FOR_EACH: ReadonlySet<string> = new Set(['where()', 'select()', 'all()', 'exists()', 'iif()', 'repeat()']);
const LOOKS_AT_ALL: ReadonlySet<string> = new Set(['descendants()', 'repeat()']);
const FROM_THE_TOP: ReadonlySet<Tree> = new Set(['%resource', '%rootResource', '%context']);

/** A group that may be there several times, or a second part that may be of any length, can be tried in too many ways. */
function isTame(pattern: Tree | undefined): boolean {
  const text = typeof pattern === 'object' && pattern[0] === 's' ? pattern[1] : undefined;
  if (typeof text !== 'string') return false;
  const plain = text.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, 'a');
  const unbounded = plain.match(/[*+]|\{\d*,\}/g)?.length ?? 0;
  return (
    !/\)[*+?{]/.test(plain) && (unbounded === 0 || (unbounded === 1 && plain.startsWith('^') && !plain.includes('|')))
  );
}

/** True for what leads from an element to what is below it, and nowhere else. */
function leadsDown(tree: Tree): boolean {
  if (typeof tree === 'string') return !/^[$%]/.test(tree);
  if (typeof tree !== 'object' || typeof tree[0] !== 'string' || !STEPS_DOWN.has(tree[0])) return false;
  const [head, first = '', second = ''] = tree;
  if (head === '.') return leadsDown(first) && leadsDown(second);
  return head !== '|' || (leadsDown(first) && leadsDown(second));
}

/** How many looks at everything stand inside of each other, each done for every item of the one around it. */
function nested(tree: Tree): number {
  if (FROM_THE_TOP.has(tree)) return 1;
  if (typeof tree !== 'object') return 0;
  const [head, ...parts] = tree;
  const own = typeof head === 'string' && LOOKS_AT_ALL.has(head) ? 1 : 0;
  const below = parts.map(nested);
  if (head === '.' && typeof parts[1] === 'object' && isForEach(parts[1]))
    return (below[0] ?? 0) + (below[1] ?? 0) + own;
  return Math.max(0, ...below) + own;
}

const isForEach = ([head]: readonly Tree[]): boolean => typeof head === 'string' && FOR_EACH.has(head);

function some(tree: Tree, test: (head: string, parts: readonly Tree[]) => boolean): boolean {
  if (typeof tree !== 'object') return false;
  const [head, ...parts] = tree;
  if (head === 's') return false;
  return (typeof head === 'string' && test(head, parts)) || parts.some((part) => some(part, test));
}

function count(tree: Tree, heads: ReadonlySet<string>): number {
  if (typeof tree !== 'object' || tree[0] === 's') return 0;
  const [head, ...parts] = tree;
  return (
    (typeof head === 'string' && heads.has(head) ? 1 : 0) +
    parts.reduce((sum: number, part) => sum + count(part, heads), 0)
  );
}
