import { describe, expect, it } from '@jest/globals';
import { targetsAllowed } from '../src/fhir/allowedWords.js';
import { type StructureDefinition, structureOf } from '../src/fhir/definitions.js';
import { RESOURCE_TYPES } from '../src/fhir/generated/resourceTypes.js';
import { validate } from '../src/index.js';
import { isObject } from '../src/lens/json.js';
import { lenses } from '../src/resources/registry.js';
import { clinikFhir } from './cli/run.js';
import { fill, temporaryFolder } from './support/folder.js';

const patient = {
  resourceType: 'Patient',
  gender: 'm',
  birthdate: '2000-01-01',
  managingOrganization: { reference: 'Practitioner/1' },
};
const report = {
  resourceType: 'DiagnosticReport',
  status: 'final',
  code: { text: 'x' },
  subject: { reference: 'Patient/1' },
};

describe('what is allowed', () => {
  it('stands in the findings of the files of a folder, and nothing of what was written does', async () => {
    const folder = fill(temporaryFolder(), {
      'patient.json': [patient],
      'DiagnosticReport.ndjson': [{ ...report, media: [{ link: { reference: 'DocumentReference/1' } }] }],
      'CapabilityStatement.ndjson': [
        {
          resourceType: 'CapabilityStatement',
          status: 'draft',
          date: '2025',
          kind: 'instance',
          fhirVersion: '4.0.2',
          format: ['json'],
        },
      ],
      'encounters.ndjson': [{ status: 'finnished', class: 'AMB', patientId: 'pt_1' }],
    });
    const { stdout } = await clinikFhir(['validate', folder, '--format', 'compact']);
    for (const words of [
      'The code is not one of male, female, other, unknown (AdministrativeGender, required).',
      'Patient has no element of this name; near it: birthDate.',
      'managingOrganization takes Organization, not Practitioner.',
      'link takes Media, not DocumentReference.',
      'FHIRVersion (http://hl7.org/fhir/ValueSet/FHIR-version, required); near it:',
      'The code is not one of planned, arrived, triaged, in-progress, onleave, finished, cancelled.',
    ])
      expect(stdout).toContain(words);
    expect(stdout).not.toMatch(/4\.0\.2|finnished|birthdate/);
  });

  it('is said for every target of a reference of R4', () => {
    let seen = 0;
    const look = ({ path, elements }: StructureDefinition): void => {
      for (const { name, targets, content } of elements.values()) {
        if (targets !== undefined) {
          seen += 1;
          const [first = ''] = targets;
          expect(targetsAllowed(name, targets, 'Muster')).toMatch(
            new RegExp(`^${name} takes .*\\b${first}\\b.*, not Muster\\.$`),
          );
        }
        const below = content?.();
        if (below?.path === `${path}.${name}`) look(below);
      }
    };
    for (const type of RESOURCE_TYPES) {
      const structure = structureOf(type);
      if (structure !== undefined) look(structure);
    }
    expect(seen).toBeGreaterThan(400);
  });

  it('is said for every code of a payload that ClinikAPI lists', () => {
    const lists: string[] = [];
    for (const { schema, validatePayload } of Object.values(lenses)) {
      const properties = isObject(schema.properties) ? schema.properties : {};
      for (const [name, property] of Object.entries(properties)) {
        if (!isObject(property) || !Array.isArray(property.enum)) continue;
        const said = validatePayload({ [name]: 'zqxj' }).map(({ diagnostics }) => diagnostics);
        expect(said).toContain(`The code is not one of ${property.enum.join(', ')}.`);
        lists.push(name);
      }
    }
    expect(lists).toContain('status');
    expect(lists.length).toBeGreaterThan(6);
  });

  it('is said of the types of a choice', () => {
    const outcome = validate({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, valueAddress: {} });
    expect(outcome.issue.map(({ diagnostics }) => diagnostics)).toContain(
      'value takes Quantity, CodeableConcept, string, boolean, integer, Range or 5 other types.',
    );
  });
});
