import { describe, expect, it, jest } from '@jest/globals';
import { tree } from '../../../scripts/r4/tree.js';
import { structureOf } from '../../../src/fhir/definitions.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { compile, type Place } from '../../../src/validate/fhirpath/compile.js';
import { ensure } from '../../support/ensure.js';

const place = (type: string): Place => {
  const structure = structureOf(type);
  return structure === undefined ? { primitive: type } : { structure };
};

const resource: JsonObject = { resourceType: 'Observation', id: 'o', code: { coding: [{ system: 's', code: 'c' }] } };
const rootResource: JsonObject = { resourceType: 'Patient', contained: [{ resourceType: 'Group', id: 'a' }, resource] };
const doctor: JsonObject = { resourceType: 'Practitioner', id: 'd' };
const resolve = (reference: string) => (reference === 'Practitioner/d' ? doctor : undefined);

/** What a closure says of a value: whether its expression is true there. */
const says = (expression: string, type: string, value: unknown, sibling?: unknown) => {
  const check = compile(tree(expression), place(type));
  ensure(check !== undefined, `${expression} is outside the subset`);
  return check(value, sibling, { resource, rootResource, resolve });
};

type Row = readonly [expression: string, value: JsonObject, expected: boolean | undefined];

/** Rows on values of one type. */
function rows(title: string, type: string, table: readonly Row[]): void {
  it(title, () => {
    for (const [expression, value, expected] of table) {
      expect([`${expression} on ${JSON.stringify(value)}`, says(expression, type, value)]).toStrictEqual([
        `${expression} on ${JSON.stringify(value)}`,
        expected,
      ]);
    }
  });
}

const T = { active: true };
const F = { active: false };
const EMPTY = {};
const EXTENDED = { extension: [{ url: 'u', valueCode: 'x' }] };

describe('the operators', () => {
  /** All three truths of both operands: `active` of a Patient, and a comparison of its gender. */
  const truths = (operator: string, answers: readonly string[]) => {
    const lefts = [T, F, EMPTY];
    const rights = [{ gender: 'male' }, { gender: 'female' }, EMPTY];
    it(`${operator} has three values`, () => {
      const got = lefts.map((left) =>
        rights
          .map((right) => {
            const value = { ...left, ...right };
            const expression = `active ${operator} (gender = 'male')`;
            if (says(`(${expression})`, 'Patient', value)) return 't';
            return says(`(${expression}).not()`, 'Patient', value) ? 'f' : '-';
          })
          .join(''),
      );
      expect(got).toStrictEqual(answers);
    });
  };
  truths('and', ['tf-', 'fff', '-f-']);
  truths('or', ['ttt', 'tf-', 't--']);
  truths('xor', ['ft-', 'tf-', '---']);
  truths('implies', ['tf-', 'ttt', 't--']);

  rows('= and != compare, and are empty where a side is', 'Patient', [
    ["gender = 'male'", { gender: 'male' }, true],
    ["gender = 'male'", { gender: 'other' }, false],
    ["gender = 'male'", EMPTY, false],
    ["gender != 'male'", { gender: 'other' }, true],
    ["gender != 'male'", EMPTY, false],
    ["(gender != 'male').exists()", EMPTY, false],
    ['active = true', T, true],
    ['active = false', T, false],
    ["name.family = 'A'", { name: [{ family: 'A' }] }, true],
    ["name.family = 'A'", { name: [{ family: 'A' }, { family: 'A' }] }, false],
    [
      'name.family = name.text',
      {
        name: [
          { family: 'A', text: 'A' },
          { family: 'B', text: 'B' },
        ],
      },
      true,
    ],
  ]);

  rows('= sees what stands beside two primitives, and not beside one and a text', 'HumanName', [
    ['family = text', { family: 'A', text: 'A' }, true],
    ['family = text', { family: 'A', _family: EXTENDED, text: 'A' }, false],
    ['family = text', { family: 'A', _family: EXTENDED, text: 'A', _text: EXTENDED }, true],
    ["family = 'A'", { family: 'A', _family: EXTENDED }, true],
    ["family = 'A'", { _family: EXTENDED }, false],
  ]);
  rows('<, <=, > and >= compare numbers', 'Quantity', [
    ['value < 2', { value: 1.5 }, true],
    ['value < 2', { value: 2 }, false],
    ['value <= 2', { value: 2 }, true],
    ['value > 0', { value: -1 }, false],
    ['value >= 0', { value: 0 }, true],
    ['value >= 0', EMPTY, false],
    ['(value >= 0).empty()', { _value: EXTENDED }, true],
    ['value >= 0', { value: '1' }, false],
  ]);

  rows('<= compares dates, and is empty where their precision leaves it open', 'Period', [
    ['start <= end', { start: '2024', end: '2024' }, true],
    ['start <= end', { start: '2024-02', end: '2024-01' }, false],
    ['start <= end', { start: '2024-01-01T10:00:00+02:00', end: '2024-01-01T09:00:00Z' }, true],
    ['start < end', { start: '2024-01-01T10:00:00+02:00', end: '2024-01-01T08:00:00Z' }, false],
    ['(start <= end).empty()', { start: '2024', end: '2024-01' }, true],
    ['(start <= end).empty()', { start: 'soon', end: '2024-01' }, true],
    ['start.hasValue().not() or end.hasValue().not() or (start <= end)', { start: '2024', _end: EXTENDED }, true],
  ]);

  rows('<= compares quantities of one unit, and leaves open which of others is more', 'Range', [
    ['low <= high', { low: { value: 1, code: 'g', system: 'u' }, high: { value: 2, code: 'g', system: 'u' } }, true],
    ['low <= high', { low: { value: 3, unit: 'g' }, high: { value: 2, unit: 'g' } }, false],
    ['low <= high', { low: { value: 1, unit: 'mg' }, high: { value: 2, unit: 'g' } }, false],
    ['(low <= high).empty()', { low: { value: 1, unit: 'mg' }, high: { value: 2, unit: 'g' } }, true],
    ['low <= high', { low: { value: 1 } }, false],
    ['low.empty() or low <= high', { high: { value: 1 } }, true],
  ]);

  rows('+ adds numbers, & joins texts', 'HumanName', [
    ['(given.count() + prefix.count()) = 3', { given: ['A', 'B'], prefix: ['C'] }, true],
    ["(family & text) = 'AB'", { family: 'A', text: 'B' }, true],
    ["(family & text) = 'B'", { text: 'B' }, true],
    ["(family & text) = ''", EMPTY, true],
  ]);

  rows('in and contains look for one item', 'HumanName', [
    ["use in ('usual' | 'official')", { use: 'official' }, true],
    ["use in ('usual' | 'official')", { use: 'old' }, false],
    ["(use in ('usual' | 'official')).empty()", EMPTY, true],
    ["(given in ('A' | 'B')).empty()", { given: ['A', 'B'] }, true],
    ["given contains 'B'", { given: ['A', 'B'] }, true],
    ["given contains 'C'", { given: ['A', 'B'] }, false],
    ["(given contains 'C').not()", EMPTY, true],
    ['given contains family', { given: ['A'] }, false],
    ["given contains 'A'", { given: [null, 'A'], _given: [EXTENDED, EXTENDED] }, true],
  ]);

  rows('| has each item once', 'HumanName', [
    ['(given | prefix).count() = 2', { given: ['A', 'A'], prefix: ['B', 'A'] }, true],
    ['(given | prefix).exists()', { prefix: ['B'] }, true],
    ['(given | prefix).empty()', EMPTY, true],
  ]);
});

describe('a choice of types', () => {
  const prediction = structureOf('RiskAssessment')?.elements.get('prediction')?.content?.();
  ensure(prediction !== undefined);
  const on = (expression: string, value: JsonObject) =>
    compile(tree(expression), { structure: prediction })?.(value, undefined, { resource, rootResource, resolve });

  it('is there under any of its names, or with nothing but what stands beside it', () => {
    expect(on('probability.exists()', { probabilityDecimal: 1 })).toBe(true);
    expect(on('probability.exists()', { probabilityRange: {} })).toBe(true);
    expect(on('probability.exists()', { _probabilityDecimal: EXTENDED })).toBe(true);
    expect(on('probability.exists()', { _probabilityRange: EXTENDED })).toBe(false);
    expect(on('probability.exists()', { probability: 1, probabilityString: 'x' })).toBe(false);
  });

  it('says its type by its name', () => {
    expect(on('probability is decimal', { probabilityDecimal: 1 })).toBe(true);
    expect(on('probability is decimal', { probabilityRange: {} })).toBe(false);
    expect(on('(probability is decimal).empty()', {})).toBe(true);
    expect(on('(probability as decimal) <= 100', { probabilityDecimal: 100 })).toBe(true);
    expect(on('probability.as(decimal) <= 100', { probabilityDecimal: 101 })).toBe(false);
    expect(on('probability.ofType(Range).low.exists()', { probabilityRange: { low: { value: 1 } } })).toBe(true);
    expect(on('probability.hasValue()', { probabilityDecimal: 0 })).toBe(true);
    expect(on('probability.hasValue()', { _probabilityDecimal: EXTENDED })).toBe(false);
    expect(on('probability.hasValue()', { probabilityRange: {} })).toBe(false);
  });

  it('has fifty types in an extension', () => {
    expect(says('extension.exists() != value.exists()', 'Extension', { url: 'u', valueBase64Binary: 'x' })).toBe(true);
    expect(says('extension.exists() != value.exists()', 'Extension', { url: 'u' })).toBe(false);
    expect(says("value = 'x'", 'Extension', { url: 'u', valueCode: 'x' })).toBe(true);
  });
});

describe('the functions', () => {
  rows('exists and empty: an element counts without a value, null and [] do not', 'HumanName', [
    ['family.exists()', { family: 'A' }, true],
    ['family.exists()', { _family: { id: 'x' } }, true],
    ['family.empty()', { family: null }, true],
    ['given.empty()', { given: [] }, true],
    ['given.exists()', { given: [null], _given: [{ id: 'x' }] }, true],
    ['given.exists()', { _given: [{ id: 'x' }] }, true],
    ["given.exists($this = 'B')", { given: ['A', 'B'] }, true],
    ["given.exists($this = 'C')", { given: ['A', 'B'] }, false],
    ['period.start.exists()', { period: { start: '2024' } }, true],
    ['period.start.exists()', { period: 'now' }, false],
  ]);

  rows('hasValue wants one primitive that has a value', 'HumanName', [
    ['family.hasValue()', { family: 'A', _family: EXTENDED }, true],
    ['family.hasValue()', { _family: EXTENDED }, false],
    ['family.hasValue()', EMPTY, false],
    ['given.hasValue()', { given: ['A'] }, true],
    ['given.hasValue()', { given: ['A', 'B'] }, false],
    ['given.hasValue()', { given: [null], _given: [EXTENDED] }, false],
    ['period.hasValue()', { period: { start: '2024' } }, false],
  ]);

  rows('not turns round what is there', 'Patient', [
    ['active.not()', F, true],
    ['active.not()', T, false],
    ['active.not().empty()', EMPTY, true],
    ['name.not()', { name: [{ text: 'x' }] }, false],
  ]);

  rows('count, first and tail take a collection apart', 'HumanName', [
    ['given.count() = 0', EMPTY, true],
    ['given.count() = 3', { given: ['A', null], _given: [null, EXTENDED, EXTENDED] }, true],
    ['count() = 1', EMPTY, true],
    ["given.first() = 'A'", { given: ['A', 'B'] }, true],
    ['given.first().empty()', EMPTY, true],
    ["given.tail() = 'B'", { given: ['A', 'B'] }, true],
    ['given.tail().empty()', { given: ['A'] }, true],
    ['given.tail().empty()', EMPTY, true],
  ]);

  rows('all, where and select go through the items', 'Patient', [
    ['name.all(family.exists())', EMPTY, true],
    ['name.all(family.exists())', { name: [{ family: 'A' }, { text: 'B' }] }, false],
    ["name.all(use = 'old')", { name: [{}] }, false],
    ["name.where(use = 'old').family = 'B'", { name: [{ family: 'A' }, { use: 'old', family: 'B' }] }, true],
    ["name.where(use = 'old').exists()", { name: [{ use: 'usual' }] }, false],
    ["name.where(use = 'old').count() = 2", { name: [{ use: 'old' }, {}, { use: 'old' }] }, true],
    ['name.select(given).count() = 3', { name: [{ given: ['A', 'B'] }, {}, { given: ['C'] }] }, true],
    ['name.select(given).exists()', { name: [{}, { given: ['C'] }] }, true],
    ["name.select(family = 'A').count() = 1", { name: [{ family: 'A' }, {}] }, true],
  ]);

  rows('isDistinct finds what is there twice', 'Patient', [
    ['name.family.isDistinct()', { name: [{ family: 'A' }, { family: 'B' }] }, true],
    ['name.family.isDistinct()', { name: [{ family: 'A' }, { family: 'A' }] }, false],
    ['name.family.isDistinct()', { name: [{ family: 'A' }, { family: 'A', _family: EXTENDED }] }, true],
    [
      'name.isDistinct()',
      {
        name: [
          { family: 'A', use: 'old' },
          { use: 'old', family: 'A' },
        ],
      },
      false,
    ],
    ['name.isDistinct()', EMPTY, true],
    ['name.given.isDistinct()', { name: [{ given: ['1', '{}', 'null'] }, { given: [null, {}, 1] }] }, true],
  ]);

  rows('combine keeps everything, intersect what is in both', 'HumanName', [
    ['given.combine(prefix).count() = 3', { given: ['A'], prefix: ['A', 'B'] }, true],
    ['given.combine(prefix).isDistinct()', { given: ['A'], prefix: ['A', 'B'] }, false],
    ['given.combine(prefix).count() = 1', { prefix: ['A'] }, true],
    ['given.intersect(prefix).count() = 1', { given: ['A', 'A', 'C'], prefix: ['B', 'A'] }, true],
    ['given.intersect(prefix).exists()', { given: ['A'], prefix: ['B', 'A'] }, true],
    ['given.intersect(prefix).exists()', { given: ['A'], prefix: ['B'] }, false],
    ['given.intersect(prefix).exists()', { given: ['A'] }, false],
  ]);

  rows('children and descendants go down, to what stands beside a primitive, too', 'Patient', [
    ['children().count() = 3', { resourceType: 'Patient', name: [{ family: 'A' }, {}], _active: EXTENDED }, true],
    ['children().family.exists()', { name: [{ family: 'A' }] }, true],
    ["descendants().where($this = 'A').count() = 2", { name: [{ given: ['A', 'B'], family: 'A' }] }, true],
    ["descendants().url = 'u'", { active: true, _active: EXTENDED }, true],
    ['descendants().count() = 4', { _active: EXTENDED }, true],
    ['children().empty()', { name: null }, true],
  ]);

  rows('iif takes one of two', 'HumanName', [
    ["iif(family.exists(), text = 'A', text = 'B')", { family: 'x', text: 'A' }, true],
    ["iif(family.exists(), text = 'A', text = 'B')", { text: 'B' }, true],
    ['iif(family.exists(), true).empty()', EMPTY, true],
    ['given.iif(empty(), false, count() = 2)', { given: ['A', 'B'] }, true],
  ]);

  rows('the functions of texts want one text', 'HumanName', [
    ["family.matches('^[A-Z]+$')", { family: 'ABC' }, true],
    ["family.matches('[A-Z]')", { family: 'aBc' }, true],
    ["family.matches('a.b')", { family: 'a\nb' }, true],
    ["family.matches('A').empty()", EMPTY, true],
    ["family.matches('A').empty()", { _family: EXTENDED }, true],
    ["given.matches('A').empty()", { given: ['A', 'B'] }, true],
    ["family.matches('A').empty()", { family: 7 }, true],
    ["family.startsWith('A')", { family: 'AB' }, true],
    ["family.startsWith('A')", { family: 'BA' }, false],
    ['family.startsWith(text)', { family: 'BA', text: 'B' }, true],
    ['family.startsWith(text).empty()', { family: 'BA' }, true],
    ["family.contains('B')", { family: 'ABC' }, true],
    ["family.contains('b').not()", { family: 'ABC' }, true],
    ["family.substring(1) = 'BC'", { family: 'ABC' }, true],
    ['family.substring(3).empty()', { family: 'ABC' }, true],
    ["family.replaceMatches('\\\\..*', '') = 'A'", { family: 'A.B.C' }, true],
    ['family.toInteger() = 12', { family: '12' }, true],
    ['family.toInteger().empty()', { family: '1.5' }, true],
    ['family.toInteger().empty()', { family: '*' }, true],
  ]);

  rows('toString writes a number as JSON does', 'Quantity', [
    ["value.toString() = '1.5'", { value: 1.5 }, true],
    ["value.toString().contains('.').not()", { value: 2.0 }, true],
    ['value.toString().empty()', EMPTY, true],
    ['value.toInteger() = 2', { value: 2 }, true],
    ['value.toInteger().empty()', { value: 2.5 }, true],
  ]);

  it('trace prints nothing', () => {
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    expect(says("family.trace('family').exists()", 'HumanName', { family: 'A' })).toBe(true);
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  rows('resolve finds what the environment has, and is and ofType look at resourceType', 'Reference', [
    ['resolve().exists()', { reference: 'Practitioner/d' }, true],
    ['resolve().ofType(Practitioner).exists()', { reference: 'Practitioner/d' }, true],
    ['resolve().ofType(Patient).exists()', { reference: 'Practitioner/d' }, false],
    ['resolve().is(Practitioner)', { reference: 'Practitioner/d' }, true],
    ["reference.resolve().id = 'd'", { reference: 'Practitioner/d' }, true],
    ['resolve().is(Practitioner).empty()', { reference: 'Practitioner/e' }, true],
    ['resolve().empty()', EMPTY, true],
  ]);
});

describe('what an expression stands on', () => {
  it('is $this, an item of what is gone through, or a primitive with what stands beside it', () => {
    expect(says("$this = '*' or toInteger() >= 0", 'string', '3')).toBe(true);
    expect(says("$this = '*' or toInteger() >= 0", 'string', 'x')).toBe(false);
    expect(says('empty()', 'string', undefined)).toBe(true);
    expect(says('exists() and hasValue().not()', 'string', undefined, EXTENDED)).toBe(true);
    expect(says("extension.url = 'u'", 'string', 'x', EXTENDED)).toBe(true);
    expect(says("given.where($this = 'A').count() = 1", 'HumanName', { given: ['A', 'B'] })).toBe(true);
  });

  it('knows the resource and the one around it', () => {
    expect(says("%resource.id = 'o'", 'Period', {})).toBe(true);
    expect(says('reference.substring(1) in %rootResource.contained.id', 'Reference', { reference: '#a' })).toBe(true);
    expect(says('%resource = %rootResource', 'Period', {})).toBe(false);
    expect(says('%rootResource.contained.tail() = %resource', 'Period', {})).toBe(true);
    expect(says('system = %ucum', 'Quantity', { system: 'http://unitsofmeasure.org' })).toBe(true);
  });

  it('is %context, also where $this is an item', () => {
    const value = { prefix: ['A'], given: ['A'] };
    expect(says('given.all(%context.prefix contains $this)', 'HumanName', value)).toBe(true);
    expect(says('given.all(%context.prefix contains $this)', 'HumanName', { ...value, given: ['A', 'B'] })).toBe(false);
  });

  it('can be named by its type', () => {
    expect(says("HumanName.family = 'A'", 'HumanName', { family: 'A' })).toBe(true);
  });
});

describe('an expression outside the subset', () => {
  for (const [expression, type] of [
    ["name.join(',') = 'a'", 'Patient'],
    ['name[0].exists()', 'Patient'],
    ['birthDate = deceased', 'Patient'],
    ['birthDate > today()', 'Patient'],
    ['low = high', 'Range'],
    ['name is HumanName', 'Patient'],
    ['deceased is Quantity', 'Patient'],
    ["%`vs-x` = 'x'", 'Patient'],
    ["name.family.matches('[')", 'Patient'],
    ['family > text', 'HumanName'],
    ['given.substring(count())', 'HumanName'],
  ] as const) {
    it(`is not compiled: ${expression}`, () => expect(compile(tree(expression), place(type))).toBeUndefined());
  }
});

it('never throws, whatever the JSON', () => {
  const odd: readonly unknown[] = [
    undefined,
    null,
    0,
    'x',
    true,
    [],
    {},
    [null],
    [[]],
    [{}],
    { value: null },
    [[{ value: 1 }]],
  ];
  for (const type of ['Extension', 'Quantity', 'Reference', 'Period', 'Range', 'Bundle', 'Questionnaire']) {
    const structure = structureOf(type);
    ensure(structure !== undefined);
    for (const { tree: syntax = true } of structure.invariants) {
      const check = compile(syntax, { structure });
      ensure(check !== undefined);
      for (const one of odd) {
        for (const name of structure.properties.keys()) {
          expect(() =>
            check({ [name]: one, [`_${name}`]: one }, one, { resource, rootResource, resolve }),
          ).not.toThrow();
        }
        expect(() => check(one, one, { resource, rootResource, resolve })).not.toThrow();
      }
    }
  }
});
