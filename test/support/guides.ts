import { gzipSync } from 'node:zlib';
import { createTar } from 'nanotar';
import type { JsonObject } from '../../src/lens/json.js';

/** Where the small guides of tests say that they are published. */
export const HOME = 'http://example.org/fhir/';

/** The files of a folder, by their paths in it: objects of JSON, or what stands in them. */
export interface Files {
  readonly [path: string]: JsonObject | string | Buffer;
}

const bytesOf = (content: Files[string]): string | Uint8Array =>
  typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);

/** A package as `npm pack` makes it. */
export function archive(files: Files): Buffer {
  const all = Object.entries(files).map(([name, content]) => ({ name: `package/${name}`, data: bytesOf(content) }));
  return gzipSync(createTar(all));
}

/** A package.json of a guide of R4. */
export const manifest = (name: string, version: string, more: JsonObject = {}): JsonObject => ({
  name,
  version,
  fhirVersions: ['4.0.1'],
  dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
  ...more,
});

/** A profile of Patient that requires elements. */
export function patientProfile(id: string, required: readonly string[], more: JsonObject = {}): JsonObject {
  return {
    resourceType: 'StructureDefinition',
    url: `${HOME}StructureDefinition/${id}`,
    version: '1.0.0',
    name: id,
    kind: 'resource',
    type: 'Patient',
    derivation: 'constraint',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    differential: {
      element: required.map((name) => ({ id: `Patient.${name}`, path: `Patient.${name}`, min: 1 })),
    },
    ...more,
  };
}

/** Its canonical. */
export const canonical = (id: string): string => `${HOME}StructureDefinition/${id}`;
