import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fill, objects, temporaryFolder, tree } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { clinikFhirIn } from './run.js';

const task = (id: string, focus: string) => ({
  resourceType: 'Task',
  id,
  status: 'requested',
  intent: 'order',
  for: { reference: 'Patient/p1' },
  focus: { reference: focus },
});

describe('convert --fixes', () => {
  const files = { 'in/a.ndjson': [task('t1', 'Encounter/e1'), { ...encounter, status: 'nonsense' }] };

  it('is what the report of a run asks for, and says what became of the fixes', async () => {
    const folder = fill(temporaryFolder(), files);
    const first = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out']);
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/^ {4}clinik-fhir convert in --out out --fixes out\/rejected --force$/m);
    const file = join(folder, 'out', 'rejected', 'Encounter.ndjson');
    writeFileSync(file, readFileSync(file, 'utf8').replace('nonsense', 'finished'));
    const again = ['convert', 'in', '--out', 'out', '--fixes', 'out/rejected'];
    const planned = await clinikFhirIn(folder, [...again, '--plan']);
    expect([planned.code, planned.stdout]).toStrictEqual([
      0,
      expect.stringMatching(/^1 record came from --fixes: 1 converted/m),
    ]);
    for (const _ of ['once', 'and once more']) {
      const ran = await clinikFhirIn(folder, [...again, '--force']);
      expect([ran.code, ran.stdout]).toStrictEqual([
        0,
        expect.stringMatching(/^1 record came from --fixes: 1 converted/m),
      ]);
    }
    expect(objects(join(folder, 'out'), 'sources.ndjson').map(({ wave }) => wave)).toStrictEqual([1, 0]);
  });

  it('ends with 2 and the place of a fix that leads nowhere, and leaves the folder as it was', async () => {
    const folder = fill(temporaryFolder(), files);
    await clinikFhirIn(folder, ['convert', 'in', '--out', 'out', '--quiet']);
    fill(folder, { 'out/rejected/mine.ndjson': [{ ...encounter, id: 'e7' }] });
    const before = tree(join(folder, 'out'));
    const ran = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out', '--force', '--fixes', 'out/rejected']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/out\/rejected\/mine\.ndjson:1: no record of the input/);
    expect(ran.stderr).not.toMatch(/e7/);
    expect(tree(join(folder, 'out'))).toStrictEqual(before);
  });

  it('keeps the fixes of a run that is ended', async () => {
    const folder = fill(temporaryFolder(), files);
    await clinikFhirIn(folder, ['convert', 'in', '--out', 'out', '--quiet']);
    const before = tree(join(folder, 'out'));
    const ran = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out', '--fixes', 'out/rejected']);
    expect([ran.code, ran.stderr]).toStrictEqual([2, expect.stringMatching(/--force/)]);
    expect(tree(join(folder, 'out'))).toStrictEqual(before);
  });
});

describe('convert --require-mapped', () => {
  it('ends with 0 where records wait for a later wave, and says how many', async () => {
    const folder = fill(temporaryFolder(), {
      'in/a.ndjson': [task('t1', 'Encounter/e1'), encounter],
      'ids.csv': 'Patient/p1,pt_1\n',
    });
    const command = ['convert', 'in', '--id-map', 'ids.csv', '--require-mapped', '--out', 'out', '--force'];
    const first = await clinikFhirIn(folder, command);
    expect([first.code, first.stdout]).toStrictEqual([
      0,
      expect.stringMatching(/^WAITING 1\n {2}It waits for the next run/m),
    ]);
    expect((await clinikFhirIn(folder, [...command, '--plan'])).stdout).toMatch(/^WAITING 1$/m);
    fill(folder, { 'ids.csv': 'Patient/p1,pt_1\nEncounter/e1,enc_1\n' });
    const second = await clinikFhirIn(folder, command);
    expect([second.code, second.stdout]).toStrictEqual([0, expect.not.stringMatching(/WAITING/)]);
    expect(objects(join(folder, 'out'), 'sources.ndjson').map(({ wave }) => wave)).toStrictEqual([1, 0]);
  });
});
