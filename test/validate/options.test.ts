import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/lens/json.js';
import { type ValidateOptions, validate } from '../../src/validate/validate.js';
import { encounter, found, patient } from '../support/validation.js';

const WARNED = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'NI' }] };
const warning = 'warning binding-extensible Patient.maritalStatus.coding[0]';

/** A Patient with as many warnings as an error comes after. */
const warned = (warnings: number, ...errors: string[]): JsonObject => ({
  ...patient,
  contact:
    warnings === 0
      ? undefined
      : Array.from({ length: warnings }, () => ({ name: { text: 'a' }, relationship: [ROLE] })),
  ...Object.fromEntries(errors.map((name) => [name, 'a'])),
});
const ROLE = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0131', code: 'N', display: 'a' }] };
const about = (index: number) => `warning display-wrong Patient.contact[${index}].relationship[0].coding[0].display`;
const CUT = 'information issues-truncated';

describe('how many issues are reported', () => {
  const rows: readonly [title: string, input: JsonObject, maxIssues: number, ...finds: string[]][] = [
    ['all, when there are as many as asked for', warned(2), 2, about(0), about(1)],
    ['one less, and that there are more', warned(3), 2, about(0), CUT],
    ['one alone', warned(3), 1, about(0)],
    ['the error, and not the warning before it', warned(1, 'status'), 1, 'error unknown-element Patient.status'],
    ['the error, and that there is more', warned(2, 'status'), 2, 'error unknown-element Patient.status', CUT],
    [
      'errors before warnings',
      warned(3, 'status', 'code'),
      3,
      'error unknown-element Patient.code',
      'error unknown-element Patient.status',
      CUT,
    ],
    [
      'the first of the errors',
      { ...patient, status: 1, code: 2, onset: 3 },
      2,
      'error unknown-element Patient.status',
      CUT,
    ],
    ['the first error alone', { ...patient, status: 1, code: 2, onset: 3 }, 1, 'error unknown-element Patient.status'],
    [
      'the errors around a warning',
      { status: 1, ...warned(1), code: 2 },
      2,
      'error unknown-element Patient.status',
      CUT,
    ],
    ['a part of a number as the whole one below it', warned(3), 2.9, about(0), CUT],
  ];
  for (const [title, input, maxIssues, ...finds] of rows) {
    it(`is ${title}`, () => expect(found(input, { maxIssues })).toStrictEqual(finds.sort()));
  }

  it('is never so few that an error is left out for something else', () => {
    for (let warnings = 0; warnings < 6; warnings += 1) {
      for (let maxIssues = 1; maxIssues < 8; maxIssues += 1) {
        const hasError = (input: unknown) => found(input, { maxIssues }).some((line) => line.startsWith('error'));
        expect(hasError(warned(warnings, 'status'))).toBe(true);
        expect(hasError(warned(warnings))).toBe(false);
        expect(found(warned(warnings, 'status'), { maxIssues }).length).toBeLessThanOrEqual(maxIssues);
      }
    }
  });

  it('is a thousand for what is no such number', () => {
    const input = warned(1500, 'status');
    for (const maxIssues of [
      undefined,
      null,
      0,
      -1,
      0.5,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      '5',
      5n,
      {},
      Symbol('5'),
    ]) {
      expect(validate(input, { maxIssues } as ValidateOptions).issue).toHaveLength(1000);
    }
  });
});

describe('options that are none', () => {
  for (const options of [null, undefined, 7, 'all', [], {}, { bestPractice: null, rules: null, maxIssues: null }]) {
    it(`are left out: ${JSON.stringify(options)}`, () => {
      expect(found({ ...patient, maritalStatus: WARNED }, options as ValidateOptions)).toStrictEqual([warning]);
    });
  }

  for (const rules of [7, 'all', {}, [null], [7], [{}], [[]]]) {
    it(`are reported where rules were meant: ${JSON.stringify(rules)}`, () => {
      expect(found(patient, { rules } as never)).toStrictEqual(['error rule-invalid Resource']);
    });
  }

  it('are reported before the first issue is too many', () => {
    expect(found(patient, { rules: [null, null, null], maxIssues: 1 } as never)).toStrictEqual([
      'error rule-invalid Resource',
    ]);
  });
});

describe('what is given', () => {
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null)
      for (const item of Object.values(Object.freeze(value))) freeze(item);
    return value;
  };

  it('is not changed, nor need it be open to change', () => {
    const input = {
      ...encounter,
      contained: [patient],
      period: { start: '2024', end: '2023' },
      colour: ['status'],
      note: null,
    };
    const before = JSON.stringify(input);
    const open = found(input);
    expect(JSON.stringify(input)).toBe(before);
    expect(found(freeze(input))).toStrictEqual(open);
    expect(open).toHaveLength(4);
  });

  it('gives the same outcome again', () => {
    const input = { ...patient, gender: 'x', name: [{}] };
    expect(validate(input)).toStrictEqual(validate(input));
  });

  it('may be looked at while every object inherits a property', () => {
    const input = { ...patient, name: [{ text: 'a' }], gender: 'x' };
    const before = found(input);
    for (const name of ['colour', 'active', 'extension', 'text', 'reference', 'code', 'fullUrl', 'id']) {
      Object.defineProperty(Object.prototype, name, {
        value: 'a',
        enumerable: true,
        configurable: true,
        writable: true,
      });
      try {
        const lines = found(input);
        if (name === 'colour') expect(lines).toStrictEqual(before);
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    }
    expect(found(input)).toStrictEqual(before);
  });
});
