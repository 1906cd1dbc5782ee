import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Resource } from 'fhir/r4.js';
import { parseLiteral, type Target, targetOf } from '../../../src/fhir/references/literal.js';
import { type ConvertOptions, readScope } from '../../../src/fhir/scope.js';

const URN = 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520';
const HOME = 'https://ehr.example.org/fhir';

describe('parseLiteral', () => {
  it('takes a relative reference apart', () => {
    assert.deepEqual(parseLiteral('Patient/p-1.2'), {
      reference: 'Patient/p-1.2',
      kind: 'relative',
      type: 'Patient',
      id: 'p-1.2',
    });
  });

  it('takes an absolute reference apart, with its base', () => {
    assert.deepEqual(parseLiteral(`${HOME}/Patient/1`), {
      reference: `${HOME}/Patient/1`,
      kind: 'absolute',
      type: 'Patient',
      id: '1',
      base: HOME,
    });
  });

  it('leaves the version out', () => {
    assert.deepEqual(parseLiteral('Patient/1/_history/2'), parseLiteral('Patient/1'));
    assert.deepEqual(parseLiteral(`${HOME}/Patient/1/_history/a.b-c`), parseLiteral(`${HOME}/Patient/1`));
    assert.equal(parseLiteral('Patient/1/_history/'), undefined);
    assert.equal(parseLiteral('Patient/1/_history/a_b'), undefined);
  });

  it('knows contained, urn and conditional references', () => {
    assert.deepEqual(parseLiteral('#p1'), { reference: '#p1', kind: 'contained' });
    assert.deepEqual(parseLiteral(URN), { reference: URN, kind: 'urn' });
    assert.deepEqual(parseLiteral('urn:oid:1.2.3'), { reference: 'urn:oid:1.2.3', kind: 'urn' });
    assert.deepEqual(parseLiteral('Practitioner?identifier=http://a/Patient/1|x'), {
      reference: 'Practitioner?identifier=http://a/Patient/1|x',
      kind: 'conditional',
      type: 'Practitioner',
    });
  });

  it('takes nothing else for a reference', () => {
    const others = [
      '',
      'Patient',
      'Patient/',
      '/1',
      'p1',
      'Foo/1',
      'patient/1',
      'Patient/a_b',
      'Patient/a b',
      ' Patient/1',
      'Patient/1\n',
      `Patient/${'x'.repeat(65)}`,
      'Foo?identifier=x',
      'constructor/1',
      `${HOME}/Foo/1`,
      `${HOME}/Patient`,
    ];
    assert.deepEqual(
      others.filter((reference) => parseLiteral(reference) !== undefined),
      [],
    );
  });
});

describe('targetOf', () => {
  const target = (reference: string, options: ConvertOptions = {}): Target | undefined => {
    const literal = parseLiteral(reference);
    assert.ok(literal);
    return targetOf(literal, readScope('Encounter', options));
  };
  const patient: Resource = { resourceType: 'Patient', id: 'p9' };

  it('is the id of a relative reference, and its type', () => {
    assert.deepEqual(target('Patient/1'), { id: '1', type: 'Patient' });
    assert.deepEqual(target('Patient/1/_history/2'), { id: '1', type: 'Patient' });
  });

  it('is assumed for an absolute reference where nobody named a home', () => {
    assert.deepEqual(target(`${HOME}/Patient/1`), { id: '1', type: 'Patient', assumed: true });
  });

  it('is certain for an absolute reference of home, with or without its last slash', () => {
    assert.deepEqual(target(`${HOME}/Patient/1`, { baseUrl: HOME }), { id: '1', type: 'Patient' });
    assert.deepEqual(target(`${HOME}/Patient/1`, { baseUrl: `${HOME}/` }), { id: '1', type: 'Patient' });
  });

  it('is none on another server than home', () => {
    for (const baseUrl of ['https://other.example.org/fhir', 'https://ehr.example.org', `${HOME}/r4`]) {
      assert.equal(target(`${HOME}/Patient/1`, { baseUrl }), undefined);
    }
    assert.deepEqual(target('Patient/1', { baseUrl: HOME }), { id: '1', type: 'Patient' });
  });

  it('is none for contained, conditional and unresolved references', () => {
    for (const reference of ['#p1', URN, 'Patient?identifier=a|b']) assert.equal(target(reference), undefined);
  });

  it('is what resolveId knows, and nothing that it does not', () => {
    const resolveId = (reference: string): string | undefined => (reference === 'Patient/1' ? 'pt_1' : undefined);
    assert.deepEqual(target('Patient/1', { resolveId }), { id: 'pt_1', type: 'Patient' });
    assert.deepEqual(target('Patient/1/_history/7', { resolveId }), { id: 'pt_1', type: 'Patient' });
    assert.equal(target('Patient/2', { resolveId }), undefined);
    assert.equal(target('Patient/2', { resolveId, resolve: () => patient }), undefined);
    assert.equal(target(`${HOME}/Patient/2`, { resolveId, baseUrl: HOME }), undefined);
  });

  it('asks resolveId for urns and conditional references too, but never for contained ones', () => {
    const resolveId = (): string => 'new';
    assert.deepEqual(target(URN, { resolveId }), { id: 'new' });
    assert.deepEqual(target(URN, { resolveId, resolve: () => patient }), { id: 'new', type: 'Patient' });
    assert.deepEqual(target('Patient?identifier=a|b', { resolveId }), { id: 'new', type: 'Patient' });
    assert.equal(target('#p1', { resolveId }), undefined);
  });

  it('is the resource that resolve finds', () => {
    const asked: string[] = [];
    const resolve = (reference: string): Resource | undefined => {
      asked.push(reference);
      return reference === URN ? patient : undefined;
    };
    assert.deepEqual(target(URN, { resolve }), { id: 'p9', type: 'Patient' });
    assert.equal(target('urn:uuid:other', { resolve }), undefined);
    assert.equal(target(URN, { resolve: () => ({ resourceType: 'Patient' }) }), undefined);
    assert.deepEqual(asked, [URN, 'urn:uuid:other']);
  });
});
