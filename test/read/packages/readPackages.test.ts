import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { createTar } from 'nanotar';
import { validate } from '../../../src/index.js';
import { type PackageGuide, readPackages } from '../../../src/node.js';
import { fill, temporaryFolder } from '../../support/folder.js';
import { archive, canonical, type Files, HOME, manifest, patientProfile } from '../../support/guides.js';

const folderOf = (files: Files): string => fill(temporaryFolder(), files);

/** The elements that a patient who claims a profile lacks. */
function lacks(guide: PackageGuide, claimed: string): (string | undefined)[] {
  const { issue } = validate(
    { resourceType: 'Patient', active: true, meta: { profile: [claimed] } },
    { profiles: guide },
  );
  return issue
    .map(({ details, expression }) => `${details?.coding?.[0]?.code} ${expression?.join()}`)
    .filter((line) => line !== 'dom-6 Patient');
}

const NAMED = {
  'package.json': manifest('a.b.c', '1.0.0'),
  'StructureDefinition-p.json': patientProfile('p', ['name']),
};
const IS_HELD = ['profile-min Patient.name'];
const below = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));

describe('readPackages reads', () => {
  it.each<[where: string, files: Files, wanted: string]>([
    ['a package of node_modules', below('node_modules/a.b.c', NAMED), 'a.b.c'],
    ['a package of fhir-packages', below('fhir-packages/a.b.c', NAMED), 'a.b.c'],
    ['a package with its version', below('fhir-packages/a.b.c#1.0.0/package', NAMED), 'a.b.c@1.0.0'],
    ['a version as FHIR tools write it', below('fhir-packages/a.b.c#1.0.0/package', NAMED), 'a.b.c#1.0.0'],
    ['an archive of fhir-packages', { 'fhir-packages/a.b.c-1.0.0.tgz': archive(NAMED) }, 'a.b.c'],
    ['an archive', { 'some.tgz': archive(NAMED) }, 'some.tgz'],
    ['a folder of a package', below('guide', NAMED), './guide'],
    ['a folder with the folder of a package', below('guide/package', NAMED), 'guide'],
    ['a folder of definitions, and those below', { 'guide/x/y/p.json': patientProfile('p', ['name']) }, 'guide'],
    ['a folder whose name could be that of a package', { 'a.b.c/p.json': patientProfile('p', ['name']) }, 'a.b.c'],
    [
      'a folder with a package.json of something else',
      { 'guide/package.json': { name: 'site', version: '1.0.0' }, 'guide/p.json': patientProfile('p', ['name']) },
      'guide',
    ],
  ])('%s', (_, files, wanted) => {
    const guide = readPackages([wanted], { cwd: folderOf(files) });
    expect(lacks(guide, canonical('p'))).toStrictEqual(IS_HELD);
    expect(guide.canonicals()).toStrictEqual([canonical('p')]);
    expect(guide.faults()).toStrictEqual([]);
  });

  it('what the index of a package lists, and what stands beside it unlisted, and nothing else', () => {
    const files = {
      'package.json': manifest('a.b.c', '1.0.0'),
      'one.json': patientProfile('p', ['name']),
      'other.json': patientProfile('q', ['name']),
      '.index.json': {
        files: [
          { filename: 'one.json', resourceType: 'StructureDefinition', url: canonical('p'), version: '1.0.0' },
          { filename: '../outside.json', resourceType: 'StructureDefinition', url: canonical('r') },
        ],
      },
    };
    const folder = folderOf({ ...below('guide', files), 'outside.json': patientProfile('r', ['name']) });
    const guide = readPackages(['guide'], { cwd: folder });
    expect(lacks(guide, canonical('p'))).toStrictEqual(IS_HELD);
    expect(lacks(guide, canonical('q'))).toStrictEqual(IS_HELD);
    expect(guide.canonicals()).toStrictEqual([canonical('p'), canonical('q')]);
  });

  it('the newest version of a package, and a release before what led to it', () => {
    const folder = folderOf({
      ...below('fhir-packages/a.b.c#1.9.0', { ...NAMED, 'package.json': manifest('a.b.c', '1.9.0') }),
      ...below('fhir-packages/a.b.c#1.10.0', { ...NAMED, 'package.json': manifest('a.b.c', '1.10.0') }),
      ...below('fhir-packages/a.b.c#1.10.0-ballot', { ...NAMED, 'package.json': manifest('a.b.c', '1.10.0-ballot') }),
    });
    expect(readPackages(['a.b.c'], { cwd: folder }).packages).toStrictEqual([
      { name: 'a.b.c', version: '1.10.0', isDependency: false },
    ]);
    expect(readPackages(['a.b.c@1.9.x'], { cwd: folder }).packages[0]?.version).toBe('1.9.0');
  });

  it('two versions of a package side by side', () => {
    const at = (version: string, required: string): Files => ({
      'package.json': manifest('a.b.c', version),
      'p.json': patientProfile('p', [required], { version }),
    });
    const folder = folderOf({ ...below('one', at('1.0.0', 'name')), ...below('two', at('2.0.0', 'gender')) });
    const guide = readPackages(['one', 'two'], { cwd: folder });
    expect(lacks(guide, `${canonical('p')}|1.0.0`)).toStrictEqual(['profile-min Patient.name']);
    expect(lacks(guide, `${canonical('p')}|2.0.0`)).toStrictEqual(['profile-min Patient.gender']);
    expect(lacks(guide, canonical('p'))).toStrictEqual(['profile-min Patient.name']);
    expect(lacks(guide, `${canonical('p')}|3.0.0`)).toStrictEqual([
      'profile-other-version Patient.meta.profile[0]',
      'profile-min Patient.name',
    ]);
  });
});

describe('what a package depends on', () => {
  const derived = patientProfile('p', ['name'], { baseDefinition: canonical('base') });
  const dependent = (version: string): Files => ({
    'package.json': manifest('a.b.c', '1.0.0', {
      dependencies: { 'hl7.fhir.r4.core': '4.0.1', 'a.b.base': version, 'no-package-of-fhir': '1.0.0' },
    }),
    'p.json': derived,
  });
  const base = { 'package.json': manifest('a.b.base', '2.0.0'), 'base.json': patientProfile('base', ['gender']) };

  it('is read, and R4 itself need not be there', () => {
    const folder = folderOf({ ...below('guide', dependent('2.0.0')), ...below('node_modules/a.b.base', base) });
    const guide = readPackages(['guide'], { cwd: folder });
    expect(lacks(guide, canonical('p')).sort()).toStrictEqual([
      'profile-min Patient.gender',
      'profile-min Patient.name',
    ]);
    expect([guide.absent, guide.notes, guide.canonicals()]).toStrictEqual([[], [], [canonical('p')]]);
    expect(guide.packages[1]).toStrictEqual({ name: 'a.b.base', version: '2.0.0', isDependency: true });
  });

  it('is taken in another version, which is said once', () => {
    const folder = folderOf({ ...below('guide', dependent('1.0.0')), ...below('node_modules/a.b.base', base) });
    const guide = readPackages(['guide', 'guide'], { cwd: folder });
    expect(guide.notes).toStrictEqual(['a.b.c asks for a.b.base 1.0.0; 2.0.0 is there, and is used.']);
    expect(lacks(guide, canonical('p'))).toHaveLength(2);
  });

  it('may be absent, which is no error', () => {
    const guide = readPackages(['guide'], { cwd: folderOf(below('guide', dependent('1.0.0'))) });
    expect(guide.absent).toStrictEqual([{ name: 'a.b.base', version: '1.0.0', wantedBy: 'a.b.c' }]);
    expect(lacks(guide, canonical('p'))).toStrictEqual(['profile-part-not-checked Patient', ...IS_HELD]);
    expect(guide.faults()).toHaveLength(1);
  });

  it('may depend on each other', () => {
    const back = { ...base, 'package.json': manifest('a.b.base', '2.0.0', { dependencies: { 'a.b.c': '1.0.0' } }) };
    const folder = folderOf({ ...below('guide', dependent('2.0.0')), ...below('node_modules/a.b.base', back) });
    expect(readPackages(['guide'], { cwd: folder }).packages).toHaveLength(2);
  });

  it('is not opened before something is asked that the guide does not have', () => {
    const broken = { ...base, 'base.json': '{"resourceType":' };
    const alone = { ...dependent('2.0.0'), 'p.json': patientProfile('p', ['name']) };
    const folder = folderOf({ ...below('guide', alone), ...below('node_modules/a.b.base', broken) });
    const guide = readPackages(['guide'], { cwd: folder });
    expect(lacks(guide, canonical('p'))).toStrictEqual(IS_HELD);
    expect(guide.faults()).toStrictEqual([]);
    expect(lacks(guide, canonical('base'))).toStrictEqual(['profile-not-checked Patient.meta.profile[0]']);
    expect(guide.faults().map(({ says }) => says)).toStrictEqual([expect.stringMatching(/^it cannot be used\. /)]);
  });

  it('of another version of FHIR is left out, and said', () => {
    const r5 = { ...base, 'package.json': manifest('a.b.base', '2.0.0', { fhirVersions: ['5.0.0'] }) };
    const folder = folderOf({ ...below('guide', dependent('2.0.0')), ...below('node_modules/a.b.base', r5) });
    expect(readPackages(['guide'], { cwd: folder }).notes).toStrictEqual([
      'a.b.base is there for FHIR 5.0.0 only, and is not used.',
    ]);
  });
});

describe('readPackages takes terminologies', () => {
  const VALUE_SET = `${HOME}ValueSet/v`;
  const bound = patientProfile('p', [], {
    differential: {
      element: [
        {
          id: 'Patient.maritalStatus',
          path: 'Patient.maritalStatus',
          binding: { strength: 'required', valueSet: VALUE_SET },
        },
      ],
    },
  });
  const compose = {
    include: [{ system: 'http://snomed.info/sct', filter: [{ property: 'concept', op: 'is-a', value: '1' }] }],
  };
  const set = { resourceType: 'ValueSet', url: VALUE_SET, name: 'V', compose };
  const expanded = { ...set, expansion: { contains: [{ system: 'http://snomed.info/sct', code: '2' }] } };
  const found = (guide: PackageGuide, code: string): (string | undefined)[] => {
    const maritalStatus = { coding: [{ system: 'http://snomed.info/sct', code }] };
    const { issue } = validate(
      { resourceType: 'Patient', meta: { profile: [canonical('p')] }, maritalStatus },
      { profiles: guide },
    );
    return issue.map(({ details }) => details?.coding?.[0]?.code).filter((id) => id?.startsWith('profile-'));
  };
  const guide = { 'guide/p.json': bound, 'guide/v.json': set };

  it('and says without them that a binding was not checked', () => {
    expect(found(readPackages(['guide'], { cwd: folderOf(guide) }), '2')).toStrictEqual([
      'profile-binding-not-checked',
    ]);
  });

  it.each<[how: string, files: Files]>([
    ['a value set', { 'terms/sets/v.json': expanded }],
    [
      'a Bundle of value sets',
      { 'terms/Bundle-all.json': { resourceType: 'Bundle', entry: [{ resource: expanded }] } },
    ],
  ])('as %s, before those of the guide', (_, files) => {
    const read = readPackages(['guide'], { cwd: folderOf({ ...guide, ...files }), terminology: ['terms'] });
    expect(found(read, '2')).toStrictEqual([]);
    expect(found(read, '3')).toStrictEqual(['profile-binding']);
  });
});

describe('readPackages refuses', () => {
  const cut = archive({ ...NAMED, 'x.json': 'x'.repeat(100_000) });
  const part = gzipSync(Buffer.alloc(16 * 1024 * 1024));
  const bomb = Buffer.concat(Array.from({ length: 17 }, () => part));
  /** An archive whose first entry says that its size is less than nothing. */
  const hostile = (): Buffer => {
    const tar = Buffer.from(createTar([{ name: 'package/a.json', data: '{}' }]));
    tar.write('-0000001000\0', 124, 'latin1');
    return gzipSync(tar);
  };

  it.each<[what: string, files: Files, wanted: string, says: RegExp]>([
    [
      'what is not there',
      {},
      'nowhere',
      /^nowhere: it cannot be read \(it does not exist\)\.$|nowhere: it cannot be read/,
    ],
    ['an archive that is not there', {}, 'nowhere.tgz', /nowhere\.tgz: it cannot be read \(it does not exist\)\.$/],
    [
      'a package of which nobody knows',
      {},
      'no.such.package',
      /^no\.such\.package: no such package is in node_modules, fhir-packages or ~\/\.fhir\/packages, and none is fetched; run npm pack no\.such\.package,/,
    ],
    [
      'a version that is not there',
      below('node_modules/a.b.c', NAMED),
      'a.b.c@2.0.0',
      /this version is not there; there is 1\.0\.0\.$/,
    ],
    ['nothing', {}, ' ', /this one is empty/],
    [
      'an empty folder',
      { 'guide/readme.md': 'x' },
      'guide',
      /guide: it defines nothing: there is no StructureDefinition, ValueSet or CodeSystem in it\.$/,
    ],
    [
      'a file',
      { 'p.json': patientProfile('p', []) },
      'p.json',
      /p\.json: it is no package; name a package, a folder, or a \.tgz file\.$/,
    ],
    [
      'a package of R5',
      below('guide', { ...NAMED, 'package.json': manifest('a.b.c', '1.0.0', { fhirVersions: ['5.0.0'] }) }),
      'guide',
      /^guide: it is of FHIR 5\.0\.0; only guides of R4 \(4\.0\.1\) can be used\.$/,
    ],
    [
      'a package of STU3 that says so as older ones do',
      below('guide', { ...NAMED, 'package.json': { name: 'a.b.c', 'fhir-version-list': ['3.0.2'] } }),
      'guide',
      /of FHIR 3\.0\.2;/,
    ],
    [
      'JSON that is cut',
      below('guide', { ...NAMED, 'StructureDefinition-q.json': '{"resourceType":' }),
      'guide',
      /StructureDefinition-q\.json: it cannot be used\. /,
    ],
    [
      'an archive that is cut',
      { 'a.tgz': cut.subarray(0, cut.length - 40) },
      'a.tgz',
      /a\.tgz: it is cut off, or it is no gzipped tar archive; get it again\.$/,
    ],
    [
      'what is no archive',
      { 'a.tgz': 'no archive' },
      'a.tgz',
      /a\.tgz: it is no gzipped tar archive, or it is damaged\.$/,
    ],
    [
      'an archive of something else',
      { 'a.tgz': archive({ 'x.json': {} }) },
      'a.tgz',
      /a\.tgz: it holds no package\.json of a FHIR package\.$/,
    ],
    ['an archive with an entry of a negative size', { 'a.tgz': hostile() }, 'a.tgz', /a\.tgz: it is cut off/],
    [
      'an archive that unpacks to too much',
      { 'a.tgz': bomb },
      'a.tgz',
      /a\.tgz: it unpacks to more than 256 MiB, too much for a package\.$/,
    ],
  ])('%s', (_, files, wanted, says) => {
    const cwd = folderOf(files);
    expect(() => readPackages([wanted], { cwd })).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(says) }),
    );
  });

  it('terminologies that are no folder', () => {
    const cwd = folderOf({ ...below('guide', NAMED), 'v.json': '{}' });
    expect(() => readPackages(['guide'], { cwd, terminology: ['v.json'] })).toThrow(/it is no folder of value sets/);
    mkdirSync(join(cwd, 'empty'));
    expect(() => readPackages(['guide'], { cwd, terminology: ['empty'] })).toThrow(/it defines nothing/);
  });

  it('R4 itself is no guide, and is built in', () => {
    const guide = readPackages(['guide', 'hl7.fhir.r4.core'], { cwd: folderOf(below('guide', NAMED)) });
    expect(guide.notes).toStrictEqual(['hl7.fhir.r4.core is R4 itself, which is built in.']);
  });
});
