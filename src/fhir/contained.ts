import { isObject, type JsonObject } from '../lens/json.js';
import { report } from '../lens/scope.js';
import type { FhirScope } from './scope.js';

/** Adds a resource to those that the written one contains; gives the reference to it (https://hl7.org/fhir/R4/references.html#contained). */
export function contain(scope: FhirScope, stem: string, resource: JsonObject): string {
  const before = scope.resource.contained;
  const contained: unknown[] = Array.isArray(before) ? before : [];
  const taken = new Set(contained.map((one) => (isObject(one) ? one.id : undefined)));
  let ordinal = 1;
  while (taken.has(`${stem}-${ordinal}`)) ordinal += 1;
  const { resourceType, ...rest } = resource;
  contained.push({ resourceType, id: `${stem}-${ordinal}`, ...rest });
  scope.resource.contained = contained;
  return `#${stem}-${ordinal}`;
}

/** Every `#id` that something outside the contained resource of that id refers to. */
function referredIds(resource: JsonObject): Set<string> {
  const referred = new Set<string>();
  const walk = (value: unknown, self: string | undefined): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, self);
    if (!isObject(value)) return;
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== 'string') walk(item, self);
      else if (key === 'reference' && item.startsWith('#') && item !== `#${self}`) referred.add(item.slice(1));
    }
  };
  for (const [key, value] of Object.entries(resource)) {
    if (key !== 'contained' || !Array.isArray(value)) walk(value, undefined);
    else for (const one of value) walk(one, isObject(one) && typeof one.id === 'string' ? one.id : undefined);
  }
  return referred;
}

/** Ids of the contained resources that refer to the resource that holds them, which keeps them too (dom-3). */
function refersBack(one: JsonObject): boolean {
  return JSON.stringify(one).includes('"reference":"#"');
}

/** Takes out the contained resources that a put has left without a reference to them (dom-3). */
export function dropOrphans(after: JsonObject, before: JsonObject, scope: FhirScope): void {
  const referredBefore = referredIds(before);
  const hadBefore = new Set(
    Array.isArray(before.contained) ? before.contained.map((one) => (isObject(one) ? one.id : undefined)) : [],
  );
  for (;;) {
    if (!Array.isArray(after.contained)) return;
    const referred = referredIds(after);
    const index = after.contained.findIndex((one) => {
      if (!isObject(one) || typeof one.id !== 'string' || referred.has(one.id) || refersBack(one)) return false;
      return referredBefore.has(one.id) || !hadBefore.has(one.id);
    });
    if (index < 0) return;
    const [dropped] = after.contained.splice(index, 1);
    if (after.contained.length === 0) delete after.contained;
    if (isObject(dropped) && hadBefore.has(dropped.id)) {
      report(scope, {
        severity: 'information',
        code: 'informational',
        id: 'put-contained-dropped',
        diagnostics: 'A contained resource was dropped: nothing refers to it any more.',
      });
    }
  }
}
