import type { Codec } from './codec.js';
import { quietly, type Scope, took } from './scope.js';

/**
 * One value where the resource has a list: the first element that can be read of those that the first of `prefer` is true of, then of
 * those of the next, then of all.
 * A put replaces that element and keeps the others; where another element would then be read in its place, the list is
 * written anew.
 */
export function first<P, R, S extends Scope>(
  item: Codec<P, R, S>,
  options: { prefer?: readonly ((element: unknown) => boolean)[]; rule?: string } = {},
): Codec<P, R[], S> {
  const { prefer = [] } = options;
  const rank = (element: unknown): number => {
    const found = prefer.findIndex((isPreferred) => isPreferred(element));
    return found < 0 ? prefer.length : found;
  };
  const readAt = (elements: readonly unknown[], index: number, scope: S): P | undefined => {
    scope.at.push(index);
    const value = item.read(elements[index], scope);
    scope.at.pop();
    return value;
  };
  const chosen = (elements: readonly unknown[], scope: S): { index: number; value: P } | undefined => {
    if (elements.length === 1) {
      const value = readAt(elements, 0, scope);
      return value === undefined ? undefined : { index: 0, value };
    }
    const ranks = prefer.length === 0 ? undefined : elements.map(rank);
    for (let wanted = 0; wanted <= (ranks === undefined ? 0 : prefer.length); wanted += 1) {
      for (let index = 0; index < elements.length; index += 1) {
        if (ranks !== undefined && ranks[index] !== wanted) continue;
        const value = readAt(elements, index, scope);
        if (value !== undefined) return { index, value };
      }
    }
    return undefined;
  };
  return {
    fidelity: item.fidelity === 'partial' ? 'partial' : 'lossy',
    rule: `${item.rule}; ${options.rule ?? 'of several, the first that fits'}`,
    schema: item.schema,
    ...(item.targets === undefined ? {} : { targets: item.targets }),
    read(value, scope) {
      if (!Array.isArray(value)) return undefined;
      const found = chosen(value, scope);
      if (found !== undefined && found.index > 0) took(scope, value, [found.index]);
      return found?.value;
    },
    write(value, scope) {
      const written = item.write(value, scope);
      return written === undefined ? undefined : [written];
    },
    admit: (value, scope) => item.admit(value, scope),
    put(value, before, scope) {
      if (!Array.isArray(before)) return undefined;
      const old = quietly(scope, () => chosen(before, scope));
      const made = value === undefined ? [] : [item.write(value, scope)].filter((element) => element !== undefined);
      const after = [...before];
      if (old === undefined) after.unshift(...made);
      else after.splice(old.index, 1, ...made);
      return after.length === 0 ? undefined : (after as R[]);
    },
  };
}
