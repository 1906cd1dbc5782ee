import type { Codec } from './codec.js';
import { list } from './list.js';
import type { Scope } from './scope.js';

/** A list of which a payload writes a single item without brackets. */
export function oneOrMany<P, R, S extends Scope>(item: Codec<P, R, S>): Codec<P | P[], R[], S> {
  const many = list(item);
  const unwrap = (items: P[] | undefined): P | P[] | undefined => (items?.length === 1 ? items[0] : items);
  const wrap = (value: P | P[]): P[] => (Array.isArray(value) ? value : [value]);
  return {
    fidelity: many.fidelity,
    rule: `${item.rule}; a single one stands alone`,
    schema: { anyOf: [item.schema, many.schema] },
    read: (value, scope) => unwrap(many.read(value, scope)),
    write: (value, scope) => many.write(wrap(value), scope),
    admit(value, scope) {
      if (Array.isArray(value)) return unwrap(many.admit(value, scope));
      return item.admit(value, scope);
    },
    put: (value, before, scope) => many.put?.(value === undefined ? undefined : wrap(value), before, scope),
  };
}
