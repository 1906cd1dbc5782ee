import { isObject, type JsonObject } from '../../lens/json.js';
import { quietly } from '../../lens/scope.js';
import { nonEmpty } from '../datatypes/text.js';
import type { FhirScope } from '../scope.js';
import { isOnlyOfOtherType } from './identifier.js';
import { typeOfPrefix } from './identity.js';
import { readLiteral } from './literal.js';
import { identifiersInside, point } from './point.js';
import { parseSearch } from './search.js';

/**
 * True where two References (https://hl7.org/fhir/R4/references.html) to a type are known to have one target: by their text, by the
 * record that they lead to, or by an identifier with its system. What only could be the same is not.
 */
export function isSameTarget(one: unknown, other: unknown, type: string, scope: FhirScope): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  const [names, others] = [namesOf(one, type, scope), namesOf(other, type, scope)];
  if (names.some((name) => others.includes(name))) return true;
  // Two that are called differently at ClinikAPI are two, whatever identifier they have in common.
  if (names.some(isAtClinik) && others.some(isAtClinik)) return false;
  if (one.type !== undefined && other.type !== undefined && one.type !== other.type) return false;
  const identifiers = identifiersOf(other, scope);
  return identifiersOf(one, scope).some((left) => identifiers.some((right) => isSameIdentifier(left, right)));
}

/**
 * A Reference that is relative to a server, as it reads everywhere. One that a Bundle restored to the id of its record is to no server.
 */
export function placedOn(base: string | undefined, value: JsonObject, { options }: FhirScope): JsonObject {
  const text = nonEmpty(value.reference);
  if (base === undefined || text === undefined || readLiteral(text)?.kind !== 'relative') return value;
  return options.known?.isRestored?.(text) === true ? value : { ...value, reference: `${base}/${text}` };
}

/** What the target is called here and at ClinikAPI. The two may have an id in common that means two records. */
function namesOf(value: JsonObject, type: string, scope: FhirScope): string[] {
  const text = nonEmpty(placedOn(scope.options.known?.base, value, scope).reference);
  const literal = text === undefined ? undefined : readLiteral(text);
  const target = quietly(scope, () => point(value, [type], scope));
  const here = literal?.kind === 'urn' ? literal.reference.toLowerCase() : (literal?.reference ?? text);
  // A record of another server may only look like one of home; without a type it could be anything.
  const isCertain = target !== undefined && target.isAssumed !== true && !isElsewhere(value, scope);
  const told = target && (target.type ?? typeOfPrefix(target.id));
  return [
    ...(here === undefined ? [] : [`here ${here}`]),
    ...(isCertain && told === type ? [`there ${target.id}`] : []),
  ];
}

const isAtClinik = (name: string): boolean => name.startsWith('there ');

/** True for what says that it is of a server that is not home, where no map tells what it is called at ClinikAPI. */
function isElsewhere({ reference }: JsonObject, { options: { resolveId, baseUrl } }: FhirScope): boolean {
  const literal = readLiteral(nonEmpty(reference) ?? '');
  return resolveId === undefined && literal?.kind === 'absolute' && literal.base !== baseUrl?.replace(/\/$/, '');
}

/** The identifiers that a Reference gives for its target: its own, that of a search, and those of a contained resource. */
function identifiersOf(value: JsonObject, scope: FhirScope): JsonObject[] {
  const literal = readLiteral(nonEmpty(value.reference) ?? '');
  const search = parseSearch(literal?.reference ?? '');
  const inside = identifiersInside(literal, scope).map(({ identifier }) => identifier);
  const searched = search === undefined ? undefined : { system: search.system, value: search.value };
  return [value.identifier, searched, ...inside].filter(isObject);
}

function isSameIdentifier(one: JsonObject, other: JsonObject): boolean {
  if (nonEmpty(one.system) === undefined || nonEmpty(one.value) === undefined) return false;
  return one.system === other.system && one.value === other.value && !isOnlyOfOtherType(one, other);
}
