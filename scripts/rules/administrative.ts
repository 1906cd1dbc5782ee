import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, onEach } from './entry.js';

const accepted = { participant: [{ actor: { reference: 'Practitioner/lee' }, status: 'accepted' }] };
const times = { start: '2024-05-01T10:00:00Z', end: '2024-05-01T10:30:00Z' };
const appointment = onEach('Appointment', accepted);
const consent = onEach('Consent', { policyRule: { text: 'opt-in' } });
const scope = (code: string): JsonObject => ({
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code }] },
});
const consentOf = (code: string) =>
  consent(
    'Say in patient whose consent this is.',
    { ...scope(code), patient: { reference: 'Patient/lee' } },
    scope(code),
  );
const organization = onEach('Organization', { name: 'Clinic' });
const list = onEach('List');
const entry = (more: JsonObject = {}): JsonObject => ({ entry: [{ ...more, item: { reference: 'Patient/lee' } }] });
const measured = onEach('MeasureReport', { period: { start: '2024-01-01', end: '2024-12-31' } });
const stratum = (more: JsonObject): JsonObject => ({
  group: [{ stratifier: [{ stratum: [{ value: { text: 'female' }, ...more }] }] }],
});

/** The invariants of administrative and financial resources, and of those of workflow. */
export const administrative: Entries = {
  'app-1': appointment(
    'Say who takes part in actor, or what kind of participant in type.',
    {},
    { participant: [{ status: 'accepted' }] },
    'participant[0]',
  ),
  'app-2': appointment('Give both start and end, or neither.', times, { start: times.start }),
  'app-3': appointment(
    'Give the appointment its start and end; only a proposed, cancelled or waitlisted one can go without.',
    { status: 'booked', ...times },
    { status: 'booked' },
  ),
  'app-4': appointment(
    'Make the status cancelled or noshow, or take the reason away.',
    { status: 'cancelled', cancelationReason: { text: 'Weather' } },
    { status: 'booked', ...times, cancelationReason: { text: 'Weather' } },
  ),
  'apr-1': onEach('AppointmentResponse')(
    'Say who answers in actor, or what kind of participant in participantType.',
    { actor: { reference: 'Practitioner/lee' } },
    {},
  ),
  'sev-1': onEach('AuditEvent')(
    'Keep the name or the query.',
    { entity: [{ query: 'UGF0aWVudD9uYW1lPUxlZQ==' }] },
    { entity: [{ name: 'Search', query: 'UGF0aWVudD9uYW1lPUxlZQ==' }] },
    'entity[0]',
  ),
  'ppc-1': onEach('Consent')(
    'Name the policy that the consent is under, in policy or in policyRule.',
    { policyRule: { text: 'opt-in' } },
    {},
  ),
  'ppc-2': consentOf('patient-privacy'),
  'ppc-3': consentOf('research'),
  'ppc-4': consentOf('adr'),
  'ppc-5': consentOf('treatment'),
  'ces-1': onEach('CoverageEligibilityResponse')(
    'Keep the category or the product or service.',
    { insurance: [{ coverage: { reference: 'Coverage/1' }, item: [{ category: { text: 'Dental' } }] }] },
    {
      insurance: [
        {
          coverage: { reference: 'Coverage/1' },
          item: [{ category: { text: 'Dental' }, productOrService: { text: 'Filling' } }],
        },
      ],
    },
    'insurance[0].item[0]',
  ),
  'grp-1': onEach('Group')(
    'Make actual true where the group has members; one that is only described has characteristics.',
    { actual: true, member: [{ entity: { reference: 'Patient/lee' } }] },
    { actual: false, member: [{ entity: { reference: 'Patient/lee' } }] },
  ),
  'ipn-1': onEach('InsurancePlan')('Give the plan a name or an identifier.', { name: 'Basic plan' }, {}),
  'lnk-1': onEach('Linkage')(
    'Link at least two items, or leave the Linkage out.',
    {
      item: [
        { type: 'source', resource: { reference: 'Patient/lee' } },
        { type: 'alternate', resource: { reference: 'Patient/lea' } },
      ],
    },
    { item: [{ type: 'source', resource: { reference: 'Patient/lee' } }] },
  ),
  'lst-1': list('Take emptyReason away where there are entries.', entry(), {
    emptyReason: { text: 'none known' },
    ...entry(),
  }),
  'lst-2': list(
    'Make the mode changes, or take the deleted entries out.',
    { mode: 'changes', ...entry({ deleted: true }) },
    { mode: 'working', ...entry({ deleted: true }) },
  ),
  'lst-3': list(
    'Make the mode working, or take the dates of the entries away.',
    { mode: 'working', ...entry({ date: '2024-05-01' }) },
    { mode: 'snapshot', ...entry({ date: '2024-05-01' }) },
  ),
  'mrp-1': measured(
    'Take the groups away, or make the type the one of the report that has them.',
    { type: 'summary', group: [{ measureScore: { value: 1 } }] },
    { type: 'data-collection', group: [{ measureScore: { value: 1 } }] },
  ),
  'mrp-2': measured(
    'Give the stratum a value or components, one of the two.',
    stratum({}),
    stratum({ component: [{ code: { text: 'sex' }, value: { text: 'female' } }] }),
  ),
  'org-1': onEach('Organization')('Give the organization a name or an identifier.', { name: 'Clinic' }, {}),
  'org-2': organization(
    'Make the use of the address work, billing or temp.',
    { address: [{ use: 'work', text: '1 Main Street' }] },
    { address: [{ use: 'home', text: '1 Main Street' }] },
    'address[0]',
  ),
  'org-3': organization(
    'Make the use of the number work, temp or mobile.',
    { telecom: [{ system: 'phone', value: '555-0100', use: 'work' }] },
    { telecom: [{ system: 'phone', value: '555-0100', use: 'home' }] },
    'telecom[0]',
  ),
  'pat-1': onEach('Patient')(
    'Give the contact a name, a number, an address or an organization.',
    { contact: [{ name: { text: 'Bo Lee' }, gender: 'male' }] },
    { contact: [{ gender: 'male' }] },
    'contact[0]',
  ),
  'inv-1': [
    onEach('Parameters')(
      'Give the parameter one of a value, a resource or parts.',
      { parameter: [{ name: 'code', valueCode: 'final' }] },
      { parameter: [{ name: 'code' }] },
      'parameter[0]',
    ),
    onEach('Task')(
      'Correct the times: a task is changed after it was written, or when it was.',
      { authoredOn: '2024-05-01', lastModified: '2024-05-02' },
      { authoredOn: '2024-05-02', lastModified: '2024-05-01' },
    ),
    onEach('TestReport')(
      'Make two actions of the operation and the assert.',
      { setup: { action: [{ operation: { result: 'pass' } }] } },
      { setup: { action: [{ operation: { result: 'pass' }, assert: { result: 'pass' } }] } },
      'setup.action[0]',
    ),
  ],
  'inv-2': onEach('TestReport')(
    'Make two actions of the operation and the assert.',
    { test: [{ action: [{ operation: { result: 'pass' } }] }] },
    { test: [{ action: [{ operation: { result: 'pass' }, assert: { result: 'pass' } }] }] },
    'test[0].action[0]',
  ),
};
