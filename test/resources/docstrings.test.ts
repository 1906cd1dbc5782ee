import { describe, expect, it } from '@jest/globals';
import { lenses } from '../../src/resources/registry.js';
import { ensure } from '../support/ensure.js';
import { fieldsOf, interfacesOf } from '../support/interfaces.js';
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
    expect([...declared.keys()].filter((name) => !interfaces.has(name))).toStrictEqual([]);
  });

  it('come with their docstrings in the package', () => {
    const shipped = new Map([...payloadFiles('dist', '.d.ts', lens.path), ...datatypeFiles('dist', '.d.ts')]);
    const docsOf = (body: string | undefined) => fieldsOf(body ?? '').map(({ name, doc }) => [name, doc]);
    for (const name of interfaces) {
      expect(docsOf(shipped.get(name))).toStrictEqual(docsOf(declared.get(name) ?? datatypes.get(name)));
    }
  });
});

describe('the check of a docstring', () => {
  const lens = lenses.labs;
  /** What is said where one text of the source is another one. */
  const faultsWith = (from: string, to: string): (string | undefined)[] => {
    const declared = new Map(payloadFiles('src', '.ts', 'labs'));
    const body = declared.get('LabPayload') ?? '';
    ensure(body.includes(from));
    declared.set('LabPayload', body.replace(from, to));
    return documentedFields(lens, declared, datatypes).fields.map(faultOf).filter(Boolean);
  };

  it.each([
    ['no docstring', /\/\*\* The id of the patient\.[^\n]*\n/, '', 'LabPayload.patientId has no docstring'],
    ['a wrong limit', 'At most 5000 characters', 'At most 500 characters', 'should state At most 5000 characters'],
    [
      'a limit in another unit',
      'At most 5000 characters',
      'At most 5000 items',
      'should state At most 5000 characters',
    ],
    ['no limit', ' At most 5000 characters.', '', 'LabPayload.conclusion should state At most 5000 characters'],
    ['a limit that is none', 'The id of the patient.', 'At most 9 characters.', 'should state no limit'],
    ['another element', '`DiagnosticReport.subject`', '`DiagnosticReport.for`', 'name DiagnosticReport.subject'],
    ['no words', 'The id of the patient. ', '', 'LabPayload.patientId should say what it is'],
    ['a code too many', "| 'cancelled'", "| 'cancelled' | 'unknown'", 'LabPayload.status should have the type'],
  ])('finds %s', (_, from, to, fault) => {
    const body = payloadFiles('src', '.ts', 'labs').get('LabPayload') ?? '';
    const [text = ''] = (typeof from === 'string' ? [from] : body.match(from)) ?? [];
    expect(faultsWith(text, to)).toStrictEqual([expect.stringContaining(fault)]);
  });

  it('finds a row of the table that no field stands for', () => {
    const declared = new Map(payloadFiles('src', '.ts', 'labs'));
    declared.set('LabMedia', '');
    const { unseen } = documentedFields(lens, declared, datatypes);
    expect(unseen).toStrictEqual(['media[].comment', 'media[].linkId']);
  });
});

describe('the reading of an interface', () => {
  it('takes types of several lines, docstrings of several lines, and none', () => {
    const source =
      "export interface A<T> extends B {\n  /**\n   * One\n   * two.\n   */\n  a?:\n    | 'x'\n    | 'y';\n  b: C[];\n}\n";
    const [body = ''] = interfacesOf(source).values();
    expect(fieldsOf(body)).toStrictEqual([
      { name: 'a', type: "| 'x' | 'y'", doc: 'One two.' },
      { name: 'b', type: 'C[]', doc: '' },
    ]);
  });

  it.each(['  a(): void;\n', '  a: { b: string };\n', '  a: string;\n  // no\n'])('refuses %j', (body) => {
    expect(() => fieldsOf(body)).toThrow('this is no field');
  });
});
