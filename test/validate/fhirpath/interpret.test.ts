import { describe, expect, it, jest } from '@jest/globals';
import { structureOf } from '../../../src/fhir/definitions.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { loadFhirPath } from '../../../src/validate/fhirpath/absent.js';
import type { Place } from '../../../src/validate/fhirpath/compile.js';
import { explain, interpreter } from '../../../src/validate/fhirpath/interpret.js';
import { ensure } from '../../support/ensure.js';

const place = (type: string): Place => {
  const structure = structureOf(type);
  return structure === undefined ? { primitive: type } : { structure };
};

const patient: JsonObject = { resourceType: 'Patient', id: 'p1', name: [{ family: 'A' }, { family: 'B' }] };
const resolve = (reference: string): JsonObject | undefined => (reference === 'Patient/p1' ? patient : undefined);
const environment = { resource: patient, rootResource: { resourceType: 'Bundle' }, resolve };

const answer = (expression: string, type: string, focus: unknown, sibling?: unknown) =>
  interpreter(expression, place(type))(focus, sibling, environment);

describe('any FHIRPath expression', () => {
  it('holds where its result is true, and fails where it is false or empty', () => {
    expect(answer("name.family.join(', ') = 'A, B'", 'Patient', patient)).toStrictEqual({ holds: true });
    expect(answer('name.count() > 2', 'Patient', patient)).toStrictEqual({ holds: false });
    expect(answer("birthDate > '1990'", 'Patient', patient)).toStrictEqual({ holds: false });
  });

  it('holds where its result is no boolean', () => {
    expect(answer('name', 'Patient', patient)).toStrictEqual({ holds: true });
    expect(answer('name.family.first()', 'Patient', patient)).toStrictEqual({ holds: true });
  });

  it('knows the types of the element that it stands on', () => {
    const low = { value: 1, unit: 'g', system: 'http://unitsofmeasure.org', code: 'g' };
    const high = { value: 1, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' };
    expect(answer('low < high', 'Range', { low, high })).toStrictEqual({ holds: true });
    expect(answer('$this < %resource.high', 'SimpleQuantity', low)).toStrictEqual({ holds: false });
    expect(answer('$this < @2000', 'date', '1999-12-31')).toStrictEqual({ holds: true });
    expect(answer('$this > 1', 'decimal', 1.5)).toStrictEqual({ holds: true });
  });

  it('sees what stands beside a primitive', () => {
    const sibling = { extension: [{ url: 'http://example.org', valueCode: 'x' }] };
    const expression = "extension('http://example.org').value = 'x' // said beside the date";
    expect(answer(expression, 'date', '1999', sibling)).toStrictEqual({ holds: true });
    expect(answer(expression, 'date', undefined, sibling)).toStrictEqual({ holds: true });
    expect(answer(expression, 'date', '1999')).toStrictEqual({ holds: false });
  });

  it('knows the resources around the element, and those that a reference leads to', () => {
    expect(answer("%resource.id = 'p1' and %rootResource.is(Bundle)", 'Period', {})).toStrictEqual({ holds: true });
    const reference = { reference: 'Patient/p1' };
    expect(answer("resolve().ofType(Patient).name.family contains 'B'", 'Reference', reference)).toStrictEqual({
      holds: true,
    });
    expect(answer('resolve().exists()', 'Reference', { reference: 'Patient/p2' })).toStrictEqual({ holds: false });
  });

  it('does not change what it is given', () => {
    const frozen = Object.freeze({ family: 'A', period: Object.freeze({ start: '1999' }) });
    expect(answer('period', 'HumanName', frozen)).toStrictEqual({ holds: true });
    expect(Object.getOwnPropertyNames(frozen.period)).toStrictEqual(['start']);
  });

  it('has no answer where the element does not allow it to be run', () => {
    expect(answer("name.family.startsWith('A')", 'Patient', patient)).toStrictEqual({ problem: 'failed' });
  });

  it('prints nothing', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    answer("name.trace('name').exists()", 'Patient', patient);
    answer('$this + 1.5 years > $this', 'date', '1999-01-01');
    answer('where()', 'Patient', patient);
    expect([warn.mock.calls, log.mock.calls]).toStrictEqual([[], []]);
    jest.restoreAllMocks();
  });
});

describe('an expression with a fault', () => {
  for (const [expression, line, column, message] of [
    ['name.exists( and\n true', 1, 14, /extraneous input 'and'/],
    ['name.exists()\n  and name.foo()', 2, 12, /foo/],
    ['value.ofType(Quantitee).exists()', 1, 7, /Quantitee/],
    ['value is Quantitee', 1, 10, /Quantitee/],
    ['%patient.exists()', 1, 1, /patient/],
    ["code.memberOf('http://example.org')", 1, 6, /memberOf/],
    ['', 1, 1, /<EOF>/],
  ] as const) {
    it(`is told before it is run: ${JSON.stringify(expression)}`, () => {
      const fault = explain(expression);
      ensure(typeof fault === 'object');
      expect([fault.line, fault.column]).toStrictEqual([line, column]);
      expect(fault.message).toMatch(message);
      expect(answer(expression, 'Patient', patient)).toStrictEqual({ problem: 'invalid-expression' });
    });
  }

  it('is not seen in one that has none', () => {
    const right =
      '(value as Quantity).value > 1 and %`resource`.subject.resolve().is(Patient) and iif(true, now(), {}).exists()';
    expect(explain(right)).toBeUndefined();
  });
});

it('there is no engine without Node', () => expect(loadFhirPath()).toBeUndefined());
