import { describe, expect, it } from '@jest/globals';
import { loadGuide, validate } from '../../../src/index.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { listed } from '../../../src/profiles/definitions.js';
import { guideOf } from '../../../src/validate/profile/loadGuide.js';
import { BASE, found, of, patient, profile, words } from './support.js';

const R4 = 'http://hl7.org/fhir/StructureDefinition/';
const sliced = (type: string, path: string, rules = 'open', more: JsonObject = {}): JsonObject => ({
  slicing: { discriminator: [{ type, path }], rules, ...more },
});
const named = profile('Organization', [of('Organization.name', { fixedString: 'A' })], { url: `${BASE}q` });
const toNamed = { type: [{ code: 'Reference', targetProfile: [`${BASE}q`] }] };
const UNTOLD = 'profile-part-not-checked Patient';

describe('an item that nobody can tell', () => {
  const away = { reference: 'Organization/1' };
  const here = { reference: '#o' };
  const contained = [{ resourceType: 'Organization', id: 'o', name: 'B' }];
  const list = (rules: string, ...more: JsonObject[]): JsonObject[] => [
    of('Patient.generalPractitioner', sliced('value', 'resolve().name', rules)),
    of('Patient.generalPractitioner:a', toNamed),
    ...more,
  ];

  it('is noted where the list is closed, and what fits no slice is a fault beside it', () => {
    const all = [profile('Patient', list('closed')), named];
    expect(found(all, patient({ generalPractitioner: [away] }))).toStrictEqual([UNTOLD]);
    expect(found(all, patient({ contained, generalPractitioner: [away, here] }))).toStrictEqual([
      UNTOLD,
      'profile-slice-closed Patient.generalPractitioner[1]',
    ]);
  });

  it('is not among what fits no other slice', () => {
    const rest = [
      of('Patient.generalPractitioner:@default', { max: '0' }),
      of('Patient.generalPractitioner:@default.display', { min: 1 }),
    ];
    const says = words([profile('Patient', list('open', ...rest)), named], patient({ generalPractitioner: [away] }));
    expect(says).toStrictEqual([
      `Nobody can tell here what of the record is Patient.generalPractitioner:a (${BASE}p).`,
      `Nobody can tell here what of the record is Patient.generalPractitioner:@default (${BASE}p).`,
    ]);
  });

  it('is not out of order', () => {
    const fits = { reference: '#a' };
    const record = patient({
      contained: [{ resourceType: 'Organization', id: 'a', name: 'A' }],
      generalPractitioner: [away, fits],
    });
    expect(found([profile('Patient', list('openAtEnd')), named], record)).toStrictEqual([UNTOLD]);
  });
});

describe('a claim', () => {
  const claims = (...urls: string[]): JsonObject => patient({ meta: { profile: urls }, active: true });

  it('is named without what the record adds to it', () => {
    const abstract = profile('Patient', [], { abstract: true, version: '1.0.0' });
    const other = profile('Patient', [], { url: `${BASE}o`, version: '1.0.0' });
    const guide = loadGuide([abstract, other]);
    const said = validate(claims(`${BASE}p|Smith1970`, `${BASE}o|Smith1970`), { profiles: guide }).issue;
    expect(said.map(({ diagnostics }) => diagnostics).join()).toContain(`${BASE}p was not checked.`);
    expect(JSON.stringify([said, guide.faults()])).not.toContain('Smith1970');
  });

  it('of two profiles that are made of each other holds to both, and says that', () => {
    const one = profile('Patient', [of('Patient.name', { min: 1 })], { baseDefinition: `${BASE}q` });
    const two = profile('Patient', [], { url: `${BASE}q`, baseDefinition: `${BASE}p` });
    expect(found([one, two], claims(`${BASE}p`, `${BASE}q`))).toStrictEqual([
      'profile-part-not-checked Patient',
      'profile-min Patient.name',
      'profile-part-not-checked Patient',
    ]);
  });

  it('of what is made of a profile that is asked for counts for that one, too', () => {
    const base = profile('Patient', []);
    const derived = profile('Patient', [], { url: `${BASE}q`, baseDefinition: `${BASE}p` });
    const held: [string, boolean][] = [];
    const guide = guideOf(listed([base, derived]), [], { held: (...one) => held.push(one) });
    validate(claims(`${BASE}q`), { profiles: guide, profile: [`${BASE}p`] });
    expect(held).toStrictEqual([
      [`${BASE}p`, false],
      [`${BASE}q`, true],
    ]);
  });
});

describe('what a reference leads to', () => {
  const leading = (...targetProfile: string[]): JsonObject =>
    profile('Patient', [of('Patient.managingOrganization', { type: [{ code: 'Reference', targetProfile }] })]);
  const record = (name: string): JsonObject =>
    patient({
      contained: [{ resourceType: 'Organization', id: 'o', name }],
      managingOrganization: { reference: '#o' },
    });

  it('is held to all profiles that there are before one that is not there is noted', () => {
    const all = [leading(`${BASE}absent`, `${BASE}q`), named];
    expect(found(all, record('A'))).toStrictEqual([]);
    expect(found(all, record('B'))).toStrictEqual(['profile-part-not-checked Patient.managingOrganization']);
  });

  it('is noted where nobody can tell whether it fits', () => {
    const bound = of('Organization.type', { binding: { strength: 'required', valueSet: `${BASE}absent` } });
    const q = profile('Organization', [bound], { url: `${BASE}q` });
    const all = patient({
      contained: [{ resourceType: 'Organization', id: 'o', type: [{ coding: [{ system: 'urn:a', code: 'a' }] }] }],
      managingOrganization: { reference: '#o' },
    });
    expect(found([leading(`${BASE}q`), q], all)).toStrictEqual([
      'profile-part-not-checked Patient.managingOrganization',
    ]);
  });
});

describe('slices', () => {
  const again = (rules: JsonObject): JsonObject[] => [
    of('Patient.identifier', sliced('value', 'use', 'closed', { ordered: true })),
    of('Patient.identifier:a', rules),
    of('Patient.identifier:a.use', { patternCode: 'old' }),
    { id: 'Patient.identifier:a/x', path: 'Patient.identifier', sliceName: 'a/x' },
    { id: 'Patient.identifier:a/x.system', path: 'Patient.identifier.system', fixedUri: 'urn:x' },
  ];
  const record = patient({ identifier: [{ use: 'old', system: 'urn:y', value: '1' }] });

  it('of a slice are as closed as it says itself', () => {
    expect(found([profile('Patient', again(sliced('value', 'system')))], record)).toStrictEqual([]);
    expect(found([profile('Patient', again(sliced('value', 'system', 'closed')))], record)).toStrictEqual([
      'profile-slice-closed Patient.identifier[0]',
    ]);
    const inherited = again({}).map((one) =>
      one.id === 'Patient.identifier' ? of('Patient.identifier', sliced('value', '$this', 'closed')) : one,
    );
    expect(found([profile('Patient', inherited)], record)).toStrictEqual([]);
  });

  it('by a type that R4 only makes others of hold all of these', () => {
    const definition = profile('Patient', [
      of('Patient.generalPractitioner', sliced('type', 'resolve()', 'closed')),
      of('Patient.generalPractitioner:any', {
        type: [{ code: 'Reference', targetProfile: [`${R4}DomainResource`] }],
      }),
    ]);
    expect(found([definition], patient({ generalPractitioner: [{ reference: 'Organization/1' }] }))).toStrictEqual([]);
  });

  it.each(['open', 'openAtEnd'])('of a closed list stay closed where what is made of it says %s', (rules) => {
    const base = profile(
      'Patient',
      [
        of('Patient.identifier', sliced('value', 'system', 'closed')),
        of('Patient.identifier:a'),
        of('Patient.identifier:a.system', { fixedUri: 'urn:a' }),
      ],
      { url: `${BASE}b` },
    );
    const derived = profile('Patient', [of('Patient.identifier', sliced('value', 'use', rules))], {
      baseDefinition: `${BASE}b`,
    });
    const broken = patient({
      identifier: [
        { system: 'urn:a', value: '1' },
        { system: 'urn:c', value: '3' },
      ],
    });
    expect(found([base, derived], broken)).toStrictEqual(['profile-slice-closed Patient.identifier[1]']);
  });
});
