import type { Codec } from './codec.js';
import { quietly, type Scope, took } from './scope.js';

/**
 * One value where the resource has a list: the element that `choose` prefers, else the first that can be read.
 * A put replaces that element and keeps the others; where another element would then be read in its place, the list is
 * written anew.
 */
export function first<P, R, S extends Scope>(
  item: Codec<P, R, S>,
  options: { prefer?: (element: unknown) => boolean; rule?: string } = {},
): Codec<P, R[], S> {
  const { prefer } = options;
  const chosen = (elements: readonly unknown[], scope: S): { index: number; value: P } | undefined => {
    let spare: { index: number; value: P } | undefined;
    for (let index = 0; index < elements.length; index += 1) {
      if (spare !== undefined && prefer?.(elements[index]) !== true) continue;
      scope.at.push(index);
      const value = item.read(elements[index], scope);
      scope.at.pop();
      if (value === undefined) continue;
      if (prefer === undefined || prefer(elements[index])) return { index, value };
      spare = { index, value };
    }
    return spare;
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
