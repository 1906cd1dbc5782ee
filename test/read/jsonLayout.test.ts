import { describe, expect, it } from '@jest/globals';
import { layoutJson } from '../../src/read/jsonLayout.js';

describe('JSON for people', () => {
  const name = [{ family: 'Lee', given: ['Ann'] }];
  const record = { resourceType: 'Patient', name, active: true, contact: [], meta: {} };

  it('stands on one line where it fits', () => {
    expect(layoutJson(name, 40)).toBe('[{ "family": "Lee", "given": ["Ann"] }]');
    expect(layoutJson({ a: [1, null, 'b'], c: {} }, 40)).toBe('{ "a": [1, null, "b"], "c": {} }');
  });

  it('is broken between its parts where it does not, as deep as it has to be', () => {
    expect(layoutJson(record, 41)).toBe(`{
  "resourceType": "Patient",
  "name": [
    { "family": "Lee", "given": ["Ann"] }
  ],
  "active": true,
  "contact": [],
  "meta": {}
}`);
  });

  it('counts the comma after a part', () => {
    const line = '  "name": { "family": "Lee" },';
    expect(layoutJson({ name: { family: 'Lee' }, text: 'b' }, line.length)).toContain(line);
    expect(layoutJson({ name: { family: 'Lee' }, text: 'b' }, line.length - 1)).not.toContain(line);
  });

  it('is the same JSON in any width', () => {
    for (const width of [0, 1, 20, 60, 4000]) expect(JSON.parse(layoutJson(record, width))).toStrictEqual(record);
  });

  it('never breaks a text', () => expect(layoutJson('a long text', 4)).toBe('"a long text"'));
});
