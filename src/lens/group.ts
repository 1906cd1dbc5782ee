import { equal, type JsonObject } from './json.js';
import { type Rule, rewrite } from './rule.js';
import { quietly, type Scope } from './scope.js';

/**
 * Several rules that can read each other's elements, because one falls back on another. `fallback` runs after their own
 * readings and fills in what is missing. A put is judged by its result: the rules that came out different write their
 * canonical form, and where that does not settle it, all do.
 */
export function group<S extends Scope>(
  rules: readonly Rule<S>[],
  fallback: (element: JsonObject, payload: JsonObject, scope: S) => void,
): Rule<S> {
  const keys = rules.flatMap((rule) => rule.keys);
  const reads = rules.map((rule) => rule.read);
  const writes = rules.map((rule) => rule.write);
  const demanding = rules.filter((rule) => rule.lacking !== undefined);
  const read = (element: JsonObject, payload: JsonObject, scope: S): void => {
    for (const readRule of reads) readRule(element, payload, scope);
    fallback(element, payload, scope);
  };
  const differing = (payload: JsonObject, after: JsonObject, scope: S): Rule<S>[] => {
    const have: JsonObject = {};
    quietly(scope, () => read(after, have, scope));
    return rules.filter((rule) => rule.keys.some((key) => !equal(have[key], payload[key])));
  };
  return {
    isGroup: true,
    keys,
    elements: rules.flatMap((rule) => rule.elements),
    required: rules.flatMap((rule) => rule.required),
    rows: rules.flatMap((rule) => rule.rows),
    properties: Object.assign({}, ...rules.map((rule) => rule.properties)),
    read,
    lacking(element, payload) {
      for (const rule of demanding) {
        const lacks = rule.lacking?.(element, payload);
        if (lacks !== undefined) return lacks;
      }
      return undefined;
    },
    write(payload, element, scope) {
      for (const writeRule of writes) writeRule(payload, element, scope);
    },
    admit(payload, normal, scope) {
      for (const rule of rules) rule.admit(payload, normal, scope);
    },
    put(payload, after, scope) {
      let different = differing(payload, after, scope);
      if (different.length === 0) return false;
      for (const rule of different) rule.put(payload, after, scope);
      for (let round = 0; round < rules.length; round += 1) {
        different = differing(payload, after, scope);
        if (different.length === 0) return true;
        for (const rule of different) rewrite(rule, payload, after, scope);
      }
      for (const rule of rules) rewrite(rule, payload, after, scope);
      return true;
    },
  };
}
