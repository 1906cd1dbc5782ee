import { describe, expect, it } from '@jest/globals';
import { period, plainPeriod } from '../../../src/fhir/datatypes/period.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';
import { putValue } from '../../../src/lens/codec.js';

const reading = (codec: ReturnType<typeof period>, value: unknown) => {
  const scope = readScope('Encounter', {});
  return { period: codec.read(value, scope), ids: scope.issues?.map((issue) => issue.id) };
};

const [nine, ten] = ['2026-01-05T09:00:00Z', '2026-01-05T10:00:00Z'];

const MALFORMED = 'date-malformed-omitted';

describe('a period', () => {
  it('is read with either end or both', () => {
    for (const value of [{ start: nine }, { end: ten }, { start: nine, end: ten }, { start: nine, end: nine }]) {
      expect(reading(period(), value)).toStrictEqual({ period: value, ids: [] });
    }
    expect(reading(period(), {}).period).toBeUndefined();
    expect(reading(period(), nine).period).toBeUndefined();
  });

  it('is refused where it ends before it starts, whatever the offsets', () => {
    expect(reading(period(), { start: ten, end: nine }).ids).toStrictEqual(['period-reversed']);
    expect(reading(period(), { start: ten, end: '2026-01-05T10:30:00+01:00' }).ids).toStrictEqual(['period-reversed']);
    expect(reading(period(), { start: '2026-01-05T10:30:00+01:00', end: ten }).ids).toStrictEqual([]);
  });

  it('is read where its ends cannot be compared, and says so where both are there', () => {
    expect(reading(period(), { start: '2026-01-05', end: ten })).toStrictEqual({
      period: { end: ten },
      ids: ['date-partial-omitted'],
    });
    expect(reading(plainPeriod(), { start: '2026', end: '2026-03' })).toStrictEqual({
      period: { start: '2026', end: '2026-03' },
      ids: ['period-precision-differs'],
    });
  });

  it('keeps the end that is a date, and says that the other one is none', () => {
    const malformed = ['2026-01-05T08:00:00', '2026-01-05T08:00Z', '2026-01-05 08:00:00Z', '05.01.2026', '2026-02-30'];
    for (const start of malformed)
      for (const codec of [period(), plainPeriod()]) {
        expect(reading(codec, { start, end: ten })).toStrictEqual({ period: { end: ten }, ids: [MALFORMED] });
        expect(reading(codec, { start: nine, end: start })).toStrictEqual({
          period: { start: nine },
          ids: [MALFORMED],
        });
        expect(reading(codec, { start })).toStrictEqual({ period: undefined, ids: [MALFORMED] });
      }
  });

  it('leaves partial dates out, where plain periods take them', () => {
    expect(reading(period(), { start: '2025', end: ten })).toStrictEqual({
      period: { end: ten },
      ids: ['date-partial-omitted'],
    });
    expect(reading(plainPeriod(), { start: '2025', end: '2026' }).period).toStrictEqual({ start: '2025', end: '2026' });
  });

  it('of a payload is held to the same order', () => {
    const admitted = (value: { start?: string; end?: string }): string[] | undefined => {
      const scope = payloadScope({});
      period().admit(value, scope);
      return scope.issues?.map((issue) => issue.id);
    };
    expect(admitted({ start: ten, end: nine })).toStrictEqual(['period-reversed']);
    expect(admitted({ start: nine, end: ten })).toStrictEqual([]);
    expect(admitted({ start: '', end: ten })).toStrictEqual(['payload-empty-omitted']);
  });

  it('is replaced whole, with its extensions', () => {
    const before = { start: nine, end: ten, extension: [{ url: 'u' }] };
    expect(putValue(period(), { start: nine, end: ten }, before, readScope('Encounter', {})).value).toBe(before);
    expect(putValue(period(), { start: nine }, before, readScope('Encounter', {})).value).toStrictEqual({
      start: nine,
    });
  });
});
