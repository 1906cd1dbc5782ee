import type { Reference } from 'fhir/r4.js';
import { contain } from '../../fhir/contained.js';
import { reference, referTo } from '../../fhir/datatypes/reference.js';
import { admitText, nonEmpty } from '../../fhir/datatypes/text.js';
import { parseLiteral, readLiteral } from '../../fhir/references/literal.js';
import type { FhirScope } from '../../fhir/scope.js';
import { recognise } from '../../fhir/terminology/bareCode.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { quietly, took } from '../../lens/scope.js';
import { describe, judge } from './judged.js';
import { plainReference } from './subject.js';
import { CANDIDATES, TYPED_ID } from './words.js';

/** Says that a Condition is a diagnosis of an encounter (https://hl7.org/fhir/R4/valueset-condition-category.html). */
const ENCOUNTER_DIAGNOSIS = {
  system: 'http://terminology.hl7.org/CodeSystem/condition-category',
  code: 'encounter-diagnosis',
  display: 'Encounter Diagnosis',
} as const;

/**
 * A code or a description of a payload for a reference to a Condition or a Procedure. A recognised code is written as a contained
 * Condition with the encounter's subject, `Condition/id` or `Procedure/id` as a reference, anything else as a display. Nothing is
 * read of a target that is denied, and a word of doubt goes before the words of one that is not certain; else the display, the code
 * or the words of the target, if it is in reach and of the same patient. An id is not a description, so that a bare reference is
 * not read.
 */
export function condition(): Codec<string, Reference, FhirScope> {
  const read = (value: unknown, scope: FhirScope): string | undefined => {
    if (!isObject(value)) return undefined;
    const judged = judge(value, scope);
    const words = judged === undefined ? undefined : describe(judged, value, 'first', scope);
    if (words !== undefined && judged?.found?.contained === true) tookContained(words, judged.found.resource, scope);
    return words;
  };
  return {
    fidelity: 'partial',
    rule: 'its display, else the code, else the words, of the Condition or Procedure; nothing where that is denied, and a word of doubt in front where it is not certain; a recognised code is written as a contained Condition',
    schema: { type: 'string' },
    read,
    write(value, scope) {
      const system = recognise(value, CANDIDATES, scope.options);
      if (system === undefined) return named(value, scope);
      return {
        reference: contain(scope, 'diagnosis', {
          resourceType: 'Condition',
          category: [{ coding: [{ ...ENCOUNTER_DIAGNOSIS }] }],
          code: { coding: [{ system, code: value }], text: value },
          ...subjectOf(scope),
        }),
      };
    },
    admit: admitText,
  };

  /** `Type/id` is a reference; its display repeats it, for only a display is ever read as a description. */
  function named(value: string, scope: FhirScope): Reference {
    const [, type, id] = TYPED_ID.exec(value) ?? [];
    if (type === undefined || id === undefined) return { display: value };
    const linked = { ...referTo(type, id, scope), display: value };
    // A reference to what is denied would not be read again.
    const back = quietly(scope, () => read(linked, { ...scope, resource: scope.target }));
    return back === value ? linked : { display: value };
  }
}

/** The encounter's subject, for a Condition of it: as it stands there, or as R4 would have it. */
function subjectOf(scope: FhirScope): { subject?: object } {
  const { subject } = scope.target;
  if (!isObject(subject)) return {};
  const text = nonEmpty(subject.reference);
  const isForeign = text !== undefined && readLiteral(text)?.kind === 'relative' && parseLiteral(text) === undefined;
  const id = isForeign ? quietly(scope, () => patient.read(subject, scope)) : undefined;
  return { subject: id === undefined ? plainReference(subject) : referTo('Patient', id, scope) };
}

const patient = reference('Patient');

/** A contained Condition is written again for a code; the loss report compares it with the one that was read. */
function tookContained(words: string, resource: JsonObject, scope: FhirScope): void {
  if (recognise(words, CANDIDATES, scope.options) === undefined) return;
  const { contained } = scope.resource;
  const index = Array.isArray(contained) ? contained.indexOf(resource) : -1;
  if (!Array.isArray(contained) || index < 0) return;
  const before = scope.origins?.get(contained) ?? [];
  if (!before.includes(index)) took(scope, contained, [...before, index]);
}
