import { describe, expect, it } from '@jest/globals';
import { encounters } from '../../../src/index.js';
import { holdsOnResource } from '../../support/laws.js';

const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

/** A participant by a code of v3-ParticipationType, and the days of a month on which the participation began and ended. */
function person(id: string, code?: string, start?: number, end?: number) {
  const on = (day: number) => `2026-01-0${day}T10:00:00Z`;
  const period = {
    ...(start === undefined ? {} : { start: on(start) }),
    ...(end === undefined ? {} : { end: on(end) }),
  };
  return {
    ...(code === undefined ? {} : { type: [{ coding: [{ system: PARTICIPATION, code }] }] }),
    individual: { reference: id.includes('/') ? id : `Practitioner/${id}` },
    ...(Object.keys(period).length === 0 ? {} : { period }),
  };
}

/** The responsible practitioner of an encounter, and what is said of that. */
function read(participant: object[], status = 'finished', now?: string): unknown[] {
  const resource = {
    resourceType: 'Encounter',
    status,
    class: { code: 'AMB' },
    subject: { reference: 'Patient/p' },
    participant,
  };
  const options = now === undefined ? {} : { now };
  expect(holdsOnResource(resource, options)).toBe(true);
  const { payload, issues } = encounters.fromFhir(resource as never, options);
  return [payload.practitionerId, ...issues.map(({ id, diagnostics }) => `${id}: ${diagnostics.replace(/^.*; /, '')}`)];
}

const SEVERAL = 'encounter-practitioner-several: ';
const FORMER =
  'encounter-practitioner-former: The participation of the responsible practitioner has ended, and the encounter has not.';

describe('the responsible practitioner, where several are coded so', () => {
  it.each<[string, object[], string]>([
    [
      'the latest of former ones',
      [person('a', 'ATND', 1, 2), person('b', 'ATND', 2, 5)],
      'the participation of all of them has ended, and the latest was taken.',
    ],
    [
      'the latest wherever it stands',
      [person('b', 'ATND', 2, 5), person('a', 'ATND', 1, 2)],
      'the participation of all of them has ended, and the latest was taken.',
    ],
    [
      'the one that began last of those that ended at once',
      [person('a', 'PPRF', 1, 5), person('b', 'PPRF', 2, 5)],
      'the participation of all of them has ended, and the latest was taken.',
    ],
    [
      'the first where periods do not tell',
      [person('b', 'ATND', 1, 5), person('a', 'ATND', 1, 5)],
      'the participation of all of them has ended, and the first of those that may be the latest was taken.',
    ],
    [
      'the only one that has not ended',
      [person('a', 'ATND', 1, 9), person('b', 'ATND', 1)],
      'the only one whose participation has not ended was taken.',
    ],
    [
      'the first that has not ended',
      [person('a', 'ATND', 1, 9), person('b', 'ATND'), person('c', 'ATND', 3)],
      'the first whose participation has not ended was taken.',
    ],
    [
      'the only one whose id can be told',
      [person('Organization/o', 'ATND', 3), person('b', 'ATND', 1, 2)],
      'the only one whose id can be told was taken, whose participation has ended.',
    ],
  ])('is %s, and the warning says so', (_, participant, words) => {
    expect(read(participant)).toStrictEqual(['b', SEVERAL + words]);
  });

  it('is not said to be one of several where only one can be read', () => {
    expect(read([person('Organization/o', 'ATND', 1, 2), person('b', 'ATND', 2)])).toStrictEqual(['b']);
  });
});

describe('a former practitioner', () => {
  it('is said to be one where the encounter goes on', () => {
    for (const status of ['planned', 'arrived', 'in-progress', 'onleave'])
      expect(read([person('a', 'PPRF', 1, 2)], status)).toStrictEqual(['a', FORMER]);
    const untyped =
      'encounter-practitioner-untyped: The only participant without a type is taken for the responsible one.';
    expect(read([person('a', undefined, 1, 2)], 'in-progress')).toStrictEqual(['a', untyped, FORMER]);
    for (const status of ['finished', 'cancelled'])
      expect(read([person('a', 'PPRF', 1, 2)], status)).toStrictEqual(['a']);
  });

  it('is not one whose participation is known to end later', () => {
    expect(read([person('a', 'PPRF', 1, 9)], 'in-progress', '2026-01-05T00:00:00Z')).toStrictEqual(['a']);
    expect(read([person('a', 'PPRF', 1, 9)], 'in-progress', '2026-01-10T00:00:00Z')).toStrictEqual(['a', FORMER]);
  });
});
