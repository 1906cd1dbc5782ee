import { describe, expect, it } from '@jest/globals';
import { MARKS } from '../../../src/convert/raw/otherVersions.js';
import { referencesOf } from '../../../src/convert/raw/references.js';
import { isPrimitiveType, structureOf } from '../../../src/fhir/definitions.js';
import type { JsonObject } from '../../../src/lens/json.js';

const p1 = { reference: 'Patient/p1' };

const placesIn = (resource: JsonObject): string[] =>
  referencesOf(resource).map(({ keys, element, target }) => `${keys.join('.')} ${element} ${target ?? '*'}`);

describe('the references of a resource', () => {
  it.each<[what: string, resource: JsonObject, places: string[]]>([
    [
      'elements, with their only type',
      { resourceType: 'Condition', encounter: p1, subject: p1 },
      ['encounter encounter Encounter', 'subject subject *'],
    ],
    [
      'lists',
      { resourceType: 'Observation', performer: [p1, p1] },
      ['performer.0 performer *', 'performer.1 performer *'],
    ],
    [
      'what is defined in place, under one name at any depth',
      {
        resourceType: 'QuestionnaireResponse',
        item: [{ item: [{ answer: [{ valueReference: p1, item: [{ answer: [{ valueReference: p1 }] }] }] }] }],
      },
      [
        'item.0.item.0.answer.0.valueReference item.answer.valueReference *',
        'item.0.item.0.answer.0.item.0.answer.0.valueReference item.answer.valueReference *',
      ],
    ],
    [
      'datatypes, and a Reference in the identifier of another one',
      { resourceType: 'Patient', identifier: [{ assigner: { ...p1, identifier: { assigner: p1 } } }] },
      [
        'identifier.0.assigner identifier.assigner Organization',
        'identifier.0.assigner.identifier.assigner identifier.assigner Organization',
      ],
    ],
    [
      'extensions, of primitives too',
      {
        resourceType: 'Patient',
        _birthDate: { extension: [{ url: 'x', valueReference: p1 }] },
        name: [{ extension: [{ extension: [{ valueReference: p1 }] }] }],
      },
      [
        '_birthDate.extension.0.valueReference extension *',
        'name.0.extension.0.extension.0.valueReference extension *',
      ],
    ],
    [
      'contained resources',
      { resourceType: 'Patient', contained: [{ resourceType: 'Condition', subject: p1, encounter: p1 }] },
      ['contained.0.subject contained *', 'contained.0.encounter contained Encounter'],
    ],
    [
      'what R4 has no name for, which is not said',
      {
        resourceType: 'Patient',
        secretName: p1,
        contact: [{ secretName: p1 }],
        other: { resourceType: 'Condition', subject: p1 },
      },
      ['secretName children() *', 'contact.0.secretName contact *', 'other.subject children() *'],
    ],
    [
      'one with a key that R4 does not have',
      { resourceType: 'Condition', subject: { ...p1, secret: 1 } },
      ['subject subject *'],
    ],
    ['one in the place of something else', { resourceType: 'Condition', code: p1 }, ['code code *']],
  ])('are found: %s', (_what, resource, places) => {
    expect(placesIn(resource)).toStrictEqual(places);
  });

  it.each<[what: string, resource: JsonObject]>([
    [
      'a canonical',
      { resourceType: 'CarePlan', instantiatesCanonical: ['PlanDefinition/1'], instantiatesUri: ['Patient/1'] },
    ],
    ['the address of an attachment', { resourceType: 'Media', content: { url: 'Binary/1' } }],
    [
      'an Expression, which has a uri of this name',
      { resourceType: 'PlanDefinition', action: [{ condition: [{ expression: { reference: 'Library/1' } }] }] },
    ],
    [
      'the references of a Bundle, which are its own',
      {
        resourceType: 'Parameters',
        parameter: [
          { resource: { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Condition', subject: p1 } }] } },
        ],
      },
    ],
  ])('are not: %s', (_what, resource) => {
    expect(placesIn(resource)).toStrictEqual([]);
  });
});

describe('the marks of other versions', () => {
  it('are no elements of R4, or have another shape there', () => {
    for (const [type, marks] of Object.entries(MARKS))
      for (const [, element, test] of marks) {
        const property = structureOf(type)?.properties.get(element);
        if (property === undefined) continue;
        // What is only present in R4 is no mark: one value, and a list of them, as R4 has them.
        const isPrimitive = isPrimitiveType(property.type);
        const value = isPrimitive ? 'x' : {};
        expect([type, element, test(property.element.isList ? [value] : value)]).toStrictEqual([type, element, false]);
      }
  });
});
