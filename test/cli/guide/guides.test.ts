import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/lens/json.js';
import { fill, objects, temporaryFolder } from '../../support/folder.js';
import { archive, canonical, HOME, manifest, patientProfile } from '../../support/guides.js';
import { clinikFhirIn, type Ran, shell } from '../run.js';
import { fine, object } from '../scratch.js';

const VALUE_SET = `${HOME}ValueSet/marital`;
const BOUND = {
  id: 'Patient.maritalStatus',
  path: 'Patient.maritalStatus',
  binding: { strength: 'required', valueSet: VALUE_SET },
};
const NAMED = { id: 'Patient.name', path: 'Patient.name', min: 1, mustSupport: true };
const GENDER = { id: 'Patient.gender', path: 'Patient.gender', mustSupport: true };
const SNOMED = 'http://snomed.info/sct';
const marital: JsonObject = {
  resourceType: 'ValueSet',
  url: VALUE_SET,
  title: 'Marital Words',
  compose: { include: [{ system: SNOMED, filter: [{ property: 'concept', op: 'is-a', value: '1' }] }] },
};
const GUIDE = {
  'package.json': manifest('a.b.c', '1.2.3', { dependencies: { 'a.b.absent': '4.5.6' } }),
  'StructureDefinition-p.json': patientProfile('p', [], {
    title: 'Our Patient',
    differential: { element: [NAMED, BOUND, GENDER] },
  }),
  'ValueSet-marital.json': marital,
};
const TGZ = { 'a.b.c-1.2.3.tgz': archive(GUIDE) };

const claiming = (id: string, more: JsonObject = {}): JsonObject => ({
  ...fine,
  id,
  meta: { profile: [canonical('p')] },
  ...more,
});
const married = { coding: [{ system: SNOMED, code: '2' }] };
const whole = claiming('whole', { name: [{ family: 'Lee' }] });

async function validate(files: { readonly [path: string]: unknown }, args: readonly string[]): Promise<Ran> {
  return clinikFhirIn(fill(temporaryFolder(), { ...TGZ, ...files }), ['validate', 'in', ...args]);
}

const IG = ['--ig', 'a.b.c-1.2.3.tgz'];

/** What is printed, as one line, whatever the width. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('clinik-fhir validate --ig', () => {
  it('holds what claims a profile to it, and says which guide, which profile and what is absent', async () => {
    const { code, stdout, stderr } = await validate({ 'in/a.json': claiming('x'), 'in/b.json': fine }, IG);
    expect([code, stderr]).toStrictEqual([1, '']);
    expect(stdout).toMatch(/^in\/a\.json\n +\d+:\d+ {2}error {2}profile-min {2}Patient\.name\n/);
    const said = flat(stdout);
    expect(said).toContain(`Our Patient requires Patient.name (${canonical('p')}).`);
    expect(said).toContain('1 error in 2 records of 2 files.');
    expect(said).toContain('Guides: a.b.c 1.2.3. Held to: p (1 resource).');
    expect(said).toContain(
      'Absent: a.b.absent 4.5.6, which a.b.c asks for. What it defines was not checked; fhir-packages is a place to put it.',
    );
    expect(said).toMatch(/ · ig: 1 $/);
  });

  it("holds vital signs to R4's own profiles by their codes, without any package", async () => {
    const pulse = {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
      subject: { reference: 'Patient/p' },
      valueQuantity: { value: 60, unit: 'per minute' },
    };
    const { code, stdout } = await validate({ 'in/a.json': pulse }, ['--ig', 'hl7.fhir.r4.core']);
    expect([code, flat(stdout)]).toStrictEqual([1, expect.stringContaining("Guides: R4's own profiles.")]);
    expect(flat(stdout)).toContain('Held to: heartrate (1 resource, none claims it).');
    expect(stdout).toMatch(/profile-min {2}Observation\.category\n/);
  });

  it('says that a record conforms but for what could not be checked, and fails with --require-complete', async () => {
    const files = { 'in/a.json': { ...whole, maritalStatus: married } };
    const lenient = await validate(files, IG);
    expect(lenient.code).toBe(0);
    expect(flat(lenient.stdout)).toContain('Conformant except 1 unchecked binding, 1 remark in 1 record of 1 file.');
    expect(flat(lenient.stdout)).toContain('Not checked: 1 binding, to Marital Words.');
    expect((await validate(files, [...IG, '--require-complete', '--quiet'])).code).toBe(1);
  });

  it('checks it with the expansion of --terminology', async () => {
    const expansion = { contains: [{ system: SNOMED, code: '2' }] };
    const files = { 'in/a.json': { ...whole, maritalStatus: married }, 'terms/v.json': { ...marital, expansion } };
    const { code, stdout } = await validate(files, [...IG, '--terminology', 'terms', '--require-complete']);
    expect([code, stdout]).toStrictEqual([0, expect.stringContaining('No errors in 1 record of 1 file.')]);
  });

  it('says that it held nothing to a profile, which is not complete either', async () => {
    const { code, stdout } = await validate({ 'in/a.json': fine }, [...IG, '--require-complete']);
    expect(code).toBe(1);
    expect(flat(stdout)).toContain('No resource was held to a profile: none claims one that these guides have.');
  });

  it('names a claimed profile that no guide has', async () => {
    const other = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient';
    const files = { 'in/a.json': { ...whole, meta: { profile: [canonical('p'), other] } } };
    const { code, stdout } = await validate(files, IG);
    expect(code).toBe(0);
    expect(flat(stdout)).toContain(
      'Not checked: 1 × profile us-core-patient. No guide that was loaded has these profiles.',
    );
    expect((await validate(files, [...IG, '--require-complete', '--quiet'])).code).toBe(1);
  });

  it('holds what claims nothing to --profile, URL or Type=URL', async () => {
    for (const profile of [canonical('p'), `Patient=${canonical('p')}`]) {
      const { code, stdout } = await validate({ 'in/a.json': fine }, [...IG, '--profile', profile]);
      expect([code, flat(stdout)]).toStrictEqual([
        1,
        expect.stringContaining('Held to: p (1 resource, none claims it).'),
      ]);
    }
  });

  it('notes with --must-support what is not there', async () => {
    const { code, stdout } = await validate({ 'in/a.json': whole }, [...IG, '--must-support', '--remarks']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/remark {2}profile-must-support {2}Patient\.gender/);
  });

  it.each<[why: string, args: readonly string[], says: string]>([
    ['a profile that no guide has', [...IG, '--profile', canonical('pp')], `Did you mean ${canonical('p')}?`],
    [
      'a profile of another type',
      [...IG, '--profile', `Observation=${canonical('p')}`],
      'it is a profile of Patient, not of Observation.',
    ],
    ['--terminology without a guide', ['--terminology', 'in'], 'needs the guide: --ig.'],
    ['--must-support without a guide', ['--must-support'], 'needs a guide: --ig.'],
    ['--profile without a guide', ['--profile', canonical('p')], 'name the guide that does with --ig.'],
    ['a guide that is not there', ['--ig', 'no.such.guide'], 'no such package is in node_modules, fhir-packages or'],
    ['an archive that is not there', ['--ig', 'none.tgz'], 'none.tgz: it cannot be read (it does not exist).'],
  ])('ends with 2 for %s', async (_, args, says) => {
    const { code, stdout, stderr } = await validate({ 'in/a.json': fine }, args);
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toContain(says);
  });

  it('is said in every format, at the line', async () => {
    const files = { 'in/a.json': claiming('x', { maritalStatus: married }) };
    const formats = ['json', 'sarif', 'junit', 'github', 'operation-outcome'].flatMap((name) => [
      '--format',
      name,
      '--output',
      `out.${name}`,
    ]);
    const folder = fill(temporaryFolder(), { ...TGZ, ...files });
    const { code } = await clinikFhirIn(folder, [
      'validate',
      'in',
      ...IG,
      ...formats,
      '--report',
      'out.html',
      '--quiet',
    ]);
    expect(code).toBe(1);
    const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
    const says = `Our Patient requires Patient.name (${canonical('p')}).`;
    for (const name of ['out.json', 'out.sarif', 'out.junit', 'out.operation-outcome', 'out.html', 'out.github'])
      expect(text(name)).toContain(says);
    expect(object(text('out.json')).summary).toMatchObject({
      guides: {
        packages: [{ name: 'a.b.c', version: '1.2.3', isDependency: false }],
        absent: [{ name: 'a.b.absent', version: '4.5.6', wantedBy: 'a.b.c' }],
        held: [{ profile: canonical('p'), resources: 1, claimed: 1 }],
        unchecked: [{ valueSet: VALUE_SET, name: 'Marital Words', count: 1 }],
      },
    });
    expect(text('out.github')).toContain('Held to: p (1 resource).');
    expect(text('out.html')).toContain('Held to: p (1 resource).');
  });

  it('comes from a config file, with paths from there', async () => {
    const config = { ig: ['guides/a.b.c-1.2.3.tgz'], profile: [canonical('p')], requireComplete: true };
    const folder = fill(temporaryFolder(), {
      '.git/HEAD': 'x',
      'clinik-fhir.config.json': config,
      'guides/a.b.c-1.2.3.tgz': archive(GUIDE),
      'below/in/a.json': fine,
    });
    const { code, stdout } = await clinikFhirIn(join(folder, 'below'), ['validate', 'in']);
    expect([code, flat(stdout)]).toStrictEqual([
      1,
      expect.stringContaining('Held to: p (1 resource, none claims it).'),
    ]);
  });

  it('is found by name in the cache of FHIR tools', async () => {
    const home = fill(temporaryFolder(), {
      ...Object.fromEntries(
        Object.entries(GUIDE).map(([name, content]) => [`.fhir/packages/a.b.c#1.2.3/package/${name}`, content]),
      ),
    });
    const folder = fill(temporaryFolder(), { 'in/a.json': claiming('x') });
    const args = ['validate', 'in', '--ig', 'a.b.c'];
    const { code, stdout } = await clinikFhirIn(folder, args, undefined, { HOME: home, USERPROFILE: home });
    expect([code, flat(stdout)]).toStrictEqual([1, expect.stringContaining('Guides: a.b.c 1.2.3.')]);
  });

  it('does the same in several threads', async () => {
    const text = JSON.stringify({
      ...claiming('x'),
      text: { status: 'generated', div: fine.text.div.replace('A person', 'x'.repeat(1000)) },
    });
    const count = Math.ceil(9_000_000 / text.length);
    const { code, stdout } = await validate({ 'in/a.ndjson': `${text}\n`.repeat(count) }, [
      ...IG,
      '--max-diagnostics',
      '0',
    ]);
    expect(code).toBe(1);
    expect(flat(stdout).replaceAll(',', '')).toContain(`${count} errors in ${count} records of 1 file.`);
    expect(flat(stdout).replaceAll(',', '')).toContain(`Held to: p (${count} resources).`);
  });

  it('answers lines of a pipe', async () => {
    const folder = fill(temporaryFolder(), { ...TGZ, 'a.ndjson': [claiming('x'), whole] });
    const main = join(process.cwd(), 'dist', 'cli', 'main.js');
    const { stdout } = await shell(
      `"${process.execPath}" "${main}" validate - --ig a.b.c-1.2.3.tgz < a.ndjson`,
      folder,
      {},
    );
    const lines = stdout.trim().split('\n').map(object);
    expect(lines).toMatchObject([
      { ok: false, issues: [{ id: 'profile-min' }] },
      { ok: true, issues: [] },
    ]);
  });
});

describe('clinik-fhir convert --validate --ig', () => {
  const profileOf = (type: string, required: string): JsonObject =>
    patientProfile(type.toLowerCase(), [], {
      type,
      baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
      differential: { element: [{ id: `${type}.${required}`, path: `${type}.${required}`, min: 1 }] },
    });
  const guide = { 'g/e.json': profileOf('Encounter', 'length'), 'g/p.json': profileOf('Patient', 'name') };
  const encounter = {
    resourceType: 'Encounter',
    id: 'e',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: 'Patient/p' },
    participant: [{ individual: { reference: 'Practitioner/d' } }],
    period: { start: '2024-01-01T10:00:00Z', end: '2024-01-01T11:00:00Z' },
    text: fine.text,
  };
  const run = async (files: { readonly [path: string]: unknown }, args: readonly string[]) => {
    const folder = fill(temporaryFolder(), { ...guide, ...files });
    const ran = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out', ...args]);
    return { ...ran, out: join(folder, 'out') };
  };
  const held = (type: string): string[] => ['--validate', '--ig', 'g', '--profile', canonical(type)];

  it.each<[what: string, files: { readonly [path: string]: unknown }, args: readonly string[]]>([
    ['a resource', { 'in/a.json': encounter }, held('encounter')],
    [
      'what a payload becomes',
      { 'in/encounters.ndjson': [{ patientId: 'pt_1', status: 'finished', class: 'AMB' }] },
      held('encounter'),
    ],
    ['a record that goes the raw way', { 'in/a.json': fine }, [...held('patient'), '--raw-types', 'all']],
  ])('rejects %s that does not conform, with what is wrong', async (_, files, args) => {
    const { code, stdout, out } = await run(files, args);
    expect(code).toBe(1);
    expect(flat(stdout)).toContain('Held to: ');
    const [reject] = objects(out, 'rejects.ndjson');
    expect(JSON.stringify(reject)).toContain('profile-min');
  });

  it('lets pass what does', async () => {
    const { code, stdout } = await run({ 'in/a.json': { ...encounter, length: { value: 1 } } }, held('encounter'));
    expect([code, flat(stdout)]).toStrictEqual([
      0,
      expect.stringContaining('Held to: encounter (1 resource, none claims it).'),
    ]);
  });

  it('counts a record once that is converted again when the set was looked through', async () => {
    const diagnosis = [{ condition: { reference: 'Condition/c' } }];
    const files = { 'in/a.json': { ...encounter, length: { value: 1 }, diagnosis } };
    const { stdout } = await run(files, held('encounter'));
    expect(flat(stdout)).toContain('Held to: encounter (1 resource, none claims it).');
  });

  it('needs --validate', async () => {
    const { code, stderr } = await run({ 'in/a.json': encounter }, ['--ig', 'g']);
    expect([code, stderr]).toStrictEqual([
      2,
      expect.stringContaining('say what --validate holds FHIR to, and need it.'),
    ]);
  });
});

describe('clinik-fhir explain --ig', () => {
  const explain = (args: readonly string[]): Promise<Ran> =>
    clinikFhirIn(fill(temporaryFolder(), TGZ), ['explain', ...args]);

  it('says what profiles ask of an element', async () => {
    const { code, stdout } = await explain(['Patient', ...IG]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Our Patient  ${canonical('p')}\n`);
    expect(stdout).toContain('  Patient.name  required, mustSupport\n');
    expect(flat(stdout)).toContain(`Patient.maritalStatus a code of Marital Words (required, ${VALUE_SET})`);
  });

  it('does so as data', async () => {
    const { stdout } = await explain(['Patient.name', ...IG, '--json']);
    expect(JSON.parse(stdout)).toStrictEqual([
      {
        profile: canonical('p'),
        title: 'Our Patient',
        elements: [{ id: 'Patient.name', says: ['required', 'mustSupport'] }],
      },
    ]);
  });

  it('ends with 2 for an element of which nothing is said, and without a guide', async () => {
    const unsaid = await explain(['Patient.photo', ...IG]);
    expect([unsaid.code, unsaid.stderr]).toStrictEqual([
      2,
      expect.stringContaining('no profile of these guides says anything'),
    ]);
    const alone = await explain(['Patient.name']);
    expect([alone.code, alone.stderr]).toStrictEqual([2, expect.stringContaining('it says with --ig')]);
  });
});
