import { describe, expect, it } from '@jest/globals';
import type { EncounterLocation, Reference } from 'fhir/r4.js';
import { nameOrReference } from '../../../src/fhir/datatypes/reference.js';
import { readScope } from '../../../src/fhir/scope.js';
import { currentLocation } from '../../../src/resources/encounters/location.js';

const codec = currentLocation(nameOrReference(['Location'], 200));
const scope = () => readScope('Encounter', {});

/** A location by what it says of its standing: its status, its start and its end. */
function at(display: string, status?: string, start?: string, end?: string) {
  const location: Reference = { display };
  return {
    location,
    ...(status === undefined ? {} : { status }),
    ...(start === undefined && end === undefined ? {} : { period: { ...(start && { start }), ...(end && { end }) } }),
  };
}

const read = (...locations: unknown[]) => codec.read(locations, scope());
const PASSED_OVER = 'encounter-location-unreadable';
const BY_ORDER = 'encounter-location-by-order';

/** What is read in an encounter of a status, and the issues. */
function told(locations: unknown[], status?: string, now?: string): unknown[] {
  const within = readScope('Encounter', now === undefined ? {} : { now });
  within.resource = status === undefined ? {} : { status };
  return [codec.read(locations, within), ...(within.issues ?? []).map(({ id }) => id)];
}

const put = (name: string | undefined, ...before: unknown[]) => codec.put?.(name, before, scope());

describe('the current location of an encounter', () => {
  it.each([
    ['the active one before one without a status', at('a', 'active'), at('b')],
    ['one without an end before one that ended', at('a'), at('b', undefined, undefined, '2026-01-09')],
    ['one without an end before a completed one', at('a'), at('b', 'completed')],
    ['an active one that ended before a planned one', at('a', 'active', undefined, '2026-01-01'), at('b', 'planned')],
    ['a completed one before a planned one', at('a', 'completed'), at('b', 'planned')],
    ['a completed one before a reserved one', at('a', 'completed'), at('b', 'reserved')],
    ['one without a status before a planned one', at('a'), at('b', 'planned', '2026-01-09')],
    ['an active one before an active one that ended', at('a', 'active'), at('b', 'active', undefined, '2027-01-01')],
    [
      'an active one of last year before a completed one of this year',
      at('a', 'active', '2025'),
      at('b', 'completed', '2026'),
    ],
    [
      'of two that ended, the one that ended later',
      at('a', 'completed', '2026-01-01', '2026-01-03'),
      at('b', 'completed', '2026-01-02', '2026-01-02'),
    ],
    [
      'of two that ended at once, the one that began later',
      at('a', undefined, '2026-01-02', '2026-01-03'),
      at('b', undefined, '2026-01-01', '2026-01-03'),
    ],
    ['of two active ones, the one that began later', at('a', 'active', '2026-01-02'), at('b', 'active', '2026-01-01')],
    [
      'of two without a status, the one that began later',
      at('a', undefined, '2026-01-02'),
      at('b', undefined, '2026-01-01'),
    ],
    [
      'of two that ended, the one that began when the other one had ended',
      at('a', 'completed', '2026-01-03'),
      at('b', 'completed', undefined, '2026-01-03'),
    ],
  ])('is %s, wherever they stand', (_, current, other) => {
    expect([read(current, other), read(other, current)]).toStrictEqual(['a', 'a']);
  });

  it.each([
    ['two that say nothing', at('a'), at('b')],
    ['two completed ones without a time', at('a', 'completed'), at('b', 'completed')],
    ['two that began at once', at('a', 'active', '2026-01-01'), at('b', 'active', '2026-01-01')],
    ['one whose start cannot be compared', at('a', 'active', '2026'), at('b', 'active', '2026-01-01')],
    ['an active one with a time and one without', at('a', 'active', '2026-01-01'), at('b', 'active')],
  ])('is the first in the list of %s, with a warning', (_, one, other) => {
    expect([told([one, other]), told([other, one])]).toStrictEqual([
      ['a', BY_ORDER],
      ['b', BY_ORDER],
    ]);
  });

  it('has no warning where something else than the order decided', () => {
    expect(told([at('a', 'completed'), at('b', 'active'), at('c', 'completed')])).toStrictEqual(['b']);
  });

  it('is none that is only planned or reserved, but in an encounter that is planned itself', () => {
    const list = [at('r', 'reserved', '2026-01-01'), at('p', 'planned', '2026-01-02')];
    for (const status of ['arrived', 'in-progress', 'onleave', 'finished', 'cancelled'])
      expect([status, ...told(list, status)]).toStrictEqual([status, undefined]);
    expect(told(list, 'planned')).toStrictEqual(['p']);
    expect(told([...list, at('b', 'completed')], 'planned')).toStrictEqual(['p']);
    expect(told([...list, at('b', 'completed')], 'finished')).toStrictEqual(['b']);
  });

  it('has a time in a finished encounter, if one has', () => {
    const dated = at('a', 'completed', '2026-01-01', '2026-01-02');
    for (const undated of [at('b'), at('b', 'active'), at('b', 'completed')]) {
      expect(told([undated, dated], 'finished')).toStrictEqual(['a']);
      expect(told([dated, undated], 'finished')).toStrictEqual(['a']);
    }
    expect(told([at('b'), dated], 'in-progress')).toStrictEqual(['b']);
  });

  it('is the most specific of one place at several levels, by the same status and period', () => {
    const level = (display: string, code: string, of: object = at(display, 'active', '2026-01-01T10:00:00Z')) => ({
      ...of,
      physicalType: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code }] },
    });
    const levels = [level('hospital', 'si'), level('bed', 'bd'), level('ward', 'wa'), level('room', 'ro')];
    expect([told(levels), told([...levels].reverse())]).toStrictEqual([['bed'], ['bed']]);
    const sameInstant = level('bed', 'bd', at('bed', 'active', '2026-01-01T12:00:00+02:00'));
    expect(told([level('ward', 'wa'), sameInstant])).toStrictEqual(['bed']);
    // Another time or status is another place, and a vehicle is no part of a house.
    expect(told([level('ward', 'wa'), level('bed', 'bd', at('bed', 'active', '2025-12-31T10:00:00Z'))])).toStrictEqual([
      'ward',
    ]);
    expect(told([level('ward', 'wa', at('ward')), level('bed', 'bd', at('bed', 'completed'))])).toStrictEqual(['ward']);
    expect(told([level('ward', 'wa'), level('van', 've')])).toStrictEqual(['ward', BY_ORDER]);
    expect(told([level('van', 've'), level('ward', 'wa')])).toStrictEqual(['van', BY_ORDER]);
    expect(told([level('ward', 'wa'), at('b', 'active', '2026-01-01T10:00:00Z')])).toStrictEqual(['ward', BY_ORDER]);
  });

  it('is not one that is yet to come or has ended, where the present is known', () => {
    const list = [at('a', 'active', '2026-01-01'), at('b', 'active', '2026-03-01')];
    expect(told(list)).toStrictEqual(['b']);
    expect(told(list, undefined, '2026-02-01T00:00:00Z')).toStrictEqual(['a']);
    const ending = [at('a', 'active', '2026-01-01', '2026-03-01'), at('b')];
    expect([told(ending), told(ending, undefined, '2026-02-01T00:00:00Z')]).toStrictEqual([['b'], ['a']]);
  });

  it('is one that can be read, and is said not to be the one that comes first', () => {
    const absent = { _display: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason' }] } };
    for (const location of [{ display: ' ' }, {}, undefined, absent, { reference: 'Organization/o' }]) {
      expect(told([{ location }, at('ward')])).toStrictEqual(['ward', PASSED_OVER]);
      expect(told([{ location, status: 'active' }, at('ward', 'completed')])).toStrictEqual(['ward', PASSED_OVER]);
      expect(told([at('ward', 'active'), { location }])).toStrictEqual(['ward']);
      expect(told([{ location }])).toStrictEqual([undefined]);
    }
  });

  it('is none in an empty list, in one of nulls, and in what is no list', () => {
    expect([read(), read(null), codec.read(at('a'), scope()), codec.read(undefined, scope())]).toStrictEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('says where it was read', () => {
    const within = scope();
    const list = [at('a', 'active'), { location: { display: 'x'.repeat(201) } }, at('b', 'planned')];
    expect(codec.read(list, within)).toBe('a');
    expect(within.origins?.get(list)).toStrictEqual([0]);
    const long = [at('b', 'planned'), at('x'.repeat(201), 'active')];
    codec.read(long, within);
    expect(within.issues?.map(({ expression }) => expression)).toStrictEqual([['Encounter[1].location']]);
    expect(within.origins?.has(long)).toBe(false);
  });
});

describe('a put of the location', () => {
  const ended: EncounterLocation = at('a', undefined, undefined, '2026-01-03') as EncounterLocation;

  it('replaces the current one and keeps the others as they were', () => {
    const planned = at('p', 'planned');
    expect(put('new', ended, at('old', 'active', '2026-01-01'), planned)).toStrictEqual([
      ended,
      planned,
      { location: { display: 'new' } },
    ]);
  });

  it('says that it is active where another one is said to be', () => {
    const active = at('b', 'active', '2026-01-01');
    const list = put('new', active, at('old', 'active', '2026-01-02'));
    expect(list).toStrictEqual([{ location: { display: 'new' }, status: 'active' }, active]);
    expect(codec.read(list, scope())).toBe('new');
    expect(put('new', at('b'), at('old', 'active'))).toStrictEqual([
      at('b'),
      { location: { display: 'new' }, status: 'active' },
    ]);
  });

  it('takes the time of the one before among others that have one, where all is over', () => {
    const within = scope();
    within.resource = { status: 'finished' };
    const before = [ended, at('old', 'completed', '2026-01-04', '2026-01-05')];
    const list = codec.put?.('new', before, within);
    expect(list).toStrictEqual([at('new', 'completed', '2026-01-04', '2026-01-05'), ended]);
    expect(codec.read(list, within)).toBe('new');
  });

  it('keeps the others where there is none any more, and no empty list', () => {
    expect(put(undefined, ended, at('old'))).toStrictEqual([ended]);
    expect(put(undefined, at('old'))).toBeUndefined();
  });

  it('comes in the place of one that could not be read, and of no other', () => {
    const blank = { location: { display: ' ' } };
    expect(put('new', blank)).toStrictEqual([{ location: { display: 'new' } }]);
    expect(put('new', blank, at('old'))).toStrictEqual([blank, { location: { display: 'new' } }]);
    expect(put(undefined, blank)).toStrictEqual([blank]);
  });

  it('leaves a list to a write where there was none', () => {
    expect(codec.put?.('new', undefined, scope())).toBeUndefined();
    expect(codec.write('new', scope())).toStrictEqual([{ location: { display: 'new' } }]);
  });
});
