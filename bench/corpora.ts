import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLens } from '../src/resources/registry.js';
import { validate } from '../src/validate/validate.js';

/** Records to measure on, each a line of JSON. */
export interface Corpus {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly bytes: number;
}

const EXAMPLES = join('node_modules', 'hl7.fhir.r4.examples');
const CLINOSIM = join('..', 'shared', 'corpus', 'clinosim-us-100');
const EXPORT = join('fixtures', 'ehr-export');
const FOREIGN = join('..', 'shared', 'foreign');

/** The export of a hospital: all that stands in its folder, else the few records of the fixtures. */
export function hospitalExport(): Corpus {
  const folder = existsSync(CLINOSIM) ? CLINOSIM : EXPORT;
  const lines = readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((line) => line !== '' && hasLens(JSON.parse(line)));
  return corpus(existsSync(CLINOSIM) ? 'export' : 'fixtures', "a hospital's export", lines);
}

/** What the lenses are measured on: one producer, all of HL7's examples of the five types, and many producers where they are there. */
export function corpora(): Corpus[] {
  const examples = readdirSync(EXAMPLES)
    .filter((file) => file.endsWith('.json') && file !== 'package.json')
    .flatMap((file) => resources(JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8'))));
  const found = [hospitalExport(), corpus('hl7', "HL7's examples", examples)];
  if (!existsSync(FOREIGN)) return found;
  const many = readdirSync(FOREIGN, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => jsonOf(readFileSync(join(FOREIGN, file), 'utf8')));
  return [...found, corpus('producers', 'many producers', many)];
}

function jsonOf(text: string): string[] {
  try {
    return resources(JSON.parse(text));
  } catch {
    return [];
  }
}

/** The resources that have a lens, of one or of a Bundle, each in a line. */
function resources(value: unknown): string[] {
  if (!isRecord(value)) return [];
  if (value.resourceType === 'Bundle' && Array.isArray(value.entry))
    return value.entry.flatMap((entry: unknown) => (isRecord(entry) ? resources(entry.resource) : []));
  return hasLens(value) ? [JSON.stringify(value)] : [];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const hasLens = (value: unknown): boolean =>
  isRecord(value) && typeof value.resourceType === 'string' && findLens(value.resourceType) !== undefined;

/** The codes that the command line ends with for some lines: 1 where one is rejected or has an error, else 0. */
export function endsOf(lines: readonly string[]): { readonly convert: number; readonly validate: number } {
  const records = lines.map((line) => JSON.parse(line));
  const isRejected = (record: { readonly resourceType: string }): boolean =>
    findLens(record.resourceType)?.safeFromFhir(record).ok === false;
  const hasError = (record: unknown): boolean =>
    validate(record).issue.some(({ severity }) => severity === 'error' || severity === 'fatal');
  return { convert: records.some(isRejected) ? 1 : 0, validate: records.some(hasError) ? 1 : 0 };
}

function corpus(id: string, name: string, lines: readonly string[]): Corpus {
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  return { id, name: `${name} (${lines.length} records, ${(bytes / 1e6).toFixed(2)} MB)`, lines, bytes };
}
