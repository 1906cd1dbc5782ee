import { describe, expect, it } from '@jest/globals';
import { codedText, isTextAbsent, textWithCode } from '../../../src/fhir/datatypes/codedText.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';
import { SYSTEM } from '../../../src/fhir/terminology/codeSystems.js';

const other = 'http://example.org/codes';
const codec = codedText(['icd-10', 'snomed']);
const reader = () => readScope('ClinicalImpression', {});
const icd = { system: SYSTEM.icd10cm, code: 'I10' };

describe('a text with a bare code', () => {
  it('is written with the system that the code tells', () => {
    expect(codec.write({ code: 'I10', text: 'HTN' }, payloadScope({}))).toStrictEqual({ coding: [icd], text: 'HTN' });
    expect(codec.write({ code: 'I10' }, payloadScope({ edition: 'icd-10' }))?.coding).toStrictEqual([
      { system: SYSTEM.icd10, code: 'I10' },
    ]);
    expect(codec.write({ code: 'htn', text: 'HTN' }, payloadScope({}))?.coding).toStrictEqual([{ code: 'htn' }]);
  });

  it('comes back as what it was, with either part missing', () => {
    for (const value of [
      { code: 'I10', text: 'HTN' },
      { code: 'htn' },
      { text: 'HTN' },
      { code: '73211009' },
      { text: 'I10' },
    ]) {
      expect(codec.read(codec.write(value, payloadScope({})), reader())).toStrictEqual(value);
    }
  });

  it('marks a missing text, so that a display is not taken for it', () => {
    const written = codec.write({ code: 'I10' }, payloadScope({}));
    expect(isTextAbsent(written)).toBe(true);
    expect(isTextAbsent({ ...written, text: 'HTN' })).toBe(false);
    expect(isTextAbsent({ coding: [icd] })).toBe(false);
  });

  it('reads a coding of an expected system first, of the edition that it would be written back as', () => {
    expect(codec.read({ coding: [{ code: 'x' }, icd], text: 'HTN' }, reader())).toStrictEqual({
      code: 'I10',
      text: 'HTN',
    });
    const who = { coding: [{ system: SYSTEM.icd10, code: 'E11.9', display: 'Diabetes' }] };
    expect(codec.read(who, reader())).toStrictEqual({ text: 'Diabetes' });
    expect(codec.read(who, readScope('ClinicalImpression', { edition: 'icd-10' }))).toStrictEqual({
      code: 'E11.9',
      text: 'Diabetes',
    });
  });

  it.each([
    ['ICD-9-CM', 'http://hl7.org/fhir/sid/icd-9-cm', '850.0'],
    ['ICD-10-GM', 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'E11.41'],
    ['HPO', 'http://human-phenotype-ontology.org', 'HP:0001250'],
    ['LOINC', SYSTEM.loinc, '718-7'],
    ['a local system', other, 'htn'],
  ])('reads no code of %s, but its words, and says so', (_, system, code) => {
    const scope = reader();
    expect(codec.read({ coding: [{ system, code }], text: 'a' }, scope)).toStrictEqual({ text: 'a' });
    expect(codec.read({ coding: [{ system, code, display: 'd' }] }, reader())).toStrictEqual({ text: 'd' });
    expect(scope.issues?.map(({ id, severity }) => [id, severity])).toStrictEqual([
      ['code-of-other-system', 'warning'],
    ]);
  });

  it('reads nothing of a code of another system without words, unless it tells its system', () => {
    expect(codec.read({ coding: [{ system: other, code: 'I10' }] }, reader())).toBeUndefined();
    expect(codec.read({ coding: [{ system: SYSTEM.loinc, code: '718-7' }] }, reader())).toStrictEqual({
      text: '718-7',
    });
  });

  it('reads a code that its own system no longer tells, and gives it no other', () => {
    const category = { coding: [{ system: SYSTEM.icd10cm, code: 'C56' }], text: 'a' };
    expect(codec.read(category, reader())).toStrictEqual({ code: 'C56', text: 'a' });
    expect(codec.write({ code: 'C56', text: 'a' }, payloadScope({}))).toStrictEqual({
      coding: [{ code: 'C56' }],
      text: 'a',
    });
  });

  it.each([
    'http://terminology.hl7.org/CodeSystem/data-absent-reason',
    'http://hl7.org/fhir/data-absent-reason',
    'http://terminology.hl7.org/CodeSystem/v3-NullFlavor',
    'http://hl7.org/fhir/v3/NullFlavor',
    'urn:oid:2.16.840.1.113883.5.1008',
    '2.16.840.1.113883.5.1008',
  ])('takes a code of %s for no value', (system) => {
    const nothing = { coding: [{ system, code: 'unknown', display: 'unknown' }] };
    const scope = reader();
    expect(codec.read(nothing, scope)).toBeUndefined();
    expect(codec.read({ ...nothing, text: 'Unknown' }, scope)).toStrictEqual({ text: 'Unknown' });
    expect(scope.issues).toStrictEqual([]);
  });

  it('reads a code without a system', () => {
    expect(codec.read({ coding: [{ code: 'I10' }], text: 'a' }, reader())).toStrictEqual({ code: 'I10', text: 'a' });
  });

  it('reads the display for a text', () => {
    expect(codec.read({ coding: [{ ...icd, display: 'HTN' }] }, reader())).toStrictEqual({ code: 'I10', text: 'HTN' });
  });

  it('reads nothing from nothing', () => {
    for (const value of [{}, { coding: [] }, null, 'HTN']) expect(codec.read(value, reader())).toBeUndefined();
  });

  it('refuses words that FHIR cannot hold', () => {
    const scope = reader();
    expect(codec.read({ coding: [icd], text: 'a\u0001' }, scope)).toBeUndefined();
    expect(scope.failed).toBe(true);
  });

  it('names the part of a payload that is refused', () => {
    const scope = payloadScope({});
    codec.admit({ code: ' I10', text: '\u0001' }, scope);
    expect(scope.issues?.map((issue) => [issue.id, ...issue.expression])).toStrictEqual([
      ['code-grammar', 'code'],
      ['text-invalid-character', 'text'],
    ]);
  });
});

describe('a text with a code beside it that must have a text', () => {
  const strict = textWithCode(['icd-10', 'snomed']);

  it('leaves out a concept without one', () => {
    expect(strict.read(codec.write({ code: 'I10' }, payloadScope({})), reader())).toBeUndefined();
    expect(strict.read({ text: 'HTN' }, reader())).toStrictEqual({ text: 'HTN' });
  });

  it('refuses a payload without one', () => {
    const scope = payloadScope({});
    expect(strict.admit({ code: 'I10', text: '' }, scope)).toBeUndefined();
    expect(scope.issues?.map((issue) => [issue.id, ...issue.expression])).toStrictEqual([
      ['payload-empty-omitted', 'text'],
      ['payload-required', 'text'],
    ]);
    expect(strict.schema.required).toStrictEqual(['text']);
  });
});
