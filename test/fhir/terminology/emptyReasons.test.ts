import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { emptyReasonWords } from '../../../src/fhir/terminology/emptyReasons.js';

const SYSTEM = 'http://terminology.hl7.org/CodeSystem/list-empty-reason';

it('has the displays that R4 has', () => {
  const systems: unknown = JSON.parse(readFileSync(join('src', 'fhir', 'generated', 'codeSystems.json'), 'utf8'));
  const [, ...rows] = String(Object(systems)[SYSTEM]).split('\n');
  expect(rows).toHaveLength(6);
  for (const row of rows) {
    const [code, display] = row.split('\t');
    expect(emptyReasonWords({ coding: [{ system: SYSTEM, code }] })).toBe(display);
  }
});

it('has no words for what says nothing', () => {
  for (const value of [
    undefined,
    'x',
    {},
    { coding: [{ code: 'other' }] },
    { coding: [{ system: 'urn:x', code: 'withheld' }] },
    { text: ' ' },
    { coding: {} },
  ])
    expect(emptyReasonWords(value)).toBeUndefined();
});

it("has R4's words of a code without a system, and not a display that says something else", () => {
  expect(emptyReasonWords({ coding: [{ code: 'withheld' }] })).toBe('Information Withheld');
  for (const system of [SYSTEM, undefined, 'http://hl7.org/fhir/list-empty-reason'])
    expect(emptyReasonWords({ coding: [{ system, code: 'unavailable', display: 'Nil Known' }] })).toBe('Unavailable');
  expect(emptyReasonWords({ coding: [{ system: 'urn:x', code: 'unavailable', display: 'Not to hand' }] })).toBe(
    'Not to hand',
  );
  expect(emptyReasonWords({ text: 'Declined', coding: [{ code: 'notasked' }] })).toBe('Declined');
});
