import type { Engine } from './engine.js';

/** What `#fhirpath` is where there is no Node: see `imports` in package.json. */
export function loadFhirPath(): Engine | undefined {
  return undefined;
}
