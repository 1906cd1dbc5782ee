import { describe, expect, it } from '@jest/globals';
import type { Resource } from 'fhir/r4.js';
import { parseLiteral, type Target, targetOf } from '../../../src/fhir/references/literal.js';
import { type ConvertOptions, readScope } from '../../../src/fhir/scope.js';
import { ensure } from '../../support/ensure.js';

const URN = 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520';
const HOME = 'https://ehr.example.org/fhir';

describe('parseLiteral', () => {
  it('takes a relative reference apart', () => {
    expect(parseLiteral('Patient/p-1.2')).toStrictEqual({
      reference: 'Patient/p-1.2',
      kind: 'relative',
      type: 'Patient',
      id: 'p-1.2',
    });
  });

  it('takes an absolute reference apart, with its base', () => {
    expect(parseLiteral(`${HOME}/Patient/1`)).toStrictEqual({
      reference: `${HOME}/Patient/1`,
      kind: 'absolute',
      type: 'Patient',
      id: '1',
      base: HOME,
    });
  });

  it('leaves the version out', () => {
    expect(parseLiteral('Patient/1/_history/2')).toStrictEqual(parseLiteral('Patient/1'));
    expect(parseLiteral(`${HOME}/Patient/1/_history/a.b-c`)).toStrictEqual(parseLiteral(`${HOME}/Patient/1`));
    expect(parseLiteral('Patient/1/_history/')).toBeUndefined();
    expect(parseLiteral('Patient/1/_history/a_b')).toBeUndefined();
  });

  it('knows contained, urn and conditional references', () => {
    expect(parseLiteral('#p1')).toStrictEqual({ reference: '#p1', kind: 'contained' });
    expect(parseLiteral(URN)).toStrictEqual({ reference: URN, kind: 'urn' });
    expect(parseLiteral('urn:oid:1.2.3')).toStrictEqual({ reference: 'urn:oid:1.2.3', kind: 'urn' });
    expect(parseLiteral('Practitioner?identifier=http://a/Patient/1|x')).toStrictEqual({
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
    expect(others.filter((reference) => parseLiteral(reference) !== undefined)).toStrictEqual([]);
  });
});

describe('targetOf', () => {
  const target = (reference: string, options: ConvertOptions = {}): Target | undefined => {
    const literal = parseLiteral(reference);
    ensure(literal);
    return targetOf(literal, readScope('Encounter', options));
  };
  const patient: Resource = { resourceType: 'Patient', id: 'p9' };

  it('is the id of a relative reference, and its type', () => {
    expect(target('Patient/1')).toStrictEqual({ id: '1', type: 'Patient' });
    expect(target('Patient/1/_history/2')).toStrictEqual({ id: '1', type: 'Patient' });
  });

  it('is assumed for an absolute reference where nobody named a home', () => {
    expect(target(`${HOME}/Patient/1`)).toStrictEqual({ id: '1', type: 'Patient', assumed: true });
  });

  it('is certain for an absolute reference of home, with or without its last slash', () => {
    expect(target(`${HOME}/Patient/1`, { baseUrl: HOME })).toStrictEqual({ id: '1', type: 'Patient' });
    expect(target(`${HOME}/Patient/1`, { baseUrl: `${HOME}/` })).toStrictEqual({ id: '1', type: 'Patient' });
  });

  it('is none on another server than home', () => {
    for (const baseUrl of ['https://other.example.org/fhir', 'https://ehr.example.org', `${HOME}/r4`]) {
      expect(target(`${HOME}/Patient/1`, { baseUrl })).toBeUndefined();
    }
    expect(target('Patient/1', { baseUrl: HOME })).toStrictEqual({ id: '1', type: 'Patient' });
  });

  it('is none for contained, conditional and unresolved references', () => {
    for (const reference of ['#p1', URN, 'Patient?identifier=a|b']) expect(target(reference)).toBeUndefined();
  });

  it('is what resolveId knows, and nothing that it does not', () => {
    const resolveId = (reference: string): string | undefined => (reference === 'Patient/1' ? 'pt_1' : undefined);
    expect(target('Patient/1', { resolveId })).toStrictEqual({ id: 'pt_1', type: 'Patient' });
    expect(target('Patient/1/_history/7', { resolveId })).toStrictEqual({ id: 'pt_1', type: 'Patient' });
    expect(target('Patient/2', { resolveId })).toBeUndefined();
    expect(target('Patient/2', { resolveId, resolve: () => patient })).toBeUndefined();
    expect(target(`${HOME}/Patient/2`, { resolveId, baseUrl: HOME })).toBeUndefined();
  });

  it('asks resolveId for urns and conditional references too, but never for contained ones', () => {
    const resolveId = (): string => 'new';
    expect(target(URN, { resolveId })).toStrictEqual({ id: 'new' });
    expect(target(URN, { resolveId, resolve: () => patient })).toStrictEqual({ id: 'new', type: 'Patient' });
    expect(target('Patient?identifier=a|b', { resolveId })).toStrictEqual({ id: 'new', type: 'Patient' });
    expect(target('#p1', { resolveId })).toBeUndefined();
  });

  it('is the resource that resolve finds', () => {
    const asked: string[] = [];
    const resolve = (reference: string): Resource | undefined => {
      asked.push(reference);
      return reference === URN ? patient : undefined;
    };
    expect(target(URN, { resolve })).toStrictEqual({ id: 'p9', type: 'Patient' });
    expect(target('urn:uuid:other', { resolve })).toBeUndefined();
    expect(target(URN, { resolve: () => ({ resourceType: 'Patient' }) })).toBeUndefined();
    expect(asked).toStrictEqual([URN, 'urn:uuid:other']);
  });
});
