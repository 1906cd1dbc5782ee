import { isObject, type JsonObject, objectsIn } from '../../lens/json.js';
import { nonEmpty } from '../datatypes/text.js';

/**
 * True where all identifiers with the system and value of one are of another type than that: a number of a health insurance is no
 * medical record number (https://hl7.org/fhir/R4/datatypes.html#Identifier).
 */
export function isOnlyOfOtherType({ system, value, type }: JsonObject, identifiers: unknown): boolean {
  const all: readonly unknown[] = Array.isArray(identifiers) ? identifiers : [identifiers];
  const alike = all.filter(isObject).filter((one) => one.system === system && one.value === value);
  return alike.length > 0 && alike.every((one) => isOtherType(type, one.type));
}

/** True where there are identifiers of the same system, and all have another value. */
export function isOtherOfSystem({ system, value }: JsonObject, identifiers: unknown): boolean {
  if (nonEmpty(system) === undefined || nonEmpty(value) === undefined) return false;
  const all: readonly unknown[] = Array.isArray(identifiers) ? identifiers : [identifiers];
  const values = all.filter(isObject).flatMap((one) => (one.system === system ? (nonEmpty(one.value) ?? []) : []));
  return values.length > 0 && !values.some((one) => one === value);
}

/** True for two types that are known to differ: what only one has, or has in another form, tells nothing. */
function isOtherType(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  const [left, right] = [codesOf(one), codesOf(other)];
  if (left.length > 0 && right.length > 0) return !left.some((code) => right.includes(code));
  const [words, others] = [nonEmpty(one.text), nonEmpty(other.text)];
  return words !== undefined && others !== undefined && words.toLowerCase() !== others.toLowerCase();
}

function codesOf({ coding }: JsonObject): string[] {
  return objectsIn(coding)
    .map(({ code }) => nonEmpty(code))
    .filter((code) => code !== undefined);
}
