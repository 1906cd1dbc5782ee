import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { field } from '../../lens/field.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { object } from '../../lens/object.js';
import type { FhirScope } from '../scope.js';
import { type CandidateSystem, namesOf, recognise, systemsOf } from '../terminology/bareCode.js';
import type { Vocabulary } from '../terminology/codeSystems.js';
import { admitCode, anyCode, isCode, uri } from './code.js';
import { codingOf, codingsOf, phraseOf, tookCoding } from './concept.js';
import { admitText, checkHoldable, nonEmpty, text } from './text.js';

/** A code of a payload with what is known of it. */
export interface PayloadCoding {
  /** The URI of the code system, such as `http://loinc.org`. FHIR: `Coding.system`. */
  system?: string;
  /** The code. FHIR: `Coding.code`. */
  code: string;
  /** What the code means, in the system's words. FHIR: `Coding.display`. */
  display?: string;
}

const codingObject = object<PayloadCoding, Coding, FhirScope>(
  [
    field('system', 'system', uri()),
    field('code', 'code', anyCode(), { required: true }),
    field('display', 'display', text()),
  ],
  { whole: true },
);

/** A code object of a payload for a CodeableConcept: the first coding of the expected system, else the first one. */
export function conceptCoding(expected: string): Codec<PayloadCoding, CodeableConcept, FhirScope> {
  return {
    fidelity: 'partial',
    rule: `the first coding of ${expected}, else the first one`,
    schema: codingObject.schema,
    rows: codingObject.rows?.map((row) => ({ ...row, element: `coding.${row.element}` })) ?? [],
    read(value, scope) {
      if (!isObject(value)) return undefined;
      const chosen = choose(value, (system) => system === expected, scope);
      return chosen === undefined ? undefined : readCoding(chosen, scope);
    },
    write: (value, scope) => wrap(codingObject.write(value, scope)),
    admit: codingObject.admit,
  };
}

function wrap(coding: Coding | undefined): CodeableConcept | undefined {
  return coding === undefined ? undefined : { coding: [coding] };
}

/** A coding as a payload holds it; parts that FHIR's grammars do not allow are left out. */
function readCoding(coding: JsonObject, scope: FhirScope): PayloadCoding | undefined {
  return codingObject.read(coding, scope);
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
      const chosen = choose(value, (system) => typeof system === 'string' && expected.has(system), scope);
      if (chosen === undefined) return readText(value, scope);
      const { code, system } = chosen;
      if (typeof code === 'string' && code === value.text && recognise(code, candidates, scope.options) === system)
        return code;
      return readCoding(chosen, scope);
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
 * A code of another system is read without it, but never as one of the vocabulary's.
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
      const own = system === undefined || system === vocabulary.system;
      if (isCode(code) && (own || !isWord(code))) return code;
      const display = nonEmpty(value.display);
      return display !== undefined && isCode(display) && !isWord(display) ? display : undefined;
    },
    write: (value) => codingOf(value, vocabulary) ?? { code: value },
    admit: admitCode,
  };
}
