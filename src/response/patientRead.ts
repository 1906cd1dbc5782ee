import { isObject, type JsonObject, own } from '../lens/json.js';
import { lenses, type Path } from '../resources/registry.js';

/** A list of records that a read of a patient brought along. */
export interface IncludedList {
  /** The name of the list. */
  readonly key: string;
  /** The path of its records, where they have payloads. */
  readonly path: Path | undefined;
  readonly items: readonly unknown[];
}

/** The answer of the SDK's `patients.read(id, { include })`: the patient, and a list for each kind of what was included. */
export interface PatientRead {
  readonly patient: JsonObject;
  readonly lists: readonly IncludedList[];
}

/** Such an answer; undefined for anything else: a record of a patient has fields that are no lists. */
export function patientRead(value: JsonObject): PatientRead | undefined {
  const patient = own(value, 'patient');
  if (!isObject(patient) || own(value, 'resourceType') !== undefined) return undefined;
  const lists: IncludedList[] = [];
  for (const key of Object.keys(value)) {
    const items = own(value, key);
    if (key === 'patient' || items === null) continue;
    if (!Array.isArray(items)) return undefined;
    lists.push({ key, path: isPath(key) ? key : undefined, items });
  }
  return lists.length > 0 || own(patient, 'resourceType') === 'Patient' ? { patient, lists } : undefined;
}

const isPath = (key: string): key is Path => Object.hasOwn(lenses, key);
