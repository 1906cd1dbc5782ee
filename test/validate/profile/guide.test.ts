import { describe, expect, it } from '@jest/globals';
import { loadGuide, validate } from '../../../src/index.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { BASE, found, of, patient, profile, words } from './support.js';

const named = [of('Patient.name', { min: 1 })];
const extension = (more: JsonObject, ...element: JsonObject[]): JsonObject =>
  profile('Extension', element, { url: `${BASE}e`, name: 'E', ...more });
const on = (expression: string, type = 'element'): JsonObject => ({ context: [{ type, expression }] });

describe('an extension of a guide', () => {
  const value = { url: `${BASE}e`, valueString: 'x' };
  it.each<readonly [string, JsonObject, JsonObject, readonly string[]]>([
    ['where it may stand', extension(on('Patient')), patient({ extension: [value] }), []],
    [
      'elsewhere',
      extension(on('Patient.name')),
      patient({ extension: [value] }),
      ['profile-context Patient.extension[0]'],
    ],
    [
      'where an expression that is no path may say so, which is noted',
      extension(on('Patient.name.where(use.exists())', 'fhirpath')),
      patient({ extension: [value] }),
      ['profile-part-not-checked Patient.extension[0]'],
    ],
    [
      'in another extension',
      extension(on('urn:outer', 'extension')),
      patient({ extension: [{ url: 'urn:outer', extension: [value] }] }),
      [],
    ],
    [
      'in an extension that it is no part of',
      extension(on('urn:outer', 'extension')),
      patient({ extension: [{ url: 'urn:other', extension: [value] }] }),
      ['profile-context Patient.extension[0].extension[0]'],
    ],
    [
      'more often than it may',
      extension(on('Patient'), of('Extension', { max: '1' })),
      patient({ extension: [value, value, value] }),
      ['extension-repeats Patient.extension[1]'],
    ],
    [
      'as a modifier that it is not',
      extension(on('Patient')),
      patient({ modifierExtension: [value] }),
      ['extension-modifier Patient.modifierExtension[0]'],
    ],
    [
      'as no modifier that it is',
      extension(on('Patient'), of('Extension', { isModifier: true })),
      patient({ extension: [value] }),
      ['extension-modifier Patient.extension[0]'],
    ],
    [
      'of another type',
      extension(on('Patient'), of('Extension.value[x]', { type: [{ code: 'boolean' }] })),
      patient({ extension: [value] }),
      ['profile-type Patient.extension[0].value'],
    ],
    [
      'without a part that it needs',
      extension(
        on('Patient'),
        of('Extension.extension:part', { min: 1 }),
        of('Extension.extension:part.url', { fixedUri: 'part' }),
      ),
      patient({ extension: [{ url: `${BASE}e`, extension: [{ url: 'other', valueString: 'x' }] }] }),
      ['profile-min Patient.extension[0].extension', 'profile-slice-closed Patient.extension[0].extension[0]'],
    ],
  ])('%s', (_where, definition, record, says) => expect(found([definition], record, [])).toStrictEqual(says));
});

describe('a claim of a profile', () => {
  const claim = (...urls: string[]): JsonObject => patient({ meta: { profile: urls }, active: true });
  const p = profile('Patient', named, { version: '2.0.0' });
  const q = profile('Patient', [of('Patient.gender', { min: 1 })], { url: `${BASE}q`, baseDefinition: `${BASE}p` });

  it('of one chain says each thing once, by the last of it', () => {
    expect(words([p, q], claim(`${BASE}p`, `${BASE}q`), [`${BASE}p|2.0.0`])).toStrictEqual([
      `P requires Patient.name (${BASE}q).`,
      `P requires Patient.gender (${BASE}q).`,
    ]);
  });

  it('of a version holds to that version, or to the one that is there', () => {
    const older = profile('Patient', [of('Patient.birthDate', { min: 1 })], { version: '1.0.0' });
    expect(found([p, older], claim(`${BASE}p|1.0.0`), [])).toStrictEqual(['profile-min Patient.birthDate']);
    expect(found([p, older], claim(`${BASE}p|2.0.0`), [])).toStrictEqual(['profile-min Patient.name']);
    expect(found([p, older], claim(`${BASE}p`), [])).toStrictEqual(['profile-min Patient.name']);
    expect(words([p], claim(`${BASE}p|3.0.0`), [])).toStrictEqual([`P requires Patient.name (${BASE}p).`]);
  });

  it('that no package has is not named, since it is the record’s', () => {
    const { issue } = validate(claim('http://example.org/secret'), { profiles: loadGuide([p]) });
    expect(issue.map(({ diagnostics, expression }) => [diagnostics, expression])).toStrictEqual([
      ['No package has this profile: it was not checked.', ['Patient.meta.profile[0]']],
    ]);
  });

  it('of another type is an error', () =>
    expect(found([profile('Observation', [])], claim(`${BASE}p`), [])).toStrictEqual([
      'profile-type Patient.meta.profile[0]',
    ]));

  it('of one of R4’s own types asks for nothing more', () => {
    const R4 = 'http://hl7.org/fhir/StructureDefinition/';
    const { issue } = validate(claim(`${R4}Patient`, `${R4}DomainResource`), { profiles: loadGuide([]) });
    expect(issue.map(({ severity }) => severity)).toStrictEqual(['information']);
    expect(issue[0]?.details?.coding?.[0]?.code).toBe('valid');
  });

  it.each([
    ['a logical model', { kind: 'logical' }, 'It is a logical model, and no profile of a type of R4.'],
    ['abstract', { abstract: true }, 'It is abstract: what is made of it is checked, and nothing else.'],
    ['of no type', { type: 'Nothing' }, 'It is of no type that R4 has.'],
  ])('of what is %s is refused in words', (_what, more, why) => {
    const definition = profile('Patient', named, more);
    expect(words([definition], claim(`${BASE}p`), [])).toStrictEqual([`${BASE}p was not checked. ${why}`]);
    expect(words([definition], patient({ active: true }))).toStrictEqual([`${BASE}p was not checked. ${why}`]);
  });
});

describe('a profile that is asked for', () => {
  it('and that nothing was held to is said', () =>
    expect(words([profile('Observation', [])], patient({ active: true }))).toStrictEqual([
      `${BASE}p was not checked. It is of Observation, and no resource here is.`,
    ]));

  it('holds for what is contained and for the entries of a Bundle', () => {
    const definitions = [profile('Patient', named)];
    const entry = [{ fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000000', resource: patient({ active: true }) }];
    expect(found(definitions, { resourceType: 'Bundle', type: 'collection', entry })).toStrictEqual([
      'profile-min Bundle.entry[0].resource.name',
    ]);
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'a' } };
    const subject = { reference: '#p' };
    const contained = [patient({ id: 'p', active: true })];
    expect(found(definitions, { ...observation, subject, contained })).toStrictEqual([
      'profile-min Observation.contained[0].name',
    ]);
  });

  it('is the same by its snapshot, which repeats R4', () => {
    const ele = {
      key: 'ele-1',
      severity: 'error',
      human: 'x',
      expression: 'false',
      source: 'http://hl7.org/fhir/StructureDefinition/Element',
    };
    const snapshot = {
      element: [
        of('Patient', { min: 0, max: '*', constraint: [ele] }),
        of('Patient.name', { min: 1, max: '*', type: [{ code: 'HumanName' }], constraint: [ele] }),
        of('Patient.deceased[x]', { min: 0, max: '1', type: [{ code: 'boolean' }, { code: 'dateTime' }] }),
        of('Patient.gender', {
          min: 0,
          max: '1',
          binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1' },
        }),
        of('Patient.multipleBirth[x]', { min: 0, max: '1', type: [{ code: 'boolean' }] }),
        of('Patient.link.other', { min: 1, max: '1', type: [{ code: 'Reference' }] }),
      ],
    };
    const differential = { element: [named[0] ?? {}, of('Patient.multipleBirth[x]', { type: [{ code: 'boolean' }] })] };
    for (const more of [{ differential: undefined, snapshot }, { differential }, { differential, snapshot }]) {
      const definitions = [profile('Patient', [], more)];
      expect(found(definitions, patient({ gender: 'x', multipleBirthInteger: 2 })).sort()).toStrictEqual([
        'profile-min Patient.name',
        'profile-type Patient.multipleBirth',
      ]);
      expect(found(definitions, patient({ name: [{ text: 'A' }], deceasedDateTime: '2020' }))).toStrictEqual([]);
    }
  });
});

describe('what of a profile cannot be used', () => {
  it.each<readonly [string, JsonObject, string]>([
    ['an element that R4 has not', of('Patient.nothing', { min: 1 }), 'Patient.nothing: R4 has no such element.'],
    [
      'a contradiction',
      of('Patient.photo', { min: 2, max: '1' }),
      'Patient.photo: It is wanted more often than it is allowed.',
    ],
  ])('%s is said by its id, and the rest is checked', (_what, element, says) => {
    const said = words([profile('Patient', [element, ...named])], patient({ active: true }));
    expect(said).toContain(`${says} (${BASE}p).`);
    expect(said).toContain(`P requires Patient.name (${BASE}p).`);
  });

  it.each([
    ['that is none', 'name.', 'its expression cannot be read'],
    ['that repeats', "name.repeat('a' & $this).exists()", 'it may repeat for ever'],
    ['that grows', "(1 | 2).aggregate($total & $total, 'a')", 'it may grow without end'],
    [
      'with a pattern that looks ahead',
      "id.matches('^(?=(a+)+$)b') or true.join('') = ''",
      'its pattern may take for ever',
    ],
    [
      'that looks at everything for each of everything',
      `${'descendants().where('.repeat(5)}true${')'.repeat(5)}`,
      'it may take for ever on large records',
    ],
  ])('a constraint with an expression %s is said not to be checked', (_what, expression, why) => {
    const constraint = [{ key: 'p-1', severity: 'error', human: 'x', expression }];
    expect(words([profile('Patient', [of('Patient', { constraint }), ...named])], patient({ id: 'a' }))).toStrictEqual(
      expect.arrayContaining([
        `The constraint p-1 of Patient is not checked: ${why} (${BASE}p).`,
        `P requires Patient.name (${BASE}p).`,
      ]),
    );
  });

  it('a pattern with nested repeats comes to an end, and is checked', () => {
    const constraint = [
      { key: 'p-1', severity: 'error', human: BASE, expression: "text.matches('^(([a-z])+.)+[A-Z]([a-z])+$')" },
    ];
    const definitions = [profile('Patient', [of('Patient.name', { constraint })])];
    expect(found(definitions, patient({ name: [{ text: 'a'.repeat(5000) }] }))).toStrictEqual(['p-1 Patient.name[0]']);
    expect(found(definitions, patient({ name: [{ text: 'ab.cd.Efg' }] }))).toStrictEqual([]);
  });
});
