import { locate } from '../fhir/expression.js';
import type { Row } from '../lens/codec.js';

/** What a mapping table has for a location without indexes. */
export type Covered = 'field' | 'part' | 'nothing';

/**
 * Tells what a mapping table has for a location: `field` for an element with a row, or one around such elements; `part` for what is
 * inside of an element whose row has none below it, such as the display of a reference; `nothing` for all else.
 */
export function coverage(resourceType: string, rows: readonly Row[]): (path: string) => Covered {
  const fields = new Set<string>();
  const around = new Set<string>();
  const recursive: string[] = [];
  for (const { element, recursive: isRecursive } of rows) {
    const { path } = locate(resourceType, element.replaceAll('[]', '').split('.'));
    fields.add(path);
    if (isRecursive === true) recursive.push(path);
    for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) around.add(path.slice(0, dot));
  }
  const known = new Map<string, Covered>();
  /** A section of a section is one as well. */
  const unfolded = (path: string): string => {
    const found = recursive.find((one) => path.startsWith(`${one}.`));
    return found === undefined ? path : unfolded(found.slice(0, found.lastIndexOf('.')) + path.slice(found.length));
  };
  const look = (given: string): Covered => {
    const path = unfolded(given);
    if (fields.has(path) || around.has(path)) return 'field';
    for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      const above = path.slice(0, dot);
      if (fields.has(above)) return around.has(above) ? 'nothing' : 'part';
    }
    return 'nothing';
  };
  return (path) => {
    let covered = known.get(path);
    if (covered === undefined) {
      covered = look(path);
      known.set(path, covered);
    }
    return covered;
  };
}
