import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { period, plainPeriod } from '../../../src/fhir/datatypes/period.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';
import { putValue } from '../../../src/lens/codec.js';

const reading = (codec: ReturnType<typeof period>, value: unknown) => {
  const scope = readScope('Encounter', {});
  return { period: codec.read(value, scope), ids: scope.issues?.map((issue) => issue.id) };
};

const [nine, ten] = ['2026-01-05T09:00:00Z', '2026-01-05T10:00:00Z'];

describe('a period', () => {
  it('is read with either end or both', () => {
    for (const value of [{ start: nine }, { end: ten }, { start: nine, end: ten }, { start: nine, end: nine }]) {
      assert.deepEqual(reading(period(), value), { period: value, ids: [] });
    }
    assert.equal(reading(period(), {}).period, undefined);
    assert.equal(reading(period(), nine).period, undefined);
  });

  it('is refused where it ends before it starts, whatever the offsets', () => {
    assert.deepEqual(reading(period(), { start: ten, end: nine }).ids, ['period-reversed']);
    assert.deepEqual(reading(period(), { start: ten, end: '2026-01-05T10:30:00+01:00' }).ids, ['period-reversed']);
    assert.deepEqual(reading(period(), { start: '2026-01-05T10:30:00+01:00', end: ten }).ids, []);
  });

  it('is refused where its ends cannot be compared', () => {
    assert.deepEqual(reading(period(), { start: '2026-01-05', end: ten }).ids, ['period-incomparable']);
    assert.deepEqual(reading(plainPeriod(), { start: '2026', end: '2026-03' }).ids, ['period-incomparable']);
  });

  it('leaves partial dates out, where plain periods take them', () => {
    assert.deepEqual(reading(period(), { start: '2025', end: ten }), { period: { end: ten }, ids: [] });
    assert.deepEqual(reading(plainPeriod(), { start: '2025', end: '2026' }).period, { start: '2025', end: '2026' });
  });

  it('of a payload is held to the same order', () => {
    const admitted = (value: { start?: string; end?: string }): string[] | undefined => {
      const scope = payloadScope({});
      period().admit(value, scope);
      return scope.issues?.map((issue) => issue.id);
    };
    assert.deepEqual(admitted({ start: ten, end: nine }), ['period-reversed']);
    assert.deepEqual(admitted({ start: nine, end: ten }), []);
    assert.deepEqual(admitted({ start: '', end: ten }), ['payload-empty-omitted']);
  });

  it('is replaced whole, with its extensions', () => {
    const before = { start: nine, end: ten, extension: [{ url: 'u' }] };
    assert.equal(putValue(period(), { start: nine, end: ten }, before, readScope('Encounter', {})).value, before);
    assert.deepEqual(putValue(period(), { start: nine }, before, readScope('Encounter', {})).value, { start: nine });
  });
});
