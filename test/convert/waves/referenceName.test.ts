import { describe, expect, it } from '@jest/globals';
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
    expect(focusOf(to('Encounter/e1/_history/2'))).toStrictEqual(['Encounter/e1']);
    expect(focusOf(to(`${HOME}/Encounter/e1/_history/2`))).toStrictEqual(['Encounter/e1']);
  });

  it('is absolute of any server, unless one is named', () => {
    expect(focusOf(to(`${HOME}/Encounter/e1`))).toStrictEqual(['Encounter/e1']);
    expect(focusOf(to('http://a//Encounter/e1'))).toStrictEqual(['Encounter/e1']);
    for (const baseUrl of [HOME, `${HOME}/`]) {
      expect(focusOf(to(`${HOME}/Encounter/e1`), { baseUrl })).toStrictEqual(['Encounter/e1']);
      expect(focusOf(to('https://other.example.org/fhir/Encounter/e1'), { baseUrl })).toStrictEqual([]);
      expect(focusOf(to('Encounter/e1'), { baseUrl })).toStrictEqual(['Encounter/e1']);
    }
  });

  it('is not contained, conditional, a URN, or what is no reference', () => {
    const none = ['#e1', '#', URN, 'Encounter?identifier=a|b', 'Encounter/', 'Encounter', 'Smith/1', 'e1', ' ', '/'];
    for (const reference of none) expect([reference, focusOf(to(reference))]).toStrictEqual([reference, []]);
    expect(focusOf({ display: 'Encounter/e1' })).toStrictEqual([]);
  });

  it('is not contained, whatever is found', () => {
    const resolve = (): Resource => ({ resourceType: 'Encounter', id: 'e1' });
    expect(focusOf(to('#e1'), { resolve })).toStrictEqual([]);
  });

  it('is a logical reference with an identifier of ClinikAPI', () => {
    expect(focusOf(byId(`${CLINIK}/encounters`, 'enc_1'))).toStrictEqual(['Encounter/enc_1']);
    expect(focusOf(byId(CLINIK, 'enc_1'))).toStrictEqual(['Encounter/enc_1']);
    expect(focusOf(byId(CLINIK, 'Encounter/1'))).toStrictEqual(['Encounter/1']);
    expect(focusOf(byId(CLINIK, '1', { type: 'Encounter' }))).toStrictEqual(['Encounter/1']);
    expect(linksOf('tasks', { encounter: byId(CLINIK, '1') })).toStrictEqual(['encounter Encounter/1']);
    for (const value of ['1', 'a b', '', 'x/y/z', 'Encounter/', 'Smith/1', 7, null, { Encounter: 1 }])
      expect([`${value}`, focusOf(byId(CLINIK, value))]).toStrictEqual([`${value}`, []]);
  });

  it('is its literal reference, where it has both', () => {
    const both = { ...to('Encounter/e1'), ...byId(`${CLINIK}/encounters`, 'enc_2') };
    expect(focusOf(both)).toStrictEqual(['Encounter/e1']);
    expect(focusOf({ ...both, reference: '' })).toStrictEqual(['Encounter/enc_2']);
    expect(focusOf({ ...both, reference: '#x' })).toStrictEqual([]);
  });

  it("is somebody else's identifier, where that is found as one of the field's only type, or of the reference's", () => {
    const asked: string[] = [];
    const resolve = (reference: string): Resource | undefined => {
      asked.push(reference);
      return reference.endsWith('|1') ? { resourceType: 'Encounter', id: 'e1' } : undefined;
    };
    const foreign = (value: string, more?: JsonObject): JsonObject => byId('urn:oid:1.2.3', value, more);
    expect(linksOf('tasks', { encounter: foreign('1') }, { resolve })).toStrictEqual(['encounter Encounter/e1']);
    expect(focusOf(foreign('1', { type: 'Encounter' }), { resolve })).toStrictEqual(['Encounter/e1']);
    expect(focusOf(foreign('2', { type: 'Task' }), { resolve })).toStrictEqual([]);
    expect(asked).toStrictEqual([
      'Encounter?identifier=urn:oid:1.2.3|1',
      'Encounter?identifier=urn:oid:1.2.3|1',
      'Task?identifier=urn:oid:1.2.3|2',
    ]);
    for (const more of [undefined, { type: 'Smith' }, { type: 7 }])
      expect(focusOf(foreign('1', more), { resolve })).toStrictEqual([]);
    expect(linksOf('tasks', { encounter: foreign('1') })).toStrictEqual([]);
    expect(asked).toHaveLength(3);
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
    expect(focusOf(to(URN), where)).toStrictEqual(['Encounter/7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01']);
    expect(focusOf(to(URN.toUpperCase().replace('URN:UUID', 'urn:uuid')), where)).toStrictEqual([
      'Encounter/7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01',
    ]);
    expect(focusOf(to('https://other.example.org/fhir/Encounter/e2'), where)).toStrictEqual(['Encounter/moved']);
    expect(focusOf(to('Encounter/e1/_history/2'), where)).toStrictEqual(['Encounter/e1']);
  });

  it('lead out of it by what they say themselves', () => {
    expect(focusOf(to('Encounter/e9'), where)).toStrictEqual(['Encounter/e9']);
    expect(focusOf(to(`${HOME}/Encounter/e9`), where)).toStrictEqual(['Encounter/e9']);
    expect(focusOf(to('https://other.example.org/fhir/Encounter/e9'), where)).toStrictEqual([]);
    expect(focusOf(to(URN.replace('01', '99')), where)).toStrictEqual([]);
  });

  it('are none where what is found has no id', () => {
    const resolve = (): Resource => ({ resourceType: 'Encounter' });
    expect(focusOf(to(URN), { resolve })).toStrictEqual([]);
  });
});
