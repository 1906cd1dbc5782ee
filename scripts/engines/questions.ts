import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/lens/json.js';
import { findLens, lenses } from '../../src/resources/registry.js';
import type { ValidationRule } from '../../src/validate/userRules.js';

/** What is asked of the library, in each engine; answers.js knows how. */
export interface Question {
  readonly do: 'validate' | 'fromFhir' | 'toFhir' | 'thereAndBack' | 'refuse' | 'bundle';
  readonly path?: string;
  readonly input: unknown;
  readonly options?: object;
}

const EXAMPLES = join('node_modules', 'hl7.fhir.r4.examples');
const OTHERS = 700;
const LARGEST = 100_000;

/** Every question, the same in each run: of the fixtures, of HL7's examples, of texts that are hard, and of rules of one's own. */
export function questions(): readonly Question[] {
  const examples = hl7Examples();
  const ours = examples.filter(({ resourceType }) => findLens(String(resourceType)) !== undefined);
  const others = examples.filter(({ resourceType }) => findLens(String(resourceType)) === undefined);
  const step = others.length / OTHERS;
  if (step < 1) throw new Error(`There are only ${others.length} examples of other types.`);
  const some = Array.from({ length: OTHERS }, (_, index) => others[Math.floor(index * step)]).filter(
    (example) => example !== undefined,
  );
  const records = [...fixtures(), ...ours];
  return [
    ...records.flatMap(ofRecord),
    ...some.map((input): Question => ({ do: 'validate', input, options: { bestPractice: true } })),
    ...some.filter(({ resourceType }) => resourceType === 'Bundle').map((input): Question => ({ do: 'bundle', input })),
    ...HARD.flatMap(ofText),
    ...RULES.flatMap((rule) =>
      SUBJECTS.map((input): Question => ({ do: 'validate', input, options: { rules: [rule] } })),
    ),
    ...MEASURED,
  ];
}

const TYPICAL: JsonObject = JSON.parse(readFileSync(join(EXAMPLES, 'Encounter-f001.json'), 'utf8'));

/** What is timed, with its parsing and writing: a record of some 4 kB, converted and validated. They come last. */
const MEASURED: readonly Question[] = [
  { do: 'fromFhir', path: 'encounters', input: TYPICAL },
  { do: 'validate', input: TYPICAL },
];

/** HL7's examples but the largest, which would take longer than all others. */
function hl7Examples(): JsonObject[] {
  const files = readdirSync(EXAMPLES).filter((file) => /^[A-Z][A-Za-z]+-.*\.json$/.test(file));
  return files
    .sort()
    .map((file) => readFileSync(join(EXAMPLES, file), 'utf8'))
    .filter((text) => text.length < LARGEST)
    .map((text): JsonObject => JSON.parse(text));
}

/** The resources and payloads of the fixture pairs; a payload says its path. */
function fixtures(): JsonObject[] {
  return Object.keys(lenses).flatMap((path) => {
    const names = readdirSync(join('fixtures', path)).sort();
    return names.flatMap((name) =>
      readdirSync(join('fixtures', path, name))
        .filter((file) => file === 'resource.json' || file === 'payload.json')
        .map((file): JsonObject => JSON.parse(readFileSync(join('fixtures', path, name, file), 'utf8')))
        .map((value) => (typeof value.resourceType === 'string' ? value : { ...value, $path: path })),
    );
  });
}

function ofRecord({ $path, ...input }: JsonObject): Question[] {
  const path = findLens(String(input.resourceType))?.path;
  if (path !== undefined) {
    return [
      { do: 'fromFhir', path, input },
      { do: 'thereAndBack', path, input },
      { do: 'validate', input },
    ];
  }
  if (typeof input.resourceType === 'string') return [{ do: 'validate', input }];
  return [{ do: 'toFhir', path: String($path), input }];
}

/** Texts that engines treat each in its own way. */
const HARD: readonly string[] = [
  ...['', ' ', '\u00a0', '\ufeff', '\u2028\u2029', '\t\r\n', '\u0000', '\u001f', '\u007f\u0085', '\u200b', '\u180e'],
  ...['\ud83d', '\ude00', 'a\ude00b', '\ud83d\ud83d\ude00', '😀', '👩\u200d⚕️', '𝒳', '\u{10ffff}', '\ufffe', '\uffff'],
  ...['é', 'e\u0301', 'ﬁ', 'İ', 'ß', 'Σς', 'K', 'ſ', '日本語', '½', '①', 'Ⅷ', '२', '\u0e33', 'עברית', 'ت', '\u202eabc'],
  ...[
    'no known allergies',
    'pas d’allergie',
    'keine',
    '(–)',
    'anti-HCV −',
    'HIV?',
    '≠ a',
    '<b>a</b>',
    'a&nbsp;b',
    '&#x1f600;',
  ],
  ...[
    '1e400',
    '-0',
    '0.1',
    '2024-02-30',
    '2024-02-29T24:00:00Z',
    '2024-06-30T23:59:60Z',
    '__proto__',
    'constructor',
    'a/b',
    'a|b',
  ],
  'x'.repeat(5000),
  '😀'.repeat(2000),
];

function ofText(text: string): Question[] {
  const div = (content: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>`;
  const narrative = {
    status: 'additional',
    div: div(`<p style="color: rgb(1,2,3)">${text}</p><table><tr><td>${text}</td></tr></table>`),
  };
  const report = {
    status: 'final',
    code: { text },
    conclusion: text,
    subject: { reference: 'Patient/1', display: text },
  };
  const impression = { status: 'completed', subject: { reference: `Patient/${text}` }, text: narrative };
  return [
    { do: 'toFhir', path: 'labs', input: { status: 'final', code: text, patientId: 'p' } },
    { do: 'toFhir', path: 'assessments', input: { status: 'completed', patientId: 'p', summary: text, [text]: text } },
    { do: 'refuse', path: 'encounters', input: { status: text, class: 'AMB' } },
    {
      do: 'toFhir',
      path: 'tasks',
      input: { status: text, intent: 'order', description: text },
      options: { overflow: 'truncate' },
    },
    { do: 'fromFhir', path: 'labs', input: { resourceType: 'DiagnosticReport', ...report } },
    { do: 'thereAndBack', path: 'assessments', input: { resourceType: 'ClinicalImpression', ...impression } },
    {
      do: 'validate',
      input: { resourceType: 'Patient', id: text, gender: text, birthDate: text, name: [{ text }], text: narrative },
    },
    { do: 'validate', input: { resourceType: 'ValueSet', status: 'active', name: text, url: text, description: text } },
  ];
}

const SUBJECTS: readonly JsonObject[] = [
  { resourceType: 'Patient', name: [{ family: 'Ab😀c', given: ['x', 'y'] }], birthDate: '1980-02-29', active: true },
  { resourceType: 'Patient', name: [{ text: 'a\nb' }, { family: 'É' }], contact: [{ name: { text: 'a' } }] },
  {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'a' },
    valueQuantity: { value: 5.5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
    subject: { reference: '#p' },
    contained: [{ resourceType: 'Patient', id: 'p', gender: 'male' }],
  },
];

const EXPRESSIONS: readonly (readonly [context: string, expression: string])[] = [
  ['Patient', 'name.exists()'],
  ['Patient', 'name.family.exists() and name.count() = 1'],
  ['Patient', "name.all(family.matches('^[A-Z].*$'))"],
  ['Patient', "name.where(text.exists()).text.matches('^a.b$')"],
  ['Patient', "name.family.matches('^[^a]{4}$')"],
  ['Patient', "name.family.first().replaceMatches('[^a]', '_') = '_b__'"],
  ['Patient', "name.family.matchesFull('[A-Z].+')"],
  ['Patient', "name.family.first().upper().indexOf('B') = 1"],
  ['Patient', 'birthDate < today()'],
  ['Patient', 'birthDate = @1980-02-29'],
  ['Patient', 'birthDate.toString().substring(0, 4).toInteger() > 1979'],
  ['Patient', "name.given.join(', ') = 'x, y'"],
  ['Patient', 'iif(active, 1, 2) = 1'],
  ['Patient', 'name.given.aggregate($total + 1, 0) = 2'],
  ['Patient', "(1 'cm' = 10 'mm')"],
  ['Patient', '1.1 + 2.2 = 3.3'],
  ['Patient', '7 div 2 = 3 and 7 mod 2 = 1 and (2.5).round() = 3'],
  ['Patient', "contact.name.text.trace('x').exists()"],
  ['Patient', 'descendants().count() > 4'],
  ['Patient', 'children().ofType(date).exists()'],
  ['HumanName', 'family.exists() or text.exists()'],
  ['Patient.contact', 'telecom.exists()'],
  ['Observation', "value.ofType(Quantity) > 5 'mg'"],
  ['Observation', "value.ofType(Quantity) < 0.006 'g'"],
  ['Observation', "subject.resolve().gender = 'male'"],
  ['Observation', "value is Quantity and (value as Quantity).unit = 'mg'"],
  ['Observation', '%resource.id.empty() and %rootResource.status.exists()'],
  ['Quantity', "value.toString().contains('.')"],
  ['Resource', 'id.empty() xor meta.empty()'],
  ['Patient', 'name.where('],
  ['Patient', 'name.nowhere()'],
  ['Patient', '%nothing'],
  ['Patient', "name.family.matches('[')"],
  ['Nothing', 'true'],
];

const RULES: readonly ValidationRule[] = EXPRESSIONS.map(([context, expression], index) => ({
  id: `rule-${index}`,
  context,
  severity: 'error',
  expression,
  message: 'This does not hold.',
}));
