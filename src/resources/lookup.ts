import type * as all from './all.js';

type All = typeof all;

/** The lenses by ClinikAPI's path, which is the name that each is exported by. */
export type Lenses = { [Name in keyof All as All[Name] extends { readonly path: string } ? Name : never]: All[Name] };

/** A path of ClinikAPI's that has a lens. */
export type Path = keyof Lenses;

/** The lens of a FHIR type. */
type LensOf<T extends string> = { [P in Path]: Lenses[P]['resourceType'] extends T ? Lenses[P] : never }[Path];

/** Finds a lens by its name. */
export interface Lookup {
  /**
   * The lens of a path (`assessments`) or a FHIR type (`ClinicalImpression`), for a name that comes from data: the type of each
   * record of a stream, say, of which ClinikAPI has payloads for some only.
   * @returns undefined for any other name, where `lensFor` throws.
   */
  findLens(name: string): Lenses[Path] | undefined;
  /**
   * The lens of a path (`assessments`) or a FHIR type (`ClinicalImpression`), for a name that stands in the program.
   * @returns the lens with the types of its payload and its resource.
   * @throws RangeError for any other name, where `findLens` gives undefined.
   */
  lensFor<P extends Path>(name: P): Lenses[P];
  lensFor<T extends Lenses[Path]['resourceType']>(name: T): LensOf<T>;
}

/** How a lens is found among these. */
export function lookupIn(lenses: Lenses): Lookup {
  const byName = new Map<string, Lenses[Path]>(
    Object.values(lenses).flatMap((lens) => [
      [lens.path, lens],
      [lens.resourceType, lens],
    ]),
  );
  function lensFor<P extends Path>(name: P): Lenses[P];
  function lensFor<T extends Lenses[Path]['resourceType']>(name: T): LensOf<T>;
  function lensFor(name: string): Lenses[Path] {
    const lens = byName.get(name);
    if (lens === undefined) throw new RangeError('There is no lens of this name.');
    return lens;
  }
  return { findLens: (name) => byName.get(name), lensFor };
}
