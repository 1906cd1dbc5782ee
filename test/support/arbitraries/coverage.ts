// What a run of the generators has covered: which payload fields, and which kinds of awkward text.
import { isObject } from './object.js';
import { PROTOTYPE_WORDS, SLUGS } from './words.js';

const under = (parent: string, ...fields: string[]) => [parent, ...fields.map((field) => `${parent}.${field}`)];

const SECTION = ['title', 'text', 'code', 'resourceIds', 'authorId', 'mode'];
const VALUES = ['String', 'Boolean', 'Integer', 'Date', 'DateTime', 'Reference'].map((kind) => `value${kind}`);
const CODE = ['system', 'code', 'display'];

/** Every payload field of the contract; `a[].b` is `b` in an item of `a`, and `a[]` an array where it could be a string. */
export const payloadFields = {
  assessments: [
    ...['status', 'statusReason', 'patientId', 'encounterId', 'practitionerId', 'code', 'description', 'summary'],
    ...['note', 'effectiveDateTime', 'date', 'previousAssessmentId', 'problemIds', 'protocol', 'supportingInfoIds'],
    ...['findings', 'findings[].code', 'findings[].text', 'findings[].basis'],
    ...['investigations', 'investigations[].name', 'investigations[].itemIds'],
    ...['prognosis', 'prognosis[].code', 'prognosis[].text'],
  ],
  encounters: [
    ...['status', 'class', 'patientId', 'practitionerId', 'type', 'serviceType', 'priority'],
    ...['participants', 'participants[].practitionerId', 'participants[].role', 'reasonCode', 'reasonCode[]'],
    ...under('period', 'start', 'end'),
    ...['lengthMinutes', 'location', 'serviceProvider', 'appointmentId', 'basedOnId', 'partOfId'],
    ...['diagnosis', 'diagnosis[].condition', 'diagnosis[].use', 'diagnosis[].rank'],
    ...under('hospitalization', 'admitSource', 'dischargeDisposition', 'reAdmission', 'dietPreference'),
    ...['specialArrangement', 'destination', 'origin'].map((field) => `hospitalization.${field}`),
  ],
  documents: [
    ...['status', 'type', 'category', 'patientId', 'encounterId', 'practitionerId', 'title', 'date', 'confidentiality'],
    ...['attester', 'attester[].mode', 'attester[].time', 'attester[].partyId', 'custodianId'],
    ...['relatesTo', 'relatesTo[].code', 'relatesTo[].targetId'],
    ...['event', 'event[].code', ...CODE.map((field) => `event[].code[].${field}`), 'event[].detailIds'],
    ...under('event[].period', 'start', 'end'),
    ...['sections', 'sections[].sections', 'sections[].sections[].sections'],
    ...['sections', 'sections[].sections', 'sections[].sections[].sections'].flatMap((parent) =>
      SECTION.map((field) => `${parent}[].${field}`),
    ),
  ],
  labs: [
    ...['status', 'patientId', 'encounterId', 'category', 'effectiveDateTime', ...under('code', ...CODE)],
    ...under('effectivePeriod', 'start', 'end'),
    ...['resultIds', 'conclusion', 'conclusionCodes', ...CODE.map((field) => `conclusionCodes[].${field}`)],
    ...['performer', 'resultsInterpreter', 'specimenIds', 'presentedForm', 'presentedForm[].contentType'],
    ...['presentedForm[].data', 'presentedForm[].url', 'presentedForm[].title', 'basedOn'],
    ...['media', 'media[].comment', 'media[].linkId'],
  ],
  tasks: [
    ...['status', 'intent', 'statusReason', 'businessStatus', 'priority', 'code', 'description', 'focusId'],
    ...['patientId', 'encounterId', ...under('executionPeriod', 'start', 'end'), 'authoredOn', 'requesterId'],
    ...['ownerId', 'reasonCode', 'note', 'basedOn', 'partOf', 'input', 'input[].type', 'output', 'output[].type'],
    ...VALUES.flatMap((field) => [`input[].${field}`, `output[].${field}`]),
    ...under('restriction', 'repetitions', 'recipientIds', 'period', 'period.start', 'period.end'),
  ],
} satisfies Record<string, string[]>;

function walk(value: unknown, path: string, seen: Set<string>): void {
  if (Array.isArray(value)) {
    seen.add(`${path}[]`);
    for (const item of value) walk(item, `${path}[]`, seen);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const here = path === '' ? key : `${path}.${key}`;
      seen.add(here);
      walk(item, here, seen);
    }
  }
}

/** The paths of the fields that a payload has, as in `payloadFields`; every array also counts as `path[]`. */
export function countFields(payload: unknown): Set<string> {
  const seen = new Set<string>();
  walk(payload, '', seen);
  return seen;
}

const slugs = new Set(SLUGS);
const prototypeWords = new Set(PROTOTYPE_WORDS);

/** What a string can be mistaken for, or trip over. */
export const lookAlikes: Record<string, (s: string) => boolean> = {
  'LOINC code': (s) => /^\d{1,7}-\d$/.test(s),
  'ICD-10 code': (s) => /^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/.test(s),
  'SNOMED CT code': (s) => /^[1-9]\d{5,17}$/.test(s),
  'typed reference': (s) => /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-_.]+$/.test(s),
  'XML metacharacter': (s) => /[&<>"']/.test(s),
  'white-space run': (s) => /\s{2}/.test(s),
  'outer white space': (s) => /^\s|\s$/.test(s),
  'carriage return': (s) => s.includes('\r'),
  'astral character': (s) => /[\u{10000}-\u{10ffff}]/u.test(s),
  'combining character': (s) => /\p{M}/u.test(s),
  'right to left': (s) => /[\u0590-\u08ff\u200f\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc]/.test(s),
  slug: (s) => slugs.has(s),
  'prototype word': (s) => prototypeWords.has(s),
};

/** Every string in a JSON value; property names are not among them. */
export function* stringsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* stringsOf(item);
  else if (isObject(value)) for (const item of Object.values(value)) yield* stringsOf(item);
}
