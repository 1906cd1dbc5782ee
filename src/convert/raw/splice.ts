import { jsonNode } from '../../read/jsonText.js';

/** The keys and indexes that lead to a place in a JSON value. */
export type Keys = readonly (string | number)[];

/** What a Reference is to say from now on. */
export interface Edit {
  /** Where the Reference stands. */
  readonly keys: Keys;
  /** Its text: in the place of the one that it has, else in front of all that it has. */
  readonly reference: string;
}

/**
 * A JSON text with other references: their strings are put into the text, and no other character of it is touched.
 * @throws RangeError where there is no object at one of the places.
 */
export function spliced(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const root = jsonNode(text);
  const cuts = edits.map(({ keys, reference }) => {
    let node = root;
    for (const key of keys) {
      const child = node.child(key);
      if (child === undefined) throw new RangeError('There is no such place in the text.');
      node = child;
    }
    const token = JSON.stringify(reference);
    const before = node.child('reference');
    if (before !== undefined) return { start: before.start, end: before.end, token };
    const inside = node.start + 1;
    return { start: inside, end: inside, token: `"reference":${token}${node.keys > 0 ? ',' : ''}` };
  });
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, token } of cuts.sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, start), token);
    at = end;
  }
  return [...parts, text.slice(at)].join('');
}
