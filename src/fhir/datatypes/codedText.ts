import type { CodeableConcept } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { below, noteUnread, report, reportRequired } from '../../lens/scope.js';
import { absentReason, isAbsent } from '../dataAbsent.js';
import type { FhirScope } from '../scope.js';
import { type CandidateSystem, isCandidate, namesOf, recognise } from '../terminology/bareCode.js';
import { isFieldsOwn, isOfAbsence, systemNamed } from '../terminology/systemNames.js';
import { admitCode, isCode } from './code.js';
import { codeOfOtherSystem } from './codeFindings.js';
import { codingsOf, phraseOf, tookCoding } from './concept.js';
import { admitText, checkHoldable, nonEmpty } from './text.js';

/** A text with a bare code beside it. */
export interface CodedText {
  /** A code without its system, which is told from the code. FHIR: `CodeableConcept.coding`. */
  code?: string;
  /** What is meant, in words. FHIR: `CodeableConcept.text`. */
  text?: string;
}

/**
 * A code without a system, and a text, for a CodeableConcept. The system is recognised from the code where it can be; a
 * text that the payload leaves out is marked as absent, so that it comes back as none.
 */
export function codedText(candidates: readonly CandidateSystem[]): Codec<CodedText, CodeableConcept, FhirScope> {
  return {
    fidelity: 'lossy',
    rule: 'a code with the system that its check digit or structure tells, and the text',
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { code: { type: 'string' }, text: { type: 'string' } },
    },
    rows: [
      {
        payload: 'code',
        element: 'coding',
        rule: `the first coding of ${namesOf(candidates)}, else one without a system; its system is told from the code`,
        fidelity: 'lossy',
        required: false,
      },
      {
        payload: 'text',
        element: 'text',
        rule: 'its text, else the display that a user chose or the first, else a code that tells its system',
        fidelity: 'lossy',
        required: false,
      },
    ],
    read(value, scope) {
      if (!isObject(value)) return undefined;
      const code = codeOf(value, scope);
      const text = isTextAbsent(value) ? undefined : (nonEmpty(value.text) ?? phraseOf(value, scope));
      if (code === undefined && text === undefined) return undefined;
      if (text !== undefined && !checkHoldable(text, scope)) return undefined;
      return { ...(code === undefined ? {} : { code }), ...(text === undefined ? {} : { text }) };
    },
    write(value, scope) {
      const system = value.code === undefined ? undefined : recognise(value.code, candidates, scope.options);
      return {
        ...(value.code === undefined
          ? {}
          : { coding: [{ ...(system === undefined ? {} : { system }), code: value.code }] }),
        ...(value.text === undefined ? { _text: absentReason() } : { text: value.text }),
      };
    },
    admit(value, scope) {
      const code =
        value.code === undefined ? undefined : below(scope, ['code'], () => admitCode(value.code ?? '', scope));
      const text =
        value.text === undefined ? undefined : below(scope, ['text'], () => admitText(value.text ?? '', scope));
      if (code === undefined && text === undefined) return undefined;
      return { ...(code === undefined ? {} : { code }), ...(text === undefined ? {} : { text }) };
    },
  };

  /** A code of an expected system first, else one without a system; another one would be written back without its own. */
  function codeOf(value: JsonObject, scope: FhirScope): string | undefined {
    const codings = codingsOf(value).filter(({ code }) => isCode(code));
    const fitting =
      codings.find(({ system, code }) => isExpected(system, code, scope)) ??
      codings.find(({ system }) => isFieldsOwn(system));
    if (typeof fitting?.code !== 'string') {
      if (codings.some(({ system }) => !isOfAbsence(system))) {
        noteUnread(scope, 'other-system', 'coding');
        report(scope, codeOfOtherSystem);
      }
      return undefined;
    }
    tookCoding(value, fitting, scope);
    return fitting.code;
  }

  /** True where the code alone would be taken for one of its own system, or for none. */
  function isExpected(given: unknown, code: unknown, { options }: FhirScope): boolean {
    if (typeof given !== 'string' || typeof code !== 'string') return false;
    const system = systemNamed(given);
    return isCandidate(system, candidates, options) && (recognise(code, candidates, options) ?? system) === system;
  }
}

/** The same for a payload that must have a text; a concept without one is left out. */
export function textWithCode(
  candidates: readonly CandidateSystem[],
): Codec<CodedText & { text: string }, CodeableConcept, FhirScope> {
  const codec = codedText(candidates);
  const withText = (value: CodedText | undefined): (CodedText & { text: string }) | undefined =>
    value?.text === undefined ? undefined : { ...value, text: value.text };
  return {
    ...codec,
    schema: { ...codec.schema, required: ['text'] },
    read: (value, scope) => withText(codec.read(value, scope)),
    admit(value, scope) {
      const normal = withText(codec.admit(value, scope));
      if (normal === undefined) {
        reportRequired(scope, 'text');
      }
      return normal;
    },
  };
}

/** True for a concept that was written for a payload without a text. */
export function isTextAbsent(concept: unknown): boolean {
  return isObject(concept) && concept.text === undefined && isAbsent(concept._text);
}
