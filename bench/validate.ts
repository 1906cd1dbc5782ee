// What validate costs, beside the other JavaScript validators
// The yardstick is JSON.stringify(JSON.parse(line)) over the same lines, in the same process.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { loadGuide } from '../src/validate/profile/loadGuide.js';
import { validate } from '../src/validate/validate.js';
import { printResults, timePaired } from './paired.js';

const FOLDERS = [join('..', 'shared', 'corpus', 'clinosim-us-100'), join('..', 'shared', 'corpus', 'synthea-10')];
const folders = FOLDERS.some((folder) => existsSync(folder)) ? FOLDERS : [join('fixtures', 'ehr-export')];

const lines = folders
  .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.ndjson'))
  .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  .filter((line) => line !== '' && typeof JSON.parse(line).resourceType === 'string');
const megabytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / 1e6;

// Both other validators are given HL7's own definitions, the ones that the tables here are made from.
const examples = join('node_modules', 'hl7.fhir.r4.examples');
indexStructureDefinitionBundle(
  readdirSync(examples)
    .filter((file) => file.startsWith('StructureDefinition-'))
    .map((file) => JSON.parse(readFileSync(join(examples, file), 'utf8')))
    .filter(({ kind, derivation }) => kind !== 'logical' && derivation !== 'constraint'),
);
const { Fhir } = createRequire(import.meta.url)('fhir');
const fhir = new Fhir();

// The profiles of a US export, where US Core is at hand; each resource is held to the one of its type, whatever it claims.
const US_CORE = join('..', 'shared', 'profiles', 'us-core', 'definitions');
const definitions = existsSync(US_CORE)
  ? readdirSync(US_CORE, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .map((file) => JSON.parse(readFileSync(join(US_CORE, file), 'utf8')))
  : [];
const NAMES: { readonly [type: string]: string } = {
  Patient: 'patient',
  Encounter: 'encounter',
  Practitioner: 'practitioner',
  Organization: 'organization',
  DiagnosticReport: 'diagnosticreport-note',
  Condition: 'condition-encounter-diagnosis',
};
const profileOf = (type: string): string[] => {
  const name = definitions.length === 0 ? undefined : NAMES[type];
  return name === undefined ? [] : [`http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`];
};
const withGuide = (line: string): number => {
  const resource = JSON.parse(line);
  return validate(resource, { profiles, profile: profileOf(resource.resourceType) }).issue.length;
};
const profiles = loadGuide(definitions);

const medplum = (line: string): number => {
  try {
    return validateResource(JSON.parse(line)).length + 1;
  } catch {
    return 1;
  }
};

console.log(`${lines.length} resources, ${megabytes.toFixed(2)} MB, Node ${process.versions.node}; median ratios`);
printResults(
  timePaired(
    [
      {
        name: 'yardstick: JSON.stringify(JSON.parse(line))',
        run: (line) => JSON.stringify(JSON.parse(line)).length,
      },
      { name: 'JSON.parse alone', run: (line) => (JSON.parse(line) === undefined ? 0 : 1) },
      { name: 'parse + validate', run: (line) => validate(JSON.parse(line)).issue.length },
      {
        name: `parse + validate with US Core (${definitions.length} definitions)`,
        run: withGuide,
      },
      { name: 'parse + @medplum/core 4.5 validateResource', run: medplum, every: 20 },
      {
        name: 'parse + fhir 4.12 validate',
        run: (line) => fhir.validate(JSON.parse(line)).messages.length + 1,
        every: 20,
      },
    ],
    lines,
    101,
    20,
  ),
  megabytes,
);
