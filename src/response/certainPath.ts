import type { ConvertOptions } from '../fhir/scope.js';
import type { Schema } from '../lens/codec.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { accepted } from '../lens/scope.js';
import { lenses, type Path } from '../resources/registry.js';
import { isRetraction } from './flatRecord.js';

/**
 * Fields that only one of ClinikAPI's resources has, those without a lens included: an Observation has a status, a code and a
 * patient as a lab has, so these tell nothing.
 */
const MARKS: { readonly [P in Path]: readonly string[] } = {
  assessments: ['summary'],
  encounters: ['class'],
  documents: ['sections'],
  labs: ['resultIds', 'conclusion', 'conclusionCodes', 'resultsInterpreter', 'presentedForm'],
  tasks: ['businessStatus', 'focusId', 'ownerId', 'executionPeriod', 'restriction', 'input', 'output'],
};

/** The path of a flat record that is a valid payload of it and of no other, and has a field that no other resource has. */
export function certainPath(record: JsonObject, options: ConvertOptions): Path | undefined {
  const found = PATHS.filter((path) => isMarked(path, record) && isPayload(path, record, options));
  return found.length === 1 ? found[0] : undefined;
}

const PATHS = Object.keys(MARKS).filter((name): name is Path => Object.hasOwn(lenses, name));

function isMarked(path: Path, record: JsonObject): boolean {
  return MARKS[path].some((mark) => Object.hasOwn(record, mark));
}

function isPayload(path: Path, record: JsonObject, options: ConvertOptions): boolean {
  const lens = lenses[path];
  // No payload was entered in error; but of a record that was, all else tells whose it is.
  const live = isRetraction(record) ? { ...record, status: anyStatus(lens.schema) } : record;
  return accepted(lens.validatePayload(live, { ...options, shape: 'flat' }));
}

function anyStatus({ properties }: Schema): unknown {
  const status = isObject(properties) ? properties.status : undefined;
  return isObject(status) && Array.isArray(status.enum) ? status.enum[0] : undefined;
}
