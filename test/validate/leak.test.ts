import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPropertyName } from '../../src/fhir/propertyNames.js';
import { assign, isObject, type JsonObject } from '../../src/lens/json.js';
import { validate } from '../../src/validate/validate.js';
import { ensure } from '../support/ensure.js';
import { runs } from '../support/runs.js';
import { changed } from '../support/validation.js';
import { ROWS } from './rows/index.js';

/** What no message may hold, in a text or a name that could be a value. */
const CANARY = 'Zyxw-Canary';

/** Every text with a canary in it; `place` says where in it. */
function singing(value: unknown, place: (text: string) => string): unknown {
  if (typeof value === 'string') return place(value);
  if (Array.isArray(value)) return value.map((item) => singing(item, place));
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    assign(copy, key, key === 'resourceType' ? item : singing(item, place));
  }
  return copy;
}

/** Beside every property one of a name that could be a value. */
function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    assign(copy, key, named(item));
    if (key !== 'resourceType') assign(copy, `${key} ${CANARY}`, item);
    if (key !== 'resourceType') assign(copy, `_${key}-${CANARY}`, item);
    if (key !== 'resourceType') assign(copy, `${key}Canary`, item);
  }
  return copy;
}

const outcome = (input: unknown): string => JSON.stringify(validate(input, { bestPractice: true, maxIssues: 100_000 }));

const MAKERS: readonly [title: string, make: (value: unknown) => unknown][] = [
  ['the whole of each text', (value) => singing(value, () => CANARY)],
  ['the end of each text', (value) => singing(value, (text) => `${text}${CANARY}`)],
  ['the start of each text', (value) => singing(value, (text) => `${CANARY} ${text}`)],
  ['a fragment in each text', (value) => singing(value, () => `#${CANARY}`)],
  ['a reference in each text', (value) => singing(value, () => `Patient/${CANARY}`)],
  [
    'markup in each text',
    (value) =>
      singing(
        value,
        () =>
          `<div xmlns="http://www.w3.org/1999/xhtml"><${CANARY} ${CANARY}="${CANARY}">${CANARY}&${CANARY};</${CANARY}></div>`,
      ),
  ],
  ['the names of properties', named],
];

describe('what is said of a record', () => {
  for (const [title, make] of MAKERS) {
    it(`never holds what the record does: ${title}`, () => {
      for (const [name, base, change] of ROWS) {
        const said = outcome(make(changed(base, change)));
        ensure(!said.toLowerCase().includes('canary'), `${name}: ${said}`);
      }
    });
  }

  it('never holds the id or the type of what is no resource of R4', () => {
    for (const input of [
      { resourceType: CANARY },
      { resourceType: 'Patient', contained: [{ resourceType: CANARY, id: CANARY }] },
    ]) {
      expect(outcome(input)).not.toContain(CANARY);
    }
  });

  it('names a property only where R4 has its name, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.stringMatching(/^[A-Za-z]{3,9}$/)),
        (name) => {
          const input: JsonObject = { resourceType: 'Patient' };
          assign(input, name, { text: 'a' });
          for (const { expression = [] } of validate(input).issue) {
            for (const one of expression) {
              const [type, last = 'text', ...others] = one.split('.');
              ensure(type === 'Patient' && (last === 'children()' || isPropertyName(last)), one);
              ensure(others.every(isPropertyName), one);
            }
          }
        },
      ),
      { numRuns: runs(1000) },
    );
  });
});
