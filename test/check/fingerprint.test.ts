import { describe, expect, it } from '@jest/globals';
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
    expect(fingerprintOf(one)).toBe('20f8c2559a671f73');
  });

  it('is of the path without indexes, and of no file where there is an id', () => {
    expect(fingerprintOf({ ...one, expression: 'Patient.name[3].period' })).toBe(fingerprintOf(one));
    expect(fingerprintOf({ ...one, file: 'b/y.ndjson' })).toBe(fingerprintOf(one));
    expect(pathOf('Bundle.entry[12].resource.name[0]')).toBe('Bundle.entry.resource.name');
    expect(pathOf(undefined)).toBe('');
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
    expect(new Set(all).size).toBe(all.length);
  });

  it('of a record without an id is of the name of its file', () => {
    const nameless = { ...one, id: undefined };
    const same = fingerprintOf(nameless);
    for (const file of ['x.json', 'b/x.json', 'a\\x.json', 'x.json.gz'])
      expect(fingerprintOf({ ...nameless, file })).toBe(same);
    expect(fingerprintOf({ ...nameless, file: 'y.json' })).not.toBe(same);
    expect(fingerprintOf({ ...nameless, id: 'x.json' })).not.toBe(same);
  });
});
