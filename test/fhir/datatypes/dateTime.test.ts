import { describe, expect, it } from '@jest/globals';
import {
  compareDateTimes,
  date,
  dateTime,
  isDateTime,
  parseDateTime,
  plainDate,
} from '../../../src/fhir/datatypes/dateTime.js';
import { type ConvertOptions, payloadScope, readScope } from '../../../src/fhir/scope.js';

const good = [
  '2026',
  '2026-01',
  '2026-12-31',
  '0001-01-01',
  '9999-12-31T23:59:59.999999999999Z',
  '2024-02-29',
  '2000-02-29',
  '2024-02-29T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-01-05T10:00:00+00:00',
  '2026-01-05T10:00:00-00:00',
  '2026-01-05T10:00:00+14:00',
  '2026-01-05T10:00:00-13:59',
  '2026-01-05T10:00:00.1Z',
];

const bad = [
  '',
  '0000',
  '0000-01-01',
  '0000-01-01T00:00:00Z',
  '26',
  '2026-00',
  '2026-13',
  '2026-1',
  '2026-01-00',
  '2026-01-32',
  '2026-04-31',
  '2026-06-31',
  '2026-09-31',
  '2026-11-31',
  '2026-02-29',
  '1900-02-29',
  '2100-02-29T10:00:00Z',
  '2026-02-30T10:00:00Z',
  '2026-01-05T10:00',
  '2026-01-05T10:00Z',
  '2026-01-05T10:00:00',
  '2026-01-05T10:00:00.5',
  '2026-01-05T10:00:00.Z',
  '2026-01-05T24:00:00Z',
  '2026-01-05T10:60:00Z',
  '2026-01-05T10:00:61Z',
  '2026-01-05T10:00:00+14:30',
  '2026-01-05T10:00:00+15:00',
  '2026-01-05T10:00:00+13:60',
  '2026-01-05T10:00:00+0100',
  '2026-01-05T10:00:00+01',
  '2026-01-05t10:00:00Z',
  '2026-01-05T10:00:00z',
  '2026-01-05 10:00:00Z',
  '2026-01-05T10:00:00 Z',
  ' 2026-01-05',
  '2026-01-05\n',
  '2026/01/05',
  '20260105',
  '+2026-01-05',
  '٢٠٢٦',
];

describe("FHIR's grammar of a dateTime", () => {
  for (const value of good) {
    it(`takes ${value}`, () => {
      expect(isDateTime(value)).toBe(true);
      expect(parseDateTime(value)).not.toBeUndefined();
    });
  }

  for (const value of bad) {
    it(`refuses ${JSON.stringify(value)}`, () => {
      expect(isDateTime(value)).toBe(false);
      expect(parseDateTime(value)).toBeUndefined();
    });
  }

  it('refuses what is no string', () => {
    for (const value of [2026, null, undefined, ['2026'], new Date(0)]) expect(isDateTime(value)).toBe(false);
  });

  it('tells the parts, and invents none', () => {
    expect(parseDateTime('2026')).toStrictEqual({ year: 2026 });
    expect(parseDateTime('2026-03')).toStrictEqual({ year: 2026, month: 3 });
    expect(parseDateTime('2026-03-04')).toStrictEqual({ year: 2026, month: 3, day: 4 });
    expect(parseDateTime('2026-03-04T05:06:07.0890-03:30')).toStrictEqual({
      year: 2026,
      month: 3,
      day: 4,
      time: { seconds: 5 * 3600 + 6 * 60 + 7, fraction: '089', offsetMinutes: -210 },
    });
  });
});

describe('compareDateTimes', () => {
  const sign = (a: unknown, b: unknown): number | undefined => {
    const order = compareDateTimes(a, b);
    return order === undefined ? undefined : Math.sign(order) + 0;
  };

  const cases: readonly (readonly [string, string, number | undefined])[] = [
    ['2026', '2026', 0],
    ['2025', '2026', -1],
    ['2026-02', '2026-01', 1],
    ['2026-01-31', '2026-02-01', -1],
    ['2026', '2026-01', undefined],
    ['2026-01', '2026-01-01', undefined],
    ['2026-01-01', '2026-01-01T00:00:00Z', undefined],
    ['2026-01-01T10:00:00Z', '2026-01-01', undefined],
    ['2025', '2026-01-01', -1],
    ['2026-02', '2026-01-31T10:00:00Z', 1],
    ['2025-12-31T23:00:00Z', '2026', -1],
    ['2026-01-01T10:00:00Z', '2026-01-01T11:00:00+01:00', 0],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00Z', 0],
    ['2026-01-01T00:00:00+14:00', '2025-12-31T10:00:01Z', -1],
    ['2024-03-01T00:00:00+01:00', '2024-02-29T23:00:00Z', 0],
    ['2026-03-01T00:00:00+01:00', '2026-02-28T23:00:00Z', 0],
    ['2026-01-01T10:00:00-05:00', '2026-01-01T10:00:00Z', 1],
    ['2026-01-01T10:00:00.1Z', '2026-01-01T10:00:00.10Z', 0],
    ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.000Z', 0],
    ['2026-01-01T10:00:00.09Z', '2026-01-01T10:00:00.1Z', -1],
    ['2026-01-01T10:00:00.123456789012Z', '2026-01-01T10:00:00.123456789013Z', -1],
    ['2026-01-01T10:00:00.9Z', '2026-01-01T10:00:01Z', -1],
    ['0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z', -1],
    ['1969-12-31T23:59:59Z', '1970-01-01T00:00:00Z', -1],
  ];

  for (const [a, b, expected] of cases) {
    it(`finds ${a} and ${b} ${expected === undefined ? 'incomparable' : `in order ${expected}`}`, () => {
      expect(sign(a, b)).toBe(expected);
      expect(sign(b, a)).toBe(expected === undefined || expected === 0 ? expected : -expected);
    });
  }

  it('compares nothing that is no dateTime, not even with itself', () => {
    expect(compareDateTimes('soon', 'soon')).toBeUndefined();
    expect(compareDateTimes('2026-02-30', '2026-02-30')).toBeUndefined();
    expect(compareDateTimes(undefined, '2026')).toBeUndefined();
    expect(compareDateTimes(2026, 2026)).toBeUndefined();
  });
});

describe('a date-time field', () => {
  const read = (value: unknown, options: ConvertOptions = {}) => {
    const scope = readScope('Task', options);
    return { value: dateTime().read(value, scope), ids: scope.issues?.map((issue) => issue.id), failed: scope.failed };
  };
  const admit = (value: string, options: ConvertOptions = {}) => {
    const scope = payloadScope(options);
    return { value: dateTime().admit(value, scope), ids: scope.issues?.map((issue) => issue.id) };
  };

  it('reads a date with a time as it stands', () => {
    for (const value of ['2026-01-05T10:00:00Z', '2016-12-31T23:59:60.000+14:00']) {
      expect(read(value)).toStrictEqual({ value, ids: [], failed: false });
    }
  });

  it('leaves a partial date out by default, keeps it or refuses it on request', () => {
    for (const value of ['2026', '2026-01', '2026-01-05']) {
      const leftOut = { value: undefined, ids: ['date-partial-omitted'], failed: false };
      expect(read(value)).toStrictEqual(leftOut);
      expect(read(value, { partialDates: 'omit' })).toStrictEqual(leftOut);
      expect(read(value, { partialDates: 'keep' })).toStrictEqual({ value, ids: [], failed: false });
      expect(read(value, { partialDates: 'refuse' })).toStrictEqual({
        value: undefined,
        ids: ['date-partial'],
        failed: true,
      });
    }
  });

  it('reads nothing that is no dateTime, whatever the option', () => {
    for (const partialDates of ['omit', 'keep', 'refuse'] as const) {
      expect(read('2026-02-30', { partialDates })).toStrictEqual({
        value: undefined,
        ids: ['date-malformed-omitted'],
        failed: false,
      });
    }
  });

  it('admits a partial date only where such dates are kept', () => {
    expect(admit('2026-01-05')).toStrictEqual({ value: undefined, ids: ['date-time-grammar'] });
    expect(admit('2026-01-05', { partialDates: 'keep' })).toStrictEqual({ value: '2026-01-05', ids: [] });
    expect(admit('2026-01-05T10:00:00Z')).toStrictEqual({ value: '2026-01-05T10:00:00Z', ids: [] });
    expect(admit('2026-01-05T10:00Z', { partialDates: 'keep' })).toStrictEqual({
      value: undefined,
      ids: ['date-time-grammar'],
    });
    expect(admit('')).toStrictEqual({ value: undefined, ids: ['payload-empty-omitted'] });
  });
});

describe('a plain date field', () => {
  it('takes any FHIR dateTime', () => {
    for (const value of ['2026', '2026-01', '2026-01-05', '2026-01-05T10:00:00Z']) {
      expect(plainDate().read(value, readScope('Composition', {}))).toBe(value);
    }
    const scope = payloadScope({});
    expect(plainDate().admit('05.01.2026', scope)).toBeUndefined();
    expect(scope.issues?.[0]?.id).toBe('date-grammar');
  });
});

describe('a date with a day', () => {
  it('takes neither less nor more', () => {
    const fits = (value: string): boolean => date().read(value, readScope('Task', {})) === value;
    expect(['2026-01-05', '2026', '2026-01', '2026-01-05T10:00:00Z', '2026-02-29'].map(fits)).toStrictEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
