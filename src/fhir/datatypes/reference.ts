import type { Reference } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { isObject } from '../../lens/json.js';
import { reportEmpty } from '../../lens/object.js';
import { noteUnread, quietly, report } from '../../lens/scope.js';
import { RESOURCE_TYPES } from '../generated/resourceTypes.js';
import { isOtherOfSystem } from '../references/identifier.js';
import { CLINIK_API, CLINIK_ID, isClinikId, isFhirId, systemOf, typeOfPrefix } from '../references/identity.js';
import { parseLiteral } from '../references/literal.js';
import { ANY_ID, point, resourceOf } from '../references/point.js';
import { practitionerOfRole } from '../references/role.js';
import type { FhirScope } from '../scope.js';
import { nonEmpty, text, withinLimit } from './text.js';

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
    rule:
      type === 'Practitioner'
        ? 'the id (Practitioner), of a PractitionerRole in reach that of the practitioner whom it names'
        : `the id (${type})`,
    schema: idSchema,
    targets: [type],
    read(value, scope) {
      const id = idIn(value, scope);
      if (id !== undefined) {
        warnOfItself(type, id, scope);
        warnOfOtherIdentifier(value, scope);
      }
      return id;
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
      const id = value.slice(slash + 1);
      warnOfItself(type, id, scope);
      return id;
    },
  };

  function idIn(value: unknown, scope: FhirScope): string | undefined {
    // By far the most references are relative, and of the right type.
    const literal = relative(value, scope);
    if (literal?.startsWith(prefix) === true) {
      const id = literal.slice(prefix.length);
      if (isClinikId(id)) {
        if (scope.options.known?.isSubjectSearched === true) tellSearched(type, scope);
        return id;
      }
    }
    const named = type === 'Practitioner' ? practitionerOfRole(value, scope) : undefined;
    const target = point(named ?? value, [type], scope);
    // An id whose type nobody tells could be anybody's: an organization's is not a practitioner's.
    if (target === undefined) return undefined;
    const told = target.type ?? typeOfPrefix(target.id);
    if (told !== type) {
      noteUnread(scope, told === undefined ? 'unresolved' : 'other-target');
      return undefined;
    }
    if (target.isSearched === true || scope.options.known?.isSubjectSearched === true) tellSearched(type, scope);
    return isClinikId(target.id) ? target.id : undefined;
  }
}

/** Whom a record is about was found by an identifier: whoever answers for the record should know that. */
function tellSearched(type: string, scope: FhirScope): void {
  if (type !== 'Patient') return;
  report(scope, {
    severity: 'information',
    code: 'informational',
    id: 'subject-by-identifier',
    diagnostics: 'Whom the record is about was found by an identifier, not by a reference to the patient.',
  });
}

function warnOfItself(type: string | undefined, id: string, scope: FhirScope): void {
  if (id !== scope.self || type !== scope.resource.resourceType) return;
  report(scope, {
    severity: 'warning',
    code: 'business-rule',
    id: 'reference-to-itself',
    diagnostics: 'The record refers to itself here, as if it were another one.',
  });
}

/** A reference that names another one by its identifier than by its text could be to a wrong person. */
function warnOfOtherIdentifier(value: unknown, scope: FhirScope): void {
  if (!isObject(value) || !isObject(value.identifier)) return;
  if (!isOtherOfSystem(value.identifier, resourceOf(value, scope)?.identifier)) return;
  report(scope, {
    severity: 'warning',
    code: 'business-rule',
    id: 'reference-identifier-differs',
    diagnostics:
      'The record that the reference leads to has another identifier of the same system than the reference says: it may be a wrong one.',
  });
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
        const [type, id] = [literal.slice(0, Math.max(slash, 0)), literal.slice(slash + 1)];
        if (allows(type) && isClinikId(id)) {
          warnOfItself(type, id, scope);
          return literal;
        }
      }
      const target = point(value, targets, scope);
      if (target === undefined || (target.typed && (target.type === undefined || !allows(target.type))))
        return undefined;
      warnOfItself(target.type, target.id, scope);
      return target.typed ? `${target.type}/${target.id}` : target.id;
    },
    write(value, scope) {
      const slash = value.indexOf('/');
      if (slash < 0) return { identifier: { system: bareSystem(value, scope), value } };
      const type = value.slice(0, slash);
      if (!allows(type)) return { identifier: { system: CLINIK_API, value } };
      return referTo(type, value.slice(slash + 1), scope);
    },
    admit(value, scope) {
      if (value === '') {
        reportEmpty(scope);
        return undefined;
      }
      const slash = value.indexOf('/');
      warnOfItself(slash < 0 ? typeOfPrefix(value) : value.slice(0, slash), value.slice(slash + 1), scope);
      return value;
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
