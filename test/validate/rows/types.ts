import type { JsonObject } from '../../../src/lens/json.js';
import { composition, type InvariantRows, observation, patient, task } from '../../support/validation.js';

const LOINC = 'http://loinc.org';
const coded = (code: string): JsonObject => ({ coding: [{ system: LOINC, code }] });

/** The rules of the resource types themselves. */
export const typeRows: InvariantRows = {
  'pat-1': [
    [
      'a contact of no name and no address',
      patient,
      { contact: [{ gender: 'male' }] },
      'error pat-1 Patient.contact[0]',
    ],
    [
      'one contact of two that says nothing',
      patient,
      { contact: [{ name: { text: 'a' } }, { relationship: [{ text: 'a' }] }] },
      'error pat-1 Patient.contact[1]',
    ],
    [
      'contacts with one of four',
      patient,
      {
        contact: [
          { name: { text: 'a' } },
          { telecom: [{ system: 'phone', value: 'a' }] },
          { address: { text: 'a' } },
          { organization: { display: 'a' } },
        ],
      },
    ],
  ],
  'obs-3': [
    [
      'a range without its limits',
      observation,
      { referenceRange: [{ type: { text: 'a' } }] },
      'error obs-3 Observation.referenceRange[0]',
    ],
    [
      'a range of a component without its limits',
      observation,
      { component: [{ code: { text: 'a' }, referenceRange: [{ type: { text: 'a' } }] }] },
      'error obs-3 Observation.component[0].referenceRange[0]',
    ],
    [
      'ranges with one of three',
      observation,
      { referenceRange: [{ low: { value: 1 } }, { high: { value: 1 } }, { text: 'a' }] },
    ],
  ],
  'obs-6': [
    [
      'a value, and why there is none',
      observation,
      { valueString: 'a', dataAbsentReason: { text: 'a' } },
      'error obs-6 Observation',
    ],
    [
      'a value of false, and why there is none',
      observation,
      { valueBoolean: false, dataAbsentReason: { text: 'a' } },
      'error obs-6 Observation',
    ],
    ['no value, and why', observation, { dataAbsentReason: { text: 'a' } }],
    [
      'a value of the Observation, and why a component has none',
      observation,
      { valueString: 'a', component: [{ code: { text: 'a' }, dataAbsentReason: { text: 'a' } }] },
    ],
  ],
  'obs-7': [
    [
      'a value beside a component of the same code',
      observation,
      { code: coded('1'), valueString: 'a', component: [{ code: coded('2') }, { code: coded('1'), valueString: 'a' }] },
      'error obs-7 Observation',
    ],
    [
      'a value beside a component of another code',
      observation,
      { code: coded('1'), valueString: 'a', component: [{ code: coded('2'), valueString: 'a' }] },
    ],
    [
      'a component of the same code, without a value beside it',
      observation,
      { code: coded('1'), component: [{ code: coded('1'), valueString: 'a' }] },
    ],
    [
      'a value beside a component of the same code in another system',
      observation,
      {
        code: coded('1'),
        valueString: 'a',
        component: [{ code: { coding: [{ system: 'http://example.org', code: '1' }] } }],
      },
    ],
  ],
  'cmp-1': [
    ['a section of a title alone', composition, { section: [{ title: 'a' }] }, 'error cmp-1 Composition.section[0]'],
    [
      'a section in a section of a title alone',
      composition,
      { section: [{ title: 'a', section: [{ title: 'b' }] }] },
      'error cmp-1 Composition.section[0].section[0]',
    ],
    [
      'sections with an entry or sections',
      composition,
      { section: [{ title: 'a', section: [{ entry: [{ display: 'a' }] }] }] },
    ],
  ],
  'cmp-2': [
    [
      'an entry, and why there is none',
      composition,
      { section: [{ emptyReason: { text: 'a' }, entry: [{ display: 'a' }] }] },
      'error cmp-2 Composition.section[0]',
    ],
    [
      'a section in a section with an entry, and why there is none',
      composition,
      {
        section: [{ entry: [{ display: 'a' }], section: [{ emptyReason: { text: 'a' }, entry: [{ display: 'a' }] }] }],
      },
      'error cmp-2 Composition.section[0].section[0]',
    ],
    [
      'no entry, and why',
      composition,
      {
        section: [
          {
            emptyReason: { text: 'a' },
            text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>' },
          },
        ],
      },
    ],
  ],
  'inv-1': [
    [
      'a Task that was changed before it was written',
      task,
      { authoredOn: '2024-05-02', lastModified: '2024-05-01' },
      'error inv-1 Task',
    ],
    [
      'a Task that was changed when it was written',
      task,
      { authoredOn: '2024-05-01T10:00:00Z', lastModified: '2024-05-01T12:00:00+02:00' },
    ],
    [
      'a Task that only looks changed too early, by its offsets',
      task,
      { authoredOn: '2024-05-01T10:00:00+02:00', lastModified: '2024-05-01T09:00:00Z' },
    ],
    ['a Task that was changed, and nobody knows when it was written', task, { lastModified: '2024' }],
    [
      'a Task with a broken date, as a format alone',
      task,
      { authoredOn: '2024-05-02', lastModified: '2024-5-1' },
      'error format-dateTime Task.lastModified',
    ],
  ],
};
