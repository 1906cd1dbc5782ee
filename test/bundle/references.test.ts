import { describe, expect, it } from '@jest/globals';
import { type BundleEntry, bundleReferences, idInBundle } from '../../src/bundle/references.js';

const UUID = '0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0';
const entry = (fullUrl: string | undefined, resourceType: string, id?: string): BundleEntry => ({
  fullUrl,
  resource: { resourceType, ...(id === undefined ? {} : { id }) },
});

describe('a reference in a Bundle', () => {
  it('finds a urn:uuid resource, which has the uuid for an id where it has none itself', () => {
    const unnamed = entry(`urn:uuid:${UUID}`, 'Patient');
    expect(found(`urn:uuid:${UUID}`, unnamed)).toStrictEqual({ resourceType: 'Patient', id: UUID });
    expect(found(`urn:uuid:${UUID.toUpperCase()}`, unnamed)?.id).toStrictEqual(UUID);
    expect(found(`urn:uuid:${UUID}`, entry(`urn:uuid:${UUID}`, 'Patient', 'p1'))?.id).toStrictEqual('p1');
    expect(['the resource itself stays as it is', 'id' in unnamed.resource]).toStrictEqual([
      'the resource itself stays as it is',
      false,
    ]);
  });

  it('finds an absolute one by its fullUrl only', () => {
    const there = entry('https://a.org/fhir/Patient/p1', 'Patient', 'p1');
    expect(found('https://a.org/fhir/Patient/p1', there)?.id).toBe('p1');
    expect(found('https://a.org/fhir/Patient/p1/_history/2', there)?.id).toBe('p1');
    expect(found('https://b.org/fhir/Patient/p1', there)).toBeUndefined();
  });

  it('is relative to the server of its own entry', () => {
    const a = entry('https://a.org/fhir/Patient/p1', 'Patient', 'p1');
    const b = entry('https://b.org/fhir/Patient/p1', 'Patient', 'p1');
    const resolve = bundleReferences([a, b]).within(entry('https://b.org/fhir/Encounter/e', 'Encounter', 'e'));
    expect(resolve('Patient/p1')).toBe(resolve('https://b.org/fhir/Patient/p1'));
    const elsewhere = bundleReferences([a]).within(entry('https://b.org/fhir/Encounter/e', 'Encounter', 'e'));
    expect(elsewhere('Patient/p1')).toBeUndefined();
  });

  it('finds the only resource of its type and id where its entry names no server', () => {
    const a = entry('https://a.org/fhir/Patient/p1', 'Patient', 'p1');
    const b = entry('https://b.org/fhir/Patient/p1', 'Patient', 'p1');
    expect(found('Patient/p1', a)?.id).toBe('p1');
    expect(found('Patient/p1', entry(undefined, 'Patient', 'p1'))?.id).toBe('p1');
    expect(found('Patient/p1', a, b)).toBeUndefined();
    expect(found('Patient/p2', a)).toBeUndefined();
  });

  it('finds the newest version, which a history has first', () => {
    const url = 'https://a.org/fhir/Patient/p1';
    const newest = { fullUrl: url, resource: { resourceType: 'Patient', id: 'p1', active: true } };
    expect(found(url, newest, entry(url, 'Patient', 'p1'))).toStrictEqual(newest.resource);
    expect(found('Patient/p1', newest, entry(url, 'Patient', 'p1'))).toStrictEqual(newest.resource);
  });

  it('finds none of two records that one fullUrl was given to, but each by what only it is called', () => {
    const [one, two] = [entry(`urn:uuid:${UUID}`, 'Patient', 'p1'), entry(`urn:uuid:${UUID}`, 'Patient', 'p2')];
    for (const entries of [
      [one, two],
      [two, one],
      [one, two, one],
    ])
      expect(found(`urn:uuid:${UUID}`, ...entries)).toBeUndefined();
    expect(found('Patient/p1', one, two)?.id).toBe('p1');
    expect(found('Patient/p2', one, two)?.id).toBe('p2');
  });

  it('finds nobody by an identifier that two records have, one of them without an id', () => {
    const identifier = [{ system: 'urn:mrn', value: '7' }];
    const named = { fullUrl: undefined, resource: { resourceType: 'Patient', id: 'p1', identifier } };
    const nameless = { fullUrl: undefined, resource: { resourceType: 'Patient', identifier } };
    const search = 'Patient?identifier=urn:mrn|7';
    expect(found(search, named)?.id).toBe('p1');
    expect(found(search, named, nameless)).toBeUndefined();
    expect(found(search, nameless, named)).toBeUndefined();
  });

  it('never finds what is no resource', () => {
    expect(found('urn:uuid:1', { fullUrl: 'urn:uuid:1', resource: {} })).toBeUndefined();
    expect(found('constructor', entry('urn:uuid:1', 'Patient'))).toBeUndefined();
  });
});

describe('the id of a resource in a Bundle', () => {
  it('is its own, else the one of its fullUrl', () => {
    expect(idInBundle(entry('https://a.org/fhir/Patient/p2', 'Patient', 'p1'))).toBe('p1');
    expect(idInBundle(entry('https://a.org/fhir/Patient/p2', 'Patient'))).toBe('p2');
    expect(idInBundle(entry('urn:oid:1.2.3', 'Patient'))).toBe('1.2.3');
    expect(idInBundle(entry('https://a.org/anything', 'Patient'))).toBeUndefined();
  });
});

/** What a reference from an entry without a `fullUrl` finds. */
function found(reference: string, ...entries: BundleEntry[]) {
  return bundleReferences(entries).within(entry(undefined, 'Encounter'))(reference);
}
