import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { layoutJson } from '../../src/read/jsonLayout.js';

describe('JSON for people', () => {
  const name = [{ family: 'Lee', given: ['Ann'] }];
  const record = { resourceType: 'Patient', name, active: true, contact: [], meta: {} };

  it('stands on one line where it fits', () => {
    assert.equal(layoutJson(name, 40), '[{ "family": "Lee", "given": ["Ann"] }]');
    assert.equal(layoutJson({ a: [1, null, 'b'], c: {} }, 40), '{ "a": [1, null, "b"], "c": {} }');
  });

  it('is broken between its parts where it does not, as deep as it has to be', () => {
    assert.equal(
      layoutJson(record, 41),
      `{
  "resourceType": "Patient",
  "name": [
    { "family": "Lee", "given": ["Ann"] }
  ],
  "active": true,
  "contact": [],
  "meta": {}
}`,
    );
  });

  it('counts the comma after a part', () => {
    const line = '  "name": { "family": "Lee" },';
    assert.ok(layoutJson({ name: { family: 'Lee' }, text: 'b' }, line.length).includes(line));
    assert.ok(!layoutJson({ name: { family: 'Lee' }, text: 'b' }, line.length - 1).includes(line));
  });

  it('is the same JSON in any width', () => {
    for (const width of [0, 1, 20, 60, 4000]) assert.deepEqual(JSON.parse(layoutJson(record, width)), record);
  });

  it('never breaks a text', () => assert.equal(layoutJson('a long text', 4), '"a long text"'));
});
