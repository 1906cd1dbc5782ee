import { isObject, type JsonObject } from '../../lens/json.js';
import { noteUnread } from '../../lens/scope.js';
import { nonEmpty } from '../datatypes/text.js';
import { checkModifiers, checkSecurity } from '../safety.js';
import { containedResource, type FhirScope } from '../scope.js';
import { readLiteral } from './literal.js';
import { searchText } from './search.js';

const ROLE = 'PractitionerRole';

/** A role that a reference leads to, and the server that its own relative references are of, where that is another one. */
interface Found {
  readonly role: JsonObject;
  readonly contained: boolean;
  readonly base?: string;
}

/**
 * The Reference to the practitioner whom a reference to a PractitionerRole names (https://hl7.org/fhir/R4/practitionerrole.html): the
 * role is contained or in reach, is not said to be inactive, and nothing turns its meaning round or protects it. Undefined for any
 * other reference.
 */
export function practitionerOfRole(value: unknown, scope: FhirScope): JsonObject | undefined {
  const found = isObject(value) ? roleOf(value, scope) : undefined;
  if (found === undefined) return undefined;
  const { role, contained, base } = found;
  const { practitioner } = role;
  if (role.active === false || !isObject(practitioner) || !isPlain(role, scope)) {
    noteUnread(scope, 'other-target');
    return undefined;
  }
  const text = nonEmpty(practitioner.reference);
  if (contained || text === undefined) return practitioner;
  // What is contained in the role is not contained here.
  if (text.startsWith('#')) return undefined;
  const isRelative = base !== undefined && readLiteral(text)?.kind === 'relative';
  return isRelative ? { ...practitioner, reference: `${base}/${text}` } : practitioner;
}

function roleOf({ reference, identifier, type }: JsonObject, scope: FhirScope): Found | undefined {
  const text = nonEmpty(reference) ?? searchOf(identifier, type);
  if (text === undefined) return undefined;
  if (text.startsWith('#')) {
    const role = containedResource(scope, text.slice(1));
    return role?.resourceType === ROLE ? { role, contained: true } : undefined;
  }
  // To look for what is of another type may cost a reading of the whole set.
  if (!text.includes(ROLE) && !text.startsWith('urn:')) return undefined;
  const literal = readLiteral(text);
  if (literal === undefined || (literal.type ?? ROLE) !== ROLE) return undefined;
  const role: unknown = scope.options.resolve?.(literal.reference);
  if (!isObject(role) || role.resourceType !== ROLE) return undefined;
  return { role, contained: false, ...(literal.base === undefined ? {} : { base: literal.base }) };
}

function searchOf(identifier: unknown, type: unknown): string | undefined {
  if (!isObject(identifier) || type !== ROLE) return undefined;
  const [system, value] = [nonEmpty(identifier.system), nonEmpty(identifier.value)];
  return system === undefined || value === undefined ? undefined : searchText({ type: ROLE, system, value });
}

function isPlain(role: JsonObject, scope: FhirScope): boolean {
  const probe: FhirScope = { ...scope, at: [], issues: [], failed: false };
  checkModifiers(role, probe);
  checkSecurity(role, undefined, probe);
  return !probe.failed;
}
