import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type BundleEntry, bundleReferences, idInBundle } from '../../src/bundle/references.js';

const UUID = '0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0';
const entry = (fullUrl: string | undefined, resourceType: string, id?: string): BundleEntry => ({
  fullUrl,
  resource: { resourceType, ...(id === undefined ? {} : { id }) },
});

describe('a reference in a Bundle', () => {
  it('finds a urn:uuid resource, which has the uuid for an id where it has none itself', () => {
    const unnamed = entry(`urn:uuid:${UUID}`, 'Patient');
    assert.deepEqual(found(`urn:uuid:${UUID}`, unnamed), { resourceType: 'Patient', id: UUID });
    assert.deepEqual(found(`urn:uuid:${UUID.toUpperCase()}`, unnamed)?.id, UUID);
    assert.deepEqual(found(`urn:uuid:${UUID}`, entry(`urn:uuid:${UUID}`, 'Patient', 'p1'))?.id, 'p1');
    assert.equal('id' in unnamed.resource, false, 'the resource itself stays as it is');
  });

  it('finds an absolute one by its fullUrl only', () => {
    const there = entry('https://a.org/fhir/Patient/p1', 'Patient', 'p1');
    assert.equal(found('https://a.org/fhir/Patient/p1', there)?.id, 'p1');
    assert.equal(found('https://a.org/fhir/Patient/p1/_history/2', there)?.id, 'p1');
    assert.equal(found('https://b.org/fhir/Patient/p1', there), undefined);
  });

  it('is relative to the server of its own entry', () => {
    const a = entry('https://a.org/fhir/Patient/p1', 'Patient', 'p1');
    const b = entry('https://b.org/fhir/Patient/p1', 'Patient', 'p1');
    const resolve = bundleReferences([a, b]).within(entry('https://b.org/fhir/Encounter/e', 'Encounter', 'e'));
    assert.equal(resolve('Patient/p1'), resolve('https://b.org/fhir/Patient/p1'));
    const elsewhere = bundleReferences([a]).within(entry('https://b.org/fhir/Encounter/e', 'Encounter', 'e'));
    assert.equal(elsewhere('Patient/p1'), undefined);
  });

  it('finds the only resource of its type and id where its entry names no server', () => {
    const a = entry('https://a.org/fhir/Patient/p1', 'Patient', 'p1');
    const b = entry('https://b.org/fhir/Patient/p1', 'Patient', 'p1');
    assert.equal(found('Patient/p1', a)?.id, 'p1');
    assert.equal(found('Patient/p1', entry(undefined, 'Patient', 'p1'))?.id, 'p1');
    assert.equal(found('Patient/p1', a, b), undefined);
    assert.equal(found('Patient/p2', a), undefined);
  });

  it('finds the newest version, which a history has first', () => {
    const url = 'https://a.org/fhir/Patient/p1';
    const newest = { fullUrl: url, resource: { resourceType: 'Patient', id: 'p1', active: true } };
    assert.deepEqual(found(url, newest, entry(url, 'Patient', 'p1')), newest.resource);
    assert.deepEqual(found('Patient/p1', newest, entry(url, 'Patient', 'p1')), newest.resource);
  });

  it('finds none of two records that one fullUrl was given to, but each by what only it is called', () => {
    const [one, two] = [entry(`urn:uuid:${UUID}`, 'Patient', 'p1'), entry(`urn:uuid:${UUID}`, 'Patient', 'p2')];
    for (const entries of [
      [one, two],
      [two, one],
      [one, two, one],
    ])
      assert.equal(found(`urn:uuid:${UUID}`, ...entries), undefined);
    assert.equal(found('Patient/p1', one, two)?.id, 'p1');
    assert.equal(found('Patient/p2', one, two)?.id, 'p2');
  });

  it('finds nobody by an identifier that two records have, one of them without an id', () => {
    const identifier = [{ system: 'urn:mrn', value: '7' }];
    const named = { fullUrl: undefined, resource: { resourceType: 'Patient', id: 'p1', identifier } };
    const nameless = { fullUrl: undefined, resource: { resourceType: 'Patient', identifier } };
    const search = 'Patient?identifier=urn:mrn|7';
    assert.equal(found(search, named)?.id, 'p1');
    assert.equal(found(search, named, nameless), undefined);
    assert.equal(found(search, nameless, named), undefined);
  });

  it('never finds what is no resource', () => {
    assert.equal(found('urn:uuid:1', { fullUrl: 'urn:uuid:1', resource: {} }), undefined);
    assert.equal(found('constructor', entry('urn:uuid:1', 'Patient')), undefined);
  });
});

describe('the id of a resource in a Bundle', () => {
  it('is its own, else the one of its fullUrl', () => {
    assert.equal(idInBundle(entry('https://a.org/fhir/Patient/p2', 'Patient', 'p1')), 'p1');
    assert.equal(idInBundle(entry('https://a.org/fhir/Patient/p2', 'Patient')), 'p2');
    assert.equal(idInBundle(entry('urn:oid:1.2.3', 'Patient')), '1.2.3');
    assert.equal(idInBundle(entry('https://a.org/anything', 'Patient')), undefined);
  });
});

/** What a reference from an entry without a `fullUrl` finds. */
function found(reference: string, ...entries: BundleEntry[]) {
  return bundleReferences(entries).within(entry(undefined, 'Encounter'))(reference);
}
