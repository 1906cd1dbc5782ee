import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { took } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';
import type { Vocabulary } from '../terminology/codeSystems.js';
import { isFieldsOwn, isSystem } from '../terminology/systemNames.js';
import { isCode } from './code.js';
import { admitText, checkHoldable, nonEmpty, withinLimit } from './text.js';

/** The codings of a CodeableConcept that are objects. */
export function codingsOf(concept: JsonObject): JsonObject[] {
  return Array.isArray(concept.coding) ? concept.coding.filter(isObject) : [];
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
}

/**
 * A string of a payload for a CodeableConcept (https://hl7.org/fhir/R4/datatypes.html#CodeableConcept). Read as its text,
 * else the first display, else the first code. A word of the vocabulary is written as its code, and read where there is no
 * text or the text says no more than the code.
 */
export function concept(
  max?: number,
  vocabulary?: Vocabulary,
  { slugs = false }: ConceptOptions = {},
): Codec<string, CodeableConcept, FhirScope> {
  const wordOf = vocabulary === undefined ? undefined : words(vocabulary);
  const spelled = slugs ? '; a code without a system where its display only spells it out' : '';
  return {
    fidelity: 'lossy',
    rule:
      (vocabulary === undefined
        ? 'its text, else the first display, else the first code; written as text'
        : `a code of ${vocabulary.system}, or one of its words without a system, where there is no text beside it; else text, first display, first code`) +
      spelled,
    schema: { type: 'string', ...(max === undefined ? {} : { maxLength: max }) },
    read(value, scope) {
      if (!isObject(value)) return undefined;
      if (wordOf !== undefined) {
        const word = wordOf(value, scope);
        if (word !== undefined) return word;
      } else if (typeof value.text === 'string' && value.text !== '') {
        return checkHoldable(value.text, scope) ? withinLimit(value.text, max, true, scope) : undefined;
      }
      const found = phrase(value, vocabulary, slugs);
      if (found === undefined || !checkHoldable(found.text, scope)) return undefined;
      return withinLimit(found.text, max, found.prose, scope);
    },
    write(value) {
      const coding = vocabulary === undefined ? undefined : codingOf(value, vocabulary);
      return coding === undefined ? { text: value } : { coding: [coding] };
    },
    admit: admitText,
  };
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
          return found.word;
        }
      }
    }
    return undefined;
  };
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

/**
 * The words of a concept. A concept that has codings is never read as a word of the vocabulary that none of them stands
 * for: that would be a code that nobody gave.
 */
function phrase(
  concept: JsonObject,
  vocabulary?: Vocabulary,
  slugs = false,
): { text: string; prose: boolean } | undefined {
  const codings = codingsOf(concept);
  const misleads = (text: string): boolean =>
    vocabulary !== undefined && codings.length > 0 && Object.hasOwn(vocabulary.words, text);
  const text = nonEmpty(concept.text);
  if (text !== undefined && !misleads(text)) return { text, prose: true };
  for (const { system, code, display: given } of codings) {
    const display = nonEmpty(given);
    if (display === undefined || misleads(display)) continue;
    const isSlug = slugs && isFieldsOwn(system) && isCode(code) && isSpelling(display, code);
    return isSlug && !misleads(code) ? { text: code, prose: false } : { text: display, prose: true };
  }
  for (const coding of codings)
    if (isCode(coding.code) && !misleads(coding.code)) return { text: coding.code, prose: false };
  return undefined;
}

/** The words of a concept: its text, else the first display, else the first code. */
export function phraseOf(concept: unknown): string | undefined {
  return isObject(concept) ? phrase(concept)?.text : undefined;
}
