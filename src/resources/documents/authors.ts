import type { Reference } from 'fhir/r4.js';
import { reference } from '../../fhir/datatypes/reference.js';
import type { FhirScope } from '../../fhir/scope.js';
import type { Codec } from '../../lens/codec.js';
import { first } from '../../lens/first.js';
import { quietly, report } from '../../lens/scope.js';

const practitioner = reference('Practitioner');

/** The first practitioner of several authors. Another one who stands before is named first, and may be the one who wrote. */
export function firstPractitioner(): Codec<string, Reference[], FhirScope> {
  const authors = first(practitioner);
  return {
    ...authors,
    read(value, scope) {
      const read = authors.read(value, scope);
      if (read === undefined || !Array.isArray(value)) return read;
      const before: unknown = value[0];
      if (quietly(scope, () => practitioner.read(before, scope)) === undefined)
        report(
          scope,
          {
            severity: 'warning',
            code: 'incomplete',
            id: 'document-author-not-first',
            diagnostics:
              'The first author is no practitioner whose id can be told; the practitioner who is named after that was taken.',
          },
          0,
        );
      return read;
    },
  };
}
