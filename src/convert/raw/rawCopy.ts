import { readLiteral } from '../../fhir/references/literal.js';
import { type Pointed, point } from '../../fhir/references/point.js';
import { checkSecurity } from '../../fhir/safety.js';
import type { ConvertOptions } from '../../fhir/scope.js';
import { type FhirScope, issuesOf, readScope } from '../../fhir/scope.js';
import type { Issue } from '../../lens/issue.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { Bytes } from '../../read/jsonValues.js';
import type { Reading } from '../readingOptions.js';
import type { Link } from '../waves/recordLinks.js';
import { isAtClinik, nameOfTarget, type Surroundings } from '../waves/referenceName.js';
import { type PlacedReference, referencesOf } from './references.js';
import { type Edit, type Keys, spliced } from './splice.js';

/** A resource that goes to ClinikAPI's raw route. */
export interface RawText {
  /** Its text as it came but for its references. */
  readonly bytes: () => Bytes;
  readonly links: readonly Link[];
  /** Warnings. */
  readonly issues: readonly Issue[];
}

/** Why one does not go there. */
export interface Barred {
  readonly barred: readonly Issue[];
  /** Where it is nothing but what the id map does not know: what it waits for, by the names of these. */
  readonly waits?: { readonly waitsFor: readonly string[]; readonly links: readonly Link[] };
}

/** A resource, its text, and how it reads in its Bundle and its set. */
export interface Came {
  readonly type: string;
  readonly value: JsonObject;
  readonly bytes: () => Bytes;
  readonly reading: Reading;
  readonly surroundings: Surroundings;
}

/**
 * The text of a resource for ClinikAPI's raw route. A reference whose ClinikAPI id is known, as it would be for a payload, names that;
 * one that only its Bundle or its set resolves (`urn:uuid:…`) the record by type and id. All others stay as they are. Barred is what
 * has a label that it may not have, and under `unmapped: 'refuse'` a reference that the id map does not know.
 */
export function rawText(came: Came, options: ConvertOptions): RawText | Barred {
  const { type, value, bytes, reading } = came;
  const scope = readScope(type, reading.options);
  scope.resource = reading.resource;
  checkLabels(value, scope, type === 'Composition' ? own(value, 'confidentiality') : undefined);
  const edits: Edit[] = [];
  const links: Link[] = [];
  const isLabelled = scope.failed;
  /** What the map does not know; undefined for what has no name in the set either. */
  const waitsFor: (string | undefined)[] = [];
  for (const placed of referencesOf(value)) {
    const read = readAs(placed, reading.resource);
    const text = textOf(placed.value);
    if (text?.startsWith('#') === true || (text === undefined && !isObject(own(placed.value, 'identifier')))) continue;
    const before = scope.failed;
    scope.failed = false;
    const target = targetOf(read, placed, text, scope);
    const name = nameOf(placed, read, text, came.surroundings);
    if (scope.failed) waitsFor.push(name);
    scope.failed ||= before;
    const said = says(target, read, text, name, options);
    if (said !== undefined && said !== text) edits.push({ keys: placed.keys, reference: said });
    const isMapped = options.resolveId !== undefined && target !== undefined;
    const link = linkOf(placed.element, name, text, isMapped);
    if (link !== undefined) links.push(link);
  }
  const issues = issuesOf(scope);
  const isNamed = (name: string | undefined): name is string => name !== undefined;
  if (scope.failed)
    return {
      barred: issues,
      ...(!isLabelled && waitsFor.every(isNamed) ? { waits: { waitsFor: waitsFor.filter(isNamed), links } } : {}),
    };
  return { bytes: () => edited(bytes(), edits), links, issues };
}

/** Reports the labels of a resource, and of those contained in it or in each other. Recurses as deep as the resource is. */
function checkLabels(resource: JsonObject, scope: FhirScope, confidentiality?: unknown): void {
  checkSecurity(resource, confidentiality, scope);
  const contained = own(resource, 'contained');
  const all: readonly unknown[] = Array.isArray(contained) ? contained : [contained];
  for (const [index, inside] of all.entries()) {
    if (!isObject(inside)) continue;
    scope.at.push('contained', ...(Array.isArray(contained) ? [index] : []));
    checkLabels(inside, scope);
    scope.at.splice(Array.isArray(contained) ? -2 : -1);
  }
}

function edited(bytes: Bytes, edits: readonly Edit[]): Bytes {
  return edits.length > 0 && Buffer.isBuffer(bytes) ? Buffer.from(spliced(bytes.toString(), edits)) : bytes;
}

const textOf = (reference: JsonObject): string | undefined => {
  const text = own(reference, 'reference');
  return typeof text === 'string' && text !== '' ? text : undefined;
};

/** The Reference as the Bundle around it reads it. */
function readAs({ keys, value }: PlacedReference, resource: JsonObject): JsonObject {
  const read = at(resource, keys);
  return isObject(read) ? read : value;
}

function at(value: unknown, keys: Keys): unknown {
  let found = value;
  for (const key of keys) {
    if (Array.isArray(found)) found = found[Number(key)];
    else if (isObject(found)) found = own(found, String(key));
    else return undefined;
  }
  return found;
}

/** What a Reference leads to, where its type and ClinikAPI's id, or without a map the source's, can be told. */
function targetOf(
  read: JsonObject,
  { keys, target: only }: PlacedReference,
  text: string | undefined,
  scope: FhirScope,
): (Pointed & { readonly type: string }) | undefined {
  scope.at.splice(0, scope.at.length, ...keys);
  // An identifier says the same everywhere, and is no id that could be wrong.
  const quiet = text === undefined ? { ...scope, options: { ...scope.options, unmapped: 'omit' as const } } : scope;
  const told = only === undefined || own(read, 'type') !== undefined ? read : { ...read, type: only };
  const found = point(told, undefined, quiet);
  scope.at.length = 0;
  const type = found?.type;
  return found === undefined || type === undefined ? undefined : { ...found, type };
}

/** What the text of a Reference is to be; undefined where it has none and gets none. */
function says(
  target: (Pointed & { readonly type: string }) | undefined,
  read: JsonObject,
  text: string | undefined,
  inSet: string | undefined,
  { resolveId }: ConvertOptions,
): string | undefined {
  const literal = text === undefined ? undefined : readLiteral(text);
  if (target === undefined) {
    if (text === undefined) return undefined;
    // What only the set resolves says nothing outside of it.
    const isOnlyThere = literal?.kind === 'urn' || literal?.kind === 'conditional';
    if (isOnlyThere && inSet !== undefined && !isAtClinik(inSet)) return inSet;
    // What is relative to another server is absolute elsewhere.
    return textOf(read) ?? text;
  }
  const name = `${target.type}/${target.id}`;
  if (resolveId !== undefined) return name;
  const isAsItIs = text === undefined || target.isAssumed === true || literal?.reference === name;
  return isAsItIs ? text : name;
}

/** What a Reference leads to in the upload; undefined for an identifier that is none of the set. */
function linkOf(
  element: string,
  name: string | undefined,
  text: string | undefined,
  isMapped: boolean,
): Link | undefined {
  if (name === undefined && text === undefined) return undefined;
  const link = { name: name ?? unresolved(text ?? ''), element };
  if (isMapped) return { ...link, isMapped };
  // Its bytes say an id, or an address, of the source's.
  return text === undefined ? link : { ...link, isOfSource: true };
}

/** The name of what a Reference leads to. */
function nameOf(
  { value, target: only }: PlacedReference,
  read: JsonObject,
  text: string | undefined,
  surroundings: Surroundings,
): string | undefined {
  const placed = textOf(read);
  const isAway =
    text !== undefined &&
    placed !== undefined &&
    readLiteral(text)?.kind === 'relative' &&
    readLiteral(placed)?.kind === 'absolute';
  if (!isAway) return nameOfTarget(value, only, surroundings);
  const { resolve } = surroundings;
  return nameOfTarget({ reference: placed }, only, { ...surroundings, resolve: () => resolve?.(text) });
}

/** Stands for the name of what has none in the set, with its type where that is told. */
function unresolved(text: string): string {
  const { kind, type, reference = text } = readLiteral(text) ?? {};
  return kind === 'conditional' ? `${type}/?${reference}` : reference;
}
