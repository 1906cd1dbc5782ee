import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import { lenses } from '../resources/registry.js';

/** Where each record went, or why it was skipped. */
export const SOURCES = 'sources.ndjson';

/** What the records lost, by record. */
export const LOSSES = 'losses.ndjson';

/** Records that were refused, and why. */
export const REJECTS = 'rejects.ndjson';

/** The records that came from texts which were given in their place, and where these stand now. */
export const FIXES = 'fixes.ndjson';

/** Records that were entered in error. */
export const RETRACTIONS = 'retractions.ndjson';

/** The patches that lead from payloads back to their resources. */
export const RESIDUES = 'residues.ndjson';

/** The counts of a run. */
export const SUMMARY = 'summary.json';

/** What a run wrote; it gets its name last, so that a folder which has it is complete. */
export const RUN = 'clinik-fhir.run.json';

/** The folder inside the output folder in which a run writes, until its files get their names. */
export const STAGING = '.clinik-fhir';

/** In the staging folder: which files are about to get their names, and which to lose them. */
export const MOVES = 'moves.json';

/** Outputs about records. In a folder that is read they are no input. */
export const REPORT_FILES: readonly string[] = [SOURCES, LOSSES, REJECTS, FIXES, RETRACTIONS, RESIDUES, SUMMARY, RUN];

/** The folder of the records that were refused. */
export const REJECTED = 'rejected';

/** The folder of the texts that were given in the place of refused records, and are refused no more. */
export const FIXED = 'fixed';

/** The folder of the resources that can go to ClinikAPI as they are. */
const RAW = 'fhir';

/** The folder of the request bodies for ClinikAPI's bulk import. */
const BODIES = 'bulk-import';

/** What the folders of waves are called. */
const WAVE = 'wave-';

/** The output of a path or a FHIR type. */
export function recordFile(name: string): string {
  return `${name}.ndjson`;
}

/** The file that keeps refused records, each in a line. */
export function rejectedFile(name: string): string {
  return `${REJECTED}/${name}.ndjson`;
}

/** The file that keeps what took the place of refused records, each in a line. */
export function fixedFile(name: string): string {
  return `${FIXED}/${name}.ndjson`;
}

/** The file that keeps one refused document of several lines. A payload's path stays its name, which is then known by it. */
export function rejectedDocument(name: string, number: number): string {
  return `${REJECTED}/${name === 'Unknown' ? 'document' : name}-${number}.json`;
}

/** The file of resources that are to be sent as they are; where waves have folders, in that of a wave. */
export function rawFile(resourceType: string, wave?: number): string {
  return `${wave === undefined ? '' : `${WAVE}${wave}/`}${RAW}/${resourceType}.ndjson`;
}

/** True for such a file. */
export function isRawFile(file: string): boolean {
  return isNamed(RAW_FILE, file, TYPES);
}

/** The payloads of a path in a wave. */
export function waveFile(wave: number, path: string): string {
  return `${WAVE}${wave}/${recordFile(path)}`;
}

/** One of `bodies` request bodies, by its number in sending order, from 1; their names sort in that order. */
export function bodyFile(number: number, bodies: number, wave: number, path: string): string {
  const digits = Math.max(4, String(bodies).length);
  return `${BODIES}/${String(number).padStart(digits, '0')}-${WAVE}${wave}-${path}.json`;
}

/** All request bodies, for people. */
export const BODY_FILES = `${BODIES}/*.json`;

const PATHS: ReadonlySet<string> = new Set(Object.keys(lenses));
const TYPES: ReadonlySet<string> = RESOURCE_TYPES;
const NAMES = new Set([...PATHS, ...Object.values(lenses).map(({ resourceType }) => resourceType)]);
const SET_ASIDE = new Set(['Unknown', ...NAMES, ...TYPES]);

/** A type or a path. Names are looked up in sets: an expression of all of them takes longer to make than a short run. */
const NAME = '([A-Za-z]+)';
const RAW_FILE = new RegExp(`^(?:${WAVE}[0-9]+/)?${RAW}/${NAME}\\.ndjson$`);
const OUTPUTS: readonly (readonly [shape: RegExp, names: ReadonlySet<string>])[] = [
  [new RegExp(`^${NAME}\\.ndjson$`), NAMES],
  [new RegExp(`^(?:${REJECTED}|${FIXED})/${NAME}\\.ndjson$`), SET_ASIDE],
  [new RegExp(`^${WAVE}[0-9]+/${NAME}\\.ndjson$`), PATHS],
  [new RegExp(`^${REJECTED}/${NAME}-[0-9]+\\.json$`), new Set(['document', ...TYPES, ...PATHS])],
  [new RegExp(`^${BODIES}/[0-9]{4,}-${WAVE}[0-9]+-${NAME}\\.json$`), PATHS],
  [RAW_FILE, TYPES],
];
const KEPT = new RegExp(`(?:^|/)${NAME}(?:-[0-9]+)?\\.(?:nd)?json$`);
const KEPT_NAMES = new Set([...TYPES, ...PATHS]);

const isNamed = (shape: RegExp, file: string, names: ReadonlySet<string>): boolean =>
  names.has(shape.exec(file)?.[1] ?? '');

/** What a file of refused records is called, without its folder and its number: `Unknown` for what tells nothing else. */
export function keptName(file: string): string {
  const name = KEPT.exec(file)?.[1] ?? '';
  return KEPT_NAMES.has(name) ? name : 'Unknown';
}

/** True for a name, with its folder, that a run gives to a file. */
export function isOutput(file: string): boolean {
  return REPORT_FILES.includes(file) || OUTPUTS.some(([shape, names]) => isNamed(shape, file, names));
}

/** The folders inside the output folder that are no input when it is read. */
export const FOLDERS: readonly string[] = [REJECTED, FIXED, RAW, BODIES];

const WAVE_FOLDER = new RegExp(`^${WAVE}[0-9]+(?:/${RAW})?$`);

/** True for the name of a folder that a run makes inside the output folder; with `/` where it is in another one of these. */
export function isOutputFolder(name: string): boolean {
  return FOLDERS.includes(name) || WAVE_FOLDER.test(name);
}
