import { describe, expect, it } from '@jest/globals';
import { lenses } from '../../src/resources/registry.js';
import { fail } from '../support/ensure.js';
import { type DeclaredInterface, fieldsOf, interfacesOf } from '../support/interfaces.js';
import { datatypeFiles, documentedFields, faultOf, payloadFiles } from '../support/payloadTypes.js';

const datatypes = datatypeFiles('src', '.ts');

describe.each(Object.values(lenses))('the payload types of $path', (lens) => {
  const declared = payloadFiles('src', '.ts', lens.path);
  const { fields, unseen, interfaces } = documentedFields(lens, declared, datatypes);

  it.each(fields)('say of $at what it is, its limit and its FHIR element', (field) => {
    expect(faultOf(field)).toBeUndefined();
  });

  it('have a field for every row of the mapping table', () => expect(unseen).toStrictEqual([]));

  it('are all looked at', () => {
    const exported = [...declared].filter(([, { isExported }]) => isExported).map(([name]) => name);
    expect(exported.filter((name) => !interfaces.has(name))).toStrictEqual([]);
  });

  it('come with their docstrings in the package', () => {
    const shipped = new Map([...payloadFiles('dist', '.d.ts', lens.path), ...datatypeFiles('dist', '.d.ts')]);
    const docsOf = (one?: DeclaredInterface) => fieldsOf(one?.body ?? '').map(({ name, doc }) => [name, doc]);
    for (const name of interfaces) {
      expect(docsOf(shipped.get(name))).toStrictEqual(docsOf(declared.get(name) ?? datatypes.get(name)));
    }
  });
});

describe('the check of a docstring', () => {
  const lens = lenses.labs;
  const declared = payloadFiles('src', '.ts', 'labs');
  const payload = declared.get('LabFields') ?? fail('there is no LabFields');
  /** What is said where a type has another text. */
  const faultsWith = (name: string, changed: DeclaredInterface): (string | undefined)[] =>
    documentedFields(lens, new Map([...declared, [name, changed]]), datatypes)
      .fields.map(faultOf)
      .filter(Boolean);

  it.each([
    ['no docstring', /\/\*\* The id of the patient\.[^\n]*\n/, '', 'LabFields.patientId has no docstring'],
    ['a wrong limit', 'At most 5000 characters', 'At most 500 characters', 'should state At most 5000 characters'],
    [
      'a limit in another unit',
      'At most 5000 characters',
      'At most 5000 items',
      'should state At most 5000 characters',
    ],
    ['no limit', ' At most 5000 characters.', '', 'LabFields.conclusion should state At most 5000 characters'],
    ['a limit that is none', 'The id of the patient.', 'At most 9 characters.', 'should state no limit'],
    ['another element', '`DiagnosticReport.subject`', '`DiagnosticReport.for`', 'name DiagnosticReport.subject'],
    ['no words', 'The id of the patient. ', '', 'LabFields.patientId should say what it is'],
    ['a code too many', "| 'cancelled'", "| 'cancelled' | 'unknown'", 'LabFields.status should have the type'],
  ])('finds %s', (_, from, to, fault) => {
    const body = payload.body.replace(from, to);
    expect(body).not.toBe(payload.body);
    expect(faultsWith('LabFields', { ...payload, body })).toStrictEqual([expect.stringContaining(fault)]);
  });

  it('finds a row of the table that no field stands for', () => {
    const changed = new Map([
      ...declared,
      ['LabMediaInput', { ...payload, body: '' }],
      ['LabMedia', { ...payload, body: '' }],
    ]);
    expect(documentedFields(lens, changed, datatypes).unseen).toStrictEqual(['media[].comment', 'media[].linkId']);
  });

  it('refuses a mapped type, for which an editor shows no docstring', () => {
    const body = payload.body.replace('LabMediaInput[]', 'Partial<LabMedia>[]');
    expect(() => faultsWith('LabFields', { ...payload, body })).toThrow('Partial is no interface');
    expect(() => faultsWith('LabInput', { ...payload, isExported: true, bases: "Omit<LabPayload, 'code'>" })).toThrow(
      'Omit is no interface',
    );
  });
});

describe('the reading of an interface', () => {
  it('takes types of several lines, docstrings of several lines, and none', () => {
    const source =
      "export interface A extends B {\n  /**\n   * One\n   * two.\n   */\n  a?:\n    | 'x'\n    | 'y';\n  b: C[];\n}\n";
    const declared = interfacesOf(source).get('A');
    expect(declared).toMatchObject({ isExported: true, bases: 'B' });
    expect(fieldsOf(declared?.body ?? '')).toStrictEqual([
      { name: 'a', type: "| 'x' | 'y'", doc: 'One two.' },
      { name: 'b', type: 'C[]', doc: '' },
    ]);
  });

  it.each(['  a(): void;\n', '  a: { b: string };\n', '  a: string;\n  // no\n'])('refuses %j', (body) => {
    expect(() => fieldsOf(body)).toThrow('this is no field');
  });
});
