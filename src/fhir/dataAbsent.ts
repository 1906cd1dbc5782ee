import type { Extension } from 'fhir/r4.js';
import type { Absent } from '../lens/field.js';
import { isObject, type JsonObject } from '../lens/json.js';
import type { FhirScope } from './scope.js';

const URL = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** `{ extension: […] }` that says why a value is not there (https://hl7.org/fhir/R4/extension-data-absent-reason.html). */
export function absentReason(): { extension: Extension[] } {
  return { extension: [{ url: URL, valueCode: 'unknown' }] };
}

/** True for an object that says why its value is not there. */
export function isAbsent(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value.extension)) return false;
  return value.extension.some((extension) => isObject(extension) && extension.url === URL);
}

/** Marks an element of FHIR's for which a payload has no value. */
export function markAbsent(element: string): Absent<FhirScope> {
  return {
    write: () => ({ [element]: absentReason() }),
    marks: (source: JsonObject) => isAbsent(source[element]),
  };
}
