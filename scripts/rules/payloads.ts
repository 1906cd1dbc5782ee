import type { Severity } from '../../src/lens/issue.js';
import type { JsonObject } from '../../src/lens/json.js';
import type { Entry } from './entry.js';

/** A rule of ClinikAPI's payloads; what it means stands in docs/issues.md, too. */
export interface PayloadEntry extends Entry {
  readonly severity: Severity;
  readonly says: string;
}

export type PayloadEntries = Readonly<Record<string, PayloadEntry>>;

const BASES = {
  tasks: { status: 'draft', intent: 'order' },
  labs: { status: 'final', code: '24323-8', patientId: 'pat-17' },
  encounters: { status: 'planned', class: 'AMB', patientId: 'pat-17' },
  documents: {
    status: 'final',
    type: 'Progress note',
    patientId: 'pat-17',
    practitionerId: 'prac-3',
    title: 'Note of the night shift',
    sections: [{ title: 'Night', text: 'Slept well.' }],
  },
} as const;

function payload(
  path: keyof typeof BASES,
  says: string,
  fix: string,
  fine: JsonObject,
  broken: JsonObject,
  at: string,
  severity: PayloadEntry['severity'] = 'error',
): PayloadEntry {
  const put = (change: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries({ ...BASES[path], ...change }).filter(([, value]) => value !== undefined));
  return {
    severity,
    says,
    fix,
    where: 'payloads of ClinikAPI',
    example: { of: { payload: path }, fine: put(fine), broken: put(broken), at },
  };
}

/** The rules of create payloads. */
export const payloads: PayloadEntries = {
  'payload-type': payload(
    'tasks',
    'A value has the wrong JSON type, or none of the forms that ClinikAPI takes.',
    'Write the value as docs/mapping says for the field: a text in quotes, a number without.',
    { description: 'Call the ward' },
    { description: 7 },
    'description',
  ),
  'payload-unknown-field': payload(
    'tasks',
    'ClinikAPI has no such field.',
    'Spell the field as `clinik-fhir fields` has it; in a create payload, leave the id out.',
    { description: 'Call the ward' },
    { text: 'Call the ward' },
    'text',
  ),
  'payload-required': payload(
    'tasks',
    'A required field is missing or empty.',
    'Add the field; `clinik-fhir fields` marks the required ones with !.',
    {},
    { intent: undefined },
    'intent',
  ),
  'payload-code': payload(
    'tasks',
    'A code is none of those that ClinikAPI takes.',
    'Use one of the codes that the field’s row in docs/mapping lists.',
    { priority: 'urgent' },
    { priority: 'high' },
    'priority',
  ),
  'payload-over-limit': payload(
    'encounters',
    'A text, list or number is over ClinikAPI’s limit.',
    'Shorten the value to the limit that the field’s row in docs/mapping has.',
    { lengthMinutes: 45 },
    { lengthMinutes: 20000 },
    'lengthMinutes',
  ),
  'payload-id': payload(
    'labs',
    'An id has other characters than letters, digits, `-`, `_` and `.`.',
    'Give the id alone, or the type and the id (Patient/pat-17), without an address before it.',
    { encounterId: 'enc-1' },
    { encounterId: 'http://example.org/Encounter/enc-1' },
    'encounterId',
  ),
  'payload-several-values': payload(
    'labs',
    'More than one of several fields that exclude each other has a value.',
    'Keep one of the fields.',
    { effectiveDateTime: '2024-05-01T10:00:00Z' },
    { effectiveDateTime: '2024-05-01T10:00:00Z', effectivePeriod: { start: '2024-05-01T10:00:00Z' } },
    'effectivePeriod',
  ),
  'code-grammar': payload(
    'labs',
    'FHIR cannot hold the value as a code.',
    'Trim the code, and leave single spaces inside of it.',
    { conclusionCodes: [{ system: 'http://snomed.info/sct', code: '17621005' }] },
    { conclusionCodes: [{ system: 'http://snomed.info/sct', code: '17621005 ' }] },
    'conclusionCodes[0].code',
  ),
  'uri-grammar': payload(
    'labs',
    'FHIR cannot hold the value as an address: it has white space.',
    'Take the white space out of the address, or write it as %20.',
    { presentedForm: [{ contentType: 'application/pdf', url: 'https://example.org/report.pdf' }] },
    { presentedForm: [{ contentType: 'application/pdf', url: 'https://example.org/the report.pdf' }] },
    'presentedForm[0].url',
  ),
  'base64-grammar': payload(
    'labs',
    'FHIR cannot hold the value as data: it is not base64.',
    'Encode the bytes as base64 with + and /, padded with = to groups of four.',
    { presentedForm: [{ contentType: 'text/plain', data: 'SGVsbG8=' }] },
    { presentedForm: [{ contentType: 'text/plain', data: 'SGVsbG8' }] },
    'presentedForm[0].data',
  ),
  'integer-range': payload(
    'tasks',
    'FHIR cannot hold the number: it is not within 32 bits, or below what the element takes.',
    'Write a whole number within the range that the message gives.',
    { restriction: { repetitions: 2 } },
    { restriction: { repetitions: 0 } },
    'restriction.repetitions',
  ),
  'date-grammar': payload(
    'documents',
    'This is no date of FHIR’s grammar, or none of the calendar.',
    'Write YYYY-MM-DD, or a date with a time, its seconds and a time zone.',
    { date: '2024-05-01' },
    { date: '2024-02-30' },
    'date',
  ),
  'date-time-grammar': payload(
    'tasks',
    'This is no date-time of FHIR’s grammar, or none of the calendar.',
    'Write YYYY-MM-DDThh:mm:ss with a time zone: Z or +02:00.',
    { authoredOn: '2024-05-01T10:00:00Z' },
    { authoredOn: '2024-05-01 10:00' },
    'authoredOn',
  ),
  'period-reversed': payload(
    'encounters',
    'The period ends before it starts.',
    'Put the earlier time into start.',
    { period: { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' } },
    { period: { start: '2024-05-01T11:00:00Z', end: '2024-05-01T10:00:00Z' } },
    'period',
  ),
  'text-invalid-character': payload(
    'tasks',
    'The text has control characters or lone surrogates, which FHIR cannot hold.',
    'Take the control characters out of the text; tabs, line feeds and carriage returns may stay.',
    { description: 'Call the ward' },
    { description: 'Call the ward\u0007' },
    'description',
  ),
  'narrative-invalid-character': payload(
    'documents',
    'A section’s text has a character that XML does not allow.',
    'Take the character out of the text.',
    {},
    { sections: [{ title: 'Night', text: 'Slept well.\ufffe' }] },
    'sections[0].text',
  ),
  'payload-empty-omitted': payload(
    'tasks',
    '`""`, `[]` or `{}`, or a text of white space, says nothing and is left out.',
    'Leave the field out.',
    {},
    { description: '' },
    'description',
    'information',
  ),
  'payload-id-repeated': payload(
    'labs',
    'A list of ids has one twice; it is left out the second time.',
    'Give each id once.',
    { resultIds: ['obs-1', 'obs-2'] },
    { resultIds: ['obs-1', 'obs-1'] },
    'resultIds[1]',
    'information',
  ),
  'text-too-large': {
    severity: 'error',
    says: 'The text is longer than the 1,048,576 characters that FHIR can hold.',
    fix: 'Split the text.',
    where: 'payloads of ClinikAPI',
  },
};

/** What a payload's reference says of its type; the identifier is that of the validator's rule, too. */
export const payloadReferenceType: PayloadEntry = payload(
  'labs',
  'A reference is to a type that the field does not take.',
  'Give an id of one of the types that the field’s row in docs/mapping lists.',
  { encounterId: 'Encounter/enc-1' },
  { encounterId: 'Practitioner/prac-3' },
  'encounterId',
);

/** What is too deep in a payload, or around records; the identifier is that of the validator's rule, too. */
export const payloadTooDeep: PayloadEntry = {
  severity: 'error',
  says: 'This is nested deeper than any reader could follow.',
  fix: 'Nest the payload less deep than 200 levels, Bundles and lists less deep than 32.',
  where: 'payloads of ClinikAPI, and the Bundles, lists and responses around records',
};

/** What is said of a record or file before a rule looks at it. */
export const files: PayloadEntries = Object.fromEntries(
  (
    [
      ['json-malformed', 'This is no JSON.', 'Write the file again; a record that ends early was cut off.'],
      ['json-encoding', 'This is not UTF-8.', 'Write the file again as UTF-8.'],
      [
        'json-too-large',
        'One record, or one JSON document, is over 256 MiB.',
        'Write the resources as NDJSON, one a line.',
      ],
      [
        'json-duplicate-key',
        'An object has the same key twice; which of the two counts cannot be told.',
        'Keep one of the two, or put both values into one array where R4 has a list.',
      ],
      [
        'record-unknown',
        'This is no FHIR resource, and nothing says of what it is a payload.',
        'Add the resourceType, or begin the name of the file with a path of ClinikAPI: encounters.ndjson.',
      ],
      [
        'fhir-version',
        'An element is one that only DSTU2, STU3 or R5 has, or has in this shape.',
        'Convert the resource to R4 first.',
      ],
      ['bundle-entry', 'The entries of a Bundle are a list.', 'Put the entries into an array.'],
      [
        'response-error',
        'This is ClinikAPI’s answer to a request that failed; it holds no record.',
        'Ask ClinikAPI again, and give what it answers then.',
      ],
      [
        'implicit-rules',
        'Rules of the Bundle that ClinikAPI does not know could change the meaning of the record.',
        'Take implicitRules away once somebody who knows the rules has looked at the records.',
      ],
      [
        'modifier-extension',
        'An extension of the Bundle entry that ClinikAPI does not know could change the meaning of the record.',
        'Take the modifierExtension away once somebody who knows it has looked at the record.',
      ],
      [
        'version-unclear',
        'There are several versions of this record that differ, and nothing tells which is the newest.',
        'Keep the right one, or give each its meta.lastUpdated (the entry of a deletion its response.lastModified), and convert again.',
      ],
      ['internal-error', 'clinik-fhir failed on this record.', 'Report it, with a record that holds nobody’s data.'],
      ['file-unreadable', 'The file could not be read to its end.', 'Copy the file again: it is damaged or cut off.'],
      [
        'file-changed',
        'The file had more or fewer bytes when it was read to its end than when it was found.',
        'Wait until nobody writes to the file any more, or copy it again, and read it again.',
      ],
      [
        'export-file-missing',
        'A file that the manifest of a bulk export lists is not in the input.',
        'Fetch the file again and put it beside the manifest; or name the whole folder of the export. Leave the file out on purpose with --exclude, or leave out the manifest.',
      ],
      [
        'export-count-short',
        'A file of a bulk export holds fewer records than its manifest says.',
        'Fetch the file again: it was cut off.',
      ],
      ['gzip-truncated', 'The gzip file ends before its content does.', 'Copy the file again: it was cut off.'],
      ['gzip-damaged', 'The gzip file does not hold what its checksum says.', 'Copy the file again: it is damaged.'],
    ] as const
  ).map(([id, says, fix]) => {
    const severity = id === 'internal-error' ? 'fatal' : 'error';
    return [id, { severity, says, fix, where: 'files and records' } satisfies PayloadEntry];
  }),
);
