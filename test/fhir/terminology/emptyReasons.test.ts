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
  for (const value of [undefined, 'x', {}, { coding: [{ code: 'notasked' }] }, { text: ' ' }, { coding: {} }])
    expect(emptyReasonWords(value)).toBeUndefined();
});
