import { describe, expect, it } from '@jest/globals';
import type { Resource } from 'fhir/r4.js';
import { inMappedEntry } from '../../src/bundle/inMappedEntry.js';
import { nothingSurveyed } from '../../src/bundle/survey.js';

const patient: Resource = { resourceType: 'Patient', id: '7' };
const encounter = { resourceType: 'Encounter', subject: { reference: 'Patient/1' } };
const MAP: { readonly [reference: string]: string } = {
  'Patient/1': 'pt_1',
  'https://abroad.example/fhir/Patient/1': 'pt_2',
};
const resolveId = (reference: string) => MAP[reference];

function idOf(reference: string, fullUrl?: string): string | undefined {
  const readable = inMappedEntry(
    { resolve: (text) => (text === 'Patient/7' ? patient : undefined) },
    { fullUrl, resource: encounter },
    nothingSurveyed(),
    ({ resource }) => (resource.id === '7' ? 'pt_7' : undefined),
    { resolveId, baseUrl: 'https://home.example/fhir' },
  );
  return readable.idOf?.(reference);
}

describe('the id behind a reference of a Bundle that is read under an id map', () => {
  it.each([
    ['that the map knows', 'Patient/1', 'pt_1'],
    ['that the map does not know', 'Patient/2', undefined],
    ['to a record of the Bundle', 'Patient/7', 'pt_7'],
    ['that searches for an id of ClinikAPI', 'Patient?identifier=https://api.clinikapi.com/v1/patients|pt_3', 'pt_3'],
    ['that is none', 'no reference', undefined],
  ])('is that of one %s', (_, reference, id) => {
    expect(idOf(reference)).toBe(id);
  });

  it('is asked for on the server of the entry', () => {
    expect(idOf('Patient/1', 'https://abroad.example/fhir/Encounter/1')).toBe('pt_2');
    expect(idOf('Patient/1', 'https://home.example/fhir/Encounter/1')).toBe('pt_1');
    expect(idOf('https://home.example/fhir/Patient/1')).toBe('pt_1');
  });
});
