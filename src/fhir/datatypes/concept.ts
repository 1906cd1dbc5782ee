import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject, objectsIn } from '../../lens/json.js';
import { explain, noteUnread, report, took } from '../../lens/scope.js';
import type { ConvertOptions, FhirScope } from '../scope.js';
import { isCandidate, recognise } from '../terminology/bareCode.js';
import type { Vocabulary } from '../terminology/codeSystems.js';
import { isFieldsOwn, isOfAbsence, isSystem, isWordOfFhir, systemNamed } from '../terminology/systemNames.js';
import { isCode } from './code.js';
import { codeOfOtherSystem, noValue, onlyCodeOfOtherSystem, saysMore, textSaysMore } from './codeFindings.js';
import { denies } from './denials.js';
import { admitText, checkHoldable, isBlank, isHoldable, isWithin, nonEmpty, withinLimit } from './text.js';

/** The codings of a CodeableConcept that are objects. */
export function codingsOf(concept: JsonObject): readonly JsonObject[] {
  return objectsIn(concept.coding);
}

/** The displays of a concept's codings, the one that a user chose first; what says that there is no value has none. */
export function displaysIn(concept: JsonObject): string[] {
  const displays = chosenFirst(codingsOf(concept).filter((coding) => !saysNothing(coding))).map(
    ({ display }) => display,
  );
  return displays.map(nonEmpty).filter((words) => words !== undefined);
}

/** True for a code that the words beside it deny or doubt: the text, or the display of another coding. */
export function isDeniedBeside(coding: JsonObject, concept: JsonObject): boolean {
  const display = nonEmpty(coding.display);
  const all = [nonEmpty(concept.text), ...(codingsOf(concept).length > 1 ? displaysIn(concept) : [])];
  return all.some((one) => one !== undefined && one !== coding.code && one !== display && denies(one, display));
}

/** Notes which coding of a concept a payload was read from; the loss report compares that one with the written one. */
export function tookCoding(concept: JsonObject, coding: JsonObject, scope: FhirScope): void {
  if (!Array.isArray(concept.coding) || concept.coding[0] === coding) return;
  took(scope, concept.coding, [concept.coding.indexOf(coding)]);
}

/** What a concept may add. */
export interface ConceptOptions {
  /** True where a payload has slugs, so that a code without a system is one, if its display only spells it out. */
  readonly slugs?: boolean;
  /** True where a code of any system is better than none: for what is required, and for the words of a workflow. */
  readonly anyCode?: boolean;
}

/**
 * A string of a payload for a CodeableConcept (https://hl7.org/fhir/R4/datatypes.html#CodeableConcept). Read as its text,
 * else a display, else a code that tells its system by itself. A word of the vocabulary is written as its code, and read where there
 * is no text or the text says no more than the code.
 */
export function concept(
  max?: number,
  vocabulary?: Vocabulary,
  { slugs = false, anyCode = false }: ConceptOptions = {},
): Codec<string, CodeableConcept, FhirScope> {
  const wordOf = vocabulary === undefined ? undefined : words(vocabulary);
  const systems = vocabulary === undefined ? [] : [vocabulary.system];
  const spelled = slugs ? '; a code without a system where its display only spells it out' : '';
  const last = anyCode ? ', else any code' : '';
  return {
    fidelity: 'lossy',
    rule:
      (vocabulary === undefined
        ? `its text, else the display that a user chose or the first, else a code that tells its system${last}; written as text`
        : `a code of ${vocabulary.system}, or one of its words without a system, where there is no text beside it; else text, display, a code that tells its system${last}`) +
      spelled +
      (max === undefined ? '' : '; over the limit the next of these that fits'),
    schema: { type: 'string', ...(max === undefined ? {} : { maxLength: max }) },
    read(value, scope) {
      if (!isObject(value)) return undefined;
      if (wordOf !== undefined) {
        const word = wordOf(value, scope);
        if (word !== undefined) return word;
      } else if (typeof value.text === 'string' && !isBlank(value.text)) return fitting(value.text, true, value, scope);
      const found = phraseIn(value, scope) ?? codeAlone(value, scope);
      return found === undefined ? undefined : fitting(found.text, found.prose, value, scope);
    },
    write(value) {
      const coding = vocabulary === undefined ? undefined : codingOf(value, vocabulary);
      return coding === undefined ? { text: value } : { coding: [coding] };
    },
    admit: admitText,
  };

  function phraseIn(value: JsonObject, { options }: FhirScope): Phrase | undefined {
    return phrase(value, vocabulary, slugs, { systems, options });
  }

  /** The words, or where they are over the limit what else the concept says within it: a display, a code. */
  function fitting(text: string, prose: boolean, value: JsonObject, scope: FhirScope): string | undefined {
    if (!checkHoldable(text, scope)) return undefined;
    const other = max === undefined || isWithin(text, max) ? undefined : shorter(value, max, scope);
    if (other !== undefined) noteUnread(scope, 'over-limit', 'text');
    return other === undefined ? withinLimit(text, max, prose, scope) : other;
  }

  function shorter(value: JsonObject, max: number, scope: FhirScope): string | undefined {
    const codings = codingsOf(value).filter((coding) => !isDeniedBeside(coding, value));
    const fits = (text: string | undefined): text is string =>
      text !== undefined && isWithin(text, max) && isHoldable(text);
    const short = codings.flatMap(({ display, ...rest }) => (fits(nonEmpty(display)) ? [{ ...rest, display }] : []));
    const code = codings.map(({ display: _, ...rest }) => rest);
    const words = [short, code].map((some) => phraseIn({ coding: some }, scope)?.text).find(fits);
    if (words !== undefined) return words;
    // A code of any system is better than no record.
    const last = codings.flatMap((coding) => (isCode(coding.code) && !isOfAbsence(coding.system) ? [coding.code] : []));
    const any = last.find((one) => fits(one) && !(vocabulary !== undefined && Object.hasOwn(vocabulary.words, one)));
    if (any !== undefined) report(scope, codeOfOtherSystem);
    return any;
  }

  /** What is left of a concept without words: a code whose system would be lost, or none. */
  function codeAlone(value: JsonObject, scope: FhirScope): Phrase | undefined {
    const codes = codingsOf(value).filter(({ code }) => isCode(code));
    const foreign = codes.filter(({ system }) => !isOfAbsence(system));
    if (foreign.length > 0) {
      noteUnread(scope, 'other-system');
      report(scope, codeOfOtherSystem);
    }
    for (const { code } of anyCode ? foreign : [])
      if (isCode(code) && !(vocabulary !== undefined && Object.hasOwn(vocabulary.words, code)))
        return { text: code, prose: false };
    if (codes.length > 0 && foreign.length === 0) noteUnread(scope, 'no-value');
    if (codes.length > 0) explain(scope, foreign.length > 0 ? onlyCodeOfOtherSystem : noValue, () => true);
    return undefined;
  }
}

/** The coding of a word, where it is one. */
export function codingOf(word: string, vocabulary: Vocabulary): Coding | undefined {
  if (!Object.hasOwn(vocabulary.words, word)) return undefined;
  const entry = vocabulary.words[word];
  return entry === undefined ? undefined : { system: vocabulary.system, ...entry };
}

/** A word of a vocabulary and the display of its code. */
interface Known {
  readonly word: string;
  readonly display: string | undefined;
}

type Meaning = (coding: JsonObject, text: string | undefined) => Known | undefined;

/** Finds the word that a concept's coding stands for, if the concept's text says no more than that coding. */
function words({ system, words: known }: Vocabulary): (concept: JsonObject, scope: FhirScope) => string | undefined {
  const all = Object.entries(known).map(([word, { code, display }]) => ({ word, code, display }));
  const byCode = new Map<unknown, Known>(all.map((one) => [one.code, one]));
  const byWord = new Map<unknown, Known>(all.map((one) => [one.word, one]));
  const certain: Meaning = (coding) =>
    isSystem(coding.system, system) ? (byCode.get(coding.code) ?? byWord.get(coding.code)) : undefined;
  /** Without a system a code that is one of the words is that word, unless its display says something else. */
  const likely: Meaning = (coding, text) => {
    const known = isFieldsOwn(coding.system) ? byWord.get(coding.code) : undefined;
    const said = text ?? nonEmpty(coding.display);
    if (known === undefined || said === undefined) return known;
    return isSpelling(said, known.word) || isSpelling(said, known.display) ? known : undefined;
  };
  return (concept, scope) => {
    const text = nonEmpty(concept.text);
    const codings = codingsOf(concept);
    for (const meaning of [certain, likely]) {
      for (const coding of codings) {
        const found = meaning(coding, text);
        if (found === undefined) continue;
        if (text === undefined || text === coding.display || text === found.display || text === found.word) {
          tookCoding(concept, coding, scope);
          warnOfDisplay(coding.display, found.display, scope);
          return found.word;
        }
      }
    }
    return undefined;
  };
}

/** The code is read without its display, which may say more than the code. */
export function warnOfDisplay(given: unknown, known: string | undefined, scope: FhirScope): void {
  const display = nonEmpty(given);
  if (display !== undefined && known !== undefined && saysMore(display, known)) report(scope, textSaysMore);
}

/** True for words that only write a code or a display in another way: `Chief Complaint` for `chief-complaint`. */
export function isSpelling(text: string, of: string | undefined): boolean {
  if (of === undefined) return false;
  if (text === of) return true;
  // Most words are told from others by their first letter.
  const [first, second] = [text.charCodeAt(0) | CASE, of.charCodeAt(0) | CASE];
  if (first !== second && isLetter(first) && isLetter(second)) return false;
  return plain(text) === plain(of);
}

/** The bit in which a small letter of ASCII differs from its capital. */
const CASE = 0x20;
const isLetter = (lower: number): boolean => lower >= 0x61 && lower <= 0x7a;

const plain = (text: string): string => text.toLowerCase().replace(/[-_\s]+/g, ' ');

interface Phrase {
  readonly text: string;
  readonly prose: boolean;
}

/** What a field expects where there are no words. */
export interface Expected {
  /** The systems whose codes it may give bare. */
  readonly systems?: readonly string[];
  /** They name the edition of ICD-10; without them a code that either edition would take for its own is none. */
  readonly options?: ConvertOptions;
}

/**
 * The words of a concept, else a code that tells its system. A concept that has codings is never read as a word of the vocabulary that
 * none of them stands for: that would be a code that nobody gave. A coding that says that there is no value is none.
 */
function phrase(
  concept: JsonObject,
  vocabulary: Vocabulary | undefined,
  slugs: boolean,
  expected: Expected,
): Phrase | undefined {
  const all = codingsOf(concept);
  const misleads = (text: string): boolean =>
    vocabulary !== undefined && all.length > 0 && Object.hasOwn(vocabulary.words, text);
  const text = nonEmpty(concept.text);
  if (text !== undefined && !misleads(text)) return { text, prose: true };
  const codings = chosenFirst(all.some(saysNothing) ? all.filter((coding) => !saysNothing(coding)) : all);
  for (const { system, code, display: given } of codings) {
    const display = nonEmpty(given);
    if (display === undefined || misleads(display)) continue;
    const isSlug = slugs && isFieldsOwn(system) && isCode(code) && isSpelling(display, code);
    const denial = codings.length > 1 ? displaysIn({ coding: codings }).find((one) => denies(one, display)) : undefined;
    if (denial !== undefined && !misleads(denial)) return { text: denial, prose: true };
    return isSlug && !misleads(code) ? { text: code, prose: false } : { text: display, prose: true };
  }
  let own: string | undefined;
  for (const { system, code } of codings) {
    if (!isCode(code) || misleads(code)) continue;
    if (isFieldsOwn(system)) own ??= code;
    else if (isExpected(code, system, expected)) return { text: code, prose: false };
  }
  return own === undefined ? undefined : { text: own, prose: false };
}

const saysNothing = ({ system }: JsonObject): boolean => isOfAbsence(system);

/** A coding that a user chose comes before those that a system added (https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.userSelected). */
function chosenFirst(codings: readonly JsonObject[]): readonly JsonObject[] {
  const index = codings.findIndex(({ userSelected }) => userSelected === true);
  const chosen = index < 1 ? undefined : codings[index];
  return chosen === undefined ? codings : [chosen, ...codings.filter((coding) => coding !== chosen)];
}

const ANY_SYSTEM = ['loinc', 'snomed', 'icd-10'] as const;
const EITHER_EDITION: readonly ConvertOptions[] = [{ edition: 'icd-10-cm' }, { edition: 'icd-10' }];

/**
 * True for a code of a system that the field expects, or of one that bare codes are told from, if it would be taken for one of its own, or
 * of none, where it stands alone.
 */
function isExpected(code: string, given: unknown, { systems = [], options }: Expected): boolean {
  if (typeof given !== 'string') return false;
  const system = systemNamed(given);
  if (systems.includes(system) || isWordOfFhir(code, system)) return true;
  const ways = options === undefined ? EITHER_EDITION : [options];
  return (
    ways.some((one) => isCandidate(system, ANY_SYSTEM, one)) &&
    ways.every((one) => (recognise(code, ANY_SYSTEM, one) ?? system) === system)
  );
}

/**
 * The words of a concept: its text, else a display, else a code that is expected or tells its system. Words that only repeat a code of
 * another system are none.
 */
export function phraseOf(concept: unknown, expected: Expected = {}): string | undefined {
  if (!isObject(concept)) return undefined;
  const found = phrase(concept, undefined, false, expected)?.text;
  const isForeign = ({ system, code }: JsonObject): boolean =>
    found !== undefined && code === found && !isFieldsOwn(system) && !isExpected(found, system, expected);
  return found === undefined || codingsOf(concept).some(isForeign) ? undefined : found;
}

/** Tells a concept with words of at most `max` code points. */
export const hasWordsWithin =
  (max: number) =>
  (concept: unknown): boolean => {
    if (!isObject(concept)) return false;
    const words = [concept.text, ...codingsOf(concept).map(({ display }) => display)].map(nonEmpty);
    return words.some((one) => one !== undefined && isWithin(one, max));
  };

/** True for a concept that has words, or a code of a system that it names. */
export function isTelling(concept: unknown): boolean {
  if (!isObject(concept)) return false;
  if (nonEmpty(concept.text) !== undefined) return true;
  return codingsOf(concept).some(({ display, system }) => nonEmpty(display) !== undefined || !isFieldsOwn(system));
}
