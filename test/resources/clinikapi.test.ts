// What ClinikAPI's own pages, SDK and OpenAPI file show or allow, in FHIR's shape: each documented value comes through.
import { describe, expect, it } from '@jest/globals';
import { lensFor, validate } from '../../src/index.js';
import { ensure } from '../support/ensure.js';
import { errorsOf, holdsCreateGet, holdsOnResource } from '../support/laws.js';
import { type ConvertOptions, findLens, fromFhirOf } from '../support/reading.js';

const UUID = 'b79ea396-6161-4f8b-9004-5ba29d9f3744';
const subject = { reference: 'Patient/u1' };
const encounter = { resourceType: 'Encounter', id: UUID, status: 'finished', class: { code: 'AMB' }, subject };
const report = { resourceType: 'DiagnosticReport', id: UUID, status: 'final', code: { text: 'x' }, subject };
const task = {
  resourceType: 'Task',
  id: UUID,
  status: 'requested',
  intent: 'order',
  authoredOn: '2025-01-15T10:00:00Z',
};
const impression = {
  resourceType: 'ClinicalImpression',
  id: UUID,
  status: 'completed',
  subject,
  date: '2025-01-15T10:00:00Z',
  summary: 's',
};
const div = '<div xmlns="http://www.w3.org/1999/xhtml">b</div>';
const composition = {
  resourceType: 'Composition',
  id: UUID,
  status: 'final',
  type: { text: 'note' },
  subject,
  author: [{ reference: 'Practitioner/u2' }],
  date: '2025-01-15',
  confidentiality: 'N',
  title: 't',
  section: [{ title: 'a', text: { status: 'generated', div } }],
};

type AnyResource = { readonly resourceType: string; readonly [element: string]: unknown };

/** The payload of a resource, on which the laws hold. */
function payloadOf(resource: AnyResource, options: ConvertOptions = {}): object {
  ensure(holdsOnResource(resource, options));
  return fromFhirOf(resource, options).payload;
}

/** The losses of content: what `--strict` refuses. */
const contentOf = (resource: AnyResource): string[] =>
  fromFhirOf(resource).losses.flatMap((loss) => (loss.class === 'content' ? [`${loss.kind} ${loss.expression}`] : []));

const CLASSES = [
  ['http://hl7.org/fhir/v3/ActCode', 'its STU3 address'],
  ['urn:oid:2.16.840.1.113883.5.4', 'its OID'],
  ['http://terminology.hl7.org/ValueSet/v3-ActEncounterCode', 'the value set of its encounter codes'],
  ['https://clinikapi.com/encounter-class', 'an address of ClinikAPI'],
] as const;

describe('ids of ClinikAPI in literal references', () => {
  const REFERENCES = [
    ['relative', 'Patient/pt_abc123'],
    ['versioned', 'Patient/pt_abc123/_history/v_1'],
    ['absolute', 'https://api.clinikapi.com/v1/fhir/Patient/pt_abc123'],
    ['absolute and versioned', 'https://ehr.example/Patient/pt_abc123/_history/1'],
    ['longer than R4 allows', `Patient/${'p'.repeat(65)}`],
  ] as const;

  it.each(REFERENCES)('are read where they are %s', (_, reference) => {
    const id = reference.includes('pt_') ? 'pt_abc123' : 'p'.repeat(65);
    expect(payloadOf({ ...encounter, subject: { reference, type: 'Patient' } })).toHaveProperty('patientId', id);
    expect(payloadOf({ ...report, subject: { reference, display: 'N. N.' } })).toHaveProperty('patientId', id);
    expect(payloadOf({ ...composition, subject: { reference } })).toHaveProperty('patientId', id);
    expect(payloadOf({ ...impression, subject: { reference } })).toHaveProperty('patientId', id);
  });

  it('are read wherever a reference can stand', () => {
    const resource = {
      ...task,
      for: { reference: 'Patient/pt_abc123' },
      owner: { reference: 'Practitioner/prac_1' },
      focus: { reference: 'ServiceRequest/sr_1' },
      output: [{ type: { text: 'lab-report' }, valueReference: { reference: 'DiagnosticReport/lab_cbc_001' } }],
      restriction: { repetitions: 3, recipient: [{ reference: 'Patient/pt_abc123' }] },
    };
    expect(payloadOf(resource)).toStrictEqual({
      status: 'requested',
      intent: 'order',
      authoredOn: '2025-01-15T10:00:00Z',
      patientId: 'pt_abc123',
      ownerId: 'prac_1',
      focusId: 'ServiceRequest/sr_1',
      output: [{ type: 'lab-report', valueReference: 'DiagnosticReport/lab_cbc_001' }],
      restriction: { repetitions: 3, recipientIds: ['Patient/pt_abc123'] },
    });
    expect(contentOf(resource)).toStrictEqual([]);
    const place = { ...encounter, location: [{ location: { reference: 'Location/loc_1' } }] };
    expect(payloadOf(place)).toHaveProperty('location', 'Location/loc_1');
  });

  it('are no ids of another type, and none with other characters', () => {
    const wrong = (reference: string) =>
      findLens('Encounter').safeFromFhir({ ...encounter, subject: { reference } }).ok;
    for (const reference of ['Group/grp_1', 'Patient/pt abc', 'Patient/pt+1', 'Foo/pt_1', 'pt_1'])
      expect([reference, wrong(reference)]).toStrictEqual([reference, false]);
  });

  it('are asked of the caller, too', () => {
    const resolveId = (reference: string) => (reference === 'Patient/pt_abc123' ? 'live_1' : undefined);
    const resource = { ...encounter, subject: { reference: 'Patient/pt_abc123' } };
    expect(fromFhirOf(resource, { resolveId }).payload).toHaveProperty('patientId', 'live_1');
  });

  it('stay an error of R4, and are never written', () => {
    const outcome = validate({ ...encounter, subject: { reference: 'Patient/pt_abc123' } });
    expect(outcome.issue.some(({ severity }) => severity === 'error')).toBe(true);
    const written = lensFor('encounters').toFhir({ status: 'finished', class: 'AMB', patientId: 'pt_abc123' });
    expect([errorsOf(written), written.subject?.reference]).toStrictEqual([[], undefined]);
  });

  it('come back typed where a literal reference has the type, for that is what it says', () => {
    const resource = {
      ...impression,
      problem: [{ reference: 'Condition/u4' }],
      investigation: [{ code: { text: 'Lab panel' }, item: [{ reference: 'Observation/u5' }] }],
    };
    expect(payloadOf(resource)).toMatchObject({
      problemIds: ['Condition/u4'],
      investigations: [{ name: 'Lab panel', itemIds: ['Observation/u5'] }],
    });
  });
});

describe('a code system under another of its names', () => {
  it.each(CLASSES)('%s is v3-ActCode in Encounter.class (%s)', (system, _) => {
    const resource = { ...encounter, class: { system, code: 'IMP' } };
    expect(fromFhirOf(resource).payload).toHaveProperty('class', 'IMP');
    expect(contentOf(resource)).toStrictEqual([]);
  });

  it.each(CLASSES)('%s is so whatever the display says (%s)', (system, _) => {
    const resource = { ...encounter, class: { system, code: 'AMB', display: 'Tagesklinik' } };
    expect(fromFhirOf(resource).payload).toHaveProperty('class', 'AMB');
    expect(contentOf(resource)).toStrictEqual(['changed Encounter.class.display']);
  });

  it("is not anybody's system, whose code may mean something else", () => {
    const foreign = { system: 'https://hospital.example/class', code: 'AMB', display: 'Ambulance' };
    expect(payloadOf({ ...encounter, class: foreign })).toHaveProperty('class', 'Ambulance');
    const { display: _, ...mute } = foreign;
    expect(findLens('Encounter').safeFromFhir({ ...encounter, class: mute }).ok).toBe(false);
    const alike = { system: 'https://notclinikapi.com/class', code: 'AMB' };
    expect(findLens('Encounter').safeFromFhir({ ...encounter, class: alike }).ok).toBe(false);
  });

  it.each([
    ['priority', 'http://hl7.org/fhir/v3/ActPriority', 'UR'],
    ['priority', 'urn:oid:2.16.840.1.113883.5.7', 'EM'],
    ['use', 'http://hl7.org/fhir/diagnosis-role', 'AD'],
    ['use', 'http://hl7.org/fhir/ValueSet/diagnosis-role', 'pre-op'],
    ['category', 'http://hl7.org/fhir/v2/0074', 'LAB'],
    ['category', 'urn:oid:2.16.840.1.113883.12.74', 'RAD'],
    ['category', 'http://hl7.org/fhir/ValueSet/diagnostic-service-sections', 'PAT'],
    ['type', 'urn:oid:2.16.840.1.113883.6.1', '18842-5'],
    ['section', 'urn:oid:2.16.840.1.113883.6.1', '10154-3'],
  ])('is read in %s, as %s', (field, system, code) => {
    const said = { coding: [{ system, code }] };
    const words: Record<string, string> = { '18842-5': 'discharge-summary', '10154-3': 'chief-complaint' };
    expect(JSON.stringify(payloadOf(holding(field, said)))).toContain(`:"${words[code] ?? code}"`);
    expect(contentOf(holding(field, said))).toStrictEqual([]);
  });

  it('chooses the category of several, and the coding of several', () => {
    const category = [{ text: 'other' }, { coding: [{ system: 'http://hl7.org/fhir/v2/0074', code: 'HM' }] }];
    expect(payloadOf({ ...report, category })).toHaveProperty('category', 'HM');
    const loinc = { system: 'urn:oid:2.16.840.1.113883.6.1', code: '718-7' };
    const code = { coding: [{ system: 'urn:local', code: 'HB' }, loinc] };
    expect(payloadOf({ ...report, code })).toHaveProperty('code', loinc);
  });

  it.each(['http://hl7.org/fhir/v3/ParticipationType', 'urn:oid:2.16.840.1.113883.5.90', undefined])(
    'tells the responsible participant, system %s',
    (system) => {
      const typed = (code: string) => [{ coding: [{ ...(system === undefined ? {} : { system }), code }] }];
      const participant = [
        { type: typed('PART'), individual: { reference: 'Practitioner/u3' } },
        { type: typed('ATND'), individual: { reference: 'Practitioner/u4' } },
        { type: typed('PPRF'), individual: { reference: 'Practitioner/u2' } },
      ];
      expect(payloadOf({ ...encounter, participant })).toMatchObject({
        practitionerId: 'u2',
        participants: [{ practitionerId: 'u3' }, { practitionerId: 'u4', role: 'ATND' }],
      });
    },
  );
});

/** A resource that has a concept in one of the fields with words of their own. */
function holding(field: string, concept: object): AnyResource {
  const diagnosis = [{ condition: { display: 'x' }, use: concept }];
  const section = [{ title: 'a', code: concept, text: { status: 'generated', div } }];
  const found = new Map<string, AnyResource>([
    ['priority', { ...encounter, priority: concept }],
    ['use', { ...encounter, diagnosis }],
    ['category', { ...report, category: [concept] }],
    ['type', { ...composition, type: concept }],
    ['section', { ...composition, section }],
    ['task', { ...task, code: concept }],
    ['assessment', { ...impression, code: concept }],
  ]).get(field);
  ensure(found);
  return found;
}

describe("a code without a system that is one of the field's words", () => {
  it.each([
    ['priority', { code: 'UR' }, 'UR'],
    ['priority', { code: 'UR', display: 'Urgent' }, 'UR'],
    ['use', { code: 'AD' }, 'AD'],
    ['use', { code: 'pre-op', display: 'Pre-op diagnosis' }, 'pre-op'],
    ['category', { code: 'LAB' }, 'LAB'],
    ['category', { system: 'https://clinikapi.com/lab-category', code: 'RAD' }, 'RAD'],
    ['type', { code: 'discharge-summary', display: 'discharge-summary' }, 'discharge-summary'],
    ['type', { code: 'referral-letter', display: 'Referral Letter' }, 'referral-letter'],
    ['type', { system: 'http://loinc.org', code: 'care-plan' }, 'care-plan'],
    ['section', { code: 'chief-complaint' }, 'chief-complaint'],
    ['section', { code: 'medications', display: 'Medications' }, 'medications'],
    ['section', { code: 'follow-up', display: 'Follow-up' }, 'follow-up'],
    ['task', { code: 'fulfill' }, 'fulfill'],
    ['task', { code: 'lab-order', display: 'Lab order' }, 'lab-order'],
    ['assessment', { code: 'follow-up', display: 'Follow-up' }, 'follow-up'],
  ])('is read in %s: %j', (field, coding, word) => {
    const resource = holding(field, { coding: [coding] });
    expect(JSON.stringify(payloadOf(resource))).toContain(`:"${word}"`);
    expect(contentOf(resource)).toStrictEqual([]);
  });

  it.each([
    ['priority', { code: 'R', display: 'Rush' }, 'Rush'],
    ['category', { code: 'RAD', display: 'Radius' }, 'Radius'],
    ['section', { code: 'medications', display: 'Given in the ambulance' }, 'Given in the ambulance'],
    ['assessment', { code: 'discharge', display: 'Vaginal discharge' }, 'Vaginal discharge'],
  ])('is not where its display says something else: %s, %j', (field, coding, words) => {
    const resource = holding(field, { coding: [coding] });
    expect(JSON.stringify(payloadOf(resource))).toContain(`:"${words}"`);
    expect(contentOf(resource)).not.toStrictEqual([]);
  });

  it('gives way to a code of the system itself', () => {
    const coding = [{ code: 'S' }, { system: 'http://terminology.hl7.org/CodeSystem/v3-ActPriority', code: 'R' }];
    expect(payloadOf(holding('priority', { coding }))).toHaveProperty('priority', 'R');
  });

  it("is none under somebody else's system", () => {
    const coding = [{ system: 'https://hospital.example/codes', code: 'LAB' }];
    expect(payloadOf(holding('category', { coding }))).not.toHaveProperty('category');
  });
});

describe('the participant without a type', () => {
  const of = (id: string, text?: string) => ({
    ...(text === undefined ? {} : { type: [{ text }] }),
    individual: { reference: `Practitioner/${id}` },
  });

  it('is the practitioner where it is the only one without, with a warning', () => {
    const resource = { ...encounter, participant: [of('u2'), of('u3', 'nurse')] };
    expect(payloadOf(resource)).toMatchObject({
      practitionerId: 'u2',
      participants: [{ practitionerId: 'u3', role: 'nurse' }],
    });
    expect(fromFhirOf(resource).issues.map(({ id }) => id)).toStrictEqual(['encounter-practitioner-untyped']);
    expect(payloadOf({ ...resource, participant: [of('u3', 'nurse'), of('u2')] })).toHaveProperty(
      'practitionerId',
      'u2',
    );
  });

  it('is not where there are several, or one that is coded so', () => {
    const several = payloadOf({ ...encounter, participant: [of('u2'), of('u3'), of('u4', 'nurse')] });
    expect(several).not.toHaveProperty('practitionerId');
    const attender = { type: [{ coding: [{ code: 'ATND' }] }], individual: { reference: 'Practitioner/u5' } };
    expect(payloadOf({ ...encounter, participant: [of('u2'), attender] })).toMatchObject({
      practitionerId: 'u5',
      participants: [{ practitionerId: 'u2' }],
    });
  });

  it('is not promoted when another one goes, which keeps what else is said of the others', () => {
    const period = { start: '2025-01-15T10:00:00Z' };
    const onto = { ...encounter, participant: [of('u2'), of('u3'), { ...of('u4', 'nurse'), period }] };
    const { payload } = fromFhirOf(onto);
    const [first, , third] = (payload as { participants: object[] }).participants;
    const put = findLens('Encounter').safeToFhir({ ...payload, participants: [first, third] }, { onto: onto as never });
    ensure(put.ok);
    expect(fromFhirOf(put.resource).payload).toStrictEqual({ ...payload, participants: [first, third] });
    expect(put.resource).toMatchObject({ participant: [{}, { period }] });
  });
});

describe('what a server fills in or repeats', () => {
  const tag = [{ system: 'https://clinikapi.com/tenant', code: 't1' }];
  const stored = { lastUpdated: '2025-01-15T10:00:00Z', versionId: '1', tag };

  it.each<[string, AnyResource]>([
    ['a slug as text', { ...composition, type: { text: 'discharge-summary' } }],
    [
      'a slug beside its code',
      holding('section', { coding: [{ system: 'http://loinc.org', code: '10154-3' }], text: 'chief-complaint' }),
    ],
    [
      'the display as text',
      { ...report, code: { coding: [{ code: 'CBC', display: 'Blood count' }], text: 'Blood count' } },
    ],
    ['a code that the text repeats', { ...encounter, type: [{ coding: [{ code: 'checkup' }], text: 'checkup' }] }],
    ['a display that spells the code', { ...encounter, class: { code: 'AMB', display: 'Ambulatory' } }],
    ['the type of a reference', { ...encounter, subject: { reference: 'Patient/u1', type: 'Patient' } }],
    ['the time of storing, in a stored report', { ...report, issued: '2025-01-15T10:00:00Z', meta: stored }],
    ['the time of storing, in a stored task', { ...task, lastModified: '2025-01-15T10:00:00Z', meta: stored }],
    ["the time of storing, under an id of ClinikAPI's", { ...report, id: 'lab_1', issued: '2025-01-15T10:00:00Z' }],
    ['the tag of the tenant', { ...encounter, meta: stored }],
    [
      'minutes in words',
      { ...encounter, length: { value: 30, unit: 'minutes', system: 'http://unitsofmeasure.org', code: 'min' } },
    ],
  ])('loses no content: %s', (_, resource) => {
    expect(contentOf(resource)).toStrictEqual([]);
    ensure(holdsOnResource(resource));
  });

  it.each<[string, AnyResource, string]>([
    ['a text that says more than the slug', holding('section', { text: 'Complaints' }), ''],
    [
      'another display',
      { ...encounter, class: { code: 'AMB', display: 'Tagesklinik' } },
      'changed Encounter.class.display',
    ],
    [
      'a display of LOINC',
      holding('type', { coding: [{ system: 'http://loinc.org', code: '18842-5', display: 'Entlassbrief' }] }),
      'missing Composition.type.coding[0].display',
    ],
    [
      'a coding that says more than the text',
      { ...encounter, type: [{ coding: [{ code: 'A7' }], text: 'checkup' }] },
      'missing Encounter.type[0].coding',
    ],
    [
      'a coding with a system',
      { ...encounter, type: [{ coding: [{ system: 'urn:x', code: 'checkup' }], text: 'checkup' }] },
      'missing Encounter.type[0].coding',
    ],
    [
      'the time at which an EHR issued a report',
      { ...report, issued: '2019-01-15T10:00:00Z' },
      'missing DiagnosticReport.issued',
    ],
    [
      "an EHR's last change of a task",
      { ...task, lastModified: '2019-01-15T10:00:00Z', meta: { tag: [{ system: 'urn:ehr', code: 'x' }] } },
      'missing Task.lastModified',
    ],
    [
      'the name in a reference',
      { ...encounter, subject: { reference: 'Patient/u1', display: 'N. N.' } },
      'missing Encounter.subject.display',
    ],
    [
      'the version of a reference',
      { ...encounter, subject: { reference: 'Patient/pt_1/_history/2' } },
      'missing Encounter.subject.reference',
    ],
    [
      "another server's reference",
      { ...encounter, subject: { reference: 'https://ehr.example/Patient/pt_1' } },
      'missing Encounter.subject.reference',
    ],
    [
      'the type of a reference in words',
      { ...encounter, serviceProvider: { type: 'Organization', display: 'Ward' } },
      'missing Encounter.serviceProvider.type',
    ],
  ])('never hides content: %s', (_, resource, loss) => {
    expect(contentOf(resource)).toStrictEqual(loss === '' ? [] : [loss]);
  });
});

describe("what ClinikAPI's OpenAPI file leaves optional", () => {
  const document = {
    status: 'final',
    type: 'x',
    patientId: 'pt_a',
    practitionerId: 'prac_a',
    title: 't',
    date: '2025-01-15',
  };
  const lab = { status: 'final', code: 'x', patientId: 'pt_a' };

  it.each<[string, 'documents' | 'labs', object]>([
    [
      'the text of a section in another one',
      'documents',
      { sections: [{ title: 'a', text: 'b', sections: [{ title: 'only a title' }] }] },
    ],
    [
      'its title',
      'documents',
      { sections: [{ title: 'a', text: 'b', sections: [{ text: 'only a text', code: 'chief-complaint' }] }] },
    ],
    [
      'both, below',
      'documents',
      { sections: [{ title: 'a', text: 'b', sections: [{ sections: [{ mode: 'working' }] }] }] },
    ],
    [
      'the code of an event',
      'documents',
      { event: [{ code: [{ display: 'Visit' }, { system: 'urn:x' }] }], sections: [{ title: 'a', text: 'b' }] },
    ],
    [
      'the code of a conclusion',
      'labs',
      { conclusionCodes: [{ system: 'http://snomed.info/sct', display: 'Anaemia' }] },
    ],
    ['the type of an attachment', 'labs', { presentedForm: [{ url: 'https://files.example/a' }, { data: 'QUJD' }] }],
    ['the id of an image', 'labs', { media: [{ comment: 'left' }] }],
  ])('comes back as it was: %s', (_, path, more) => {
    holdsCreateGet(path, { ...(path === 'labs' ? lab : document), ...more });
  });

  it('is still asked for where the file asks for it', () => {
    const found = (path: 'documents' | 'labs', payload: object) =>
      lensFor(path)
        .validatePayload(payload)
        .map(({ id, expression }) => `${id} ${expression}`);
    expect(found('documents', { ...document, sections: [{ title: 'a' }] })).toStrictEqual([
      'payload-required sections[0].text',
    ]);
    expect(found('labs', { ...lab, code: { display: 'x' } })).toContain('payload-required code.code');
  });

  it('is not what somebody else left out', () => {
    const media = [{ comment: 'left' }];
    expect(payloadOf({ ...report, media, conclusionCode: [{ coding: [{ display: 'x' }] }] })).not.toHaveProperty(
      'media',
    );
    const section = [{ title: 'a', text: { status: 'generated', div }, section: [{ title: 'inner', entry: [] }] }];
    expect(payloadOf({ ...composition, section })).toMatchObject({
      sections: [{ sections: [{ title: 'inner', text: 'No text is given.' }] }],
    });
  });
});
