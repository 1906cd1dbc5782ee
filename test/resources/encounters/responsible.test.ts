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
      'the encounter is over, and the latest was taken.',
    ],
    [
      'the one that began last of those without an end',
      [person('a', 'ATND', 1), person('b', 'ATND', 4)],
      'the encounter is over, and the latest was taken.',
    ],
    [
      'one that has a time before one that has none',
      [person('c', 'ATND'), person('a', 'ATND', 1, 2), person('b', 'ATND', 2, 5)],
      'the encounter is over, and the latest was taken.',
    ],
    [
      'the first where none has a time',
      [person('b', 'ATND'), person('a', 'ATND')],
      'the encounter is over, and the first of those that may be the latest was taken.',
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

describe('the responsible practitioner of an encounter that goes on, where several are coded so', () => {
  it.each<[string, object[], string]>([
    [
      'the only one that has not ended',
      [person('a', 'ATND', 1, 3), person('b', 'ATND', 1)],
      'the only one whose participation has not ended was taken.',
    ],
    [
      'the first that has not ended',
      [person('a', 'ATND', 1, 3), person('b', 'ATND'), person('c', 'ATND', 3)],
      'the first whose participation has not ended was taken.',
    ],
    [
      'one that has begun before one that is to come',
      [person('a', 'ATND', 8), person('b', 'ATND', 1)],
      'the only one whose participation has begun and not ended was taken.',
    ],
    [
      'one that is to come before a former one',
      [person('a', 'PPRF', 1, 2), person('b', 'PPRF', 8)],
      'the only one whose participation is to come was taken, and that of the others has ended.',
    ],
    [
      'the only one whose id can be told, also where it has not begun',
      [person('Organization/o', 'ATND', 1), person('b', 'ATND', 8)],
      'the only one whose id can be told was taken, whose participation has not begun.',
    ],
    [
      'an attender where the primary performer cannot be told',
      [{ ...person('x', 'PPRF'), individual: { display: ' ' } }, person('b', 'ATND', 1)],
      'the id of the primary performer cannot be told, and an attender was taken.',
    ],
  ])('is %s', (_, participant, words) => {
    const [id, several] = read(participant, 'in-progress', '2026-01-05T00:00:00Z');
    expect([id, several]).toStrictEqual(['b', SEVERAL + words]);
  });
});

describe('the responsible practitioner, where nobody has a type', () => {
  it('is the only one that is named', () => {
    const blank = [{}, { individual: {} }, { individual: { display: ' ' } }, { individual: { reference: '' } }];
    for (const one of blank) expect(read([one, person('b')])[0]).toBe('b');
    expect(read([{ individual: { display: 'Dr. A' } }, person('b')])[0]).toBeUndefined();
  });
});

describe('a practitioner who is yet to come', () => {
  it('is said to be that where the encounter has begun', () => {
    const toCome = (status: string, now?: string) => read([person('a', 'ATND', 8)], status, now);
    const words =
      'encounter-practitioner-to-come: The participation of the responsible practitioner has not begun, and the encounter has.';
    for (const status of ['arrived', 'in-progress', 'onleave'])
      expect(toCome(status, '2026-01-05T00:00:00Z')).toStrictEqual(['a', words]);
    expect(toCome('in-progress', '2026-01-09T00:00:00Z')).toStrictEqual(['a']);
    expect(toCome('planned', '2026-01-05T00:00:00Z')).toStrictEqual(['a']);
    expect(toCome('in-progress')).toStrictEqual(['a']);
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
