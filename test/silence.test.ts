import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FORMATS } from '../src/check/formats/machineFormats.js';
import * as library from '../src/index.js';
import { isObject, type JsonObject } from '../src/lens/json.js';
import { ALL, written as formatted, OPTIONS } from './check/formats/samples.js';
import { PATHS } from './support/laws.js';
import { changed } from './support/validation.js';
import { ROWS } from './validate/rows/index.js';

const { validate, lensFor, bundleToPayloads, fromResponse } = library;

const CANARY = 'Canary-7f3a';
const UCUM = 'http://unitsofmeasure.org';

const METHODS = ['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir', 'dirxml', 'table', 'assert'] as const;

/** What was written, by whatever way. */
let written: unknown[] = [];

beforeEach(() => {
  written = [];
  const note = (...args: unknown[]): boolean => {
    written.push(...args);
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(note);
  jest.spyOn(process.stderr, 'write').mockImplementation(note);
  for (const method of METHODS) jest.spyOn(console, method).mockImplementation(note);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** Runs something that has to be silent; what it says is not what it returns. */
function silently<T>(run: () => T): T {
  const result = run();
  const heard = written.map(String);
  expect(heard).toStrictEqual([]);
  return result;
}

/** Rules that lead fhirpath to all that it and its library of units print. */
const RULES: readonly library.ValidationRule[] = [
  'value.ofType(Range).all(low <= high)',
  'value.ofType(Range).all(low = high or low ~ high)',
  'value.ofType(Range).select(low | high).isDistinct()',
  'value.ofType(Range).all(low + high > low)',
  'value.ofType(Range).all(low * high > low)',
  'value.ofType(Range).all(low / high > high)',
  "value.ofType(Range).all(low.value.toQuantity(low.unit) < 5 'mg')",
  "value.ofType(Range).all(low.unit.toQuantity('x').empty())",
  "value.ofType(Range).all(toString().trace('a').exists())",
  "value.ofType(Range).low.trace('b', unit).exists()",
  "value.ofType(Range).all(low.convertsToQuantity('nonsense') or low.value.toString().toDecimal() > 1)",
  "code.memberOf('http://example.org/vs')",
  "code.text.toQuantity() > 3 'kg'",
  'value.ofType(Range).all(low > code.text)',
  'code.text.resolve().exists()',
].map((expression, index) => ({
  id: `r-${index}`,
  context: 'Observation',
  severity: 'error',
  expression,
  message: 'A message.',
}));

const UNITS = [CANARY, `${CANARY}/[`, `${CANARY}{`, '[degF', 'mg//', '10*', `m${CANARY}`, '%', 'mg', `'${CANARY}'`];

/** Observations with canaries for units, in every way that a Range can have one. */
function* ranges(): Generator<JsonObject> {
  for (const unit of UNITS)
    for (const other of UNITS)
      for (const end of [{ unit }, { system: UCUM, code: unit }, { unit, system: UCUM, code: unit, comparator: '<' }])
        yield {
          resourceType: 'Observation',
          status: 'final',
          code: { text: `5 '${unit}'` },
          valueRange: { low: { value: 1, ...end }, high: { value: 20, system: UCUM, code: other, unit: other } },
        };
}

describe('the library writes nothing', () => {
  it('whatever the units of a Range are, and says nothing of them', () => {
    for (const observation of ranges()) {
      for (const options of [{}, { rules: RULES, bestPractice: true }]) {
        const said = JSON.stringify(silently(() => validate(observation, options)));
        expect(said).not.toContain(CANARY);
      }
    }
  });

  it('while it says which rules cannot be run', () => {
    for (const expression of [
      "low < 3 'Canary",
      '((',
      'name.nothing()',
      'x is Quantitee',
      "'a'.toQuantity('[[') > 3 '{{'",
      '%nothing',
      "iif(true, trace('a', 'b', 'c'))",
    ])
      silently(() =>
        validate(
          { resourceType: 'Patient' },
          { rules: [{ id: 'r', context: 'Patient', severity: 'error', expression, message: 'm' }] },
        ),
      );
  });

  it('while hostile resources of every kind are validated', () => {
    for (const [, base, change] of ROWS) silently(() => validate(changed(base, change), { bestPractice: true }));
  });

  it.each([...PATHS])('while %s are converted, put, updated and refused', (path) => {
    const lens = lensFor(path);
    for (const name of readdirSync(join('fixtures', path))) {
      const read = (file: string): JsonObject => {
        const value: unknown = JSON.parse(readFileSync(join('fixtures', path, name, file), 'utf8'));
        return isObject(value) ? value : {};
      };
      const [resource, payload] = [read('resource.json'), read('payload.json')];
      silently(() => lens.safeFromFhir(resource, { residue: true }));
      silently(() => lens.safeFromFhir({ ...resource, [CANARY]: CANARY, status: CANARY }));
      silently(() => lens.safeToFhir(payload));
      silently(() => lens.safeToFhir({ ...payload, [CANARY]: CANARY }));
      silently(() => lens.safeUpdate(resource, { status: CANARY }));
      silently(() => bundleToPayloads(JSON.parse(JSON.stringify({ resourceType: 'Bundle', entry: [{ resource }] }))));
      silently(() => fromResponse({ data: { ...payload, [CANARY]: CANARY }, meta: { [CANARY]: CANARY } }, { path }));
    }
  });

  it.each(Object.entries(FORMATS))('while findings are made %s: what a format has to say it returns', (_, format) => {
    expect(silently(() => formatted(format(OPTIONS), ALL)).length).toBeGreaterThan(1000);
  });

  it('and leaves the console as it was', () => {
    const before = METHODS.map((method) => console[method]);
    for (const observation of ranges()) validate(observation, { rules: RULES });
    expect(METHODS.map((method) => console[method])).toStrictEqual(before);
    console.log('heard');
    expect(written).toContain('heard');
  });
});
