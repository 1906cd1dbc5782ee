import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  assessments,
  bundleToPayloads,
  ClinikFhirError,
  documents,
  encounters,
  fromResponse,
  type Issue,
  idMap,
  labs,
  payloadsToBundle,
  tasks,
  toSearchset,
} from '../src/index.js';
import { encounters as lensesAlone } from '../src/lenses.js';
import { isIssueType } from '../src/response/issueCodes.js';
import { ensure, thrown } from './support/ensure.js';

/** The severity that docs/issues.md has for each identifier. */
const documented = new Map<string, string>();
for (const line of readFileSync(join('docs', 'issues.md'), 'utf8').split('\n')) {
  const [, ids = '', severity = ''] = line.split('|').map((cell) => cell.trim());
  for (const [, id = ''] of ids.matchAll(/`([a-z0-9-]+)`/g)) documented.set(id, severity);
}

/** Those of the command line alone, and one that no table of ours can give: test/lens/lens.test.ts has it. */
const ELSEWHERE = ['record-too-large', 'loss-not-allowed', 'put-unsettled'];

const patient = { reference: 'Patient/p1' };
const encounter = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, subject: patient };
const impression = { resourceType: 'ClinicalImpression', status: 'completed', subject: patient, summary: 'x' };
const report = { resourceType: 'DiagnosticReport', status: 'final', code: { text: 'x' }, subject: patient };
const document = {
  resourceType: 'Composition',
  status: 'final',
  type: { text: 'note' },
  subject: patient,
  author: [{ reference: 'Practitioner/d1' }],
  date: '2026-01-05T10:00:00Z',
  title: 't',
  section: [{ title: 'a', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' } }],
};
const visit = { status: 'finished', class: 'AMB', patientId: 'p1' };
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const LABEL = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' };
const deep: unknown = JSON.parse(`${'{"a":'.repeat(400)}1${'}'.repeat(400)}`);
const person = (id: string, code?: string) => ({
  individual: { reference: `Practitioner/${id}` },
  ...(code === undefined ? {} : { type: [{ coding: [{ system: PARTICIPATION, code }] }] }),
});
const sectionWith = (section: object) => ({ ...document, section: [section] });

const narrated = (inner: string): Issue[] => {
  const div = `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;
  return documents.safeFromFhir(sectionWith({ title: 'a', text: { status: 'generated', div } })).issues;
};

const read = (resource: unknown, options: object = {}): Issue[] => encounters.safeFromFhir(resource, options).issues;
const diagnosed = (target: object, display?: string): Issue[] =>
  read(
    { ...encounter, diagnosis: [{ condition: { reference: 'Condition/c', ...(display && { display }) } }] },
    { resolve: () => ({ resourceType: 'Condition', code: { text: 'x' }, subject: patient, ...target }) },
  );
const observed = { resourceType: 'Observation', status: 'final' };
const covid = { system: 'http://snomed.info/sct', code: '840539006', display: 'COVID-19' };
const reported = (elements: object): Issue[] => labs.safeFromFhir({ ...report, ...elements }).issues;
const write = (payload: object, options: object = {}): Issue[] =>
  encounters.safeToFhir({ ...visit, ...payload }, options).issues;
const put = (payload: object, onto: object): Issue[] => write(payload, { onto: { ...encounter, ...onto } });
const update = (partial: unknown, stored: object = {}): Issue[] =>
  encounters.safeUpdate({ ...encounter, ...stored }, partial).issues;
const difference = (before: object, after: object): Issue[] =>
  encounters.safeDiff({ ...visit, ...before }, { ...visit, ...after }).issues;
const refused = (run: () => unknown): readonly Issue[] => {
  const error = thrown(run);
  ensure(error instanceof ClinikFhirError);
  return error.issues;
};
const fromBundle = (bundle: unknown): Issue[] => bundleToPayloads(bundle as never).issues;
const bundle = (entry: unknown) => ({ resourceType: 'Bundle', type: 'collection', entry });
const answered = (json: unknown): Issue[] => {
  const response = fromResponse(json);
  return [...response.issues, ...(response.kind === 'record' ? response.record.issues : [])];
};
const toBundle = (set: unknown, options: unknown): readonly Issue[] =>
  refused(() => payloadsToBundle(set as never, options as never));
const searchset = (list: object): readonly Issue[] =>
  refused(() => toSearchset({ records: [], paging: {}, ...list } as never));
const rows = (...all: unknown[]): readonly Issue[] => refused(() => idMap(all as never));

/** An input for each identifier. */
const GIVEN: { readonly [id: string]: () => readonly Issue[] } = {
  'resource-type': () => read({ resourceType: 'Patient' }),
  'fhir-version': () => read({ ...encounter, class: [{ coding: [{ code: 'AMB' }] }] }),
  'modifier-extension': () => read({ ...encounter, modifierExtension: [{ url: 'urn:x', valueBoolean: true }] }),
  'implicit-rules': () => read({ ...encounter, implicitRules: 'https://x.example' }),
  'security-label': () => read({ ...encounter, meta: { security: [LABEL] } }),
  'status-entered-in-error': () => read({ ...encounter, status: 'entered-in-error' }),
  'status-unsupported': () => read({ ...encounter, status: 'unknown' }),
  'required-missing': () => read({ ...encounter, subject: undefined }),
  'fill-used': () => read({ ...encounter, class: undefined }, { fill: { 'encounters.class': 'AMB' } }),
  'period-reversed': () => read({ ...encounter, period: { start: '2026-01-02', end: '2026-01-01' } }),
  'period-precision-differs': () =>
    read({ ...encounter, period: { start: '2026-01-01T10:00:00Z', end: '2026-01-01' } }, { partialDates: 'keep' }),
  'list-over-limit': () =>
    read({ ...encounter, diagnosis: Array.from({ length: 21 }, (_, at) => ({ condition: { display: `d${at}` } })) }),
  'text-over-limit': () => read({ ...encounter, reasonCode: [{ text: 'x'.repeat(501) }] }),
  'text-truncated': () => read({ ...encounter, reasonCode: [{ text: 'x'.repeat(501) }] }, { overflow: 'truncate' }),
  'text-invalid-character': () => write({ reasonCode: 'a\u0000b' }),
  'text-too-large': () => assessments.safeFromFhir({ ...impression, description: 'x'.repeat(1_100_000) }).issues,
  'date-partial': () => read({ ...encounter, period: { start: '2026' } }, { partialDates: 'refuse' }),
  'date-partial-omitted': () => read({ ...encounter, period: { start: '2026' } }),
  'date-malformed-omitted': () => read({ ...encounter, period: { start: '2026-01-05T10:00:00' } }),
  'section-focus': () =>
    documents.safeFromFhir(sectionWith({ ...document.section[0], focus: { reference: 'Patient/fetus' } })).issues,
  'subject-by-identifier': () =>
    read(
      { ...encounter, subject: { identifier: { system: 'urn:mrn', value: '7' } } },
      { resolve: () => ({ resourceType: 'Patient', id: 'p7' }) },
    ),
  'reference-to-itself': () => read({ ...encounter, id: 'e1', partOf: { reference: 'Encounter/e1' } }),
  'reference-identifier-differs': () =>
    read(
      { ...encounter, subject: { reference: 'Patient/p1', identifier: { system: 'urn:mrn', value: '2' } } },
      { resolve: () => ({ resourceType: 'Patient', id: 'p1', identifier: [{ system: 'urn:mrn', value: '1' }] }) },
    ),
  'too-deep': () => write({ type: deep }),
  'default-on-upload': () => documents.safeFromFhir({ ...document, date: undefined }).issues,
  'reference-absolute-assumed': () => read({ ...encounter, subject: { reference: 'https://x.example/Patient/p1' } }),
  'reference-unmapped': () =>
    read({ ...encounter, subject: patient }, { resolveId: () => undefined, unmapped: 'refuse' }),
  'assessment-effective-from-period': () =>
    assessments.safeFromFhir({ ...impression, effectivePeriod: { start: '2026-01-05T10:00:00Z' } }).issues,
  'assessment-summary-from-description': () =>
    assessments.safeFromFhir({ ...impression, summary: undefined, description: 'x' }).issues,
  'assessment-summary-from-narrative': () =>
    assessments.safeFromFhir({ ...impression, summary: undefined, text: document.section[0]?.text }).issues,
  'section-text-from-empty-reason': () =>
    documents.safeFromFhir(sectionWith({ title: 'a', emptyReason: { text: 'none' } })).issues,
  'section-text-from-entries': () =>
    documents.safeFromFhir(sectionWith({ title: 'a', entry: [{ display: 'b' }] })).issues,
  'section-text-missing': () => documents.safeFromFhir(sectionWith({ title: 'a', section: [] })).issues,
  'section-text-refused': () =>
    documents.safeFromFhir(sectionWith({ title: 'a', section: [] }), { missingText: 'refuse' }).issues,
  'narrative-hidden': () => narrated('<p>a</p><p style="display: none">b</p>'),
  'narrative-image': () => narrated('<p>a<img src="#b"/></p>'),
  'narrative-struck-out': () => narrated('<p>a <del>b</del></p>'),
  'narrative-table': () => narrated('<table><tr><td colspan="2">a</td><td>b</td></tr></table>'),
  'narrative-style': () => narrated('<p style="color: red">a</p>'),
  'narrative-too-deep': () => narrated(`${'<b>'.repeat(501)}a${'</b>'.repeat(501)}`),
  'section-title-from-code': () =>
    documents.safeFromFhir(sectionWith({ code: { text: 'Plan' }, text: document.section[0]?.text })).issues,
  'code-of-other-system': () => read({ ...encounter, class: { system: 'urn:x', code: '5', display: 'Office visit' } }),
  'code-mapped': () => read({ ...encounter, class: { system: 'http://hl7.org/fhir/v2/0004', code: 'I' } }),
  'code-without-value': () =>
    read({ ...encounter, class: { system: 'http://hl7.org/fhir/v3/NullFlavor', code: 'NI' } }),
  'code-only-foreign': () => read({ ...encounter, class: { system: 'urn:x', code: '5' } }),
  'code-text-differs': () => reported({ code: { coding: [{ system: 'urn:x', code: 'a', display: 'A' }], text: 'B' } }),
  'code-denied-by-text': () => reported({ conclusionCode: [{ coding: [covid], text: 'COVID-19 excluded' }] }),
  'code-in-doubt': () => {
    const extension = [
      { url: 'http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit', valueCoding: { code: 'V' } },
    ];
    return reported({ conclusionCode: [{ coding: [{ ...covid, extension }] }] });
  },
  'code-display-unchecked': () =>
    reported({ conclusionCode: [{ coding: [{ ...covid, display: undefined }], text: 'Corona' }] }),
  'code-display-from-text': () => reported({ code: { coding: [{ system: 'urn:x', code: 'a' }], text: 'B' } }),
  'code-missing': () => reported({ conclusionCode: [{ text: 'Pneumonia' }] }),
  'encounter-practitioner-untyped': () => read({ ...encounter, participant: [person('a')] }),
  'encounter-practitioner-several': () =>
    read({ ...encounter, participant: [person('a', 'PPRF'), person('b', 'PPRF')] }),
  'diagnosis-refuted': () => diagnosed({ verificationStatus: { coding: [{ code: 'refuted' }] } }),
  'diagnosis-entered-in-error': () => diagnosed({ verificationStatus: { coding: [{ code: 'entered-in-error' }] } }),
  'diagnosis-not-done': () => diagnosed({ resourceType: 'Procedure', status: 'not-done' }),
  'diagnosis-modified': () => diagnosed({ implicitRules: 'https://x.example' }),
  'diagnosis-restricted': () => diagnosed({ meta: { security: [LABEL] } }),
  'diagnosis-of-other-subject': () => diagnosed({ subject: { reference: 'Patient/p2' } }),
  'diagnosis-status-unknown': () => diagnosed({ verificationStatus: { coding: [{ system: 'urn:x', code: '7' }] } }),
  'diagnosis-in-doubt': () => diagnosed({ verificationStatus: { coding: [{ code: 'provisional' }] } }),
  'diagnosis-negative': () => diagnosed({ ...observed, valueBoolean: false }),
  'diagnosis-unobserved': () => diagnosed({ ...observed, dataAbsentReason: { text: 'x' } }),
  'diagnosis-value-not-read': () => diagnosed({ ...observed, valueInteger: 1 }, 'x'),
  'diagnosis-denied-by-words': () => diagnosed({ code: { text: 'PE excluded' } }, 'PE'),
  'diagnosis-words-differ': () => diagnosed({ code: { text: 'PE of the left lung' } }, 'PE'),
  'diagnosis-without-words': () => diagnosed({ code: { coding: [{ system: 'urn:x', code: '7' }] } }),
  'encounter-practitioner-former': () =>
    read({
      ...encounter,
      status: 'in-progress',
      participant: [{ ...person('a', 'ATND'), period: { end: '2026-01-05T10:00:00Z' } }],
    }),
  'encounter-practitioner-to-come': () =>
    read(
      {
        ...encounter,
        status: 'in-progress',
        participant: [{ ...person('a', 'ATND'), period: { start: '2026-01-05T10:00:00Z' } }],
      },
      { now: '2026-01-04T10:00:00Z' },
    ),
  'encounter-location-by-order': () =>
    read({ ...encounter, location: [{ location: { display: 'a' } }, { location: { display: 'b' } }] }),
  'encounter-location-unreadable': () =>
    read({ ...encounter, location: [{ location: { display: ' ' } }, { location: { display: 'b' } }] }),
  'document-author-not-first': () =>
    documents.safeFromFhir({ ...document, author: [{ reference: 'Device/scribe' }, ...document.author] }).issues,
  'lab-without-time': () => labs.safeFromFhir(report).issues,
  'lab-time-from-issued': () =>
    labs.safeFromFhir({ ...report, issued: '2026-01-05T10:00:00Z' }, { labTime: 'issued' }).issues,
  'payload-type': () => encounters.safeToFhir('x').issues,
  'payload-unknown-field': () => write({ unknown: 1 }),
  'payload-required': () => write({ patientId: undefined }),
  'payload-code': () => write({ status: 'gone' }),
  'payload-over-limit': () => write({ location: 'x'.repeat(201) }),
  'payload-id': () => write({ id: 'a b' }),
  'payload-several-values': () =>
    labs.safeToFhir({
      status: 'final',
      code: 'x',
      patientId: 'p',
      effectiveDateTime: '2026-01-05T10:00:00Z',
      effectivePeriod: { start: '2026-01-05T10:00:00Z' },
    }).issues,
  'reference-type': () => write({ patientId: 'Group/1' }),
  'code-grammar': () =>
    assessments.safeToFhir({ status: 'completed', patientId: 'p', summary: 'x', findings: [{ code: ' a' }] }).issues,
  'uri-grammar': () =>
    assessments.safeToFhir({ status: 'completed', patientId: 'p', summary: 'x', protocol: ['a b'] }).issues,
  'base64-grammar': () =>
    labs.safeToFhir({ status: 'final', code: 'x', patientId: 'p', presentedForm: [{ contentType: 'a/b', data: '?' }] })
      .issues,
  'integer-range': () => write({ diagnosis: [{ condition: 'x', rank: 2 ** 40 }] }),
  'date-grammar': () =>
    tasks.safeToFhir({ status: 'requested', intent: 'order', restriction: { period: { start: 'x' } } }).issues,
  'date-time-grammar': () => write({ period: { start: 'x' } }),
  'narrative-invalid-character': () =>
    documents.safeToFhir(
      {
        ...{ status: 'final', type: 'note', patientId: 'p', practitionerId: 'd', title: 't' },
        sections: [{ title: 'a', text: '\ufffe' }],
      },
      { now: '2026-01-05T10:00:00Z' },
    ).issues,
  'option-fill': () => read(encounter, { fill: { 'encounters.status': 'finished' } }),
  'option-now': () => write({}, { now: 'today' }),
  'payload-empty-omitted': () => write({ reasonCode: [] }),
  'payload-id-repeated': () =>
    labs.safeToFhir({ status: 'final', code: 'x', patientId: 'p', resultIds: ['a', 'a'] }).issues,
  'put-focus-dropped': () =>
    documents.safeToFhir(
      {
        ...{ status: 'final', type: 'note', patientId: 'p2', practitionerId: 'd1', title: 't' },
        sections: [{ title: 'a', text: 'x' }],
      },
      { now: '2026-01-05T10:00:00Z', onto: sectionWith({ ...document.section[0], focus: patient }) as never },
    ).issues,
  'put-other-patient': () => put({ patientId: 'p2' }, {}),
  'put-items-dropped': () =>
    put({}, { location: [{ status: 'completed', location: { display: 'a' } }, { location: { display: 'b' } }] }),
  'put-not-checked': () => lensesAlone.safeUpdate(encounter, { status: 'cancelled' }).issues,
  'put-id-not-written': () =>
    documents.safeToFhir(
      {
        status: 'final',
        type: 'note',
        patientId: 'p1',
        practitionerId: 'd1',
        title: 't',
        sections: [{ title: 'a', text: 'x' }],
      },
      {
        id: 'doc_1',
        now: '2026-01-05T10:00:00Z',
        onto: { ...document, identifier: { system: 'urn:x', value: '1' } } as never,
      },
    ).issues,
  'put-narrative-dropped': () => put({ status: 'planned' }, { text: document.section[0]?.text }),
  'put-contained-dropped': () =>
    put(
      {},
      {
        contained: [{ resourceType: 'Condition', id: 'c', subject: patient, code: { text: 'x' } }],
        diagnosis: [{ condition: { reference: '#c' } }],
      },
    ),
  'update-null': () => update({ type: null }),
  'update-field': () => update({ patientId: 'p2' }),
  'update-field-ignored': () => update({ patientId: 'p1', status: 'planned' }),
  'update-subfield-at-risk': () =>
    update({ period: { start: '2026-01-01T10:00:00Z' } }, { period: { end: '2026-01-02T10:00:00Z' } }),
  'update-removal': () => difference({ type: 'x' }, {}),
  'update-subfield-unsupported': () =>
    difference(
      { hospitalization: { origin: 'a', destination: 'b' } },
      { hospitalization: { origin: 'a', destination: 'c' } },
    ),
  'bundle-entry': () => fromBundle(bundle('x')),
  'record-unknown': () => fromBundle(bundle([7])),
  'resource-type-unknown': () => fromBundle(bundle([{ resource: { resourceType: 'Nothing' } }])),
  'version-unclear': () =>
    fromBundle(
      bundle([{ resource: { ...encounter, id: 'e' } }, { resource: { ...encounter, id: 'e', status: 'planned' } }]),
    ),
  'bundle-type': () => toBundle({}, { type: 'history' }),
  'bundle-path': () => toBundle({ patients: [] }, { type: 'collection' }),
  'bundle-id-repeated': () =>
    toBundle(
      {
        encounters: [
          { ...visit, id: 'a' },
          { ...visit, id: 'a' },
        ],
      },
      { type: 'collection' },
    ),
  'bundle-include': () => toBundle({}, { type: 'batch', include: [{ resourceType: 'Patient' }] }),
  'bundle-document': () => toBundle({}, { type: 'document', now: '2026-01-05T10:00:00Z' }),
  'bundle-document-now': () => toBundle({ documents: [] }, { type: 'document' }),
  'searchset-paging': () => searchset({}),
  'searchset-unread': () => searchset({ records: [{ ok: false, issues: [], value: 7 }], paging: { hasMore: false } }),
  'response-type-unknown': () => answered({ data: { id: 'a', status: 'final' } }),
  'response-no-payload': () => answered({ data: { resourceType: 'Patient' } }),
  'response-field': () => answered({ data: visit, meta: 7 }),
  'response-entry': () => answered(bundle([{}])),
  'id-map-reference': () => rows({ reference: '#a', id: 'a' }),
  'id-map-id': () => rows({ reference: 'Patient/1', id: 'a b' }),
  'id-map-repeated': () => rows({ reference: 'Patient/1', id: 'a' }, { reference: 'Patient/1', id: 'a' }),
  'id-map-contradiction': () => rows({ reference: 'Patient/1', id: 'a' }, { reference: 'Patient/1', id: 'b' }),
  'id-map-shared': () => rows({ reference: 'Patient/1', id: 'a' }, { reference: 'Patient/2', id: 'a' }),
};

/** Other places that give one of these. */
const ALSO: { readonly [title: string]: () => readonly Issue[] } = {
  'payload-type: a set of payloads': () => toBundle(7, { type: 'collection' }),
  'payload-type: a list of a set': () => toBundle({ encounters: 7 }, { type: 'collection' }),
  'payload-type: a partial payload': () => update('x'),
  'payload-unknown-field: an id where a payload is to be created': () =>
    encounters.validatePayload({ ...visit, id: 'a' }),
  'payload-id: a flat record': () => encounters.validatePayload({ ...visit, id: 'a b' }, { shape: 'flat' }),
  'resource-type: a Bundle': () => fromBundle({ resourceType: 'Patient' }),
  'implicit-rules: a Bundle': () => fromBundle({ ...bundle([{ resource: encounter }]), implicitRules: 'urn:x' }),
  'modifier-extension: an entry': () => fromBundle(bundle([{ resource: encounter, modifierExtension: [{}] }])),
  'record-unknown: a resource without a type': () => fromBundle(bundle([{ resource: {} }])),
  'record-unknown: a response': () => answered(7),
  'too-deep: a resource': () => read({ ...encounter, type: deep }),
  'too-deep: a record of a searchset': () =>
    searchset({ records: [{ ...encounter, text: deep }], paging: { hasMore: false } }),
  'too-deep: what is included': () =>
    toBundle({}, { type: 'collection', include: [{ resourceType: 'Patient', text: deep }] }),
  'searchset-paging: what no link can say': () => searchset({ paging: { hasMore: false, page: 1.5 } }),
  'searchset-paging: parameters': () =>
    refused(() => toSearchset({ records: [], paging: { hasMore: false } }, { search: { page: '1' } })),
  'searchset-paging: no cursor': () => searchset({ paging: { hasMore: true } }),
  'searchset-paging: no path': () => searchset({ paging: { cursor: 'c' } }),
  'list-over-limit: findings': () =>
    assessments.safeFromFhir({
      ...impression,
      finding: Array.from({ length: 101 }, (_, at) => ({ itemCodeableConcept: { text: `f${at}` } })),
    }).issues,
};

describe('an issue', () => {
  it.each([...Object.entries(GIVEN), ...Object.entries(ALSO)])(
    'is given as docs/issues.md has it: %s',
    (title, run) => {
      const id = title.replace(/:.*/, '');
      const issues = run();
      expect(issues.map((issue) => issue.id)).toContain(id);
      const severities = new Set(issues.filter((issue) => issue.id === id).map(({ severity }) => severity));
      expect([...severities]).toStrictEqual([documented.get(id)]);
      for (const { code, diagnostics, expression } of issues) {
        expect(diagnostics).toMatch(/^[A-Z].{9,}\.$/);
        expect([code, isIssueType(code)]).toStrictEqual([code, true]);
        expect(expression.filter((at) => at === '')).toStrictEqual([]);
      }
    },
  );

  it('is tried here for each identifier of that page', () => {
    expect([...documented.keys()].filter((id) => !(id in GIVEN) && !ELSEWHERE.includes(id))).toStrictEqual([]);
  });
});

describe('what is wrong with the form of a payload', () => {
  const twentyOne = Array.from({ length: 21 }, () => ({ condition: 'x' }));

  it.each([
    ['a missing field', { class: undefined }, 'required', 'A required field is missing.'],
    ['an unknown field', { unknown: 1 }, 'structure', 'ClinikAPI has no field of this name here.'],
    ['a wrong type', { location: 7 }, 'structure', 'The field takes a string.'],
    [
      'an unknown code',
      { status: 'gone' },
      'code-invalid',
      'The code is not one of planned, arrived, triaged, in-progress, onleave, finished, cancelled.',
    ],
    ['a long text', { location: 'x'.repeat(201) }, 'too-long', 'ClinikAPI takes at most 200 characters here.'],
    ['a long list', { diagnosis: twentyOne }, 'too-long', 'ClinikAPI takes at most 20 items here.'],
    ['a large number', { lengthMinutes: 10081 }, 'too-long', 'ClinikAPI takes at most 10080 here.'],
    ['what is no form', { reasonCode: 7 }, 'structure', 'The value has none of the forms that ClinikAPI takes.'],
  ])('is said of %s', (_, payload, code, diagnostics) => {
    const said = write(payload).map((issue) => [issue.severity, issue.code, issue.diagnostics]);
    expect(said.at(-1)).toStrictEqual(['error', code, diagnostics]);
  });

  it('is said of an empty list where one item is the least', () => {
    const payload = { status: 'final', type: 'n', patientId: 'p', practitionerId: 'd', title: 't', sections: [] };
    expect(documents.safeToFhir(payload).issues.map((issue) => [issue.code, issue.diagnostics])).toStrictEqual([
      ['required', 'The list needs at least one item.'],
    ]);
  });
});
