import { describe, expect, it } from '@jest/globals';
import { IMPORTANCE, rankOf } from '../../../src/convert/waves/importance.js';
import { structureOf } from '../../../src/fhir/definitions.js';
import { RESOURCE_TYPES } from '../../../src/fhir/generated/resourceTypes.js';
import { lenses } from '../../../src/resources/registry.js';

const fields = Object.values(lenses).flatMap(({ resourceType, fields }) =>
  fields
    .filter(({ targets }) => targets !== undefined)
    .map(({ element }) => `${resourceType}.${element.replaceAll('[]', '')}`),
);

describe('the importance of links', () => {
  it('is told of elements that R4 has for References, each once', () => {
    const listed = IMPORTANCE.flat();
    const isReference = (type: string, steps: readonly string[]): boolean => {
      const property = structureOf(type)?.properties.get(steps[0] ?? '');
      const inside = property?.element.content?.();
      if (steps.length === 1) return property?.type === 'Reference';
      return inside?.properties.get(steps[1] ?? '')?.type === 'Reference';
    };
    const isThere = (element: string): boolean => {
      const [type = '', ...steps] = element.split('.');
      return (type === '*' ? [...RESOURCE_TYPES] : [type]).some((one) => isReference(one, steps));
    };
    expect(listed.filter((element) => !isThere(element))).toStrictEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('is told of the encounter of every type', () => {
    for (const element of fields.filter((name) => name.endsWith('.encounter')))
      expect([element, rankOf(element)]).toStrictEqual([element, rankOf('Task.encounter')]);
  });

  it('is the least for everything else', () => {
    expect(rankOf('Composition.section.entry')).toBeGreaterThan(rankOf('Task.focus'));
    expect(rankOf('Observation.hasMember')).toBe(rankOf('Composition.section.entry'));
    expect(rankOf('Observation.subject')).toBeLessThan(rankOf('Task.partOf'));
    expect(rankOf('Task.partOf')).toBeLessThan(rankOf('Composition.relatesTo.targetReference'));
    expect(rankOf('Composition.relatesTo.targetReference')).toBeLessThan(rankOf('ClinicalImpression.previous'));
    expect(rankOf('ClinicalImpression.previous')).toBeLessThan(rankOf('ClinicalImpression.encounter'));
    expect(rankOf('ClinicalImpression.encounter')).toBeLessThan(rankOf('Task.focus'));
  });
});
