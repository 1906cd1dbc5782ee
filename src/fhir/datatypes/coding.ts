import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { field } from '../../lens/field.js';
import { equal, isObject, type JsonObject } from '../../lens/json.js';
import { object } from '../../lens/object.js';
import { explain, type Finding, noteUnread, report } from '../../lens/scope.js';
import { isAbsent, markAbsent } from '../dataAbsent.js';
import type { FhirScope } from '../scope.js';
import { type CandidateSystem, isCandidate, namesOf, recognise } from '../terminology/bareCode.js';
import type { Vocabulary } from '../terminology/codeSystems.js';
import { isFieldsOwn, isOfAbsence, isSystem, systemNamed } from '../terminology/systemNames.js';
import { admitCode, anyCode, isCode, isUri, uri } from './code.js';
import {
  codeDenied,
  codeMapped,
  codeOfOtherSystem,
  displayFromText,
  noValue,
  onlyCodeOfOtherSystem,
  saysMore,
  textSaysMore,
  uncheckedDisplay,
  wordsWithoutCode,
} from './codeFindings.js';
import {
  codingOf,
  codingsOf,
  displaysIn,
  isDeniedBeside,
  isSpelling,
  phraseOf,
  tookCoding,
  warnOfDisplay,
} from './concept.js';
import { admitText, checkHoldable, nonEmpty, text } from './text.js';

/** A code as ClinikAPI's OpenAPI file takes it: a payload may leave out any of the three. */
export interface CodingInput {
  /** The URI of the code system, such as `http://loinc.org`. FHIR: `Coding.system`. */
  system?: string;
  /** The code. FHIR: `Coding.code`. */
  code?: string;
  /** What the code means, in the system's words. FHIR: `Coding.display`. */
  display?: string;
}

/** A code of a payload with what is known of it. */
export interface PayloadCoding extends CodingInput {
  /** The code. FHIR: `Coding.code`. */
  code: string;
}

const system = field<string, string, FhirScope>('system', 'system', uri());
const display = field<string, string, FhirScope>('display', 'display', text());

const codingObject = object<PayloadCoding, Coding, FhirScope>(
  [system, field('code', 'code', anyCode(), { required: true }), display],
  { whole: true },
);

const anyCoding = object<CodingInput, Coding, FhirScope>(
  [system, field('code', 'code', anyCode(), { expected: true, absent: markAbsent('_code') }), display],
  { whole: true },
);

/**
 * A code object of a payload for a CodeableConcept: the first coding of the expected system, else the first one. Words without a code
 * have no place in it; a text that says more than the code is said to be lost, and one that denies it takes the code with it.
 */
export function conceptCoding(expected: string): Codec<CodingInput, CodeableConcept, FhirScope> {
  return {
    fidelity: 'partial',
    rule: `the first coding of ${expected}, else the first one, if no words beside it deny it; its display, else the text, else another display`,
    schema: anyCoding.schema,
    rows: anyCoding.rows?.map((row) => ({ ...row, element: `coding.${row.element}` })) ?? [],
    read(value, scope) {
      if (!isObject(value)) return undefined;
      const chosen = choose(value, (system) => isSystem(system, expected), scope);
      if (chosen !== undefined) {
        if (isDeniedBeside(chosen, value)) {
          noteUnread(scope, 'denied');
          report(scope, codeDenied);
          return undefined;
        }
        return withWords(anyCoding.read(chosen, scope), value, uncheckedDisplay, scope);
      }
      const marked = codeless(value, scope);
      if (marked === undefined && phraseOf(value) !== undefined) {
        noteUnread(scope, 'words-only');
        report(scope, wordsWithoutCode);
      }
      return marked === undefined ? undefined : anyCoding.read(marked, scope);
    },
    write: (value, scope) => wrap(anyCoding.write(value, scope)),
    admit: anyCoding.admit,
  };
}

function wrap(coding: Coding | undefined): CodeableConcept | undefined {
  return coding === undefined ? undefined : { coding: [coding] };
}

/** The coding with a code that fits best; one without a value is the last. A system that cannot be read would be lost with its code. */
function choose(
  concept: JsonObject,
  isExpected: (system: unknown) => boolean,
  scope: FhirScope,
): JsonObject | undefined {
  const codings = codingsOf(concept).filter(({ code }) => isCode(code));
  const isReadable = ({ system }: JsonObject): boolean => system === undefined || system === '' || isUri(system);
  const chosen =
    codings.find(({ system }) => isExpected(system)) ??
    codings.find((coding) => !isOfAbsence(coding.system) && isReadable(coding)) ??
    codings.find(isReadable);
  if (chosen !== undefined) tookCoding(concept, chosen, scope);
  else if (codings.length > 0) report(scope, codeOfOtherSystem);
  return chosen;
}

/** The words beside a code, the text or another display: its display where it has none, and a warning where they say more than the display that it has. */
function withWords<P extends CodingInput>(
  read: P | undefined,
  concept: JsonObject,
  standIn: Finding,
  scope: FhirScope,
): P | undefined {
  const words = nonEmpty(concept.text) ?? (read?.display === undefined ? displaysIn(concept)[0] : undefined);
  if (read === undefined || words === undefined || words === read.display || isSpelling(words, read.code)) return read;
  if (read.display !== undefined) {
    if (saysMore(words, read.display)) report(scope, textSaysMore);
    return read;
  }
  if (!checkHoldable(words, scope)) return undefined;
  report(scope, standIn);
  return { ...read, display: words };
}

/** The coding that was written for a payload without a code. */
function codeless(concept: JsonObject, scope: FhirScope): JsonObject | undefined {
  const found = codingsOf(concept).find((coding) => coding.code === undefined && isAbsent(coding._code));
  if (found !== undefined) tookCoding(concept, found, scope);
  return found;
}

/**
 * A string or a code object of a payload for a CodeableConcept. A code in a string is written with its system, where it is
 * recognised, and itself as text, so that it comes back as a string; a code object is written without a text.
 */
export function stringOrCoding(
  candidates: readonly CandidateSystem[],
): Codec<string | PayloadCoding, CodeableConcept, FhirScope> {
  return {
    fidelity: 'lossy',
    rule: `a code object for the first coding of ${namesOf(candidates)}, else the first one; a string where there is no coding or the text repeats the code`,
    schema: { anyOf: [{ type: 'string' }, codingObject.schema] },
    read(value, scope) {
      if (!isObject(value)) return undefined;
      const given = asGiven(value, scope);
      if (given !== undefined) return codingObject.read(given, scope);
      const chosen = choose(value, (system) => isExpected(system, scope), scope);
      if (chosen === undefined) return readText(value, scope);
      const { code, system } = chosen;
      if (isOfAbsence(system) && nonEmpty(value.text) !== undefined) return readText(value, scope);
      const name = typeof system === 'string' ? systemNamed(system) : undefined;
      if (typeof code === 'string' && code === value.text && recognise(code, candidates, scope.options) === name)
        return code;
      return withWords(codingObject.read(chosen, scope), value, displayFromText, scope);
    },
    write(value, scope) {
      const code = typeof value === 'string' ? value : value.code;
      const told = typeof value === 'string' || value.system === undefined;
      const system = told ? recognise(code, candidates, scope.options) : undefined;
      if (typeof value === 'string')
        return system === undefined ? { text: value } : { coding: [{ system, code }], text: value };
      const given = codingObject.write(value, scope);
      return system === undefined || given === undefined ? wrap(given) : { coding: [{ system, code }, given] };
    },
    admit: (value, scope) => (typeof value === 'string' ? admitText(value, scope) : codingObject.admit(value, scope)),
  };

  function isExpected(system: unknown, { options }: FhirScope): boolean {
    return typeof system === 'string' && isCandidate(systemNamed(system), candidates, options);
  }

  /** The coding as a payload gave it without a system, behind the one with the system that its code tells. */
  function asGiven({ coding, text }: JsonObject, scope: FhirScope): JsonObject | undefined {
    if (!Array.isArray(coding) || coding.length !== 2 || text !== undefined) return undefined;
    const [told, given]: unknown[] = coding;
    if (!isObject(told) || !isObject(given) || !isCode(given.code) || given.system !== undefined) return undefined;
    const system = recognise(given.code, candidates, scope.options);
    return system !== undefined && equal(told, { system, code: given.code }) ? given : undefined;
  }

  function readText(value: JsonObject, scope: FhirScope): string | undefined {
    const found = nonEmpty(value.text) ?? phraseOf(value, scope);
    return found !== undefined && checkHoldable(found, scope) ? found : undefined;
  }
}

/** What a bare code may have besides its vocabulary. */
export interface BareCodingOptions {
  /** The vocabulary's code for codes of other systems. */
  readonly equivalents?: { readonly [system: string]: { readonly [code: string]: string } };
}

/**
 * A string of a payload for a Coding whose code it is. System and display are written for the codes of the vocabulary only.
 * Of another system an equivalent is read, else the display, never the code. A system has several names.
 */
export function bareCoding(
  vocabulary: Vocabulary,
  { equivalents = {} }: BareCodingOptions = {},
): Codec<string, Coding, FhirScope> {
  const isWord = (value: string): boolean => Object.hasOwn(vocabulary.words, value);
  return {
    fidelity: 'lossy',
    rule: `the code; of another system HL7's equivalent, else the display; system and display for the codes of ${vocabulary.system} that the field is for`,
    schema: { type: 'string' },
    read(value, scope) {
      if (!isObject(value)) return undefined;
      const { system, code } = value;
      if (isFieldsOwn(system) || isSystem(system, vocabulary.system)) {
        if (!isCode(code)) return undefined;
        warnOfDisplay(value.display, vocabulary.words[code]?.display, scope);
        return code;
      }
      if (isOfAbsence(system)) {
        noteUnread(scope, 'no-value');
        explain(scope, noValue, () => true);
        return undefined;
      }
      const equivalent = equivalentOf(system, code);
      if (equivalent !== undefined) report(scope, codeMapped);
      return equivalent ?? displayOf(value, scope);
    },
    write: (value) => codingOf(value, vocabulary) ?? { code: value },
    admit: admitCode,
  };

  function equivalentOf(system: unknown, code: unknown): string | undefined {
    if (typeof system !== 'string' || typeof code !== 'string') return undefined;
    const known = equivalents[systemNamed(system)] ?? {};
    return Object.hasOwn(known, code) ? known[code] : undefined;
  }

  /** The display of a code of another system; it is not one of the field's own codes. */
  function displayOf(coding: JsonObject, scope: FhirScope): string | undefined {
    const display = nonEmpty(coding.display)?.trim().replace(/\s+/g, ' ');
    if (display === undefined || !isCode(display) || isWord(display) || display === coding.code) {
      noteUnread(scope, 'other-system');
      explain(scope, onlyCodeOfOtherSystem, () => true);
      return undefined;
    }
    report(scope, codeOfOtherSystem);
    return display;
  }
}
