import { lenses, type Path } from '../../resources/registry.js';

/** Numbers for the elements that links stand in. */
export interface ElementTable {
  /** The number of an element (`partOf`) of a path's type, from 0. */
  indexOf(path: Path, element: string): number;
  /** The element with its type: `Task.partOf`. */
  nameOf(index: number): string;
}

export function elementTable(): ElementTable {
  const indexes = new Map<Path, Map<string, number>>();
  const elementNames: string[] = [];
  return {
    indexOf(path, element) {
      const known = indexes.get(path) ?? new Map<string, number>();
      indexes.set(path, known);
      const before = known.get(element);
      if (before !== undefined) return before;
      known.set(element, elementNames.length);
      elementNames.push(`${lenses[path].resourceType}.${element}`);
      return elementNames.length - 1;
    },
    nameOf: (index) => elementNames[index] ?? '',
  };
}
