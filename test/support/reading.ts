import type { ConvertOptions } from '../../src/index.js';
import { type Lenses, lensFor, type Path } from '../../src/resources/registry.js';
import type { FromFhirResult } from '../../src/resources/surface.js';
import { fail } from './ensure.js';

export type { ConvertOptions };

const TYPES = ['ClinicalImpression', 'Encounter', 'Composition', 'DiagnosticReport', 'Task'] as const;

/** The lens of a resource's type, whatever its file tells of that. */
export function findLens(resourceType: string): Lenses[Path] {
  const type = TYPES.find((one) => one === resourceType) ?? fail(resourceType);
  return lensFor(type);
}

/** What is read of a resource; it fails where that is refused. */
export function fromFhirOf(
  resource: { readonly resourceType: string },
  options: ConvertOptions = {},
): FromFhirResult<object> {
  const read = findLens(resource.resourceType).safeFromFhir(resource, options);
  return read.ok ? read : fail(JSON.stringify(read.issues));
}
