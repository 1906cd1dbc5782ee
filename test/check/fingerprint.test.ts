import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fingerprintOf, pathOf } from '../../src/check/fingerprint.js';

const one = {
  rule: 'per-1',
  expression: 'Patient.name[0].period',
  resourceType: 'Patient',
  id: 'p1',
  file: 'a/x.json',
};

describe('a fingerprint', () => {
  it('is the same in every version that reads the same baselines', () => {
    assert.equal(fingerprintOf(one), '20f8c2559a671f73');
  });

  it('is of the path without indexes, and of no file where there is an id', () => {
    assert.equal(fingerprintOf({ ...one, expression: 'Patient.name[3].period' }), fingerprintOf(one));
    assert.equal(fingerprintOf({ ...one, file: 'b/y.ndjson' }), fingerprintOf(one));
    assert.equal(pathOf('Bundle.entry[12].resource.name[0]'), 'Bundle.entry.resource.name');
    assert.equal(pathOf(undefined), '');
  });

  it('tells rules, paths, types and ids apart', () => {
    const others = [
      { rule: 'per-2' },
      { expression: 'Patient.name[0]' },
      { resourceType: 'Person' },
      { id: 'p2' },
      { id: undefined },
    ];
    const all = [one, ...others.map((other) => ({ ...one, ...other }))].map(fingerprintOf);
    assert.equal(new Set(all).size, all.length);
  });

  it('of a record without an id is of the name of its file', () => {
    const nameless = { ...one, id: undefined };
    const same = fingerprintOf(nameless);
    for (const file of ['x.json', 'b/x.json', 'a\\x.json', 'x.json.gz'])
      assert.equal(fingerprintOf({ ...nameless, file }), same);
    assert.notEqual(fingerprintOf({ ...nameless, file: 'y.json' }), same);
    assert.notEqual(fingerprintOf({ ...nameless, id: 'x.json' }), same);
  });
});
