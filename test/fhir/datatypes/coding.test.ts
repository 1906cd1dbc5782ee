import { describe, expect, it } from '@jest/globals';
import { bareCoding, conceptCoding, stringOrCoding } from '../../../src/fhir/datatypes/coding.js';
import { type FhirScope, payloadScope, readScope } from '../../../src/fhir/scope.js';
import { actEncounterCode, encounterClasses, SYSTEM } from '../../../src/fhir/terminology/codeSystems.js';
import type { Codec } from '../../../src/lens/codec.js';

const other = 'http://example.org/codes';
const reader = () => readScope('DiagnosticReport', {});
const covid = { system: SYSTEM.snomed, code: '840539006', display: 'COVID-19' };

function read<P>(codec: Codec<P, unknown, FhirScope>, given: unknown) {
  const scope = reader();
  return { value: codec.read(given, scope), ids: scope.issues?.map(({ id }) => id) };
}

describe('a code object for a concept', () => {
  const codec = conceptCoding(SYSTEM.snomed);

  it('reads the first coding of the expected system, else the first with a code', () => {
    const snomed = { system: SYSTEM.snomed, code: '73211009', display: 'Diabetes' };
    const foreign = { system: other, code: 'x' };
    expect(codec.read({ coding: [foreign, snomed, { ...snomed, code: '1' }] }, reader())).toStrictEqual(snomed);
    expect(codec.read({ coding: [{ display: 'Words' }, foreign] }, reader())).toStrictEqual({
      ...foreign,
      display: 'Words',
    });
    expect(codec.read({ text: 'Diabetes' }, reader())).toBeUndefined();
  });

  it('notes which coding it took', () => {
    const scope = reader();
    const coding = [{ code: 'x' }, { system: SYSTEM.snomed, code: '73211009' }];
    codec.read({ coding }, scope);
    expect(scope.origins?.get(coding)).toStrictEqual([1]);
  });

  it('leaves out parts that the grammars do not allow', () => {
    const coding = [{ system: other, code: 'x', display: '', version: '1', userSelected: true }];
    expect(codec.read({ coding }, reader())).toStrictEqual({ system: other, code: 'x' });
  });

  it('reads no code whose system cannot be read', () => {
    const { value, ids } = read(codec, { coding: [{ system: 'not a uri', code: 'x' }] });
    expect(value).toBeUndefined();
    expect(ids).toStrictEqual(['code-of-other-system']);
  });

  it.each([
    ['COVID-19 excluded', 'code-denied-by-text'],
    ['no COVID-19', 'code-denied-by-text'],
    ['COVID-19 (-)', 'code-denied-by-text'],
    ['COVID-19?', 'code-denied-by-text'],
    ['Ausschluss COVID-19', 'code-denied-by-text'],
  ])('does not read a code that its text denies: %s', (text, id) => {
    for (const display of ['COVID-19', undefined]) {
      const { value, ids } = read(codec, { coding: [{ ...covid, display }], text });
      expect(value).toBeUndefined();
      expect(ids).toStrictEqual([id]);
    }
  });

  it('does not read a code that the display of another coding denies', () => {
    const local = { system: other, code: 'x', display: 'No COVID-19', userSelected: true };
    for (const coding of [
      [covid, local],
      [local, covid],
      [covid, { ...local, userSelected: undefined }],
      [{ ...covid, display: undefined }, local],
    ]) {
      expect(read(codec, { coding })).toStrictEqual({ value: undefined, ids: ['code-denied-by-text'] });
    }
    const unknown = { system: SYSTEM.nullFlavor, code: 'NI', display: 'No information' };
    expect(read(codec, { coding: [covid, unknown] })).toStrictEqual({ value: covid, ids: [] });
    expect(read(codec, { coding: [covid, { ...local, display: 'Corona' }] })).toStrictEqual({ value: covid, ids: [] });
  });

  it('gives a code without a display that of another coding, the one that a user chose first', () => {
    const { display: _, ...bare } = covid;
    const named = { system: other, code: 'a', display: 'SARS-CoV-2' };
    const chosen = { system: other, code: 'b', display: 'Corona', userSelected: true };
    expect(read(codec, { coding: [bare, named, chosen] })).toStrictEqual({
      value: { ...bare, display: 'Corona' },
      ids: ['code-display-unchecked'],
    });
    const absent = { system: SYSTEM.nullFlavor, code: 'UNK', display: 'Unknown' };
    expect(read(codec, { coding: [bare, absent] })).toStrictEqual({ value: bare, ids: [] });
    const report = {
      coding: [
        { system: SYSTEM.loinc, code: '58410-2' },
        { system: other, code: 'b', display: 'Blutbild' },
      ],
    };
    expect(read(stringOrCoding(['loinc']), report)).toStrictEqual({
      value: { system: SYSTEM.loinc, code: '58410-2', display: 'Blutbild' },
      ids: ['code-display-from-text'],
    });
  });

  it('reads a code whose own display denies something', () => {
    const absent = { system: SYSTEM.snomed, code: '281900007', display: 'No abnormality detected' };
    expect(read(codec, { coding: [absent], text: 'no abnormality' })).toStrictEqual({ value: absent, ids: [] });
  });

  it('says where the text says more than the code', () => {
    expect(read(codec, { coding: [covid], text: 'COVID-19, mild' })).toStrictEqual({
      value: covid,
      ids: ['code-text-differs'],
    });
  });

  it.each(['COVID-19', 'covid 19', 'Covid-19.', ' COVID', '840539006'])(
    'says nothing where it does not: %s',
    (text) => {
      expect(read(codec, { coding: [covid], text })).toStrictEqual({ value: covid, ids: [] });
    },
  );

  it('gives a code without a display the text, and says that nobody compared them', () => {
    const { display: _, ...bare } = covid;
    expect(read(codec, { coding: [bare], text: 'Corona infection' })).toStrictEqual({
      value: { ...bare, display: 'Corona infection' },
      ids: ['code-display-unchecked'],
    });
  });

  it('says that words without a code are lost', () => {
    expect(read(codec, { text: 'Pneumonia' })).toStrictEqual({ value: undefined, ids: ['code-missing'] });
    expect(read(codec, { coding: [{ display: 'Pneumonia' }] })).toStrictEqual({
      value: undefined,
      ids: ['code-missing'],
    });
    expect(read(codec, {})).toStrictEqual({ value: undefined, ids: [] });
  });

  it('reads a code that says that there is no value only where there is no other', () => {
    const unknown = { system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'UNK' };
    const foreign = { system: other, code: 'x' };
    expect(codec.read({ coding: [unknown, foreign] }, reader())).toStrictEqual(foreign);
    expect(codec.read({ coding: [unknown] }, reader())).toStrictEqual(unknown);
  });

  it('is written without a text', () => {
    expect(codec.write({ code: 'x', display: 'X' }, payloadScope({}))).toStrictEqual({
      coding: [{ code: 'x', display: 'X' }],
    });
  });

  it('refuses a code of a payload that is none', () => {
    const scope = payloadScope({});
    expect(codec.admit({ code: ' x' }, scope)).toBeUndefined();
    expect(scope.issues?.map((issue) => [issue.id, ...issue.expression])).toStrictEqual([
      ['code-grammar', 'code'],
      ['payload-empty-omitted', '$this'],
    ]);
  });

  it('takes a payload without a code, as the OpenAPI file does, and gives it back', () => {
    const written = codec.write({ display: 'X' }, payloadScope({}));
    expect(codec.read(written, payloadScope({}))).toStrictEqual({ display: 'X' });
    expect(codec.read({ coding: [{ display: 'X' }] }, payloadScope({}))).toBeUndefined();
  });
});

describe('a string or a code object', () => {
  const codec = stringOrCoding(['loinc']);
  const write = (value: Parameters<typeof codec.write>[0]) => codec.write(value, payloadScope({}));
  const loinc = { system: SYSTEM.loinc, code: '24323-8' };

  it('are two payloads, which both come back as what they were', () => {
    for (const value of [
      '24323-8',
      loinc,
      { ...loinc, display: 'CMP' },
      { code: '24323-8' },
      '24323-9',
      'CMP',
      { code: 'CMP' },
      { code: '24323-8', display: 'CMP' },
    ]) {
      expect(codec.read(write(value), reader())).toStrictEqual(value);
    }
  });

  it('writes a system for a right check digit only', () => {
    expect(write('24323-8')).toStrictEqual({ coding: [loinc], text: '24323-8' });
    expect(write('24323-9')).toStrictEqual({ text: '24323-9' });
  });

  it('gives a code object without a display the text, and says so', () => {
    expect(read(codec, { coding: [loinc], text: 'CMP' })).toStrictEqual({
      value: { ...loinc, display: 'CMP' },
      ids: ['code-display-from-text'],
    });
  });

  it('reads a code object where the text says more, and says so', () => {
    const shown = { ...loinc, display: 'Comprehensive metabolic panel' };
    expect(read(codec, { coding: [shown], text: 'CMP' })).toStrictEqual({ value: shown, ids: ['code-text-differs'] });
    expect(read(codec, { coding: [shown], text: 'Metabolic panel' })).toStrictEqual({ value: shown, ids: [] });
  });

  it('writes the system that a code object without one tells, and beside it the code as it was given', () => {
    expect(write({ code: '24323-8', display: 'CMP' })).toStrictEqual({
      coding: [loinc, { code: '24323-8', display: 'CMP' }],
    });
    expect(write({ code: '24323-9' })).toStrictEqual({ coding: [{ code: '24323-9' }] });
    expect(write({ system: other, code: '24323-8' })).toStrictEqual({ coding: [{ system: other, code: '24323-8' }] });
  });

  it('reads the coding with a system where another one is not what it would have written', () => {
    const given = { code: '24323-8' };
    expect(codec.read({ coding: [loinc, given] }, reader())).toStrictEqual(given);
    expect(codec.read({ coding: [{ ...loinc, display: 'CMP' }, given] }, reader())).toStrictEqual({
      ...loinc,
      display: 'CMP',
    });
    expect(codec.read({ coding: [loinc, given, given] }, reader())).toStrictEqual(loinc);
    expect(codec.read({ coding: [given, loinc] }, reader())).toStrictEqual(loinc);
  });

  it('reads the text where the only code says that there is no value', () => {
    const unknown = { system: SYSTEM.nullFlavor, code: 'UNK' };
    expect(codec.read({ coding: [unknown], text: 'CMP' }, reader())).toBe('CMP');
    expect(codec.read({ coding: [unknown] }, reader())).toStrictEqual(unknown);
  });

  it('does not read a code of another system as a bare one', () => {
    const foreign = { system: other, code: '24323-8' };
    expect(codec.read({ coding: [foreign], text: '24323-8' }, reader())).toStrictEqual(foreign);
  });

  it('prefers LOINC, and reads the text where no coding has a code', () => {
    expect(codec.read({ coding: [{ system: other, code: 'x' }, loinc] }, reader())).toStrictEqual(loinc);
    expect(codec.read({ coding: [{ display: 'CMP' }] }, reader())).toBe('CMP');
    expect(codec.read({ text: 'CMP' }, reader())).toBe('CMP');
    expect(codec.read({}, reader())).toBeUndefined();
  });
});

describe('a bare code for a coding', () => {
  const codec = bareCoding(actEncounterCode, { equivalents: encounterClasses });

  it('writes system and display for the codes of its vocabulary only', () => {
    expect(codec.write('AMB', payloadScope({}))).toStrictEqual({
      system: SYSTEM.actCode,
      code: 'AMB',
      display: 'ambulatory',
    });
    expect(codec.write('HOME', payloadScope({}))).toStrictEqual({ code: 'HOME' });
  });

  it('reads a code of its system, or of none', () => {
    expect(codec.read({ system: SYSTEM.actCode, code: 'AMB' }, reader())).toBe('AMB');
    expect(codec.read({ code: 'AMB' }, reader())).toBe('AMB');
    expect(codec.read({ system: SYSTEM.actCode, code: 'NEW' }, reader())).toBe('NEW');
  });

  it.each([
    ['http://hl7.org/fhir/v3/ActCode', 'IMP', 'IMP'],
    ['https://terminology.hl7.org/CodeSystem/v3-ActCode', 'IMP', 'IMP'],
    ['urn:oid:2.16.840.1.113883.5.4', 'EMER', 'EMER'],
    ['2.16.840.1.113883.5.4', 'AMB', 'AMB'],
  ])('knows its system as %s', (system, code, expected) => {
    expect(read(codec, { system, code })).toStrictEqual({ value: expected, ids: [] });
  });

  it.each([
    ['http://terminology.hl7.org/CodeSystem/v2-0004', 'I', 'IMP'],
    ['http://hl7.org/fhir/v2/0004', 'O', 'AMB'],
    ['http://hl7.org/fhir/encounter-class', 'home', 'HH'],
  ])("reads the equivalent that HL7's maps give for a code of %s, and says so", (system, code, expected) => {
    expect(read(codec, { system, code, display: 'x' })).toStrictEqual({
      value: expected,
      ids: ['code-mapped'],
    });
  });

  it('reads the display of any other code of them, and has no equivalent for words of JavaScript', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v2-0004';
    expect(codec.read({ system, code: 'B', display: 'Obstetrics' }, reader())).toBe('Obstetrics');
    expect(codec.read({ system, code: 'B' }, reader())).toBeUndefined();
    expect(codec.read({ system, code: 'constructor' }, reader())).toBeUndefined();
  });

  it('reads no value from a code that says that there is none, and gives the reason', () => {
    const scope = reader();
    expect(codec.read({ system: SYSTEM.dataAbsentReason, code: 'unknown', display: 'Unknown' }, scope)).toBeUndefined();
    expect(scope.reasons?.map(({ finding }) => finding.id)).toStrictEqual(['code-without-value']);
  });

  it('says where a display says more than the code that is read', () => {
    expect(read(codec, { system: SYSTEM.actCode, code: 'AMB', display: 'Ambulatory surgery' }).ids).toStrictEqual([
      'code-text-differs',
    ]);
    expect(read(codec, { system: SYSTEM.actCode, code: 'IMP', display: 'Inpatient' }).ids).toStrictEqual([]);
  });

  it('reads the display of another system with a warning, never its code, and nothing as one of its own', () => {
    expect(codec.read({ system: other, code: 'HOME' }, reader())).toBeUndefined();
    expect(codec.read({ system: other, code: '5', display: '5' }, reader())).toBeUndefined();
    expect(read(codec, { system: other, code: '5', display: ' Office\n visit ' })).toStrictEqual({
      value: 'Office visit',
      ids: ['code-of-other-system'],
    });
    expect(codec.read({ system: other, code: 'AMB' }, reader())).toBeUndefined();
    expect(codec.read({ system: other, code: 'AMB', display: 'Ambulance' }, reader())).toBe('Ambulance');
    expect(codec.read({ system: other, code: 'AMB', display: 'IMP' }, reader())).toBeUndefined();
  });

  it('reads nothing without a code or a display', () => {
    for (const value of [{}, { code: ' x' }, { system: SYSTEM.actCode }, 'AMB', null]) {
      expect(codec.read(value, reader())).toBeUndefined();
    }
  });
});
