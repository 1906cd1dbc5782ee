import { describe, expect, it } from '@jest/globals';
import { contain, dropOrphans } from '../../src/fhir/contained.js';
import { containedResource, readScope } from '../../src/fhir/scope.js';
import type { JsonObject } from '../../src/lens/json.js';

const scopeOf = (resource: JsonObject) => {
  const scope = readScope('Encounter', {});
  scope.resource = resource;
  scope.target = resource;
  return scope;
};

const refer = (id: string): JsonObject => ({ reference: `#${id}` });

function drop(after: JsonObject, before: JsonObject) {
  const copy: JsonObject = JSON.parse(JSON.stringify(after));
  const scope = readScope('Encounter', {});
  dropOrphans(copy, before, scope);
  const kept = Array.isArray(copy.contained) ? copy.contained.map((one) => one.id) : copy.contained;
  return { kept, ids: scope.issues?.map((issue) => issue.id) };
}

describe('contain', () => {
  it('gives each resource an id of its own, after its type', () => {
    const resource: JsonObject = {};
    const scope = scopeOf(resource);
    expect(contain(scope, 'diagnosis', { resourceType: 'Condition', code: 1 })).toBe('#diagnosis-1');
    expect(contain(scope, 'diagnosis', { resourceType: 'Condition', code: 2 })).toBe('#diagnosis-2');
    expect(JSON.stringify(resource.contained)).toBe(
      '[{"resourceType":"Condition","id":"diagnosis-1","code":1},{"resourceType":"Condition","id":"diagnosis-2","code":2}]',
    );
  });

  it('never takes an id that is taken', () => {
    const resource: JsonObject = { contained: [{ id: 'diagnosis-1' }, null, { id: 'diagnosis-3' }] };
    expect(contain(scopeOf(resource), 'diagnosis', { resourceType: 'Condition' })).toBe('#diagnosis-2');
  });

  it('is found again by its id', () => {
    const one = { resourceType: 'Condition', id: 'c1' };
    expect(containedResource(scopeOf({ contained: [null, { id: 'x' }, one] }), 'c1')).toBe(one);
    expect(containedResource(scopeOf({ contained: [one] }), 'c2')).toBeUndefined();
    expect(containedResource(scopeOf({}), 'c1')).toBeUndefined();
  });
});

describe('dropOrphans', () => {
  const contained = [{ id: 'a' }, { id: 'b' }];

  it('drops what a put has left without a reference, and tells', () => {
    const before = { contained, x: refer('a'), y: [refer('b')] };
    expect(drop({ contained, y: [refer('b')] }, before)).toStrictEqual({ kept: ['b'], ids: ['put-contained-dropped'] });
    expect(drop({ contained }, before).kept).toStrictEqual(undefined);
    expect(drop(before, before)).toStrictEqual({ kept: ['a', 'b'], ids: [] });
  });

  it('keeps what nothing referred to before', () => {
    expect(drop({ contained }, { contained, x: refer('a') })).toStrictEqual({
      kept: ['b'],
      ids: ['put-contained-dropped'],
    });
  });

  it('drops in turn what only a dropped one referred to', () => {
    const chain = [
      { id: 'a', next: refer('b') },
      { id: 'b', self: refer('b') },
    ];
    expect(drop({ contained: chain }, { contained: chain, x: refer('a') })).toStrictEqual({
      kept: undefined,
      ids: ['put-contained-dropped', 'put-contained-dropped'],
    });
  });

  it('keeps what refers back to the whole', () => {
    const back = [{ id: 'a', of: { reference: '#' } }];
    expect(drop({ contained: back }, { contained: back, x: refer('a') })).toStrictEqual({ kept: ['a'], ids: [] });
  });

  it('drops without a word what the put itself had added in vain', () => {
    expect(drop({ contained: [{ id: 'new' }] }, {})).toStrictEqual({ kept: undefined, ids: [] });
  });
});
