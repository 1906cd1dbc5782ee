import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { ensure } from '../support/ensure.js';
import { encounterPayload } from '../support/samples.js';
import { broken, fine, list, object, type Scratch, scratch } from './scratch.js';

/** What was found, as `file:line:column rule expression`. */
async function found({ validate }: Scratch, args: readonly string[]): Promise<string[]> {
  const { stdout } = await validate([...args, '--format', 'json']);
  return list(object(stdout), 'findings').map(({ rule, source, region, expression = '' }) => {
    const { file } = object(JSON.stringify(source));
    const { line, column } = object(JSON.stringify(region));
    return `${file}:${line}:${column} ${rule} ${expression}`.trim();
  });
}

/** Where the period is in the JSON of the broken one, in a single line. */
const AT = JSON.stringify(broken).indexOf('"period"') + 1;

/** A payload that has a field too many. */
const odd = { ...encounterPayload, colour: 'red' };

describe('clinik-fhir validate finds the place of what is wrong', () => {
  const ROWS: readonly (readonly [what: string, files: { readonly [path: string]: unknown }, places: string[]])[] = [
    ['in a line of NDJSON', { 'a.ndjson': [fine, broken] }, [`a.ndjson:2:${AT} per-1 Patient.name[0].period`]],
    [
      'in a line that ends with CR LF, after a byte order mark and a blank line',
      { 'a.ndjson': `\ufeff${JSON.stringify(fine)}\r\n\r\n${JSON.stringify(broken)}\r\n` },
      [`a.ndjson:3:${AT} per-1 Patient.name[0].period`],
    ],
    [
      'in a gzipped file',
      { 'a.json.gz': gzipSync(JSON.stringify(broken, null, 2)) },
      ['a.json.gz:11:7 per-1 Patient.name[0].period'],
    ],
    [
      'in a list',
      { 'a.json': `[\n  ${JSON.stringify(broken)}\n]` },
      [`a.json:2:${AT + 2} per-1 Patient.name[0].period`],
    ],
    [
      'in a Bundle, which is one record',
      {
        'a.json': {
          resourceType: 'Bundle',
          type: 'collection',
          entry: [{ resource: fine }, { fullUrl: 'http://example.org/Patient/other', resource: broken }],
        },
      },
      [
        'a.json:16:7 fullurl-id Bundle.entry[1].fullUrl',
        'a.json:27:13 per-1 Bundle.entry[1].resource.name[0].period',
        'a.json:5:5 fullurl-missing Bundle.entry[0].fullUrl',
      ],
    ],
    [
      'in a payload, which the name of its file tells',
      { 'encounters-2025.json': odd },
      ['encounters-2025.json:5:3 payload-unknown-field children()'],
    ],
    [
      'in a list that ClinikAPI answered with',
      { 'encounters.json': { data: [encounterPayload, odd], meta: { total: 2 } } },
      ['encounters.json:12:7 payload-unknown-field children()'],
    ],
    [
      'in a list that the SDK wrapped once more',
      { 'encounters.json': { data: { data: [odd], total: 1 }, meta: {} } },
      ['encounters.json:8:9 payload-unknown-field children()'],
    ],
    ['where JSON ends too early', { 'a.json': '{\n  "resourceType": "Patient",\n' }, ['a.json:2:29 json-malformed']],
    ['where a line is no JSON', { 'a.ndjson': `${JSON.stringify(fine)}\n{"a":}\n` }, ['a.ndjson:2:6 json-malformed']],
  ];
  for (const [what, files, places] of ROWS)
    it(what, async () => expect((await found(scratch(files), ['.'])).sort()).toStrictEqual(places));

  it('in payloads that only --resource tells', async () => {
    const repository = scratch({ 'page.json': odd });
    expect(await found(repository, ['page.json'])).toStrictEqual(['page.json:1:1 record-unknown']);
    expect(await found(repository, ['page.json', '--resource', 'encounters'])).toStrictEqual([
      'page.json:5:3 payload-unknown-field children()',
    ]);
  });

  it('in files and folders whatever they are called, after -- too', async () => {
    const names = ['--odd.json', '患者 🏥.json', "it's a [b]/{c}.json"];
    const repository = scratch(Object.fromEntries(names.map((name) => [name, broken])));
    const places = (given: readonly string[]) => given.map((name) => `${name}:11:7 per-1 Patient.name[0].period`);
    expect(await found(repository, ['.'])).toStrictEqual(places([...names].sort()));
    const { stdout } = await repository.validate(['--format', 'ndjson', '--', ...names]);
    for (const name of names) ensure(stdout.includes(JSON.stringify(name)), stdout);
  });

  it('once in each file, also where links lead to it, and to the folder itself', async () => {
    const repository = scratch({ 'fhir/b.json': broken });
    symlinkSync('b.json', join(repository.folder, 'fhir', 'c.json'));
    symlinkSync('.', join(repository.folder, 'fhir', 'self'));
    expect(await found(repository, ['fhir'])).toStrictEqual(['fhir/b.json:11:7 per-1 Patient.name[0].period']);
    expect(await found(repository, ['fhir/c.json'])).toStrictEqual(['fhir/c.json:11:7 per-1 Patient.name[0].period']);
  });

  it('and shows the line with its values masked', async () => {
    const { stdout } = await scratch({ 'a.ndjson': [broken] }).validate(['.']);
    expect(stdout).toMatch(/^ {4}1 \| .*"name":\[\{"family":"…","period":\{"start":"…","end":"…"\}\}\]\}$/m);
    expect(stdout).not.toMatch(/Lee|2019|2020/);
  });

  it('and names the entry of a Bundle, and what it is', async () => {
    const entry = [{ fullUrl: 'urn:uuid:5f2c0e6a-9d41-47e8-a111-222233334444', resource: broken }];
    const { validate } = scratch({ 'a.json': { resourceType: 'Bundle', type: 'collection', entry } });
    const { stdout } = await validate(['a.json']);
    expect(stdout).toMatch(
      /^ {2}\d+:\d+ {2}error {2}per-1 {2}Bundle\.entry\[0\]\.resource\.name\[0\]\.period\n {4}entry 0 \(Patient\): If present/m,
    );
  });

  it("that a rule of the user's own asks of", async () => {
    const rule = {
      id: 'named',
      context: 'Patient',
      severity: 'warning',
      expression: 'name.exists()',
      message: 'Name.',
    };
    const repository = scratch({ 'a.ndjson': [fine, broken], 'rules.json': { rules: [rule] } });
    expect(await found(repository, ['.', '--rules', 'rules.json'])).toStrictEqual([
      'a.ndjson:1:1 named Patient',
      `a.ndjson:2:${AT} per-1 Patient.name[0].period`,
    ]);
  });
});
