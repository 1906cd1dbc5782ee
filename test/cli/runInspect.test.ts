import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { inspectionPage } from '../../src/cli/inspection/page.js';
import { groupsOf } from '../../src/cli/inspection/placesOf.js';
import { selectorOf } from '../../src/cli/inspection/selector.js';
import { paint } from '../../src/cli/style.js';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { lensFor } from '../../src/resources/registry.js';
import { ensure } from '../support/ensure.js';
import { fill, temporaryFolder } from '../support/folder.js';
import { PATHS } from '../support/laws.js';
import { bundle, encounter, patient } from '../support/samples.js';
import { clinikFhir } from './run.js';

const EXPORT = join('fixtures', 'ehr-export');
const lossy = { ...encounter, id: 'e2', language: 'fr', period: { start: '2025-03-12' } };

/** What is compared, of each resource of the fixtures that can be read. */
function* pairs() {
  for (const path of PATHS)
    for (const name of readdirSync(join('fixtures', path))) {
      const file = readFileSync(join('fixtures', path, name, 'resource.json'), 'utf8');
      const resource: unknown = JSON.parse(file);
      ensure(isObject(resource));
      const { resourceType, fields, safeFromFhir } = lensFor(path);
      const result = safeFromFhir(resource, { residue: true });
      if (!result.ok) continue;
      const payload: JsonObject = { ...result.payload };
      const { losses, residue = [] } = result;
      yield { name: `${path}/${name}`, resourceType, resource, payload, losses, residue, fields };
    }
}

describe('clinik-fhir inspect', () => {
  it('shows what became of each place, without values, in the order of the mapping table', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter, lossy, patient] });
    const { code, stdout } = await clinikFhir(['inspect', folder, 'Encounter/e2']);
    expect(code).toBe(0);
    expect(stdout).toBe(`${join(folder, 'a.ndjson')}:2  Encounter  converted

FHIR                                  payload                       what became of it
status …                              status …                      same
class.system …                        class …                       same
class.code …                                                        same
class.display …                                                     same
subject.reference …                   patientId …                   same
period {…}                                                          lost: date without a time →
                                                                    --partial-dates keep

Covered by no rule of the mapping table:
id …                                                                lost (bookkeeping): beside the
                                                                    payload
language …                                                          lost: no field

5 same, 3 lost.

warning  date-partial-omitted: ClinikAPI wants a date with a time here; the conversion left the date
out. \`partialDates: 'keep'\` keeps it. At Encounter.period.start.
`);
  });

  it('is in docs/inspect.md as it is', async () => {
    const page = readFileSync(join('docs', 'inspect.md'), 'utf8');
    const [, args = ''] = /^clinik-fhir (inspect .*)$/m.exec(page) ?? [];
    const { stdout } = await clinikFhir(args.split(' '));
    ensure(page.includes(`\`\`\`text\n${stdout}\`\`\``), stdout);
  });

  it('keeps with an option what it says the option keeps', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [lossy] });
    const { stdout } = await clinikFhir(['inspect', folder, 'Encounter/e2', '--partial-dates', 'keep']);
    expect(stdout).toMatch(/^period\.start … +period\.start … +same$/m);
  });

  it.each([
    ['a line', (folder: string) => [join(folder, 'a.ndjson:2')]],
    ['a line of a gzipped file', (folder: string) => [join(folder, 'z.ndjson.gz:1')]],
    ['a line of a file in a folder that is read whole', (folder: string) => [folder, join(folder, 'a.ndjson:2')]],
    ['an entry of a Bundle', (folder: string) => [join(folder, 'b.json'), 'Encounter/e2']],
  ])('finds %s', async (_, args) => {
    const folder = fill(temporaryFolder(), {
      'a.ndjson': [encounter, lossy],
      'b.json': bundle([{ resource: patient }, { resource: lossy }]),
      'z.ndjson.gz': gzipSync(JSON.stringify({ ...lossy, id: 'e3' })),
    });
    const { code, stdout } = await clinikFhir(['inspect', ...args(folder)]);
    expect([code, stdout]).toStrictEqual([0, expect.stringMatching(/^language … +lost: no field$/m)]);
  });

  it('says why a record is rejected, and how to fix that, and ends with 1', async () => {
    const rejected = await clinikFhir(['inspect', `${join(EXPORT, 'Encounter.ndjson')}:9`]);
    expect(rejected.code).toBe(1);
    expect(rejected.stdout).toMatch(/REJECTED\n\nerror {2}status-entered-in-error: /);
  });

  it('says how many of its references the id map knew', async () => {
    const folder = fill(temporaryFolder(), {
      'a.ndjson': [{ ...encounter, serviceProvider: { reference: 'Organization/o' } }],
      'ids.csv': 'Patient/p1,pt_1\n',
      'none.csv': 'Patient/p2,pt_1\n',
    });
    const said = async (map: string) =>
      (await clinikFhir(['inspect', join(folder, 'a.ndjson:1'), '--id-map', join(folder, map)])).stdout;
    expect(await said('ids.csv')).toMatch(/^The id map knew 1 of 2 references\.$/m);
    expect(await said('none.csv')).toMatch(/^The id map knew none of 2 references\.$/m);
  });

  it('says why a record is skipped', async () => {
    const { code, stdout } = await clinikFhir(['inspect', EXPORT, 'Patient/pat-1']);
    expect([code, stdout]).toStrictEqual([0, expect.stringMatching(/skipped\n\nThere is no mapping for records/)]);
  });

  it('shows a payload that becomes a resource', async () => {
    const folder = fill(temporaryFolder(), {
      'encounters.ndjson': [{ status: 'planned', class: 'AMB', patientId: 'p' }],
    });
    const { stdout } = await clinikFhir(['inspect', `${join(folder, 'encounters.ndjson')}:1`]);
    expect(stdout).toMatch(/^subject\.reference … +patientId … +same$/m);
  });

  it.each([
    ['no record', ['x'], /Name the record last/],
    ['a name without an input', ['Encounter/e1'], /Name the record last/],
    ['a record that is not there', [EXPORT, 'Encounter/canary'], /There is no record of this type and id/],
    ['a line without a record', [`${join(EXPORT, 'Encounter.ndjson')}:999`], /No record begins in this line/],
    ['a line of many records', [`${join(EXPORT, 'visit-bundle.json')}:1`], /records begin in this line/],
    ['a file that is not there', ['gone.ndjson', 'Encounter/e1'], /gone\.ndjson/],
    ['values for a pipe', [EXPORT, 'Encounter/enc-1', '--show-values'], /standard output is not a terminal/],
    ['an option that cannot be', [EXPORT, 'Encounter/enc-1', '--base-url', 'ehr'], /--base-url/],
  ])('ends with 2 for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await clinikFhir(['inspect', ...args]);
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/canary/);
  });
});

describe('an inspection', () => {
  it('has each loss, and each value of the payload, once', () => {
    let losses = 0;
    for (const pair of pairs()) {
      const lines = groupsOf(pair).flatMap((group) => group.lines);
      const expected = pair.losses.map(({ expression }) => expression).sort();
      const shown = lines.flatMap(({ loss }) => (loss === undefined ? [] : [loss.expression])).sort();
      expect([pair.name, shown]).toStrictEqual([pair.name, expected]);
      const values: string[] = [];
      JSON.stringify(pair.payload, (_, value: unknown) => {
        if (typeof value !== 'object' || value === null) values.push(String(value));
        return value;
      });
      const told = lines.flatMap(({ payload }) => (payload === undefined ? [] : [String(payload.value)]));
      expect([pair.name, told.sort()]).toStrictEqual([pair.name, values.sort()]);
      losses += shown.length;
    }
    expect(losses).toBeGreaterThan(50);
  });

  it.each([40, 60, 80, 140])('fits a terminal of %i columns, with values too', (width) => {
    for (const pair of pairs())
      for (const values of [false, true])
        for (const line of inspectionPage(groupsOf(pair), { width, paint: paint({}, {}), values }))
          ensure(line.length <= width, `${pair.name}: ${line}`);
  });

  it('takes a place for what it is, also where a name has a colon', () => {
    const { files, selector } = selectorOf(['C:\\a:b.ndjson:12']);
    expect(files).toStrictEqual(['C:\\a:b.ndjson']);
    expect(selector.isMeant({ file: 'C:\\a:b.ndjson', line: 12 })).toBe(true);
    expect(selector.isMeant({ file: 'C:\\a:b.ndjson', line: 1 })).toBe(false);
  });
});
