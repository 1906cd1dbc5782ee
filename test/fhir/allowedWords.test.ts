import { describe, expect, it } from '@jest/globals';
import { codeRequired, codesAllowed, nearTo, targetsAllowed, typeNames } from '../../src/fhir/allowedWords.js';
import { type Binding, type StructureDefinition, structureOf } from '../../src/fhir/definitions.js';
import { RESOURCE_TYPES } from '../../src/fhir/generated/resourceTypes.js';

function bindingOf(type: string, element: string): Binding {
  const binding = structureOf(type)?.elements.get(element)?.binding;
  if (binding === undefined) throw new Error(`${type}.${element} has no binding`);
  return binding;
}

describe('names near to one that nobody knows', () => {
  it.each([
    ['birthdate', 'birthDate'],
    ['birhDate', 'birthDate'],
    ['birthDay', 'birthDate'],
    ['names', 'name'],
    ['nmae', ''],
    ['name', ''],
    ['ib', ''],
    ['Muster', ''],
    ['', ''],
    ['birthDate'.repeat(20), ''],
    [7, ''],
  ])('are said: %s', (written, near) => {
    expect(nearTo(written, ['id', 'birthDate', 'name'])).toBe(near === '' ? '' : `; near it: ${near}`);
  });

  it('are three at most, the nearest first', () => {
    expect(nearTo('Observatio', ['Observation', 'Observations', 'Observatory', 'Preservation'])).toBe(
      '; near it: Observation, Observations, Observatory',
    );
  });
});

describe('the codes that a binding takes', () => {
  it('are all named where they are few', () => {
    expect(codesAllowed(bindingOf('Patient', 'gender'), 'm')).toBe(
      'The code is not one of male, female, other, unknown (AdministrativeGender, required).',
    );
  });

  it('are named by their set and by those near to what was written where they are many', () => {
    expect(codesAllowed(bindingOf('CapabilityStatement', 'fhirVersion'), '4.0.2')).toMatch(
      /^The code is not one of the \d+ of FHIRVersion \(http:\/\/hl7\.org\/fhir\/ValueSet\/FHIR-version, required\); near it: 1\.0\.2, 4\.0\.0, 4\.0\.1\.$/,
    );
  });

  it('are named by their set where nobody can list them', () => {
    expect(codesAllowed(bindingOf('Attachment', 'contentType'), 'pdf')).toBe(
      'The code is not one of Mime Types (http://hl7.org/fhir/ValueSet/mimetypes, required).',
    );
  });

  it('are said where there is none', () => {
    expect(codeRequired(bindingOf('Patient', 'gender'))).toBe(
      'R4 requires a code of AdministrativeGender (http://hl7.org/fhir/ValueSet/administrative-gender) here, and there is none.',
    );
  });

  it('are said of every required binding of R4, and nothing of what was written', () => {
    let seen = 0;
    const look = ({ path, elements }: StructureDefinition): void => {
      for (const { name, binding, content, types } of elements.values()) {
        if (binding?.strength === 'required') {
          seen += 1;
          const said = codesAllowed(binding, 'zqxj-zqxj-zqxj');
          expect(said.startsWith('The code is not one of ')).toBe(true);
          expect([path, name, said.includes('zqxj'), said.includes('undefined')]).toStrictEqual([
            path,
            name,
            false,
            false,
          ]);
          expect(said.includes(binding.name)).toBe(true);
        }
        if (content !== undefined && types.includes('BackboneElement')) {
          const below = content();
          if (below.path === `${path}.${name}`) look(below);
        }
      }
    };
    for (const type of RESOURCE_TYPES) {
      const structure = structureOf(type);
      if (structure !== undefined) look(structure);
    }
    expect(seen).toBeGreaterThan(400);
  });
});

describe('the types that a reference may lead to', () => {
  it('are said beside the one that it leads to', () => {
    expect(targetsAllowed('managingOrganization', ['Organization'], 'Practitioner')).toBe(
      'managingOrganization takes Organization, not Practitioner.',
    );
  });

  it('are the first of many', () => {
    expect(typeNames(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])).toBe('A, B, C, D, E, F or 2 other types');
    expect(typeNames(['A', 'B', 'C', 'D', 'E', 'F', 'G'])).toBe('A, B, C, D, E, F or G');
  });
});
