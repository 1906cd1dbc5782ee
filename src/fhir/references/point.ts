import { isObject, type JsonObject } from '../../lens/json.js';
import { firstOf } from '../../lens/rule.js';
import { explain, type Finding, noteUnread, offer, report } from '../../lens/scope.js';
import { nonEmpty } from '../datatypes/text.js';
import { RESOURCE_TYPES } from '../generated/resourceTypes.js';
import { containedResource, type FhirScope } from '../scope.js';
import { isOnlyOfOtherType } from './identifier.js';
import { CLINIK_ID, isClinikId, isClinikSystem, typeOfSystem } from './identity.js';
import { type Literal, readLiteral, targetOf } from './literal.js';
import { parseSearch, searchText } from './search.js';

/** What the resource says of a target: a literal reference, or a logical one with an identifier of ClinikAPI's. */
export interface Pointed {
  readonly id: string;
  readonly type?: string;
  /** True where the type stands in the reference, not only in the identifier's system. */
  readonly typed: boolean;
  /** True where it was looked for by an identifier that is not one of ClinikAPI's. */
  readonly isSearched?: boolean;
  /** True where the id was taken from an absolute reference of a server that nobody named as home. */
  readonly isAssumed?: boolean;
}

/**
 * The target of a Reference (https://hl7.org/fhir/R4/references.html) to one of `types`, to any where they are left out: by its
 * text, else by its identifier. Undefined where no id can be told.
 */
export function point(value: unknown, types: readonly string[] | undefined, scope: FhirScope): Pointed | undefined {
  if (!isObject(value)) return undefined;
  const text = nonEmpty(value.reference);
  const literal = text === undefined ? undefined : readLiteral(text);
  if (literal?.type !== undefined && types?.includes(literal.type) === false) {
    noteUnread(scope, 'other-target');
    return undefined;
  }
  const names = [value, ...identifiersInside(literal, scope)];
  const searches = names.map((name) => searchOf(name, types));
  const target =
    pointed(literal, value, scope) ??
    firstOf(names, logical) ??
    firstOf(searches, (search) => found(search, value, scope));
  const isName = text !== undefined && literal?.kind !== 'contained';
  if (target === undefined && (isName || searches.some((search) => search !== undefined))) {
    const isMappable = (isName && literal !== undefined) || searches.some((search) => search?.literal !== undefined);
    reportUnmapped(scope, isMappable, () => isOfOtherType(value, text, types, scope));
  }
  if (target === undefined) noteUnreadTarget(value, types, scope);
  return target;
}

/** Notes why no id could be told, as far as the reference says it itself. */
function noteUnreadTarget(value: JsonObject, types: readonly string[] | undefined, scope: FhirScope): void {
  const { reference, identifier, type, display } = value;
  const isToOther = typeof type === 'string' && RESOURCE_TYPES.has(type) && types?.includes(type) === false;
  const { resolveId, isHomeOnly } = scope.options;
  if (isToOther) noteUnread(scope, 'other-target');
  else if (reference === undefined && identifier === undefined) {
    if (display !== undefined) noteUnread(scope, 'words-only');
  } else noteUnread(scope, resolveId !== undefined && isHomeOnly !== true ? 'unmapped' : 'unresolved');
}

const TYPE_IN_TEXT = /(?:^|\/)([A-Za-z]+)\/[^/]*$/;

/** The type in a text like `[base]/Practitioner/prac_1`, whose id FHIR forbids; undefined where there is none. */
export function typeInText(text: string): string | undefined {
  const [, type = ''] = TYPE_IN_TEXT.exec(text) ?? [];
  return RESOURCE_TYPES.has(type) ? type : undefined;
}

/** True where it is told that the target is of a type that the field is not for, so that no map could give an id for it. */
function isOfOtherType(
  value: JsonObject,
  text: string | undefined,
  types: readonly string[] | undefined,
  scope: FhirScope,
): boolean {
  if (text === undefined || types === undefined) return false;
  const literal = readLiteral(text);
  const told = literal === undefined ? typeInText(text) : literal.type;
  // To look for the resource may cost a reading of the whole set.
  const found = (): string | undefined => literal && scope.options.resolve?.(literal.reference)?.resourceType;
  const type = told ?? found() ?? nonEmpty(value.type);
  return type !== undefined && !types.includes(type);
}

/** The resource in reach that a literal reference leads to. */
export function resourceOf(value: JsonObject, scope: FhirScope): JsonObject | undefined {
  const literal = readLiteral(nonEmpty(value.reference) ?? '');
  if (literal?.kind === 'contained') return containedResource(scope, literal.reference.slice(1));
  const found: unknown = literal && scope.options.resolve?.(literal.reference);
  return isObject(found) ? found : undefined;
}

/** What a contained resource is called elsewhere: a logical reference for each of its identifiers. */
export function identifiersInside(literal: Literal | undefined, scope: FhirScope): JsonObject[] {
  const resource = literal?.kind === 'contained' ? containedResource(scope, literal.reference.slice(1)) : undefined;
  const type = nonEmpty(resource?.resourceType);
  if (resource === undefined || type === undefined) return [];
  const { identifier } = resource;
  return (Array.isArray(identifier) ? identifier : [identifier]).map((one: unknown) => ({ type, identifier: one }));
}

function pointed(literal: Literal | undefined, value: JsonObject, scope: FhirScope): Pointed | undefined {
  const target = literal === undefined ? undefined : targetOf(literal, scope);
  if (target === undefined || !isClinikId(target.id)) return undefined;
  if (target.assumed === true) reportAssumed(scope);
  const type = target.type ?? nonEmpty(value.type);
  const isSearched = literal?.kind === 'conditional' && !isClinikSystem(parseSearch(literal.reference)?.system);
  const told = type === undefined ? { id: target.id, typed: false } : { id: target.id, type, typed: true };
  return {
    ...told,
    ...(isSearched ? { isSearched } : {}),
    ...(target.assumed === true ? { isAssumed: true } : {}),
  };
}

/** An identifier that is not one of ClinikAPI's, and the search for it; a value without a system may be anybody's, and has none. */
interface Search {
  readonly literal: Literal | undefined;
  readonly identifier: JsonObject;
}

/** What a logical reference whose type is certain looks for. */
function searchOf({ identifier, type }: JsonObject, types: readonly string[] | undefined): Search | undefined {
  if (!isObject(identifier) || isClinikSystem(identifier.system)) return undefined;
  const [system, value] = [nonEmpty(identifier.system), nonEmpty(identifier.value)];
  const certain = nonEmpty(type) ?? (types?.length === 1 ? types[0] : undefined);
  if (value === undefined || certain === undefined || types?.includes(certain) === false) return undefined;
  if (system === undefined) return { literal: undefined, identifier };
  const reference = searchText({ type: certain, system, value });
  return { literal: { reference, kind: 'conditional', type: certain }, identifier };
}

function found(search: Search | undefined, value: JsonObject, scope: FhirScope): Pointed | undefined {
  const target = search === undefined ? undefined : pointed(search.literal, value, scope);
  if (search === undefined || target === undefined || isOtherIdentifier(search, scope)) return undefined;
  return target;
}

/** True where the record that was found has the same value of the same system as an identifier of another type. */
function isOtherIdentifier({ literal, identifier }: Search, scope: FhirScope): boolean {
  if (!isObject(identifier.type)) return false;
  const record: unknown = literal && scope.options.resolve?.(literal.reference);
  return isObject(record) && isOnlyOfOtherType(identifier, record.identifier);
}

/**
 * Refuses a reference that the caller's map does not know, where that was asked for and the field is for such a target. Else it is the
 * reason why a required field has nothing; where there is no map, one would help. A map can name what has a text of R4's or a search.
 */
function reportUnmapped(scope: FhirScope, isMappable: boolean, isOfOtherType: () => boolean): void {
  const { resolveId, unmapped, isHomeOnly } = scope.options;
  const finding = isMappable ? UNMAPPED : UNMAPPABLE;
  if (resolveId !== undefined && unmapped === 'refuse') {
    if (!isOfOtherType()) report(scope, finding);
  } else if (resolveId !== undefined && isHomeOnly !== true) explain(scope, finding, () => !isOfOtherType());
  else if (isMappable) offer(scope, 'resolveId', () => !isOfOtherType());
}

const UNMAPPABLE: Finding = {
  severity: 'error',
  code: 'not-found',
  id: 'reference-unmapped',
  diagnostics: 'The id map does not know what this reference points at.',
};

/** What nobody can tell but the caller's map. */
export const UNMAPPED: Finding = { ...UNMAPPABLE, options: ['resolveId'] };

function reportAssumed(scope: FhirScope): void {
  report(scope, {
    severity: 'warning',
    code: 'informational',
    id: 'reference-absolute-assumed',
    diagnostics: 'The id was taken from an absolute reference; name its server as baseUrl if it is home.',
  });
}

function logical(value: JsonObject): Pointed | undefined {
  const { identifier } = value;
  if (!isObject(identifier) || !isClinikSystem(identifier.system)) return undefined;
  const id = nonEmpty(identifier.value);
  if (id === undefined) return undefined;
  const told = typeOfSystem(identifier.system);
  const type = nonEmpty(value.type);
  if (type !== undefined) {
    return isClinikId(id) && (told ?? type) === type ? { id, type, typed: true } : undefined;
  }
  if (told !== undefined) return isClinikId(id) ? { id, type: told, typed: false } : undefined;
  return isClinikId(id) || ANY_ID.test(id) ? { id, typed: false } : undefined;
}

/** An id of ClinikAPI's, bare or with a type in front. */
export const ANY_ID = new RegExp(`^(?:[A-Za-z]+/)?${CLINIK_ID}$`);
