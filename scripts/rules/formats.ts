import { type Entries, type Entry, on, onEach } from './entry.js';

const patient = onEach('Patient');
const parameters = (type: string, fix: string, fine: unknown, broken: unknown): Entry => {
  const holding = (value: unknown) => ({ parameter: [{ name: 'example', [`value${type}`]: value }] });
  return on('Parameters', fix, holding(fine), holding(broken), 'parameter[0].value');
};

/** The formats of the primitive types, by `format-` and the type. A boolean has none: what is no boolean has another JSON type. */
export const formats: Entries = {
  'format-base64Binary': parameters(
    'Base64Binary',
    'Encode the bytes as base64 with + and /, padded with = to groups of four.',
    'SGVsbG8=',
    'SGVsbG8',
  ),
  'format-canonical': on(
    'Library',
    'Take the white space out of the address, or write it as %20, and a UUID in lower case; a version follows after |.',
    { relatedArtifact: [{ type: 'depends-on', resource: 'http://example.org/a|1.0' }] },
    { relatedArtifact: [{ type: 'depends-on', resource: 'http://example.org/a | 1.0' }] },
    'relatedArtifact[0].resource',
  ),
  'format-code': patient(
    'Trim the code, and leave single spaces inside of it; where it is a text for people, it belongs in display or text.',
    { language: 'en-GB' },
    { language: ' en-GB' },
    'language',
  ),
  'format-date': patient(
    'Write YYYY-MM-DD, YYYY-MM or YYYY, a day that the calendar has, and no time.',
    { birthDate: '1974-12-25' },
    { birthDate: '25/12/1974' },
    'birthDate',
  ),
  'format-dateTime': on(
    'Observation',
    'Write YYYY-MM-DDThh:mm:ss with a time zone (Z or +02:00), or a date without a time.',
    { effectiveDateTime: '2024-05-01T10:00:00+02:00' },
    { effectiveDateTime: '2024-05-01T10:00' },
    'effective',
  ),
  'format-decimal': {
    fix: 'Give a number: from code only, NaN is none.',
  },
  'format-id': patient(
    'Use 1 to 64 letters, digits, hyphens and dots; an id with other characters belongs in an identifier.',
    { id: 'pt-1' },
    { id: 'pt_1' },
    'id',
  ),
  'format-instant': on(
    'Observation',
    'Write a whole date and time with seconds and a time zone; where less is known, the element has a dateTime beside it.',
    { issued: '2024-05-01T10:00:00Z' },
    { issued: '2024-05-01' },
    'issued',
  ),
  'format-integer': patient(
    'Write a whole number from -2,147,483,648 to 2,147,483,647.',
    { multipleBirthInteger: 2 },
    { multipleBirthInteger: 2.5 },
    'multipleBirth',
  ),
  'format-markdown': on(
    'Task',
    'Take the control characters out of the text, and keep it below 1,048,576 characters; tabs, line feeds and carriage returns may stay.',
    { note: [{ text: 'Call *before* noon.' }] },
    { note: [{ text: 'Call *before* noon.\u0007' }] },
    'note[0].text',
  ),
  'format-oid': parameters(
    'Oid',
    'Write urn:oid: before the number; its parts are 0, 1 or 2, then numbers without leading zeros.',
    'urn:oid:2.16.840.1.113883.6.1',
    '2.16.840.1.113883.6.1',
  ),
  'format-positiveInt': patient(
    'Count from 1: zero and numbers below it are not allowed here.',
    { telecom: [{ system: 'phone', value: '555-0100', rank: 1 }] },
    { telecom: [{ system: 'phone', value: '555-0100', rank: 0 }] },
    'telecom[0].rank',
  ),
  'format-string': {
    fix: 'Keep the text below 1,048,576 characters; a longer one belongs in an Attachment.',
  },
  'format-time': parameters('Time', 'Write hh:mm:ss, with seconds and without a time zone.', '10:30:00', '10:30'),
  'format-unsignedInt': on(
    'ImagingStudy',
    'Write a whole number that is not below zero.',
    { numberOfSeries: 0 },
    { numberOfSeries: -1 },
    'numberOfSeries',
  ),
  'format-uri': patient(
    'Take the white space out of the address, or write it as %20; after urn:uuid: stands a UUID in lower case, after urn:oid: an OID.',
    { identifier: [{ system: 'http://example.org/mrn', value: '1' }] },
    { identifier: [{ system: 'http://example.org/mrn numbers', value: '1' }] },
    'identifier[0].system',
  ),
  'format-url': patient(
    'Take the white space out of the address, or write it as %20.',
    { photo: [{ contentType: 'image/png', url: 'http://example.org/lee.png' }] },
    { photo: [{ contentType: 'image/png', url: 'http://example.org/ann lee.png' }] },
    'photo[0].url',
  ),
  'format-uuid': parameters(
    'Uuid',
    'Write urn:uuid: before it, and its letters in lower case.',
    'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01',
    '7C1E2F5E-2F0B-4A7E-9D6B-0D1D5F6A3B01',
  ),
};
