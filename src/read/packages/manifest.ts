import { isObject, type JsonObject, own } from '../../lens/json.js';
import { parseJson } from '../parseJson.js';

/** What a package says of itself (package.json). */
export interface Manifest {
  readonly name: string;
  readonly version: string | undefined;
  /** The versions of FHIR that it is of; empty where it does not say. */
  readonly fhirVersions: readonly string[];
  /** The packages that it depends on, with the version of each, but for those that are R4 itself. */
  readonly dependencies: readonly (readonly [name: string, version: string])[];
}

/** R4 itself, which is built in. */
export const isCore = (name: string): boolean => /^hl7\.fhir\.r4\.(core|corexml|expansions|elements)$/.test(name);

/** A name of a package of FHIR: words with dots between them. */
export const isPackageName = (name: string): boolean => /^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$/i.test(name);

/** True for what is looked up by name, with a version or without; anything else is a path. */
export function isNameOfPackage(wanted: string): boolean {
  const [name = ''] = wanted.split(/[@#]/, 1);
  return isPackageName(name) && !isArchive(wanted);
}

/** True for what is named as a gzipped tar archive. */
export const isArchive = (path: string): boolean => /\.(tgz|tar\.gz)$/i.test(path);

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** What the text of a package.json says; undefined where it is none of a package of FHIR. */
export function manifestOf(bytes: Buffer): Manifest | undefined {
  const parsed = parseJson(bytes);
  if (!('value' in parsed) || !isObject(parsed.value)) return undefined;
  const { value } = parsed;
  const name = text(own(value, 'name'));
  const fhirVersions = [...texts(own(value, 'fhirVersions')), ...texts(own(value, 'fhir-version-list'))];
  const all = pairsOf(own(value, 'dependencies'));
  const isOfFhir = fhirVersions.length > 0 || all.some(([one]) => one.startsWith('hl7.fhir.'));
  if (name === undefined || !isOfFhir) return undefined;
  const dependencies = all.filter(([one]) => isPackageName(one) && !isCore(one));
  return { name, version: text(own(value, 'version')), fhirVersions, dependencies };
}

function pairsOf(value: unknown): (readonly [name: string, version: string])[] {
  const dependencies: JsonObject = isObject(value) ? value : {};
  return Object.keys(dependencies).flatMap((name) => {
    const version = text(own(dependencies, name));
    return version === undefined ? [] : [[name, version] as const];
  });
}

/** True where a package says that it is of other versions of FHIR only. */
export function isOfOtherFhir({ fhirVersions }: Manifest): boolean {
  return fhirVersions.length > 0 && !fhirVersions.some((version) => /^4\.0(\.|$)/.test(version));
}

/** A version of FHIR as it may be printed. */
export const fhirOf = ({ fhirVersions }: Manifest): string => fhirVersions.map((one) => one.slice(0, 20)).join(', ');
