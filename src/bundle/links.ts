import type { Resource } from 'fhir/r4.js';
import { pointTo } from '../fhir/datatypes/reference.js';
import { isClinikId, isFhirId, PATHS, systemOf, typeOfSystem } from '../fhir/references/identity.js';
import { readLiteral } from '../fhir/references/literal.js';
import { assign, isObject, type JsonObject, own } from '../lens/json.js';
import { readId } from '../resources/id.js';
import type { Resolve } from './references.js';

/** A record by its ClinikAPI id. */
export interface Named {
  readonly type: string;
  readonly id: string;
}

/** `Type/id`: the name of a record among others. */
export const nameOf = ({ type, id }: Named): string => `${type}/${id}`;

/** Nothing that a lens reads is deeper; what is, it refuses. */
const MAX_DEPTH = 300;

/** What a Reference may have in JSON (https://hl7.org/fhir/R4/references.html). */
const REFERENCE = new Set(['id', 'extension', 'reference', 'type', 'identifier', 'display']);

/**
 * The value with each of its References changed, at any depth but not in a Bundle, whose references are its own. What does not
 * change is shared with the value; the value itself is never changed. `references` are those that it has, for whoever knows them.
 */
export function mapReferences<T>(
  value: T,
  change: (reference: JsonObject) => JsonObject,
  references?: readonly JsonObject[],
): T;
export function mapReferences(
  value: unknown,
  change: (reference: JsonObject) => JsonObject,
  references: readonly JsonObject[] = referencesWithin(value),
): unknown {
  let changed: Map<JsonObject, JsonObject> | undefined;
  for (const reference of references) {
    const after = change(reference);
    if (after === reference) continue;
    changed ??= new Map();
    changed.set(reference, after);
  }
  return changed === undefined ? value : mapped(value, changed, 0);
}

/** The References of a value, at any depth but not in a Bundle, nor in one another. */
export function referencesWithin(value: unknown): readonly JsonObject[] {
  const found: JsonObject[] = [];
  collect(value, found, 0);
  return found;
}

function collect(value: unknown, found: JsonObject[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') collect(item, found, depth + 1);
    return;
  }
  if (!isObject(value) || own(value, 'resourceType') === 'Bundle') return;
  if (isReference(value)) {
    found.push(value);
    return;
  }
  // A list of the keys would have to be made for each object.
  for (const key in value) {
    const item = own(value, key);
    if (typeof item === 'object' && Object.hasOwn(value, key)) collect(item, found, depth + 1);
  }
}

/** Notes the resources that some References lead to. */
export function noteReferred(references: readonly JsonObject[], resolve: Resolve, to: Set<Resource>): void {
  for (const { reference: text } of references) {
    const target = typeof text === 'string' ? resolve(text) : undefined;
    if (target !== undefined) to.add(target);
  }
}

function mapped(value: unknown, changed: ReadonlyMap<JsonObject, JsonObject>, depth: number): unknown {
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => mapped(item, changed, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value) || own(value, 'resourceType') === 'Bundle') return value;
  if (isReference(value)) return changed.get(value) ?? value;
  let copy: JsonObject | undefined;
  for (const key of Object.keys(value)) {
    const before = own(value, key);
    const after = mapped(before, changed, depth + 1);
    if (after === before) continue;
    copy ??= { ...value };
    assign(copy, key, after);
  }
  return copy ?? value;
}

/** True for what has the shape of a Reference, wherever it stands. */
export function isReference(value: JsonObject): boolean {
  if (typeof own(value, 'reference') !== 'string' && !isObject(own(value, 'identifier'))) return false;
  return Object.keys(value).every((key) => REFERENCE.has(key.startsWith('_') ? key.slice(1) : key));
}

/** The record that a Reference of the lenses' own making names: `Type/id`, or the identifier of an id that FHIR forbids. */
export function namedBy(reference: JsonObject): Named | undefined {
  const { reference: literal, identifier } = reference;
  if (typeof literal === 'string') {
    const parsed = readLiteral(literal);
    if (parsed?.kind !== 'relative' || parsed.reference !== literal) return undefined;
    const { type, id } = parsed;
    return type === undefined || id === undefined ? undefined : { type, id };
  }
  if (!isObject(identifier) || !isClinikId(identifier.value)) return undefined;
  const type = typeof reference.type === 'string' ? reference.type : typeOfSystem(identifier.system);
  return type !== undefined && identifier.system === systemOf(type) ? { type, id: identifier.value } : undefined;
}

/** A Reference that leads to an entry. An identifier stays beside it: it tells how the payload wrote the id. */
export function linked(reference: JsonObject, fullUrl: string): JsonObject {
  return { ...reference, reference: fullUrl };
}

/** A Reference to a record that only its identifier tells, so that it means the same on every server. */
export function logical(reference: JsonObject, { type, id }: Named): JsonObject {
  if (reference.reference === undefined) return reference;
  const { reference: _, ...rest } = reference;
  return { ...rest, type, identifier: { system: systemOf(type), value: id } };
}

/**
 * A Reference that a server resolves when it processes the transaction (https://hl7.org/fhir/R4/http.html#trules); logical where
 * ClinikAPI has no identifier system of the type.
 */
export function conditional(reference: JsonObject, named: Named): JsonObject {
  if (!Object.hasOwn(PATHS, named.type)) return logical(reference, named);
  return { ...reference, reference: `${named.type}?${searchOf(systemOf(named.type), named.id)}` };
}

/** The search for an identifier (https://hl7.org/fhir/R4/search.html#token). */
export const searchOf = (system: string, value: string): string => `identifier=${system}|${value}`;

/**
 * The Reference as a lens writes it, where its text names a record by something else than the ClinikAPI id: by the `urn:` of an
 * entry, by a search for the id, or by the id that another server gave it. `found` is told each resource that is named anew.
 */
export function restored(
  reference: JsonObject,
  resolve: Resolve,
  found: (name: string, resource: Resource | undefined) => void,
): JsonObject {
  const { reference: text, identifier } = reference;
  if (typeof text !== 'string') return reference;
  const resource = resolve(text);
  const named = resource === undefined ? searched(text) : recordOf(resource);
  if (named === undefined || readLiteral(text)?.id === named.id) return reference;
  found(nameOf(named), resource);
  const { reference: _, ...rest } = reference;
  if (saysOf(reference, named)) return rest;
  if (isFhirId(named.id)) return { ...reference, reference: nameOf(named) };
  return identifier === undefined ? { ...rest, ...pointTo(named.type, named.id) } : reference;
}

/** True where a Reference says of a record what ClinikAPI calls it. */
export function saysOf({ identifier }: JsonObject, { type, id }: Named): boolean {
  return isObject(identifier) && identifier.system === systemOf(type) && identifier.value === id;
}

function recordOf(resource: Resource): Named | undefined {
  const id = readId({ ...resource }, resource.resourceType);
  return id === undefined ? undefined : { type: resource.resourceType, id };
}

/** The record that a search for a ClinikAPI id names. */
export function searched(text: string): Named | undefined {
  const { kind, type, reference = '' } = readLiteral(text) ?? {};
  if (kind !== 'conditional' || type === undefined || !Object.hasOwn(PATHS, type)) return undefined;
  const before = `${type}?${searchOf(systemOf(type), '')}`;
  const id = reference.slice(before.length);
  return reference.startsWith(before) && isClinikId(id) ? { type, id } : undefined;
}

/** A relative Reference of a record on a server, as it reads everywhere. */
export function qualified(reference: JsonObject, base: string | undefined): JsonObject {
  const { reference: text } = reference;
  const placed = typeof text === 'string' ? placedAt(text, base) : text;
  return placed === text ? reference : { ...reference, reference: placed };
}

/** What is relative to a server, as it reads everywhere. */
export function placedAt(text: string, base: string | undefined): string {
  return base !== undefined && readLiteral(text)?.kind === 'relative' ? `${base}/${text}` : text;
}
