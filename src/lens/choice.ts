import type { Absent } from './field.js';
import { equal, type JsonObject } from './json.js';
import { firstOf, type Rule } from './rule.js';
import { quietly, report, type Scope } from './scope.js';

/**
 * Several keys of which a payload has at most one, for an element of several types. `owns` names all its elements, also
 * those of types that no key can say; a value that changed takes the place of them all.
 */
export function choice<S extends Scope>(
  rules: readonly Rule<S>[],
  options: { owns: (element: string) => boolean; expected?: boolean; absent?: Absent<S> },
): Rule<S> {
  const keys = rules.flatMap((rule) => rule.keys);
  const elements = rules.flatMap((rule) => rule.elements);
  const read = (element: JsonObject, payload: JsonObject, scope: S): void => {
    for (const rule of rules) {
      rule.read(element, payload, scope);
      if (rule.keys.some((key) => payload[key] !== undefined)) return;
    }
  };
  const write = (payload: JsonObject, element: JsonObject, scope: S): void => {
    if (keys.every((key) => payload[key] === undefined)) Object.assign(element, options.absent?.write(scope));
    for (const rule of rules) rule.write(payload, element, scope);
  };
  return {
    keys,
    elements,
    required: [],
    exclusive: keys,
    rows: rules.flatMap((rule) => rule.rows),
    properties: Object.assign({}, ...rules.map((rule) => rule.properties)),
    read,
    lacking(element, payload) {
      if (options.expected !== true || keys.some((key) => payload[key] !== undefined)) return undefined;
      return options.absent?.marks(element) === true ? undefined : firstOf(elements, (name) => name);
    },
    write,
    admit(payload, normal, scope) {
      const said = keys.filter((key) => payload[key] !== undefined);
      for (const rule of rules) rule.admit(payload, normal, scope);
      if (said.length < 2 || keys.filter((key) => normal[key] !== undefined).length < 2) return;
      report(
        scope,
        {
          severity: 'error',
          code: 'invariant',
          id: 'payload-several-values',
          diagnostics: 'Only one of these fields can have a value.',
        },
        said[1] ?? '',
      );
    },
    put(payload, after, scope) {
      const have: JsonObject = {};
      quietly(scope, () => read(after, have, scope));
      if (keys.every((key) => equal(have[key], payload[key]))) return false;
      for (const name of Object.keys(after)) if (options.owns(name)) delete after[name];
      write(payload, after, scope);
      return true;
    },
  };
}
