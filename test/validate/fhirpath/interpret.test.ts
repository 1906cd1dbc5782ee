import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { structureOf } from '../../../src/fhir/definitions.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { loadFhirPath } from '../../../src/validate/fhirpath/absent.js';
import type { Place } from '../../../src/validate/fhirpath/compile.js';
import { explain, interpreter } from '../../../src/validate/fhirpath/interpret.js';

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
    assert.deepEqual(answer("name.family.join(', ') = 'A, B'", 'Patient', patient), { holds: true });
    assert.deepEqual(answer('name.count() > 2', 'Patient', patient), { holds: false });
    assert.deepEqual(answer("birthDate > '1990'", 'Patient', patient), { holds: false });
  });

  it('holds where its result is no boolean', () => {
    assert.deepEqual(answer('name', 'Patient', patient), { holds: true });
    assert.deepEqual(answer('name.family.first()', 'Patient', patient), { holds: true });
  });

  it('knows the types of the element that it stands on', () => {
    const low = { value: 1, unit: 'g', system: 'http://unitsofmeasure.org', code: 'g' };
    const high = { value: 1, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' };
    assert.deepEqual(answer('low < high', 'Range', { low, high }), { holds: true });
    assert.deepEqual(answer('$this < %resource.high', 'SimpleQuantity', low), { holds: false });
    assert.deepEqual(answer('$this < @2000', 'date', '1999-12-31'), { holds: true });
    assert.deepEqual(answer('$this > 1', 'decimal', 1.5), { holds: true });
  });

  it('sees what stands beside a primitive', () => {
    const sibling = { extension: [{ url: 'http://example.org', valueCode: 'x' }] };
    const expression = "extension('http://example.org').value = 'x' // said beside the date";
    assert.deepEqual(answer(expression, 'date', '1999', sibling), { holds: true });
    assert.deepEqual(answer(expression, 'date', undefined, sibling), { holds: true });
    assert.deepEqual(answer(expression, 'date', '1999'), { holds: false });
  });

  it('knows the resources around the element, and those that a reference leads to', () => {
    assert.deepEqual(answer("%resource.id = 'p1' and %rootResource.is(Bundle)", 'Period', {}), { holds: true });
    const reference = { reference: 'Patient/p1' };
    assert.deepEqual(answer("resolve().ofType(Patient).name.family contains 'B'", 'Reference', reference), {
      holds: true,
    });
    assert.deepEqual(answer('resolve().exists()', 'Reference', { reference: 'Patient/p2' }), { holds: false });
  });

  it('does not change what it is given', () => {
    const frozen = Object.freeze({ family: 'A', period: Object.freeze({ start: '1999' }) });
    assert.deepEqual(answer('period', 'HumanName', frozen), { holds: true });
    assert.deepEqual(Object.getOwnPropertyNames(frozen.period), ['start']);
  });

  it('has no answer where the element does not allow it to be run', () => {
    assert.deepEqual(answer("name.family.startsWith('A')", 'Patient', patient), { problem: 'failed' });
  });

  it('prints nothing', (context) => {
    const warn = context.mock.method(console, 'warn', () => {});
    const log = context.mock.method(console, 'log', () => {});
    answer("name.trace('name').exists()", 'Patient', patient);
    answer('$this + 1.5 years > $this', 'date', '1999-01-01');
    answer('where()', 'Patient', patient);
    assert.equal(warn.mock.callCount() + log.mock.callCount(), 0);
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
      assert.ok(typeof fault === 'object');
      assert.deepEqual([fault.line, fault.column], [line, column]);
      assert.match(fault.message, message);
      assert.deepEqual(answer(expression, 'Patient', patient), { problem: 'invalid-expression' });
    });
  }

  it('is not seen in one that has none', () => {
    const right =
      '(value as Quantity).value > 1 and %`resource`.subject.resolve().is(Patient) and iif(true, now(), {}).exists()';
    assert.equal(explain(right), undefined);
  });
});

it('there is no engine without Node', () => assert.equal(loadFhirPath(), undefined));
