import { nonEmpty } from '../../fhir/datatypes/text.js';
import { isSameTarget, placedOn } from '../../fhir/references/sameTarget.js';
import type { FhirScope } from '../../fhir/scope.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import type { Found } from './target.js';

/**
 * True where a target is about whom the record that refers to it is about. One of somebody else, or of whom nobody can tell, is not;
 * what is contained without a subject of its own is part of the record.
 */
export function isOfSameSubject({ resource, contained, base }: Found, scope: FhirScope): boolean {
  const about = [resource.subject ?? resource.patient, resource.focus].flat().filter((one) => one !== undefined);
  if (about.length === 0) return contained;
  return about.every((one) => isSame(one, contained, base, scope));
}

function isSame(about: unknown, contained: boolean, base: string | undefined, scope: FhirScope): boolean {
  if (!isObject(about)) return false;
  // What is contained somewhere else is not what is contained here.
  if (!contained && nonEmpty(about.reference)?.startsWith('#') === true) return false;
  return isSameTarget(placedOn(base, about, scope), scope.resource.subject, 'Patient', scope);
}

/** A Reference with what it leads to and what that is called: what else is said in it, ids and extensions, is said there. */
export function plainReference({ reference: text, type, identifier, display }: JsonObject): JsonObject {
  const named = isObject(identifier) && nonEmpty(identifier.value) !== undefined ? identifier : undefined;
  const { system, value } = named ?? {};
  return present({ reference: text, type, identifier: named && present({ system, value }), display });
}

const present = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
