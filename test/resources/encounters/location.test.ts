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
      'of two planned ones, the one that begins later',
      at('a', 'planned', '2026-01-02'),
      at('b', 'planned', '2026-01-01'),
    ],
    [
      'of two planned ones, the one that ends later',
      at('a', 'planned', '2026-01-02', '2026-01-09'),
      at('b', 'planned', '2026-01-03', '2026-01-08'),
    ],
  ])('is %s, wherever they stand', (_, current, other) => {
    expect([read(current, other), read(other, current)]).toStrictEqual(['a', 'a']);
  });

  it.each([
    ['two that say nothing', at('a'), at('b')],
    ['two that began at once', at('a', 'active', '2026-01-01'), at('b', 'active', '2026-01-01')],
    ['one whose start cannot be compared', at('a', 'active', '2026'), at('b', 'active', '2026-01-01')],
  ])('is the later in the list of %s', (_, one, other) => {
    expect([read(one, other), read(other, one)]).toStrictEqual(['b', 'a']);
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
    expect(within.origins.get(list)).toStrictEqual([0]);
    const long = [at('b', 'planned'), at('x'.repeat(201), 'active')];
    codec.read(long, within);
    expect(within.issues?.map(({ expression }) => expression)).toStrictEqual([['Encounter[1].location']]);
    expect(within.origins.has(long)).toBe(false);
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
    expect(list).toStrictEqual([active, { location: { display: 'new' }, status: 'active' }]);
    expect(codec.read(list, scope())).toBe('new');
  });

  it('keeps the others where there is none any more, and no empty list', () => {
    expect(put(undefined, ended, at('old'))).toStrictEqual([ended]);
    expect(put(undefined, at('old'))).toBeUndefined();
  });

  it('leaves a list to a write where there was none', () => {
    expect(codec.put?.('new', undefined, scope())).toBeUndefined();
    expect(codec.write('new', scope())).toStrictEqual([{ location: { display: 'new' } }]);
  });
});
