import { describe, expect, it } from '@jest/globals';
import { type ConvertOptions, labs } from '../../../src/index.js';
import { holdsCreateGet, holdsOnResource, holdsPutGet } from '../../support/laws.js';

const ISSUED = '2026-01-05T10:00:00Z';
const report = {
  resourceType: 'DiagnosticReport',
  status: 'final',
  code: { text: 'x' },
  subject: { reference: 'Patient/p' },
};
const payload = { status: 'final', code: 'x', patientId: 'p' };
const asIssued: ConvertOptions = { labTime: 'issued' };

function read(more: object, options: ConvertOptions = {}): unknown[] {
  const { payload, issues } = labs.fromFhir({ ...report, ...more } as never, options);
  return [payload.effectiveDateTime, ...issues.map(({ id }) => id)];
}

describe('when a report was true of the patient', () => {
  it('is not when it was issued; that is named as what could stand in', () => {
    expect(read({ issued: ISSUED })).toStrictEqual([undefined, 'lab-without-time']);
    const { issues } = labs.fromFhir({ ...report, issued: ISSUED } as never);
    expect(issues[0]?.diagnostics).toMatch(/`labTime: 'issued'`/);
    expect(labs.fromFhir(report as never).issues[0]?.diagnostics).not.toMatch(/issued/);
  });

  it('is when it was issued on request, where nothing else is said of it', () => {
    expect(read({ issued: ISSUED }, asIssued)).toStrictEqual([ISSUED, 'lab-time-from-issued']);
    expect(read({}, asIssued)).toStrictEqual([undefined, 'lab-without-time']);
    const told = { issued: ISSUED, effectiveDateTime: '2026-01-04T10:00:00Z' };
    expect(read(told, asIssued)).toStrictEqual(['2026-01-04T10:00:00Z']);
    // The time of issue would contradict a day that is there.
    const day = { issued: ISSUED, effectiveDateTime: '2026-01-04' };
    expect(read(day, asIssued)).toStrictEqual([undefined, 'date-partial-omitted', 'lab-without-time']);
    expect(read(day, { ...asIssued, partialDates: 'keep' })).toStrictEqual(['2026-01-04']);
  });

  it.each<object>([
    { issued: ISSUED },
    { issued: ISSUED, effectiveDateTime: '2026-01-04' },
    { issued: ISSUED, effectivePeriod: { start: '2026-01-04T10:00:00Z' } },
    {},
  ])('holds the laws with and without the request: %j', (more) => {
    for (const options of [{}, asIssued]) {
      const resource = { ...report, ...more };
      expect(holdsOnResource(resource, options)).toBe(true);
      for (const time of [
        {},
        { effectiveDateTime: ISSUED },
        { effectiveDateTime: '2025-01-05T10:00:00Z' },
        { effectivePeriod: { end: ISSUED } },
      ]) {
        holdsCreateGet('labs', { ...payload, ...time }, options);
        expect(holdsPutGet('labs', { ...payload, ...time }, resource, options)).toBe(true);
      }
    }
  });

  it('is displaced by the other way to say it in an update', () => {
    const stored = { ...report, effectiveDateTime: ISSUED };
    const after = labs.update(stored as never, { effectivePeriod: { start: ISSUED } });
    expect([after.effectiveDateTime, after.effectivePeriod]).toStrictEqual([undefined, { start: ISSUED }]);
  });
});
