import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Resource } from 'fhir/r4.js';
import { bundleReferences } from '../../../src/bundle/references.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { CLINIK, focusOf, HOME, linksOf, to, URN } from './linksOf.js';

const byId = (system: string, value: unknown, more: JsonObject = {}): JsonObject => ({
  identifier: { system, value },
  ...more,
});

describe('a link', () => {
  it('has no version', () => {
    assert.deepEqual(focusOf(to('Encounter/e1/_history/2')), ['Encounter/e1']);
    assert.deepEqual(focusOf(to(`${HOME}/Encounter/e1/_history/2`)), ['Encounter/e1']);
  });

  it('is absolute of any server, unless one is named', () => {
    assert.deepEqual(focusOf(to(`${HOME}/Encounter/e1`)), ['Encounter/e1']);
    assert.deepEqual(focusOf(to('http://a//Encounter/e1')), ['Encounter/e1']);
    for (const baseUrl of [HOME, `${HOME}/`]) {
      assert.deepEqual(focusOf(to(`${HOME}/Encounter/e1`), { baseUrl }), ['Encounter/e1']);
      assert.deepEqual(focusOf(to('https://other.example.org/fhir/Encounter/e1'), { baseUrl }), []);
      assert.deepEqual(focusOf(to('Encounter/e1'), { baseUrl }), ['Encounter/e1']);
    }
  });

  it('is not contained, conditional, a URN, or what is no reference', () => {
    const none = ['#e1', '#', URN, 'Encounter?identifier=a|b', 'Encounter/', 'Encounter', 'Smith/1', 'e1', ' ', '/'];
    for (const reference of none) assert.deepEqual(focusOf(to(reference)), [], reference);
    assert.deepEqual(focusOf({ display: 'Encounter/e1' }), []);
  });

  it('is not contained, whatever is found', () => {
    const resolve = (): Resource => ({ resourceType: 'Encounter', id: 'e1' });
    assert.deepEqual(focusOf(to('#e1'), { resolve }), []);
  });

  it('is a logical reference with an identifier of ClinikAPI', () => {
    assert.deepEqual(focusOf(byId(`${CLINIK}/encounters`, 'enc_1')), ['Encounter/enc_1']);
    assert.deepEqual(focusOf(byId(CLINIK, 'enc_1')), ['Encounter/enc_1']);
    assert.deepEqual(focusOf(byId(CLINIK, 'Encounter/1')), ['Encounter/1']);
    assert.deepEqual(focusOf(byId(CLINIK, '1', { type: 'Encounter' })), ['Encounter/1']);
    assert.deepEqual(linksOf('tasks', { encounter: byId(CLINIK, '1') }), ['encounter Encounter/1']);
    for (const value of ['1', 'a b', '', 'x/y/z', 'Encounter/', 'Smith/1', 7, null, { Encounter: 1 }])
      assert.deepEqual(focusOf(byId(CLINIK, value)), [], `${value}`);
  });

  it('is its literal reference, where it has both', () => {
    const both = { ...to('Encounter/e1'), ...byId(`${CLINIK}/encounters`, 'enc_2') };
    assert.deepEqual(focusOf(both), ['Encounter/e1']);
    assert.deepEqual(focusOf({ ...both, reference: '' }), ['Encounter/enc_2']);
    assert.deepEqual(focusOf({ ...both, reference: '#x' }), []);
  });

  it("is somebody else's identifier, where that is found as one of the field's only type, or of the reference's", () => {
    const asked: string[] = [];
    const resolve = (reference: string): Resource | undefined => {
      asked.push(reference);
      return reference.endsWith('|1') ? { resourceType: 'Encounter', id: 'e1' } : undefined;
    };
    const foreign = (value: string, more?: JsonObject): JsonObject => byId('urn:oid:1.2.3', value, more);
    assert.deepEqual(linksOf('tasks', { encounter: foreign('1') }, { resolve }), ['encounter Encounter/e1']);
    assert.deepEqual(focusOf(foreign('1', { type: 'Encounter' }), { resolve }), ['Encounter/e1']);
    assert.deepEqual(focusOf(foreign('2', { type: 'Task' }), { resolve }), []);
    assert.deepEqual(asked, [
      'Encounter?identifier=urn:oid:1.2.3|1',
      'Encounter?identifier=urn:oid:1.2.3|1',
      'Task?identifier=urn:oid:1.2.3|2',
    ]);
    for (const more of [undefined, { type: 'Smith' }, { type: 7 }])
      assert.deepEqual(focusOf(foreign('1', more), { resolve }), []);
    assert.deepEqual(linksOf('tasks', { encounter: foreign('1') }), []);
    assert.equal(asked.length, 3);
  });
});

describe('the links of a record in a Bundle', () => {
  const home = {
    fullUrl: `${HOME}/Task/t1`,
    resource: { resourceType: 'Task', id: 't1' },
  };
  const entries = [
    home,
    { fullUrl: URN, resource: { resourceType: 'Encounter' } },
    { fullUrl: `${HOME}/Encounter/e1`, resource: { resourceType: 'Encounter', id: 'e1' } },
    { fullUrl: 'https://other.example.org/fhir/Encounter/e2', resource: { resourceType: 'Encounter', id: 'moved' } },
  ];
  const where = { resolve: bundleReferences(entries).within(home), baseUrl: HOME };

  it('lead to its entries by their fullUrl', () => {
    assert.deepEqual(focusOf(to(URN), where), ['Encounter/7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01']);
    assert.deepEqual(focusOf(to(URN.toUpperCase().replace('URN:UUID', 'urn:uuid')), where), [
      'Encounter/7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01',
    ]);
    assert.deepEqual(focusOf(to('https://other.example.org/fhir/Encounter/e2'), where), ['Encounter/moved']);
    assert.deepEqual(focusOf(to('Encounter/e1/_history/2'), where), ['Encounter/e1']);
  });

  it('lead out of it by what they say themselves', () => {
    assert.deepEqual(focusOf(to('Encounter/e9'), where), ['Encounter/e9']);
    assert.deepEqual(focusOf(to(`${HOME}/Encounter/e9`), where), ['Encounter/e9']);
    assert.deepEqual(focusOf(to('https://other.example.org/fhir/Encounter/e9'), where), []);
    assert.deepEqual(focusOf(to(URN.replace('01', '99')), where), []);
  });

  it('are none where what is found has no id', () => {
    const resolve = (): Resource => ({ resourceType: 'Encounter' });
    assert.deepEqual(focusOf(to(URN), { resolve }), []);
  });
});
