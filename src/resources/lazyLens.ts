import type { FhirResource } from 'fhir/r4.js';
import type { ResourceLens } from './surface.js';

/** A lens that is made when more than its names is asked for: most processes need one or two of five. */
export function lazyLens<Input, Payload, R extends FhirResource>(
  resourceType: R['resourceType'],
  path: string,
  make: () => ResourceLens<Input, Payload, R>,
): ResourceLens<Input, Payload, R> {
  let made: ResourceLens<Input, Payload, R> | undefined;
  const lens = (): ResourceLens<Input, Payload, R> => {
    made ??= make();
    return made;
  };
  return {
    resourceType,
    path,
    get fields() {
      return lens().fields;
    },
    get schema() {
      return lens().schema;
    },
    safeToFhir: (payload, options) => lens().safeToFhir(payload, options),
    safeFromFhir: (resource, options) => lens().safeFromFhir(resource, options),
    safeUpdate: (resource, partial, options) => lens().safeUpdate(resource, partial, options),
    safeDiff: (before, after, options) => lens().safeDiff(before, after, options),
    toFhir: (payload, options) => lens().toFhir(payload, options),
    fromFhir: (resource, options) => lens().fromFhir(resource, options),
    update: (resource, partial, options) => lens().update(resource, partial, options),
    diff: (before, after, options) => lens().diff(before, after, options),
    validatePayload: (payload, options) => lens().validatePayload(payload, options),
    normalize: (payload, options) => lens().normalize(payload, options),
  };
}
