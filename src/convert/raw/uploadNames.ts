import type { Resolve } from '../../bundle/references.js';
import { idAsIdentifier } from '../../fhir/references/identity.js';
import { readLiteral } from '../../fhir/references/literal.js';
import { type JsonObject, own } from '../../lens/json.js';
import type { Source } from '../../read/source.js';
import { findLens } from '../../resources/registry.js';
import type { Reading } from '../readingOptions.js';
import { nameAtClinik, type Surroundings } from '../waves/referenceName.js';
import { isRawType } from './rawTypes.js';

/**
 * What the links of a record lead to. One that tells its target needs no index of the set for that, nor does one that the map knows,
 * if nothing of its type is uploaded.
 */
export function linksOf(
  inside: Resolve | undefined,
  { resolve, idOf }: Reading,
  rawTypes: readonly string[] | undefined,
): Resolve {
  return (reference) => {
    const { kind, type } = readLiteral(reference) ?? {};
    // A role is looked for as the conversion has done, which knows whom it names.
    if (type === 'PractitionerRole') return resolve?.(reference);
    if (kind === 'relative' || kind === 'absolute') return inside?.(reference);
    const isUploaded = type === undefined || findLens(type) !== undefined || isRawType(type, rawTypes);
    return isUploaded || idOf?.(reference) === undefined ? resolve?.(reference) : inside?.(reference);
  };
}

/** What others call a record: it may have an id of its own and one of ClinikAPI's. */
export function namesOf(value: JsonObject, { id }: Source, resourceType: string, surroundings: Surroundings): string[] {
  const told = idAsIdentifier(value, resourceType);
  // Where it has none of its own its source has the other one.
  const isOwn = id !== undefined && (id !== told || own(value, 'id') === id);
  const atClinik = told === undefined ? undefined : nameAtClinik(resourceType, told, surroundings);
  return [isOwn ? `${resourceType}/${id}` : undefined, atClinik].filter((name) => name !== undefined);
}
