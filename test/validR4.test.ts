import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lensFor } from '../src/index.js';
import { findLens } from '../src/resources/registry.js';
import { payloads, resources } from './support/arbitraries/index.js';
import { ensure } from './support/ensure.js';
import { errorsOf, PATHS, TYPES } from './support/laws.js';
import { runs } from './support/runs.js';
import { structuralErrors } from './support/structure.js';

/** The oracle itself: it must be able to find something. */
describe("the structure of a resource, by HL7's StructureDefinitions", () => {
  const task = { resourceType: 'Task', status: 'draft', intent: 'order' };

  it('is right in HL7’s own examples of the five types', () => {
    const folder = join('node_modules', 'hl7.fhir.r4.examples');
    const files = readdirSync(folder).filter((file) => TYPES.some((type) => file.startsWith(`${type}-`)));
    expect(files).toHaveLength(31);
    for (const file of files)
      expect([file, structuralErrors(JSON.parse(readFileSync(join(folder, file), 'utf8')))]).toStrictEqual([file, []]);
  });

  it('is found wrong where an element is unknown, missing, of a wrong type, twice, or empty', () => {
    const value = { type: { text: 'x' }, valueString: 'x' };
    for (const [wrong, error] of [
      [{ ...task, colour: 'red' }, 'Task: unknown colour'],
      [{ resourceType: 'Task', status: 'draft' }, 'Task: intent is missing'],
      [{ ...task, note: { text: 'x' } }, 'Task.note: no list'],
      [{ ...task, note: [{ text: 7 }] }, 'Task.note.text: no markdown'],
      [{ ...task, authoredOn: '2025-13-01' }, 'Task.authoredOn: no dateTime'],
      [{ ...task, restriction: {} }, 'Task.restriction: empty'],
      [{ ...task, partOf: [] }, 'Task.partOf: an empty list'],
      [{ ...task, input: [{ ...value, valueBoolean: true }] }, 'Task.input: several of value[x]'],
      [{ ...task, input: [{ type: { text: 'x' } }] }, 'Task.input: value[x] is missing'],
    ] as const) {
      expect(structuralErrors(wrong)).toStrictEqual([error]);
    }
  });
});

describe('what toFhir makes', () => {
  for (const path of PATHS) {
    const lens = lensFor(path);

    it(`is structurally right for any ${path} payload, also put over any resource`, () => {
      fc.assert(
        fc.property(payloads[path], resources[lens.resourceType], (payload, onto) => {
          expect(structuralErrors(lens.toFhir(payload as never))).toStrictEqual([]);
          if (structuralErrors(onto).length > 0) return;
          const put = lens.safeToFhir(payload, { onto: onto as never });
          if (put.ok) expect(structuralErrors(put.resource)).toStrictEqual([]);
        }),
        { numRuns: runs(150) },
      );
    });
  }

  const folders = [
    join('fixtures', 'ehr-export'),
    join('..', 'shared', 'corpus', 'clinosim-us-100'),
    join('..', 'shared', 'corpus', 'synthea-10'),
  ];
  for (const folder of folders.filter((one) => existsSync(one))) {
    it(`is structurally right for the payloads of ${folder}`, () => {
      let checked = 0;
      for (const file of readdirSync(folder).filter((one) => one.endsWith('.ndjson'))) {
        for (const line of readFileSync(join(folder, file), 'utf8')
          .split('\n')
          .filter((one) => one !== '')) {
          const record = JSON.parse(line);
          const lens = findLens(record.resourceType);
          const got = lens?.safeFromFhir(record);
          if (lens === undefined || got === undefined || !got.ok) continue;
          const back = lens.safeToFhir(got.payload);
          ensure(back.ok);
          expect(structuralErrors(back.resource)).toStrictEqual([]);
          expect(errorsOf(back.resource)).toStrictEqual([]);
          checked += 1;
        }
      }
      expect(checked).toBeGreaterThan(30);
    });
  }
});
