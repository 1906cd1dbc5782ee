import { assessments } from './assessments.js';
import { documents } from './documents.js';
import { encounters } from './encounters.js';
import { labs } from './labs.js';
import { tasks } from './tasks.js';

/** The lenses by ClinikAPI's path. A sixth resource is one line here. */
export const lenses = { assessments, encounters, documents, labs, tasks };

export type Lenses = typeof lenses;

/** A path of ClinikAPI's that has a lens. */
export type Path = keyof Lenses;

/** The lens of a FHIR type. */
type LensOf<T extends string> = { [P in Path]: Lenses[P]['resourceType'] extends T ? Lenses[P] : never }[Path];

const byName = new Map<string, Lenses[Path]>(
  Object.values(lenses).flatMap((lens) => [
    [lens.path, lens],
    [lens.resourceType, lens],
  ]),
);

/** The lens of a path (`assessments`) or a FHIR type (`ClinicalImpression`), or undefined. */
export function findLens(name: string): Lenses[Path] | undefined {
  return byName.get(name);
}

/**
 * The lens of a path (`assessments`) or a FHIR type (`ClinicalImpression`).
 * @throws RangeError for any other name.
 */
export function lensFor<P extends Path>(name: P): Lenses[P];
export function lensFor<T extends Lenses[Path]['resourceType']>(name: T): LensOf<T>;
export function lensFor(name: string): Lenses[Path] {
  const lens = findLens(name);
  if (lens === undefined) throw new RangeError('There is no lens of this name.');
  return lens;
}
