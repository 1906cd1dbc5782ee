import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { REPAIRS } from '../../scripts/r4/repairs.js';
import { type Invariant, structureOf } from '../../src/fhir/definitions.js';
import type { JsonObject } from '../../src/lens/json.js';
import { interpreter } from '../../src/validate/fhirpath/interpret.js';
import { elementsOf } from '../support/elements.js';

/** What a rule says of a resource: each place that it stands on, by R4's own expression and by the one that stands for it. */
function answersOf(resource: JsonObject, key: string): { r4: unknown[]; repaired: unknown[] } {
  const found = [...elementsOf(resource)].flatMap((visit) =>
    visit.invariants.filter((one) => one.key === key).map((invariant) => ({ visit, invariant })),
  );
  const run = (expressionOf: (invariant: Invariant, path: string) => string) =>
    found.map(({ visit: { place, value, sibling, base, ...resources }, invariant }) => {
      const environment = { ...resources, resolve: () => undefined };
      const answer = interpreter(expressionOf(invariant, base), place)(value, sibling, environment);
      return 'holds' in answer ? answer.holds : answer.problem;
    });
  return { r4: run((_, path) => published(path, key)), repaired: run(({ expression }) => expression) };
}

/** An expression as HL7 published it in R4. */
function published(path: string, key: string): string {
  const [type = ''] = path.split('.');
  const file = join('node_modules', 'hl7.fhir.r4.examples', `StructureDefinition-${type}.json`);
  const { snapshot } = JSON.parse(readFileSync(file, 'utf8'));
  for (const element of snapshot.element) {
    for (const constraint of element.constraint ?? []) if (constraint.key === key) return constraint.expression;
  }
  throw new Error(`R4 has no ${key}`);
}

/** A resource, and what a rule says of it; `failed` where the expression cannot be run at all. */
interface Case {
  readonly says: string;
  readonly resource: JsonObject;
  readonly r4: boolean | 'failed';
  readonly repaired: boolean;
}

const consent = (scope: string, patient?: JsonObject): JsonObject => ({
  resourceType: 'Consent',
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: scope }] },
  patient,
});

const element = (more: JsonObject): JsonObject => ({
  resourceType: 'StructureDefinition',
  snapshot: { element: [{ path: 'Patient', ...more }] },
});

const condition = (code: string): JsonObject => ({
  resourceType: 'Condition',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code }] }],
});

const named = (key: string, name: unknown, beside?: JsonObject): JsonObject => {
  const type = [...NAMED].find((one) => structureOf(one)?.invariants.some((invariant) => invariant.key === key));
  return { resourceType: type, name, _name: beside };
};

const NAMED = [
  ...[
    'ActivityDefinition',
    'CapabilityStatement',
    'ChargeItemDefinition',
    'CodeSystem',
    'CompartmentDefinition',
    'ConceptMap',
  ],
  ...[
    'EffectEvidenceSynthesis',
    'EventDefinition',
    'Evidence',
    'EvidenceVariable',
    'ExampleScenario',
    'GraphDefinition',
  ],
  ...['ImplementationGuide', 'Library', 'Measure', 'MessageDefinition', 'NamingSystem', 'OperationDefinition'],
  ...['PlanDefinition', 'Questionnaire', 'ResearchDefinition', 'ResearchElementDefinition', 'RiskEvidenceSynthesis'],
  ...['SearchParameter', 'StructureDefinition', 'StructureMap', 'TerminologyCapabilities', 'TestScript', 'ValueSet'],
];

const ABSENT = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};

const timing = (when: string[]): JsonObject => ({
  resourceType: 'ServiceRequest',
  occurrenceTiming: { repeat: { when, offset: 30 } },
});

const questions = (enableWhen: JsonObject[], enableBehavior?: string): JsonObject => ({
  resourceType: 'Questionnaire',
  item: [{ linkId: '1', type: 'string', enableWhen, enableBehavior }],
});

/** An appointment with a reason for not taking place. */
const cancelled = (status: string): JsonObject => ({
  resourceType: 'Appointment',
  status,
  cancelationReason: { text: 'Weather' },
});

const when = (operator: string, answer: JsonObject): JsonObject => ({ question: '2', operator, ...answer });

const CASES: { readonly [key: string]: readonly Case[] } = {
  ...Object.fromEntries(
    REPAIRS.filter(({ key }) => key.endsWith('-0')).map(({ key }) => [
      key,
      [
        { says: 'no name', resource: named(key, undefined), r4: false, repaired: true },
        { says: 'a name that nobody knows', resource: named(key, undefined, ABSENT), r4: false, repaired: true },
        { says: 'a name of two words', resource: named(key, 'Two words'), r4: true, repaired: false },
        { says: 'a name for programs', resource: named(key, 'TwoWords_2'), r4: true, repaired: true },
      ],
    ]),
  ),
  'bdl-8': [
    { says: 'no fullUrl', resource: { resourceType: 'Bundle', entry: [{ search: {} }] }, r4: false, repaired: true },
    {
      says: 'a fullUrl of a version',
      resource: { resourceType: 'Bundle', entry: [{ fullUrl: 'http://example.org/Patient/1/_history/2' }] },
      r4: false,
      repaired: false,
    },
  ],
  'con-3': [
    { says: 'a diagnosis of an encounter', resource: condition('encounter-diagnosis'), r4: false, repaired: true },
    { says: 'an item of the problem list', resource: condition('problem-list-item'), r4: false, repaired: false },
  ],
  'eld-16': [
    { says: 'a name with a slash', resource: element({ sliceName: 'a/b@c-d[x]' }), r4: 'failed', repaired: true },
    { says: 'a name with a space', resource: element({ sliceName: 'a b' }), r4: 'failed', repaired: false },
  ],
  'eld-19': [
    { says: 'a path', resource: element({ path: 'Patient.deceased[x].extension:a.b' }), r4: 'failed', repaired: true },
    { says: 'a path with a space', resource: element({ path: 'Patient.a b' }), r4: 'failed', repaired: false },
  ],
  'eld-20': [
    { says: 'a path', resource: element({ path: 'Patient.deceased[x]' }), r4: 'failed', repaired: true },
    { says: 'a path with a hyphen', resource: element({ path: 'Patient.a-b' }), r4: 'failed', repaired: false },
  ],
  ...Object.fromEntries(
    ['patient-privacy', 'research', 'adr', 'treatment'].map((scope, index) => [
      `ppc-${index + 2}`,
      [
        { says: 'no patient', resource: consent(scope), r4: true, repaired: false },
        { says: 'a patient', resource: consent(scope, { reference: 'Patient/1' }), r4: true, repaired: true },
      ],
    ]),
  ),
  'que-7': [
    {
      says: 'a boolean',
      resource: questions([when('exists', { answerBoolean: true })]),
      r4: false,
      repaired: true,
    },
    { says: 'a text', resource: questions([when('exists', { answerString: 'x' })]), r4: false, repaired: false },
  ],
  'que-12': [
    {
      says: 'two conditions, and no behavior',
      resource: questions([when('=', { answerInteger: 1 }), when('=', { answerInteger: 2 })]),
      r4: true,
      repaired: false,
    },
    { says: 'one condition', resource: questions([when('=', { answerInteger: 1 })]), r4: true, repaired: true },
  ],
  'app-4': [
    { says: 'nobody came', resource: cancelled('noshow'), r4: false, repaired: true },
    { says: 'it was cancelled', resource: cancelled('cancelled'), r4: true, repaired: true },
    { says: 'it took place', resource: cancelled('fulfilled'), r4: false, repaired: false },
  ],
  'ras-2': [
    {
      says: 'no probability',
      resource: { resourceType: 'RiskAssessment', prediction: [{}] },
      r4: false,
      repaired: true,
    },
    {
      says: 'a range',
      resource: { resourceType: 'RiskAssessment', prediction: [{ probabilityRange: { low: { value: 1 } } }] },
      r4: true,
      repaired: true,
    },
    {
      says: 'more than 100 per cent',
      resource: { resourceType: 'RiskAssessment', prediction: [{ probabilityDecimal: 101 }] },
      r4: false,
      repaired: false,
    },
  ],
  'tim-9': [
    { says: 'two events', resource: timing(['ACM', 'PCV']), r4: 'failed', repaired: true },
    { says: 'two events, one of them a meal', resource: timing(['ACM', 'C']), r4: 'failed', repaired: false },
  ],
};

describe('a repaired expression', () => {
  for (const { key } of REPAIRS) {
    for (const { says, resource, r4, repaired } of CASES[key] ?? []) {
      it(`${key}, on ${says}: R4 ${r4}, repaired ${repaired}`, () => {
        const answers = answersOf(JSON.parse(JSON.stringify(resource)), key);
        expect(answers).toStrictEqual({ r4: [r4], repaired: [repaired] });
      });
    }
  }

  it('stands for one that is wrong in at least one of these', () => {
    const all = REPAIRS.map(({ key }) => key);
    const shown = all.filter((key) => CASES[key]?.some(({ r4, repaired }) => r4 !== repaired));
    expect(shown).toStrictEqual(all);
    expect(Object.keys(CASES).sort()).toStrictEqual([...all].sort());
  });
});
