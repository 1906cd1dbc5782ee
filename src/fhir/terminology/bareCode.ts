import type { ConvertOptions } from '../scope.js';
import { SYSTEM } from './codeSystems.js';
import { DIVIDED, WHOLE } from './icd10cmCategories.js';

/** The systems that a bare code may be recognised as. */
export type CandidateSystem = 'loinc' | 'icd-10' | 'snomed';

/**
 * The system of a code that stands alone, or undefined where its structure and check digit do not tell. Never a guess by
 * looks: SNOMED CT needs the Verhoeff digit and the concept partition, LOINC its modulo 10 digit, ICD-10 a category that is one.
 */
export function recognise(
  code: string,
  candidates: readonly CandidateSystem[],
  options: ConvertOptions,
): string | undefined {
  for (const candidate of candidates) {
    if (candidate === 'loinc' && isLoinc(code)) return SYSTEM.loinc;
    if (candidate === 'snomed' && isSnomedConcept(code)) return SYSTEM.snomed;
    if (candidate === 'icd-10') {
      if (options.edition === 'icd-10') {
        if (isIcd10(code)) return SYSTEM.icd10;
      } else if (isIcd10Cm(code)) return SYSTEM.icd10cm;
    }
  }
  return undefined;
}

/** What people call the candidates, for the mapping tables. */
export function namesOf(candidates: readonly CandidateSystem[]): string {
  const names = { loinc: 'LOINC', 'icd-10': 'ICD-10', snomed: 'SNOMED CT' };
  return candidates.map((candidate) => names[candidate]).join(' or ');
}

/** True for a system that a bare code is written under; of the editions of ICD-10 there is one. */
export function isCandidate(
  system: string,
  candidates: readonly CandidateSystem[],
  { edition }: ConvertOptions,
): boolean {
  if (system === SYSTEM.loinc) return candidates.includes('loinc');
  if (system === SYSTEM.snomed) return candidates.includes('snomed');
  return system === (edition === 'icd-10' ? SYSTEM.icd10 : SYSTEM.icd10cm) && candidates.includes('icd-10');
}

/** A category and, after a dot, one to four more characters. */
const ICD_10_CM = /^[A-Z]\d[\dAB](\.[\dA-Z]{1,4})?$/;

/** A subdivision of a category of WHO's ICD-10. */
const ICD_10 = /^[A-Z]\d\d\.\d{1,2}$/;

/** True for a category of ICD-10-CM that is a code by itself, or one that is divided with a subdivision of the right structure. */
export function isIcd10Cm(code: string): boolean {
  return ICD_10_CM.test(code) && isCategory(code, code.length === 3 ? WHOLE : DIVIDED);
}

/** The same for WHO's edition, whose own list of categories is not free: those that ICD-10-CM does not divide. */
export function isIcd10(code: string): boolean {
  return ICD_10.test(code) || (code.length === 3 && isIcd10Cm(code) && /\d$/.test(code));
}

function isCategory(code: string, table: Readonly<Record<string, string>>): boolean {
  const categories = table[code.charAt(0)] ?? '';
  for (let at = 0; at < categories.length; at += 2) if (categories.startsWith(code.slice(1, 3), at)) return true;
  return false;
}

const LOINC = /^[1-9]\d{0,6}-\d$/;

/** True for a LOINC number with a right check digit (modulo 10, https://loinc.org/kb/users-guide/loinc-database-structure). */
export function isLoinc(code: string): boolean {
  if (!LOINC.test(code)) return false;
  const digits = code.slice(0, -2);
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighted = index % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return (10 - (sum % 10)) % 10 === Number(code.at(-1));
}

const SNOMED = /^[1-9]\d{5,17}$/;

/**
 * True for a SNOMED CT concept identifier: 6 to 18 digits, the concept partition (00 or 10) and a right Verhoeff digit
 * (https://confluence.ihtsdotools.org/display/DOCRELFMT/6+SNOMED+CT+Identifiers).
 */
export function isSnomedConcept(code: string): boolean {
  if (!SNOMED.test(code)) return false;
  const partition = code.slice(-3, -1);
  if (partition !== '00' && (partition !== '10' || code.length < 11)) return false;
  let check = 0;
  for (let index = 0; index < code.length; index += 1) {
    const digit = Number(code[code.length - 1 - index]);
    check = dihedral(check, permute(digit, index % 8));
  }
  return check === 0;
}

/** Multiplication in the dihedral group D5, on which Verhoeff's check digit rests. */
function dihedral(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b - 5) % 5) + 5;
  return b < 5 ? ((((a - b) % 5) + 5) % 5) + 5 : (a - b + 5) % 5;
}

const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

function permute(digit: number, times: number): number {
  let result = digit;
  for (let round = 0; round < times; round += 1) result = PERMUTATION[result] ?? 0;
  return result;
}
