import { describe, expect, it } from '@jest/globals';
import { IMPORTANCE, rankOf } from '../../../src/convert/waves/importance.js';
import { lenses } from '../../../src/resources/registry.js';

const fields = Object.values(lenses).flatMap(({ resourceType, fields }) =>
  fields
    .filter(({ targets }) => targets !== undefined)
    .map(({ element }) => `${resourceType}.${element.replaceAll('[]', '')}`),
);

describe('the importance of links', () => {
  it('is told of elements that the mapping tables read ids from, each once', () => {
    const listed = IMPORTANCE.flat();
    expect(listed.filter((element) => !fields.includes(element))).toStrictEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('is told of the encounter of every type', () => {
    for (const element of fields.filter((name) => name.endsWith('.encounter')))
      expect([element, rankOf(element)]).toStrictEqual([element, rankOf('Task.encounter')]);
  });

  it('is the least for everything else', () => {
    expect(rankOf('Composition.section.entry')).toBeGreaterThan(Math.max(...IMPORTANCE.flat().map(rankOf)));
    expect(rankOf('Observation.hasMember')).toBe(rankOf('Composition.section.entry'));
    expect(rankOf('Task.partOf')).toBeLessThan(rankOf('Composition.relatesTo.targetReference'));
    expect(rankOf('Composition.relatesTo.targetReference')).toBeLessThan(rankOf('ClinicalImpression.previous'));
    expect(rankOf('ClinicalImpression.previous')).toBeLessThan(rankOf('ClinicalImpression.encounter'));
    expect(rankOf('ClinicalImpression.encounter')).toBeLessThan(rankOf('Task.focus'));
  });
});
