import { describe, expect, it } from '@jest/globals';
import type { Resource } from 'fhir/r4.js';
import { parseSearch } from '../../../src/fhir/references/search.js';
import { bundleToPayloads, type ConvertOptions, idMap, labs } from '../../../src/index.js';
import { thrown } from '../../support/ensure.js';

const MR = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] };
const SS = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'SS' }] };
const FOUND = 'information subject-by-identifier';

const report = (subject: object, more: object = {}) => ({
  ...{ resourceType: 'DiagnosticReport', id: 'd', status: 'final', code: { text: 'X' }, subject, ...more },
  effectiveDateTime: '2026-01-05T10:00:00Z',
});

const short = (issues: readonly { severity: string; id: string }[]) =>
  issues.map(({ severity, id }) => `${severity} ${id}`);

/** The patient of a report in a Bundle with patient A, and what is said of that. */
function inBundle(identifier: object, subject: object, options: ConvertOptions = {}): unknown[] {
  const { payloads, issues } = bundleToPayloads(
    {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { fullUrl: 'http://s/Patient/A', resource: { resourceType: 'Patient', id: 'A', identifier: [identifier] } },
        { fullUrl: 'http://s/DiagnosticReport/d', resource: report(subject) },
      ],
    } as never,
    options,
  );
  return [payloads.labs[0]?.patientId, ...short(issues)];
}

describe('an identifier', () => {
  it.each<[string, object, object]>([
    ['has no system', { value: '1', type: MR }, { value: '1', type: SS }],
    ['has no system, and the same type', { value: '1', type: MR }, { value: '1', type: MR }],
    ['has a blank system', { system: ' ', value: '1' }, { system: ' ', value: '1' }],
    ['has a system only in the record', { system: 'urn:mrn', value: '1' }, { value: '1' }],
    ['has a system only in the reference', { value: '1' }, { system: 'urn:mrn', value: '1' }],
    ['is of another type', { system: 'urn:mrn', value: '1', type: MR }, { system: 'urn:mrn', value: '1', type: SS }],
    [
      'is of another type in words',
      { system: 'urn:mrn', value: '1', type: { text: 'MRN' } },
      { system: 'urn:mrn', value: '1', type: { text: 'SSN' } },
    ],
  ])('that %s is nobody’s', (_, theirs, ours) => {
    expect(inBundle(theirs, { identifier: ours })).toStrictEqual([undefined, 'error required-missing']);
    const map = { resolveId: (reference: string) => (reference === 'Patient/A' ? 'pt_1' : undefined) };
    expect(inBundle(theirs, { type: 'Patient', identifier: ours }, map)).toStrictEqual([
      undefined,
      'error reference-unmapped',
    ]);
  });

  it.each<[string, object, object]>([
    ['system and value', { system: 'urn:mrn', value: '1' }, { system: 'urn:mrn', value: '1' }],
    [
      'system, value and type',
      { system: 'urn:mrn', value: '1', type: MR },
      { system: 'urn:mrn', value: '1', type: MR },
    ],
    [
      'system and value, where only one has a type',
      { system: 'urn:mrn', value: '1', type: MR },
      { system: 'urn:mrn', value: '1' },
    ],
    [
      'system and value, where one has its type in words',
      { system: 'urn:mrn', value: '1', type: MR },
      { system: 'urn:mrn', value: '1', type: { text: 'MRN' } },
    ],
  ])('of the same %s finds the patient, and that is said', (_, theirs, ours) => {
    expect(inBundle(theirs, { identifier: ours })).toStrictEqual(['A', FOUND]);
    const map = { resolveId: (reference: string) => (reference === 'Patient/A' ? 'pt_1' : undefined) };
    expect(inBundle(theirs, { identifier: ours }, { ...map, baseUrl: 'http://s' })).toStrictEqual(['pt_1', FOUND]);
  });

  it('finds the patient by a conditional reference, and that is said; one without a system finds nobody', () => {
    const mrn = { system: 'urn:mrn', value: '1' };
    expect(inBundle(mrn, { reference: 'Patient?identifier=urn:mrn|1' })).toStrictEqual(['A', FOUND]);
    for (const search of ['|1', '1', '%7C1', 'urn:mrn|'])
      expect(inBundle({ value: '1' }, { reference: `Patient?identifier=${search}` })).toStrictEqual([
        undefined,
        'error required-missing',
      ]);
    expect(inBundle(mrn, { reference: 'Patient/A' })).toStrictEqual(['A']);
    expect(inBundle(mrn, { reference: 'http://s/Patient/A' })).toStrictEqual(['A']);
  });

  it('of a contained patient finds the patient outside, and that is said', () => {
    const inside = { resourceType: 'Patient', id: 'p', identifier: [{ system: 'urn:mrn', value: '1' }] };
    const resolve = (reference: string) =>
      reference === 'Patient?identifier=urn:mrn|1' ? ({ resourceType: 'Patient', id: 'A' } as Resource) : undefined;
    const read = (identifier: object[]) =>
      labs.safeFromFhir(report({ reference: '#p' }, { contained: [{ ...inside, identifier }] }), { resolve });
    const found = read(inside.identifier);
    expect([found.ok && found.payload.patientId, ...short(found.issues)]).toStrictEqual(['A', FOUND]);
    expect(read([{ value: '1' }]).ok).toBe(false);
  });

  it('of ClinikAPI’s is an id, and nothing is to be said of it', () => {
    const identifier = { system: 'https://api.clinikapi.com/v1/patients', value: 'pt_1' };
    expect(labs.fromFhir(report({ identifier }) as never).issues).toStrictEqual([]);
  });

  it('without a system is in no id map', () => {
    for (const search of ['|7', '7', '%7C7', ' |7'])
      expect(thrown(() => idMap([{ reference: `Patient?identifier=${search}`, id: 'a' }]))).toMatchObject({
        issues: [{ id: 'id-map-reference' }],
      });
    expect(parseSearch('Patient?identifier=|7')).toBeUndefined();
    expect(parseSearch('Patient?identifier=urn:x|7')).toStrictEqual({ type: 'Patient', system: 'urn:x', value: '7' });
  });
});

describe('an identifier beside a reference', () => {
  const DIFFERS = 'warning reference-identifier-differs';
  const mrn = (value: string) => ({ system: 'urn:mrn', value });

  it.each([
    ['another one of its system', { reference: 'http://s/Patient/A', identifier: mrn('2') }, [DIFFERS]],
    ['the same', { reference: 'http://s/Patient/A', identifier: mrn('1') }, []],
    ['one of another system', { reference: 'http://s/Patient/A', identifier: { system: 'urn:x', value: '2' } }, []],
    ['one without a system', { reference: 'http://s/Patient/A', identifier: { value: '2' } }, []],
  ])('is compared with that of the record: %s', (_, subject, said) => {
    expect(inBundle(mrn('1'), subject)).toStrictEqual(['A', ...said]);
  });
});
