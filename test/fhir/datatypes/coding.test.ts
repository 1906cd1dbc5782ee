import { describe, expect, it } from '@jest/globals';
import { bareCoding, conceptCoding, stringOrCoding } from '../../../src/fhir/datatypes/coding.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';
import { actEncounterCode, SYSTEM } from '../../../src/fhir/terminology/codeSystems.js';

const other = 'http://example.org/codes';
const reader = () => readScope('DiagnosticReport', {});

describe('a code object for a concept', () => {
  const codec = conceptCoding(SYSTEM.snomed);

  it('reads the first coding of the expected system, else the first with a code', () => {
    const snomed = { system: SYSTEM.snomed, code: '73211009', display: 'Diabetes' };
    const foreign = { system: other, code: 'x' };
    expect(codec.read({ coding: [foreign, snomed, { ...snomed, code: '1' }] }, reader())).toStrictEqual(snomed);
    expect(codec.read({ coding: [{ display: 'none' }, foreign] }, reader())).toStrictEqual(foreign);
    expect(codec.read({ text: 'Diabetes' }, reader())).toBeUndefined();
  });

  it('notes which coding it took', () => {
    const scope = reader();
    const coding = [{ code: 'x' }, { system: SYSTEM.snomed, code: '73211009' }];
    codec.read({ coding }, scope);
    expect(scope.origins.get(coding)).toStrictEqual([1]);
  });

  it('leaves out parts that the grammars do not allow', () => {
    const coding = [{ system: 'not a uri', code: 'x', display: '', version: '1', userSelected: true }];
    expect(codec.read({ coding }, reader())).toStrictEqual({ code: 'x' });
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
    ]) {
      expect(codec.read(write(value), reader())).toStrictEqual(value);
    }
  });

  it('writes a system for a right check digit only', () => {
    expect(write('24323-8')).toStrictEqual({ coding: [loinc], text: '24323-8' });
    expect(write('24323-9')).toStrictEqual({ text: '24323-9' });
  });

  it('reads a code object where the text says more', () => {
    expect(codec.read({ coding: [loinc], text: 'CMP' }, reader())).toStrictEqual(loinc);
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
  const codec = bareCoding(actEncounterCode);

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

  it('reads a code of another system, but never as one of its own', () => {
    expect(codec.read({ system: other, code: 'HOME' }, reader())).toBe('HOME');
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
