import * as all from './all.js';

type All = typeof all;

/** The lenses by ClinikAPI's path, which is the name that each is exported by. */
export type Lenses = { [Name in keyof All as All[Name] extends { readonly path: string } ? Name : never]: All[Name] };

/** A path of ClinikAPI's that has a lens. */
export type Path = keyof Lenses;

/** The lens of a FHIR type. */
type LensOf<T extends string> = { [P in Path]: Lenses[P]['resourceType'] extends T ? Lenses[P] : never }[Path];

/** Every lens there is, by its path. */
export const lenses: Lenses = all;

const byName = new Map<string, Lenses[Path]>(
  Object.values(lenses).flatMap((lens) => [
    [lens.path, lens],
    [lens.resourceType, lens],
  ]),
);

/**
 * The lens of a path (`assessments`) or a FHIR type (`ClinicalImpression`), for a name that comes from data: the type of each
 * record of a stream, say, of which ClinikAPI has payloads for some only.
 * @returns undefined for any other name, where `lensFor` throws.
 */
export function findLens(name: string): Lenses[Path] | undefined {
  return byName.get(name);
}

/**
 * The lens of a path (`assessments`) or a FHIR type (`ClinicalImpression`), for a name that stands in the program.
 * @returns the lens with the types of its payload and its resource.
 * @throws RangeError for any other name, where `findLens` gives undefined.
 */
export function lensFor<P extends Path>(name: P): Lenses[P];
export function lensFor<T extends Lenses[Path]['resourceType']>(name: T): LensOf<T>;
export function lensFor(name: string): Lenses[Path] {
  const lens = findLens(name);
  if (lens === undefined) throw new RangeError('There is no lens of this name.');
  return lens;
}
