import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convertRecord, type RecordOptions } from '../../../src/convert/convertRecord.js';
import { flagsOf, pathOf } from '../../../src/convert/options/flags.js';
import { FILL_PATHS } from '../../../src/fhir/scope.js';
import type { ConvertOptions, Fill, FillPath, Issue } from '../../../src/index.js';
import { isFailure } from '../../../src/lens/issue.js';
import { isObject, type JsonObject } from '../../../src/lens/json.js';
import { findLens } from '../../../src/resources/registry.js';
import { ensure } from '../../support/ensure.js';

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
const impression = { resourceType: 'ClinicalImpression', status: 'completed', subject, summary: 'x' };
const ABSENT = { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' };
const LABEL = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' };

const VALUES: { readonly [P in FillPath]: string } = {
  'documents.practitionerId': 'prac_1',
  'documents.title': 'Imported document',
  'documents.type': 'Imported document',
  'encounters.class': 'AMB',
  'assessments.summary': 'No summary was recorded.',
};

/** A map that knows every reference, each by another id, whose prefix tells its type. */
const mapped = (prefix: string): RecordOptions => ({
  resolveId: (reference) => `${prefix}_${reference.replace(/[^A-Za-z0-9]/g, '').slice(-40)}`,
});
const BASES = ['https://ehr.example/fhir'];

/** Each option with the value that lets a record pass, for an issue of this place. */
function applied(option: string, path: string): RecordOptions {
  const [type = '', ...element] = path.split('.');
  const row = findLens(type)?.fields.filter((one) => one.element === element.join('.')) ?? [];
  const key = FILL_PATHS.find((one) => row.some(({ payload }) => one === `${findLens(type)?.path}.${payload}`));
  const fill: Fill = key === undefined ? {} : { [key]: VALUES[key] };
  const all: { readonly [option: string]: RecordOptions } = {
    overflow: { overflow: 'truncate' },
    partialDates: { partialDates: 'keep' },
    missingText: { missingText: 'say' },
    securityLabels: { securityLabels: 'accept' },
    labTime: { labTime: 'issued' },
    baseUrl: { baseUrl: BASES[0] ?? '' },
    resolveId: mapped(path.endsWith('author') ? 'prac' : 'pt'),
    fill: { fill },
    allowLoss: { allowLoss: [path] },
    maxBody: { maxBody: 104_857_600 },
    resource: { resource: 'encounters' },
  };
  const found = all[option];
  ensure(found, option);
  return found;
}

const OPTIONS = [
  'overflow',
  'partialDates',
  'missingText',
  'securityLabels',
  'labTime',
  'baseUrl',
  'resolveId',
  'fill',
  'maxBody',
];

function convert(value: JsonObject, options: RecordOptions) {
  const bytes = Buffer.from(JSON.stringify(value));
  const source = { file: 'records.ndjson', line: 1 };
  return convertRecord({ source, bytes: () => bytes, value, hasDuplicateKeys: () => false } as never, options);
}

function refusals(value: JsonObject, options: RecordOptions): Issue[] {
  const made = convert(value, options);
  return made.kind === 'rejected' ? made.issues.filter(isFailure) : [];
}

/** Another reason at the same place is this one, said otherwise. */
const isAt = (one: Issue, other: Issue): boolean => {
  const [a, b] = [pathOf(one), pathOf(other)];
  return a === b && (a !== '' || one.id === other.id);
};

/**
 * Holds that each option which an issue names takes away its reason, and that no other does. What a record is refused for otherwise plays
 * no role.
 */
function holds(value: JsonObject, options: RecordOptions): Issue[] {
  const issues = refusals(value, options);
  for (const issue of issues) {
    const path = pathOf(issue);
    const named = issue.options ?? [];
    for (const option of new Set([...OPTIONS, ...named])) {
      const left = refusals(value, { ...options, ...applied(option, path) }).filter((one) => isAt(one, issue));
      const isGone =
        left.length < issues.filter((one) => isAt(one, issue)).length ||
        !left.some(({ expression }) => expression[0] === issue.expression[0]);
      const said = `${issue.id} at ${path}: ${option}`;
      expect([said, isGone]).toStrictEqual([said, named.includes(option)]);
    }
  }
  return issues;
}

const { author: _author, ...unsigned } = document;
const { subject: _subject, ...ofNobody } = encounter;

const CASES: readonly [name: string, record: JsonObject, options: RecordOptions, flags: readonly string[]][] = [
  ['prose over the limit', { ...document, title: 'x'.repeat(501) }, {}, ['--overflow truncate']],
  [
    'a date without a time',
    { ...encounter, period: { start: '2026' } },
    { partialDates: 'refuse' },
    ['--partial-dates keep'],
  ],
  [
    'a section without a text',
    { ...document, section: [{ title: 'a' }] },
    { missingText: 'refuse' },
    ['--missing-text say'],
  ],
  ['a label', { ...encounter, meta: { security: [LABEL] } }, {}, ['--security-labels accept']],
  ['no author', unsigned, {}, ['--fill documents.practitionerId=ID']],
  [
    'an author who is an organization',
    { ...document, author: [{ reference: 'Organization/o' }] },
    {},
    ['--fill documents.practitionerId=ID'],
  ],
  [
    'an author who has an identifier',
    { ...document, author: [{ type: 'Practitioner', identifier: { system: 'urn:npi', value: '1' } }] },
    {},
    ['--fill documents.practitionerId=ID', '--id-map FILE'],
  ],
  [
    'an author whose identifier has no system, under an id map',
    { ...document, author: [{ type: 'Practitioner', identifier: { value: '1' } }] },
    { resolveId: (reference) => (reference.startsWith('Patient/') ? 'p' : undefined) },
    ['--fill documents.practitionerId=ID'],
  ],
  [
    'an author whom the id map does not know',
    document,
    { resolveId: (reference) => (reference.startsWith('Patient/') ? 'p' : undefined) },
    ['--id-map FILE'],
  ],
  ['no title', { ...document, title: ' ' }, {}, ['--fill documents.title=TEXT']],
  ['a type without a value', { ...document, type: { coding: [ABSENT] } }, {}, ['--fill documents.type=TEXT']],
  [
    'a class of a list of its own',
    { ...encounter, class: { system: 'urn:own', code: '1' } },
    {},
    ['--fill encounters.class=CODE'],
  ],
  ['no class', { ...encounter, class: undefined }, {}, ['--fill encounters.class=CODE']],
  ['no summary', { ...impression, summary: undefined }, {}, ['--fill assessments.summary=TEXT']],
  [
    'a description over the limit, and no summary',
    { ...impression, summary: undefined, description: 'x'.repeat(2001) },
    {},
    ['--overflow truncate'],
  ],
  ['nobody whom it is about', ofNobody, {}, []],
  ['somebody in words', { ...encounter, subject: { display: 'Somebody' } }, {}, []],
  ['a group', { ...encounter, subject: { reference: 'Group/g' } }, {}, []],
  [
    'a patient who has an identifier',
    { ...encounter, subject: { identifier: { system: 'urn:mrn', value: '1' } } },
    {},
    ['--id-map FILE'],
  ],
  ['a patient whose identifier has no system', { ...encounter, subject: { identifier: { value: '1' } } }, {}, []],
  [
    'a patient who is not in the Bundle',
    { ...encounter, subject: { reference: 'urn:uuid:0f4b2c1e-0000-4000-8000-000000000001' } },
    {},
    ['--id-map FILE'],
  ],
  ['a patient whom the id map does not know', encounter, { resolveId: () => undefined }, ['--id-map FILE']],
  ['a status', { ...encounter, status: 'unknown' }, {}, []],
  ['no section', { ...document, section: [] }, {}, []],
  [
    'a list over the limit',
    { ...encounter, diagnosis: Array.from({ length: 21 }, (_, at) => ({ condition: { display: `d${at}` } })) },
    {},
    [],
  ],
  ['a reversed period', { ...encounter, period: { start: '2026-01-02', end: '2026-01-01' } }, {}, []],
  ['a modifier', { ...encounter, modifierExtension: [{ url: 'urn:x', valueBoolean: true }] }, {}, []],
  [
    'a section about the patient, called otherwise',
    { ...document, section: [{ ...document.section[0], focus: { reference: `${BASES[0]}/Patient/p1` } }] },
    {},
    ['--base-url URL'],
  ],
  [
    'a section about a fetus',
    { ...document, section: [{ ...document.section[0], focus: { reference: 'Patient/fetus' } }] },
    {},
    [],
  ],
  [
    'a loss',
    { ...encounter, language: 'fr', account: [{ display: 'a' }] },
    { strict: true },
    ['--allow-loss Encounter.account', '--allow-loss Encounter.language'],
  ],
  [
    'a record that is too large for a body',
    { ...encounter, reasonCode: [{ text: 'x'.repeat(450) }, { text: 'y'.repeat(450) }] },
    { maxBody: 1000 },
    ['--max-body BYTES'],
  ],
  ['a record of no type', { status: 'finished' }, {}, ['--resource PATH']],
];

describe('a refusal names the option that would let the record pass, and no other', () => {
  it.each(CASES)('for %s', (_name, record, options, flags) => {
    const value: JsonObject = JSON.parse(JSON.stringify(record));
    const issues = holds(value, options);
    expect(issues).not.toHaveLength(0);
    expect(issues.flatMap(flagsOf).sort()).toStrictEqual([...flags].sort());
  });

  it('for every record of the fixtures, and of real exports where these are at hand', () => {
    const folders = ['fixtures', join('..', 'shared', 'foreign')].filter(existsSync);
    let rejected = 0;
    for (const file of folders.flatMap(filesIn)) {
      for (const value of recordsIn(readFileSync(file, 'utf8'))) {
        for (const options of [{}, { partialDates: 'refuse', missingText: 'refuse' }] satisfies ConvertOptions[])
          if (holds(value, options).length > 0) rejected += 1;
      }
    }
    expect(rejected).toBeGreaterThan(10);
  });
});

function filesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return /\.(nd)?json$/.test(place) ? [place] : [];
  return readdirSync(place).flatMap((name) => filesIn(join(place, name)));
}

/** The resources of the five types in a file, by themselves. */
function recordsIn(text: string): JsonObject[] {
  const values = parsed(text) ?? text.split('\n').flatMap((line) => parsed(line) ?? []);
  return values.flatMap((value) => {
    const entries = value.resourceType === 'Bundle' && Array.isArray(value.entry) ? value.entry : [{ resource: value }];
    return entries.flatMap((entry: unknown) => {
      const resource = isObject(entry) ? entry.resource : undefined;
      return isObject(resource) && findLens(String(resource.resourceType)) !== undefined ? [resource] : [];
    });
  });
}

function parsed(text: string): JsonObject[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? [value] : [];
  } catch {
    return undefined;
  }
}
