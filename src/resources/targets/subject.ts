import { reference } from '../../fhir/datatypes/reference.js';
import { nonEmpty } from '../../fhir/datatypes/text.js';
import { readLiteral } from '../../fhir/references/literal.js';
import type { FhirScope } from '../../fhir/scope.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { quietly } from '../../lens/scope.js';
import type { Found } from './target.js';

const patient = reference('Patient');

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
  const ours = scope.resource.subject;
  const theirs = qualified(about, base);
  if (theirs === undefined || !isObject(ours)) return false;
  const text = nonEmpty(theirs.reference);
  // What is contained somewhere else is not what is contained here.
  if (!contained && text?.startsWith('#') === true) return false;
  if (text !== undefined && text === ours.reference) return true;
  const [left, right] = quietly(scope, () => [patient.read(theirs, scope), patient.read(ours, scope)]);
  if (left !== undefined && right !== undefined) return left === right;
  return isSameIdentifier(theirs, ours);
}

/** An identifier without a value, or without a system, is nobody's. */
function isSameIdentifier(theirs: JsonObject, ours: JsonObject): boolean {
  const { identifier, type } = theirs;
  if (!isObject(identifier)) return false;
  if (nonEmpty(identifier.value) === undefined || nonEmpty(identifier.system) === undefined) return false;
  const isSameType = type === undefined || ours.type === undefined || type === ours.type;
  const { system, value } = identifier;
  return (
    isSameType && isObject(ours.identifier) && system === ours.identifier.system && value === ours.identifier.value
  );
}

/** A reference as it reads outside the server that it was found on. */
function qualified(subject: unknown, base: string | undefined): JsonObject | undefined {
  if (!isObject(subject)) return undefined;
  const literal = nonEmpty(subject.reference);
  const relative = literal !== undefined && readLiteral(literal)?.kind === 'relative';
  return base !== undefined && relative ? { ...subject, reference: `${base}/${literal}` } : subject;
}

/** A Reference with what it leads to and what that is called: what else is said in it, ids and extensions, is said there. */
export function plainReference({ reference: text, type, identifier, display }: JsonObject): JsonObject {
  const named = isObject(identifier) && nonEmpty(identifier.value) !== undefined ? identifier : undefined;
  const { system, value } = named ?? {};
  return present({ reference: text, type, identifier: named && present({ system, value }), display });
}

const present = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
