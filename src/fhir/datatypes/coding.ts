import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { field } from '../../lens/field.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { object } from '../../lens/object.js';
import { isAbsent, markAbsent } from '../dataAbsent.js';
import type { FhirScope } from '../scope.js';
import { type CandidateSystem, namesOf, recognise, systemsOf } from '../terminology/bareCode.js';
import type { Vocabulary } from '../terminology/codeSystems.js';
import { isFieldsOwn, isSystem, systemNamed } from '../terminology/systemNames.js';
import { admitCode, anyCode, isCode, uri } from './code.js';
import { codingOf, codingsOf, phraseOf, tookCoding } from './concept.js';
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

/** A code object of a payload for a CodeableConcept: the first coding of the expected system, else the first one. */
export function conceptCoding(expected: string): Codec<CodingInput, CodeableConcept, FhirScope> {
  return {
    fidelity: 'partial',
    rule: `the first coding of ${expected}, else the first one`,
    schema: anyCoding.schema,
    rows: anyCoding.rows?.map((row) => ({ ...row, element: `coding.${row.element}` })) ?? [],
    read(value, scope) {
      if (!isObject(value)) return undefined;
      const chosen = choose(value, (system) => isSystem(system, expected), scope) ?? codeless(value, scope);
      return chosen === undefined ? undefined : anyCoding.read(chosen, scope);
    },
    write: (value, scope) => wrap(anyCoding.write(value, scope)),
    admit: anyCoding.admit,
  };
}

function wrap(coding: Coding | undefined): CodeableConcept | undefined {
  return coding === undefined ? undefined : { coding: [coding] };
}

/** The coding with a code that fits best. */
function choose(
  concept: JsonObject,
  isExpected: (system: unknown) => boolean,
  scope: FhirScope,
): JsonObject | undefined {
  const codings = codingsOf(concept).filter((coding) => isCode(coding.code));
  const chosen = codings.find((coding) => isExpected(coding.system)) ?? codings[0];
  if (chosen !== undefined) tookCoding(concept, chosen, scope);
  return chosen;
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
  const expected = systemsOf(candidates);
  return {
    fidelity: 'lossy',
    rule: `a code object for the first coding of ${namesOf(candidates)}, else the first one; a string where there is no coding or the text repeats the code`,
    schema: { anyOf: [{ type: 'string' }, codingObject.schema] },
    read(value, scope) {
      if (!isObject(value)) return undefined;
      const chosen = choose(value, (system) => typeof system === 'string' && expected.has(systemNamed(system)), scope);
      if (chosen === undefined) return readText(value, scope);
      const { code, system } = chosen;
      const name = typeof system === 'string' ? systemNamed(system) : undefined;
      if (typeof code === 'string' && code === value.text && recognise(code, candidates, scope.options) === name)
        return code;
      return codingObject.read(chosen, scope);
    },
    write(value, scope) {
      if (typeof value !== 'string') return wrap(codingObject.write(value, scope));
      const system = recognise(value, candidates, scope.options);
      return system === undefined ? { text: value } : { coding: [{ system, code: value }], text: value };
    },
    admit: (value, scope) => (typeof value === 'string' ? admitText(value, scope) : codingObject.admit(value, scope)),
  };

  function readText(value: JsonObject, scope: FhirScope): string | undefined {
    const found = phraseOf(value);
    return found !== undefined && checkHoldable(found, scope) ? found : undefined;
  }
}

/**
 * A string of a payload for a Coding whose code it is. System and display are written for the codes of the vocabulary only.
 * A code of another system is read without it, but never as one of the vocabulary's. A system has several names.
 */
export function bareCoding(vocabulary: Vocabulary): Codec<string, Coding, FhirScope> {
  const isWord = (value: string): boolean => Object.hasOwn(vocabulary.words, value);
  return {
    fidelity: 'lossy',
    rule: `the code; system and display for the codes of ${vocabulary.system} that the field is for`,
    schema: { type: 'string' },
    read(value) {
      if (!isObject(value)) return undefined;
      const { system, code } = value;
      const isOwn = isFieldsOwn(system) || isSystem(system, vocabulary.system);
      if (isCode(code) && (isOwn || !isWord(code))) return code;
      const display = nonEmpty(value.display);
      return display !== undefined && isCode(display) && !isWord(display) ? display : undefined;
    },
    write: (value) => codingOf(value, vocabulary) ?? { code: value },
    admit: admitCode,
  };
}
