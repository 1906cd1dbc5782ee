import { describe, expect, it } from '@jest/globals';
import { isCandidate, isLoinc, isSnomedConcept, recognise } from '../../../src/fhir/terminology/bareCode.js';
import { SYSTEM } from '../../../src/fhir/terminology/codeSystems.js';
import { ensure } from '../../support/ensure.js';

const DIGITS = [...'0123456789'];

/** Every code that differs in one digit. */
function withOneDigitChanged(code: string): string[] {
  return [...code].flatMap((old, index) =>
    old === '-' ? [] : DIGITS.filter((digit) => digit !== old).map((digit) => replaced(code, index, digit)),
  );
}

/** Every code in which two neighbouring digits that differ have changed places; a dash between them stays. */
function withNeighboursSwapped(code: string): string[] {
  const places = [...code].map((_, index) => index).filter((index) => code[index] !== '-');
  return places.flatMap((place, ordinal) => {
    const next = places[ordinal + 1];
    const [one, other] = [code[place], next === undefined ? undefined : code[next]];
    if (next === undefined || one === undefined || other === undefined || one === other) return [];
    return [replaced(replaced(code, place, other), next, one)];
  });
}

const replaced = (code: string, index: number, digit: string): string =>
  code.slice(0, index) + digit + code.slice(index + 1);

const icd10 = (code: string): string | undefined => recognise(code, ['icd-10'], {});

describe('LOINC numbers', () => {
  const known = ['24323-8', '2345-7', '18842-5', '57133-1', '8480-6', '8-3', '1-8'];

  for (const code of known) {
    it(`takes ${code}, and none that is a slip away from it`, () => {
      expect(isLoinc(code)).toBe(true);
      const slips = [...withOneDigitChanged(code), ...withNeighboursSwapped(code)];
      expect(slips.length).toBeGreaterThanOrEqual(18);
      expect(slips.filter(isLoinc)).toStrictEqual([]);
    });
  }

  it('takes nothing that only looks like one', () => {
    const wrong = [
      '243238',
      '24323-88',
      '024323-8',
      '-8',
      '24323-',
      ' 24323-8',
      '24323-8\n',
      'LP14540-8',
      '24323–8',
      '',
    ];
    expect(wrong.filter(isLoinc)).toStrictEqual([]);
    expect(['eight digits', isLoinc('12345678-4')]).toStrictEqual(['eight digits', false]);
  });
});

describe('SNOMED CT concept identifiers', () => {
  const known = ['73211009', '38341003', '281900007', '22298006', '44054006', '138875005', '900000000000207008'];

  for (const code of known) {
    it(`takes ${code}, and none that is a slip away from it`, () => {
      expect(isSnomedConcept(code)).toBe(true);
      const slips = [...withOneDigitChanged(code), ...withNeighboursSwapped(code)];
      expect(slips.length).toBeGreaterThanOrEqual(9 * code.length);
      expect(slips.filter(isSnomedConcept)).toStrictEqual([]);
    });
  }

  it('takes no description or relationship, whose check digit is right all the same', () => {
    expect(isSnomedConcept('754786011')).toBe(false);
    expect(isSnomedConcept('100022')).toBe(false);
  });

  it('takes a concept of an extension, which needs a namespace', () => {
    expect(isSnomedConcept('999000011000001104')).toBe(true);
    expect(isSnomedConcept('11000146104')).toBe(true);
    const short = DIGITS.map((digit) => `12345610${digit}`);
    expect(['partition 10 in fewer than eleven digits', short.filter(isSnomedConcept)]).toStrictEqual([
      'partition 10 in fewer than eleven digits',
      [],
    ]);
  });

  it('takes six to eighteen digits that do not begin with zero', () => {
    const ending = (stem: string): string[] => DIGITS.map((digit) => `${stem}00${digit}`).filter(isSnomedConcept);
    expect(ending('123')).toHaveLength(1);
    expect(ending('12')).toHaveLength(0);
    expect(ending('123456789012345')).toHaveLength(1);
    expect(ending('1234567890123456')).toHaveLength(0);
    expect(ending('012345')).toHaveLength(0);
    expect(['73211009 ', '+73211009', '7.3211009e7', ''].filter(isSnomedConcept)).toStrictEqual([]);
  });

  it('takes about one number in a thousand by chance', () => {
    const taken = Array.from({ length: 10_000 }, (_, index) => String(100_000_000 + index * 7_919)).filter(
      isSnomedConcept,
    );
    ensure(taken.length < 30, String(taken.length));
  });
});

describe('ICD-10-CM codes', () => {
  it('are a category and up to four more characters', () => {
    for (const code of ['I10', 'E11.9', 'S72.001A', 'W00.0XXA', 'C7A.00', 'C7B.8', 'M1A.9XX0', 'Z3A.38', 'U07.1']) {
      expect([code, icd10(code)]).toStrictEqual([code, SYSTEM.icd10cm]);
    }
  });

  it('are written exactly so', () => {
    const wrong = [
      'i10',
      'I1',
      'I100',
      'E119',
      'E11.',
      'E11.12345',
      'S72.001AA',
      'C7C.00',
      'E11.9a',
      ' I10',
      'I10 ',
      'I10\n',
    ];
    expect(wrong.filter((code) => icd10(code) !== undefined)).toStrictEqual([]);
  });

  it.each(['I10', 'A09', 'C61', 'R55', 'J00', 'I5A', 'B20', 'N12', 'Z66'])(
    'are a category that is not divided: %s',
    (code) => {
      expect(icd10(code)).toBe(SYSTEM.icd10cm);
    },
  );

  it.each([
    ['no category', ['B12', 'T12', 'C05.', 'A10', 'V00', 'H07', 'U99']],
    ['divided further', ['C56', 'E11', 'F32', 'K35', 'M54', 'S72', 'C50', 'C7A', 'M1A']],
    ['divided by a seventh character', ['T07', 'W19', 'X58', 'T68']],
    ['a manifestation, never coded alone', ['L45', 'J17', 'H28', 'G63']],
    ['no category, or one that is not divided, before a dot', ['B12.5', 'T12.1', 'I10.1', 'L45.0', 'C57.', 'A10.1']],
  ])('are no words that look like one: %s', (_, words) => {
    expect(words.filter((word) => icd10(word) !== undefined)).toStrictEqual([]);
    const short = words.filter((word) => !word.includes('.'));
    expect(short.filter((word) => recognise(word, ['icd-10'], { edition: 'icd-10' }) !== undefined)).toStrictEqual([]);
  });

  it('are of the edition that the caller names', () => {
    expect(recognise('I10', ['icd-10'], { edition: 'icd-10' })).toBe(SYSTEM.icd10);
    expect(recognise('E11.9', ['icd-10'], { edition: 'icd-10' })).toBe(SYSTEM.icd10);
    expect(recognise('I10', ['icd-10'], { edition: 'icd-10-cm' })).toBe(SYSTEM.icd10cm);
    for (const code of ['S72.001A', 'C7A.00', 'E11.311']) {
      expect([code, recognise(code, ['icd-10'], { edition: 'icd-10' })]).toStrictEqual([code, undefined]);
    }
  });
});

describe('recognise', () => {
  it('looks for the systems only that the field allows', () => {
    expect(recognise('24323-8', ['icd-10', 'snomed'], {})).toBeUndefined();
    expect(recognise('73211009', ['loinc', 'icd-10'], {})).toBeUndefined();
    expect(recognise('I10', ['loinc', 'snomed'], {})).toBeUndefined();
    expect(recognise('24323-8', ['loinc'], {})).toBe(SYSTEM.loinc);
    expect(recognise('73211009', ['icd-10', 'snomed'], {})).toBe(SYSTEM.snomed);
  });

  it('gives no system for free text', () => {
    const text = ['Essential hypertension', 'HbA1c', 'A1c', '12345', '2026-01-05', '', 'I10 hypertension'];
    expect(text.filter((code) => recognise(code, ['loinc', 'icd-10', 'snomed'], {}) !== undefined)).toStrictEqual([]);
  });

  it('has one edition of ICD-10 at a time', () => {
    const candidates = ['icd-10', 'snomed'] as const;
    const all = [SYSTEM.icd10cm, SYSTEM.icd10, SYSTEM.snomed, SYSTEM.loinc];
    expect(all.filter((system) => isCandidate(system, candidates, {}))).toStrictEqual([SYSTEM.icd10cm, SYSTEM.snomed]);
    expect(all.filter((system) => isCandidate(system, candidates, { edition: 'icd-10' }))).toStrictEqual([
      SYSTEM.icd10,
      SYSTEM.snomed,
    ]);
    expect(all.filter((system) => isCandidate(system, ['loinc'], {}))).toStrictEqual([SYSTEM.loinc]);
  });
});
