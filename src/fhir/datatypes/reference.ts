import type { Reference } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { reportEmpty } from '../../lens/object.js';
import { firstOf } from '../../lens/rule.js';
import { explain, type Finding, quietly, report } from '../../lens/scope.js';
import { RESOURCE_TYPES } from '../generated/resourceTypes.js';
import {
  CLINIK_API,
  CLINIK_ID,
  isClinikId,
  isClinikSystem,
  isFhirId,
  systemOf,
  typeOfPrefix,
  typeOfSystem,
} from '../references/identity.js';
import { type Literal, parseLiteral, readLiteral, targetOf } from '../references/literal.js';
import { searchText } from '../references/search.js';
import { containedResource, type FhirScope } from '../scope.js';
import { nonEmpty, text, withinLimit } from './text.js';

/** What the resource says of a target: a literal reference, or a logical one with an identifier of ClinikAPI's. */
interface Pointed {
  readonly id: string;
  readonly type?: string;
  /** True where the type stands in the reference, not only in the identifier's system. */
  readonly typed: boolean;
}

/**
 * The target of a Reference (https://hl7.org/fhir/R4/references.html) to one of `types`, to any where they are left out: by its
 * text, else by its identifier. Undefined where no id can be told.
 */
function point(value: unknown, types: readonly string[] | undefined, scope: FhirScope): Pointed | undefined {
  if (!isObject(value)) return undefined;
  const text = nonEmpty(value.reference);
  const literal = text === undefined ? undefined : readLiteral(text);
  if (literal?.type !== undefined && types?.includes(literal.type) === false) return undefined;
  const names = [value, ...identifiersInside(literal, scope)];
  const searches = names.map((name) => searchOf(name, types));
  const target =
    pointed(literal, value, scope) ??
    firstOf(names, logical) ??
    firstOf(searches, (search) => pointed(search, value, scope));
  const isName = text !== undefined && literal?.kind !== 'contained';
  if (target === undefined && (isName || searches.some((search) => search !== undefined)))
    reportUnmapped(scope, () => isOfOtherType(value, text, types, scope));
  return target;
}

/** The type in a text like `[base]/Practitioner/prac_1`, whose id FHIR forbids. */
const TYPE_IN_TEXT = /(?:^|\/)([A-Za-z]+)\/[^/]*$/;

/** True where it is told that the target is of a type that the field is not for, so that no map could give an id for it. */
function isOfOtherType(
  value: JsonObject,
  text: string | undefined,
  types: readonly string[] | undefined,
  scope: FhirScope,
): boolean {
  if (text === undefined || types === undefined) return false;
  const literal = readLiteral(text);
  const [, inText = ''] = literal === undefined ? (TYPE_IN_TEXT.exec(text) ?? []) : [];
  const told = RESOURCE_TYPES.has(inText) ? inText : literal?.type;
  // To look for the resource may cost a reading of the whole set.
  const found = (): string | undefined => literal && scope.options.resolve?.(literal.reference)?.resourceType;
  const type = told ?? found() ?? nonEmpty(value.type);
  return type !== undefined && !types.includes(type);
}

/** What a contained resource is called elsewhere: a logical reference for each of its identifiers. */
function identifiersInside(literal: Literal | undefined, scope: FhirScope): JsonObject[] {
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
  return type === undefined ? { id: target.id, typed: false } : { id: target.id, type, typed: true };
}

/** A logical reference as the search for its identifier, if that is not one of ClinikAPI's and the type is certain. */
function searchOf({ identifier, type }: JsonObject, types: readonly string[] | undefined): Literal | undefined {
  if (!isObject(identifier) || isClinikSystem(identifier.system)) return undefined;
  const value = nonEmpty(identifier.value);
  const certain = nonEmpty(type) ?? (types?.length === 1 ? types[0] : undefined);
  if (value === undefined || certain === undefined || types?.includes(certain) === false) return undefined;
  const reference = searchText({ type: certain, system: nonEmpty(identifier.system) ?? '', value });
  return { reference, kind: 'conditional', type: certain };
}

/**
 * Refuses a reference that the caller's map does not know, where that was asked for and the field is for such a target. Else it is the
 * reason why a required field has nothing.
 */
function reportUnmapped(scope: FhirScope, isOfOtherType: () => boolean): void {
  const { resolveId, unmapped, isHomeOnly } = scope.options;
  if (resolveId === undefined) return;
  if (unmapped !== 'refuse') {
    if (isHomeOnly !== true) explain(scope, UNMAPPED, () => !isOfOtherType());
  } else if (!isOfOtherType()) report(scope, UNMAPPED);
}

const UNMAPPED: Finding = {
  severity: 'error',
  code: 'not-found',
  id: 'reference-unmapped',
  diagnostics: 'The id map does not know what this reference points at.',
};

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

const ANY_ID = new RegExp(`^(?:[A-Za-z]+/)?${CLINIK_ID}$`);

const ALL_TYPES: readonly string[] = [...RESOURCE_TYPES];

const idSchema = { type: 'string', pattern: ANY_ID.source };

/**
 * An id of a payload for a Reference to one type. An id that FHIR allows is a literal reference, any other a logical one.
 * A target of another type is never read: a wrong record is worse than a missing one.
 */
export function reference(type: string): Codec<string, Reference, FhirScope> {
  const prefix = `${type}/`;
  return {
    fidelity: 'partial',
    rule: `the id (${type})`,
    schema: idSchema,
    targets: [type],
    read(value, scope) {
      // By far the most references are relative, and of the right type.
      const literal = relative(value, scope);
      if (literal?.startsWith(prefix) === true) {
        const id = literal.slice(prefix.length);
        if (isClinikId(id)) return id;
      }
      const target = point(value, [type], scope);
      // An id whose type nobody tells could be anybody's: an organization's is not a practitioner's.
      if (target === undefined || (target.type ?? typeOfPrefix(target.id)) !== type) return undefined;
      return isClinikId(target.id) ? target.id : undefined;
    },
    write: (id, scope) => referTo(type, id, scope),
    admit(value, scope) {
      if (value === '') {
        reportEmpty(scope);
        return undefined;
      }
      const slash = value.indexOf('/');
      if (slash >= 0 && value.slice(0, slash) !== type) {
        report(scope, {
          severity: 'error',
          code: 'value',
          id: 'reference-type',
          diagnostics: `The type of an id is ${type} here, and no other.`,
        });
        return undefined;
      }
      return value.slice(slash + 1);
    },
  };
}

/** The text of a literal reference, where no resolver has a say in what it means. */
function relative(value: unknown, scope: FhirScope): string | undefined {
  if (scope.options.resolveId !== undefined || !isObject(value)) return undefined;
  return typeof value.reference === 'string' ? value.reference : undefined;
}

/** A reference to a target whose type is certain. */
export function pointTo(type: string, id: string): Reference {
  return isFhirId(id) ? { reference: `${type}/${id}` } : pointLogically(type, id);
}

function pointLogically(type: string, id: string): Reference {
  return { type, identifier: { system: systemOf(type), value: id } };
}

/**
 * The same under the caller's map: the reference that the id came from. Where the map does not know that, the id stays one of
 * ClinikAPI's, for as a literal reference it would be one of the map's other side.
 */
export function referTo(type: string, id: string, scope: FhirScope): Reference {
  const { resolveId, resolveReference } = scope.options;
  if (resolveId === undefined && resolveReference === undefined) return pointTo(type, id);
  const reference = resolveReference?.(id, type);
  const literal = typeof reference === 'string' ? parseLiteral(reference) : undefined;
  if (reference === undefined || literal === undefined || literal.kind === 'contained') return pointLogically(type, id);
  if (resolveId === undefined) return (literal.type ?? type) === type ? { reference } : pointLogically(type, id);
  const back = quietly(scope, () => point({ reference }, [type], scope));
  return back?.id === id && back.type === type ? { reference } : pointLogically(type, id);
}

/**
 * An id of a payload, bare or as `Type/id`, for a Reference to one of several types; any type where `targets` is left out.
 * Bare and typed ids are different payloads: `Reference.type`, or a literal reference, is written for the typed form only.
 */
export function anyReference(targets?: readonly string[]): Codec<string, Reference, FhirScope> {
  const allows = (type: string): boolean => (targets === undefined ? RESOURCE_TYPES.has(type) : targets.includes(type));
  return {
    fidelity: 'partial',
    rule: `an id, bare or with its type${targets === undefined ? '' : ` (${targets.join(', ')})`}`,
    schema: idSchema,
    targets: targets ?? ['Resource'],
    read(value, scope) {
      const literal = relative(value, scope);
      if (literal !== undefined) {
        const slash = literal.indexOf('/');
        if (slash > 0 && allows(literal.slice(0, slash)) && isClinikId(literal.slice(slash + 1))) return literal;
      }
      const target = point(value, targets, scope);
      if (target === undefined) return undefined;
      if (!target.typed) return target.id;
      return target.type !== undefined && allows(target.type) ? `${target.type}/${target.id}` : undefined;
    },
    write(value, scope) {
      const slash = value.indexOf('/');
      if (slash < 0) return { identifier: { system: bareSystem(value, scope), value } };
      const type = value.slice(0, slash);
      if (!allows(type)) return { identifier: { system: CLINIK_API, value } };
      return referTo(type, value.slice(slash + 1), scope);
    },
    admit(value, scope) {
      if (value !== '') return value;
      reportEmpty(scope);
      return undefined;
    },
  };

  function bareSystem(id: string, scope: FhirScope): string {
    const type = typeOfPrefix(id) ?? scope.options.resolveType?.(id, targets ?? ALL_TYPES);
    return type !== undefined && allows(type) ? systemOf(type) : CLINIK_API;
  }
}

/**
 * A name of a payload for a Reference whose display it is; `Type/id` of one of the types is a reference. Read as the
 * display, else as the reference.
 */
export function nameOrReference(types: readonly string[], max?: number): Codec<string, Reference, FhirScope> {
  const name = text(max);
  const typed = new RegExp(`^(${types.join('|')})/(${CLINIK_ID})$`);
  return {
    fidelity: 'partial',
    rule: `its display, else the reference (${types.join(', ')})`,
    schema: name.schema,
    targets: types,
    read(value, scope) {
      if (!isObject(value)) return undefined;
      const display = nonEmpty(value.display);
      if (display !== undefined) return name.read(display, scope);
      const target = point(value, types, scope);
      if (target?.type === undefined || !types.includes(target.type) || !isClinikId(target.id)) return undefined;
      // A name may be cut; an id that was cut would be somebody else's.
      return withinLimit(`${target.type}/${target.id}`, max, false, scope);
    },
    write(value, scope) {
      const [, type, id] = typed.exec(value) ?? [];
      return type === undefined || id === undefined ? { display: value } : referTo(type, id, scope);
    },
    admit: name.admit,
  };
}
