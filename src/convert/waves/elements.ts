/** Numbers for the elements that links stand in. */
export interface ElementTable {
  /** The number of an element (`partOf`) of a type, from 0. */
  indexOf(resourceType: string, element: string): number;
  /** The element with its type: `Task.partOf`. */
  nameOf(index: number): string;
}

export function elementTable(): ElementTable {
  const indexes = new Map<string, Map<string, number>>();
  const elementNames: string[] = [];
  return {
    indexOf(resourceType, element) {
      const known = indexes.get(resourceType) ?? new Map<string, number>();
      indexes.set(resourceType, known);
      const before = known.get(element);
      if (before !== undefined) return before;
      known.set(element, elementNames.length);
      elementNames.push(`${resourceType}.${element}`);
      return elementNames.length - 1;
    },
    nameOf: (index) => elementNames[index] ?? '',
  };
}
