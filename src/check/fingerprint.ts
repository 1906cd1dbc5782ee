import { createHash } from 'node:crypto';
import { formerId } from '../report/renamedIds.js';

/** What makes a finding the same in another run. */
export interface FingerprintParts {
  readonly rule: string;
  readonly expression: string | undefined;
  readonly resourceType: string | undefined;
  readonly id: string | undefined;
  /** The file, for a record without an id. */
  readonly file?: string;
}

/** A FHIRPath location without its indexes: `Patient.name.given`; `''` where there is none. */
export function pathOf(expression: string | undefined): string {
  return expression?.replace(/\[\d+\]/g, '') ?? '';
}

/**
 * Sixteen hexadecimal digits, the same for the same rule on the same path of the same record, wherever it stands and however it
 * is indented. Several findings may share one: they are counted. A rule that was renamed keeps its fingerprints.
 *
 * A record without an id is known by the name of its file, without folders and `.gz`: its own text would do better, but a hash of
 * a few values can be guessed, and every correction of the record would make all that is still wrong with it new.
 * An id can be tried as well, by somebody who has a list of them; it is meant to say nothing of the person
 * (https://hl7.org/fhir/R4/resource.html#id).
 */
export function fingerprintOf({ rule, expression, resourceType, id, file = '' }: FingerprintParts): string {
  const record = id === undefined ? { file: baseName(file) } : { id };
  const parts = JSON.stringify([FORM, formerId(rule), pathOf(expression), resourceType ?? '', record]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 16);
}

/** Part of every fingerprint: what changes the rest has to change it, too, and the version of baselines. */
const FORM = 1;

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replace(/\.gz$/, '');
}
