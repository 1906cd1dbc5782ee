import { align } from './align.js';
import type { Codec } from './codec.js';
import { field } from './field.js';
import { equal, type JsonObject } from './json.js';
import { list } from './list.js';
import type { Rule } from './rule.js';
import { quietly, type Scope } from './scope.js';

/**
 * A list of primitives, of which a sibling list holds what belongs to each (https://hl7.org/fhir/R4/json.html#primitive).
 * On a put each value that stays keeps its own.
 */
export function primitives<P, S extends Scope>(key: string, element: string, item: Codec<P, P, S>): Rule<S> {
  const sibling = `${item.sibling ?? '_'}${element}`;
  const rule = field(key, element, list(item));
  return {
    ...rule,
    elements: [element, sibling],
    put(payload, after, scope) {
      const have: JsonObject = {};
      quietly(scope, () => rule.read(after, have, scope));
      if (equal(have[key], payload[key])) return false;
      const pairs = zip(after[element], after[sibling]);
      const wanted = payload[key];
      const laid = align<P>(
        Array.isArray(wanted) ? wanted : [],
        quietly(scope, () => pairs.map(([value]) => item.read(value, scope))),
        pairs,
        { write: (value) => [value, null], put: (_value, pair) => pair },
      ) as [unknown, unknown][];
      delete after[element];
      delete after[sibling];
      if (laid.some(([value]) => value !== null)) after[element] = laid.map(([value]) => value);
      if (laid.some(([, extra]) => extra !== null)) after[sibling] = laid.map(([, extra]) => extra);
      return true;
    },
  };
}

/** Values and their siblings side by side; `null` where there is none. */
function zip(values: unknown, siblings: unknown): [unknown, unknown][] {
  const left: readonly unknown[] = Array.isArray(values) ? values : [];
  const right: readonly unknown[] = Array.isArray(siblings) ? siblings : [];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [
    left[index] ?? null,
    right[index] ?? null,
  ]);
}
