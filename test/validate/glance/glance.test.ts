import { describe, expect, it } from '@jest/globals';
import {
  type ElementDefinition,
  isPrimitiveType,
  type StructureDefinition,
  structureOf,
  typeNamed,
} from '../../../src/fhir/definitions.js';
import { RESOURCE_TYPES } from '../../../src/fhir/generated/resourceTypes.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { primitiveTest } from '../../../src/validate/primitive.js';
import { codeTest } from '../../../src/validate/terminology.js';
import { type ValidateOptions, validate } from '../../../src/validate/validate.js';
import { ensure } from '../../support/ensure.js';
import { smallExamples } from '../../support/examples.js';
import { mutants } from '../../support/mutants.js';
import { mutate, random } from '../../support/mutate.js';

/** A rule of the caller's own is a reason to look at everything fully; this one never fails. */
const EVERYTHING = {
  id: 'everything',
  context: 'Patient.deceased',
  severity: 'error',
  expression: 'true',
  message: 'Never said.',
} as const;

const issuesOf = (value: unknown, options?: ValidateOptions) => validate(value, options).issue;
const fullIssuesOf = (value: unknown, options?: ValidateOptions) =>
  issuesOf(value, { ...options, rules: [EVERYTHING] });

/** The same value, which counts how often its text is read. */
function counting(text: string): { name: JsonObject; reads: () => number } {
  let reads = 0;
  const name = Object.defineProperty({}, 'text', {
    get() {
      reads += 1;
      return text;
    },
    enumerable: true,
  });
  return { name, reads: () => reads };
}

/** The elements of a structure, with all below. */
function elementsIn(structure: StructureDefinition, seen = new Set<StructureDefinition>()): ElementDefinition[] {
  if (seen.has(structure)) return [];
  seen.add(structure);
  return [...structure.elements.values()].flatMap((element) => [
    element,
    ...[element.content?.(), ...element.types.map(structureOf)].flatMap((one) =>
      one === undefined ? [] : elementsIn(one, seen),
    ),
  ]);
}

/** HL7's examples, over and over, with one to five of their places changed in each. */
function damaged(count: number): JsonObject[] {
  const examples = smallExamples(3);
  const next = random(151);
  return Array.from({ length: count }, (_, index) => {
    const value = structuredClone(examples[index % examples.length]);
    const { resourceType } = value ?? {};
    mutate(value, next);
    return { ...value, resourceType };
  });
}

describe('a glance', () => {
  it.each([
    ['HL7’s examples', smallExamples(4)],
    ['1,000 mutants that invariants see', mutants(smallExamples(2), 1000, 7)],
    ['2,000 of them with something damaged', damaged(2000)],
  ])('leaves nothing out that a full look reports: %s', (_, values) => {
    let faulty = 0;
    for (const value of values) {
      const issues = issuesOf(value);
      expect(issues).toStrictEqual(fullIssuesOf(value));
      if (issues.some(({ severity }) => severity === 'error')) faulty += 1;
    }
    ensure(values.length > 100);
    expect(faulty > 0 || values.length < 1000).toBe(true);
  });

  it('leaves nothing out where few issues are kept, or best practice is looked at', () => {
    for (const value of mutants(smallExamples(1), 300, 11)) {
      for (const options of [{ maxIssues: 1 }, { maxIssues: 2 }, { bestPractice: true }]) {
        expect(issuesOf(value, options)).toStrictEqual(fullIssuesOf(value, options));
      }
    }
  });

  it('is the only look at what is fine, also where something in doubt stands beside it', () => {
    const all = Array.from({ length: 8 }, () => counting('Ann Lee'));
    const [first, before, after, last, above, below, period, other] = all.map(({ name }) => name);
    const outer = 'http://example.org/a';
    const value = {
      resourceType: 'Patient',
      name: [first, before, { use: 'x' }, after, { text: '' }, last],
      extension: [
        { url: outer, valueCodeableConcept: above },
        {
          url: outer,
          extension: [
            { url: 'b', valueReference: { display: '' } },
            { url: 'b', valueCodeableConcept: below },
          ],
        },
      ],
      contact: [
        { relationship: [period], name: { text: 'a' }, gender: 'x' },
        { relationship: [other], name: { use: 'x' } },
      ],
    };
    expect(issuesOf(value).map(({ expression }) => expression)).toStrictEqual([
      ['Patient.name[2].use'],
      ['Patient.name[4].text'],
      ['Patient.extension[1].extension[0].value.display'],
      ['Patient.contact[0].gender'],
      ['Patient.contact[1].name.use'],
    ]);
    expect(all.map(({ reads }) => reads())).toStrictEqual(all.map(() => 1));
  });

  it('takes from what may be looked at what a full look takes, also where something is in doubt', () => {
    const given = Array.from({ length: 2_000_000 }, () => 'a');
    const name = Array.from({ length: 30 }, (_, index) => ({ given, ...(index % 10 === 1 ? { use: 'x' } : {}) }));
    const expressions = issuesOf({ resourceType: 'Patient', name }).map(({ expression }) => expression?.[0]);
    const uses = [1, 11, 21].map((index) => `Patient.name[${index}].use`);
    // 50,000,000 items: those of 24 names, and all but a few of one more.
    expect(expressions).toStrictEqual([...uses, 'Patient.name[24].given']);
  });

  const cyclic: JsonObject = { url: 'http://example.org/a' };
  cyclic.extension = [cyclic];
  let once = 0;
  const onceOnly = Object.defineProperty({}, 'text', {
    get() {
      once += 1;
      if (once % 2 === 1) throw new Error('read');
      return 'a';
    },
    enumerable: true,
  });
  it.each([
    ['what has no end', { extension: [cyclic] }, 'too-deep'],
    ['what holds nothing', { name: [{}] }, 'empty-value'],
    ['what holds an undefined', { name: [{ text: undefined }] }, 'ele-1'],
    [
      'what says one thing twice',
      { extension: [{ url: 'http://e.org/a', valueCode: 'a', valueString: 'a' }] },
      'several-choices',
    ],
    [
      'ids that come twice',
      { name: [{ id: 'a', text: 'b' }], address: [{ id: 'a', text: 'b' }] },
      'element-id-repeated',
    ],
    ['what throws at its first reading', { name: [onceOnly] }, 'valid'],
  ])('knows %s', (_, part, id) => {
    const [first] = issuesOf({ resourceType: 'Patient', ...part });
    expect(first?.details?.coding?.[0]?.code).toBe(id);
  });

  it('takes a code that a required binding has without a look at its characters: all of them are well-formed', () => {
    const malformed: string[] = [];
    let codes = 0;
    for (const { binding, types } of [...RESOURCE_TYPES, 'Extension'].flatMap((type) => elementsIn(typeNamed(type)))) {
      for (const type of binding === undefined ? [] : types.filter(isPrimitiveType)) {
        for (const code of (binding && codeTest(type, binding)?.codes) ?? []) {
          if (!primitiveTest(type)(code)) malformed.push(`${type} ${code}`);
          codes += 1;
        }
      }
    }
    expect(malformed).toStrictEqual([]);
    ensure(codes > 1000, String(codes));
  });
});
