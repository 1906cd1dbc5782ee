import { createRequire } from 'node:module';
import { makeEngine } from './fhirpathEngine.js';
import { isObject } from './lens/json.js';
import type { Engine } from './validate/fhirpath/engine.js';

let engine: Engine | null | undefined;

/**
 * What `#fhirpath` is in Node: fhirpath with R4's types, loaded on first need, since that takes longer than the start of everything
 * else. Undefined where no such package is found: beside a program that was made one file.
 */
export function loadFhirPath(): Engine | undefined {
  if (engine === undefined) engine = load();
  return engine ?? undefined;
}

function load(): Engine | null {
  // Here and not above, since what a bundler makes CommonJS has no `import.meta.url`.
  const require = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);
  try {
    return makeEngine(require('fhirpath'), require('fhirpath/fhir-context/r4'));
  } catch (error) {
    if (isObject(error) && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}
