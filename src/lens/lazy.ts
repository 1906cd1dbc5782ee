import type { Codec, Schema } from './codec.js';
import type { Scope } from './scope.js';

/** A codec that refers to itself: it is looked up when it is used, and its schema is a reference. */
export function lazy<P, R, S extends Scope>(codec: () => Codec<P, R, S>, schema: Schema, rule: string): Codec<P, R, S> {
  return {
    fidelity: 'lossy',
    rule,
    schema,
    recursive: true,
    read: (value, scope) => codec().read(value, scope),
    write: (value, scope) => codec().write(value, scope),
    admit: (value, scope) => codec().admit(value, scope),
    put: (value, before, scope) => codec().put?.(value, before, scope),
    identity: (value) => codec().identity?.(value) ?? [],
  };
}
