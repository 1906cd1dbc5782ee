import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Resource } from 'fhir/r4.js';
import { assessments, type ConvertOptions, type Fill, type FillPath, findLens, type Issue } from '../../src/index.js';
import type { payloads } from '../support/arbitraries/index.js';
import { ensure } from '../support/ensure.js';
import { holdsOnResource, holdsPutGet } from '../support/laws.js';
import { runs } from '../support/runs.js';

const subject = { reference: 'Patient/p1' };
const div = '<div xmlns="http://www.w3.org/1999/xhtml">x</div>';
const document = {
  resourceType: 'Composition',
  status: 'final',
  type: { text: 'note' },
  subject,
  author: [{ reference: 'Practitioner/d1' }],
  date: '2026-01-05T10:00:00Z',
  title: 't',
  section: [{ title: 'a', text: { status: 'generated', div } }],
};
const encounter = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, subject };
const impression = { resourceType: 'ClinicalImpression', status: 'completed', subject, date: '2026-01-05T10:00:00Z' };

const FILL = {
  'documents.practitionerId': 'prac_1',
  'documents.title': 'Imported document',
  'documents.type': 'progress-note',
  'encounters.class': 'HH',
  'assessments.summary': 'No summary was recorded.',
} as const satisfies { [P in FillPath]: string };

const ABSENT = { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' };
const toPatientOnly: ConvertOptions = { resolveId: (reference) => (reference === 'Patient/p1' ? 'p1' : undefined) };

function read(resource: { resourceType: string }, options: ConvertOptions = { fill: FILL }) {
  const result = findLens(resource.resourceType)?.safeFromFhir(resource, options);
  ensure(result);
  return result;
}

/** The value that a reading has, and where it says that it was filled in. */
function filled(resource: { resourceType: string }, key: string, options?: ConvertOptions): [unknown, string[]] {
  const result = read(resource, options);
  ensure(result.ok, JSON.stringify(result.issues));
  const used = result.issues.filter(({ id }) => id === 'fill-used').flatMap(({ expression }) => expression);
  return [Object.entries(result.payload).find(([name]) => name === key)?.[1], used];
}

const reasons = (issues: readonly Issue[]): string[] =>
  issues.filter(({ severity }) => severity === 'error').map(({ id, expression }) => `${id} ${expression.join()}`);

/** Payloads with all that is required. */
const WHOLE: { readonly [path: string]: object } = {
  documents: {
    status: 'final',
    type: 'x',
    patientId: 'p',
    practitionerId: 'd',
    title: 't',
    sections: [{ title: 'a', text: 'x' }],
  },
  encounters: { status: 'finished', class: 'AMB', patientId: 'p' },
  assessments: { status: 'completed', patientId: 'p', summary: 's' },
};

/** Authors that are no practitioner whose id can be told. */
const NOBODY: [string, unknown][] = [
  ['none', undefined],
  ['an organization', [{ reference: 'Organization/o1' }]],
  ['a device, and the patient', [{ reference: 'Device/v1' }, { reference: 'Patient/p1' }]],
  ['a role that is not in reach', [{ reference: 'PractitionerRole/r1', display: 'Dr. X' }]],
  ['words', [{ display: 'Dr. X' }]],
];

describe('fill', () => {
  it.each(NOBODY)('gives a document an author where its author is %s, with an id map or without', (_name, author) => {
    const one = { ...document, author };
    expect(filled(one, 'practitionerId')).toStrictEqual(['prac_1', ['Composition.author']]);
    expect(filled(one, 'practitionerId', { fill: FILL, ...toPatientOnly })[0]).toBe('prac_1');
  });

  it('takes the place of a practitioner whose id nobody can tell, but not under an id map, which could', () => {
    const one = { ...document, author: [{ type: 'Practitioner', identifier: { system: 'urn:npi', value: '1' } }] };
    expect(filled(one, 'practitionerId')[0]).toBe('prac_1');
    const unmapped = ['reference-unmapped Composition.author[0]'];
    expect(reasons(read(one, { fill: FILL, ...toPatientOnly }).issues)).toStrictEqual(unmapped);
  });

  it('leaves a document refused whose practitioner the id map does not know, also behind others', () => {
    const behind = { ...document, author: [{ reference: 'Organization/o1' }, ...document.author] };
    expect(reasons(read(document, { fill: FILL, ...toPatientOnly }).issues)).toStrictEqual([
      'reference-unmapped Composition.author[0]',
    ]);
    expect(reasons(read(behind, { fill: FILL, ...toPatientOnly }).issues)).toStrictEqual([
      'reference-unmapped Composition.author[1]',
    ]);
    const role = { resourceType: 'PractitionerRole', id: 'r1', practitioner: { reference: 'Practitioner/d1' } };
    const byRole = { ...document, author: [{ reference: 'PractitionerRole/r1' }] };
    const resolve = (): Resource => role as Resource;
    expect(reasons(read(byRole, { fill: FILL, ...toPatientOnly, resolve }).issues)).toStrictEqual([
      'reference-unmapped Composition.author[0]',
    ]);
  });

  it.each<[string, { resourceType: string }, string, string, string]>([
    ['no title', { ...document, title: undefined } as never, 'title', FILL['documents.title'], 'Composition.title'],
    ['a blank title', { ...document, title: ' ' } as never, 'title', FILL['documents.title'], 'Composition.title'],
    [
      'a type without a value',
      { ...document, type: { coding: [ABSENT] } } as never,
      'type',
      FILL['documents.type'],
      'Composition.type',
    ],
    ['no class', { ...encounter, class: undefined } as never, 'class', 'HH', 'Encounter.class'],
    [
      'a class of a list of its own',
      { ...encounter, class: { system: 'urn:local', code: '7' } } as never,
      'class',
      'HH',
      'Encounter.class',
    ],
    ['a class without a value', { ...encounter, class: ABSENT } as never, 'class', 'HH', 'Encounter.class'],
    ['no summary', impression, 'summary', FILL['assessments.summary'], 'ClinicalImpression.summary'],
  ])('is read where there is %s', (_name, resource, key, value, place) => {
    expect(filled(resource, key)).toStrictEqual([value, [place]]);
    expect(holdsOnResource(resource, { fill: FILL })).toBe(true);
    expect(reasons(read(resource, {}).issues)).toHaveLength(1);
  });

  it.each<[string, { resourceType: string }, string, unknown]>([
    [
      'a second author',
      { ...document, author: [{ reference: 'Organization/o' }, ...document.author] } as never,
      'practitionerId',
      'd1',
    ],
    [
      'a class of HL7’s version 2',
      { ...encounter, class: { system: 'http://terminology.hl7.org/CodeSystem/v2-0004', code: 'I' } } as never,
      'class',
      'IMP',
    ],
    [
      'the display of a class',
      { ...encounter, class: { system: 'urn:local', code: '7', display: 'Ward' } } as never,
      'class',
      'Ward',
    ],
    ['a description', { ...impression, description: 'd' } as never, 'summary', 'd'],
    ['a narrative', { ...impression, text: { status: 'additional', div } } as never, 'summary', 'x'],
    [
      'a type of any system',
      { ...document, type: { coding: [{ system: 'urn:local', code: '9' }] } } as never,
      'type',
      '9',
    ],
  ])('never takes the place of %s', (_name, resource, key, value) => {
    expect(filled(resource, key)).toStrictEqual([value, []]);
  });

  it.each<[string, { resourceType: string }, string]>([
    ['a title', { ...document, title: 'x'.repeat(501) } as never, 'text-over-limit Composition.title'],
    ['a summary', { ...impression, summary: 'x'.repeat(5001) } as never, 'text-over-limit ClinicalImpression.summary'],
    [
      'a description',
      { ...impression, description: 'x'.repeat(2001) } as never,
      'text-over-limit ClinicalImpression.description',
    ],
  ])('does not hide %s over the limit', (_name, resource, reason) => {
    expect(reasons(read(resource).issues)).toStrictEqual([reason]);
  });

  it('does not let a record pass that is refused for something else', () => {
    const { subject: _, ...nobody } = document;
    expect(reasons(read({ ...nobody, author: [] } as never).issues)).toStrictEqual([
      'required-missing Composition.subject',
    ]);
  });

  it('loses the author that stood there, and the patch brings it back', () => {
    const one = { ...document, author: [{ reference: 'Organization/o1', display: 'Ward' }, { display: 'Dr. X' }] };
    const result = read(one);
    ensure(result.ok);
    const lost = result.losses.filter(({ kind }) => kind === 'missing');
    expect(lost.map(({ expression, reason, class: of }) => [expression, reason, of])).toStrictEqual([
      ['Composition.author[0]', 'other-target', 'content'],
      ['Composition.author[1]', 'words-only', 'content'],
    ]);
    expect(holdsOnResource(one, { fill: FILL })).toBe(true);
  });

  it('is left where it is by a put that has it, and written over by one that has something else', () => {
    const lens = findLens('documents');
    const { title: _, ...untitled } = document;
    const onto = { ...untitled, author: [{ reference: 'Organization/o1' }] };
    const result = read(onto);
    ensure(lens && result.ok);
    const put = (change: object) => {
      const written = lens.safeToFhir({ ...result.payload, ...change }, { fill: FILL, onto: onto as never });
      ensure(written.ok, JSON.stringify(written.issues));
      return written.resource;
    };
    expect(put({})).toStrictEqual(onto);
    expect(put({ status: 'amended' })).toStrictEqual({ ...onto, status: 'amended' });
    expect(put({ practitionerId: 'd9' })).toMatchObject({
      author: [{ reference: 'Practitioner/d9' }, { reference: 'Organization/o1' }],
    });
    const updated = lens.safeUpdate(onto, { title: 'new' }, { fill: FILL });
    ensure(updated.ok, JSON.stringify(updated.issues));
    expect(updated.resource).toMatchObject({ title: 'new', author: onto.author });
    // What an update cannot set is what is stored.
    expect(lens.safeUpdate(onto, { practitionerId: 'prac_1' }, { fill: FILL }).ok).toBe(true);
    expect(lens.safeUpdate(onto, { practitionerId: 'prac_2' }, { fill: FILL }).ok).toBe(false);
  });

  it('is written where a put needs it, since a description would be read in its place', () => {
    const summary = FILL['assessments.summary'];
    expect(
      holdsPutGet('assessments', { status: 'completed', patientId: 'p1', summary, description: 'd' }, impression, {
        fill: FILL,
      }),
    ).toBe(true);
    const put = assessments.toFhir(
      { status: 'completed', patientId: 'p1', summary, note: 'n' },
      { fill: FILL, onto: impression as never },
    );
    expect(put).not.toHaveProperty('summary');
  });

  it('takes the normal form of its value', () => {
    const fill = { 'documents.practitionerId': 'Practitioner/prac_1' };
    expect(filled({ ...document, author: [] } as never, 'practitionerId', { fill })[0]).toBe('prac_1');
  });

  it.each<[string, unknown]>([
    ['a field that could harm', { 'documents.patientId': 'p1' }],
    ['a status', { 'encounters.status': 'finished' }],
    ['no field', { 'documents.practitioner': 'p1' }],
    ['an id that is none', { 'documents.practitionerId': 'a b' }],
    ['an id of another type', { 'documents.practitionerId': 'Organization/o1' }],
    ['a title over the limit', { 'documents.title': 'x'.repeat(501) }],
    ['an empty title', { 'documents.title': '' }],
    ['a number', { 'documents.type': 7 }],
    ['null', { 'documents.type': null }],
    ['text', 'documents.title=x'],
    ['a list', ['documents.title']],
  ])('is refused where it is %s, in each direction', (_name, fill) => {
    const options = { fill: fill as Fill };
    const payload = WHOLE.documents;
    const lens = findLens('documents');
    ensure(lens);
    for (const { issues } of [
      lens.safeFromFhir(document, options),
      lens.safeToFhir(payload, options),
      lens.safeUpdate(document, {}, options),
      { issues: lens.validatePayload(payload, options) },
    ]) {
      const [issue] = issues.filter(({ id }) => id === 'option-fill');
      ensure(issue);
      expect(issue.severity).toBe('error');
      for (const given of ['a b', 'o1', 'xx', 'p1']) expect(issue.diagnostics).not.toContain(given);
    }
  });

  it('takes what a payload takes in the field, and nothing else', () => {
    const KEYS: [FillPath, keyof typeof payloads][] = [
      ['documents.practitionerId', 'documents'],
      ['documents.title', 'documents'],
      ['documents.type', 'documents'],
      ['encounters.class', 'encounters'],
      ['assessments.summary', 'assessments'],
    ];
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ' ',
        'a\u0000',
        'Practitioner/',
        'Practitioner/a',
        'x'.repeat(101),
        'y'.repeat(501),
        '😀'.repeat(500),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), value, ([path, resource], one) => {
        const lens = findLens(resource);
        const key = path.split('.')[1] ?? '';
        ensure(lens);
        const said = lens.validatePayload({ ...WHOLE[resource], [key]: one });
        const faults = said.filter(({ expression }) => expression[0] === key);
        const isTaken = !lens.validatePayload({}, { fill: { [path]: one } }).some(({ id }) => id === 'option-fill');
        expect([one, isTaken]).toStrictEqual([one, faults.length === 0]);
      }),
      { numRuns: runs(500) },
    );
  });
});
