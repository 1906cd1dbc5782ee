import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGuide } from '../src/validate/profile/loadGuide.js';
import { validate } from '../src/validate/validate.js';
import type { Task } from './paired.js';

const FOLDER = join('..', 'shared', 'profiles', 'us-core', 'definitions');

/** The profile of each type, to which its resources are held, whatever they claim. */
const NAMES: { readonly [type: string]: string } = {
  Encounter: 'encounter',
  DiagnosticReport: 'diagnosticreport-note',
};

/** Validation with a guide, where US Core is at hand. */
export function withUsCore(): Task[] {
  if (!existsSync(FOLDER)) return [];
  const definitions = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  const profiles = loadGuide(definitions);
  const profileOf = (type: string): string[] => {
    const name = NAMES[type];
    return name === undefined ? [] : [`http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`];
  };
  return [
    {
      id: 'us-core',
      name: 'validate with US Core',
      run(line) {
        const resource = JSON.parse(line);
        return validate(resource, { profiles, profile: profileOf(resource.resourceType) }).issue.length;
      },
    },
  ];
}
