import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { took } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';
import type { Vocabulary } from '../terminology/codeSystems.js';
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

/**
 * A string of a payload for a CodeableConcept (https://hl7.org/fhir/R4/datatypes.html#CodeableConcept). Read as its text,
 * else the first display, else the first code. A word of the vocabulary is written as its code, and read where there is no
 * text or the text says no more than the code.
 */
export function concept(max?: number, vocabulary?: Vocabulary): Codec<string, CodeableConcept, FhirScope> {
  const wordOf = vocabulary === undefined ? undefined : words(vocabulary);
  return {
    fidelity: 'lossy',
    rule:
      vocabulary === undefined
        ? 'its text, else the first display, else the first code; written as text'
        : `a code of ${vocabulary.system} where there is no text beside it; else text, first display, first code`,
    schema: { type: 'string', ...(max === undefined ? {} : { maxLength: max }) },
    read(value, scope) {
      if (!isObject(value)) return undefined;
      if (wordOf !== undefined) {
        const word = wordOf(value, scope);
        if (word !== undefined) return word;
      } else if (typeof value.text === 'string' && value.text !== '') {
        return checkHoldable(value.text, scope) ? withinLimit(value.text, max, true, scope) : undefined;
      }
      const found = phrase(value, vocabulary);
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

/** Finds the word that a concept's coding stands for, if the concept's text says no more than that coding. */
function words(vocabulary: Vocabulary): (concept: JsonObject, scope: FhirScope) => string | undefined {
  const byCode = new Map(
    Object.entries(vocabulary.words).map(([word, { code, display }]) => [code, { word, display }]),
  );
  return (concept, scope) => {
    const text = nonEmpty(concept.text);
    for (const coding of codingsOf(concept)) {
      if (coding.system !== vocabulary.system || typeof coding.code !== 'string') continue;
      const known = byCode.get(coding.code);
      if (known === undefined) continue;
      if (text === undefined || text === coding.display || text === known.display || text === known.word) {
        tookCoding(concept, coding, scope);
        return known.word;
      }
    }
    return undefined;
  };
}

/**
 * The words of a concept. A concept that has codings is never read as a word of the vocabulary that none of them stands
 * for: that would be a code that nobody gave.
 */
function phrase(concept: JsonObject, vocabulary?: Vocabulary): { text: string; prose: boolean } | undefined {
  const codings = codingsOf(concept);
  const misleads = (text: string): boolean =>
    vocabulary !== undefined && codings.length > 0 && Object.hasOwn(vocabulary.words, text);
  const text = nonEmpty(concept.text);
  if (text !== undefined && !misleads(text)) return { text, prose: true };
  for (const coding of codings) {
    const display = nonEmpty(coding.display);
    if (display !== undefined && !misleads(display)) return { text: display, prose: true };
  }
  for (const coding of codings)
    if (isCode(coding.code) && !misleads(coding.code)) return { text: coding.code, prose: false };
  return undefined;
}

/** The words of a concept: its text, else the first display, else the first code. */
export function phraseOf(concept: unknown): string | undefined {
  return isObject(concept) ? phrase(concept)?.text : undefined;
}
