import * as all from './all.js';
import { type Lenses, type Lookup, lookupIn } from './lookup.js';

export type { Lenses, Path } from './lookup.js';

/** Every lens there is, by its path. */
export const lenses: Lenses = all;

const lookup = lookupIn(lenses);

/**
 * The lens of a path (`assessments`) or a FHIR type (`ClinicalImpression`), for a name that comes from data: the type of each
 * record of a stream, say, of which ClinikAPI has payloads for some only.
 * @returns undefined for any other name, where `lensFor` throws.
 */
export const findLens: Lookup['findLens'] = lookup.findLens;

/**
 * The lens of a path (`assessments`) or a FHIR type (`ClinicalImpression`), for a name that stands in the program.
 * @returns the lens with the types of its payload and its resource.
 * @throws RangeError for any other name, where `findLens` gives undefined.
 */
export const lensFor: Lookup['lensFor'] = lookup.lensFor;
