import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.deepEqual(
      listed.filter((element) => !fields.includes(element)),
      [],
    );
    assert.equal(new Set(listed).size, listed.length);
  });

  it('is told of the encounter of every type', () => {
    for (const element of fields.filter((name) => name.endsWith('.encounter')))
      assert.equal(rankOf(element), rankOf('Task.encounter'), element);
  });

  it('is the least for everything else', () => {
    assert.ok(rankOf('Composition.section.entry') > Math.max(...IMPORTANCE.flat().map(rankOf)));
    assert.equal(rankOf('Observation.hasMember'), rankOf('Composition.section.entry'));
    assert.ok(rankOf('Task.partOf') < rankOf('Composition.relatesTo.targetReference'));
    assert.ok(rankOf('Composition.relatesTo.targetReference') < rankOf('ClinicalImpression.previous'));
    assert.ok(rankOf('ClinicalImpression.previous') < rankOf('ClinicalImpression.encounter'));
    assert.ok(rankOf('ClinicalImpression.encounter') < rankOf('Task.focus'));
  });
});
