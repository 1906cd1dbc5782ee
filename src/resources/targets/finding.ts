import type { CodeableConcept } from 'fhir/r4.js';
import type { CodedText } from '../../fhir/datatypes/codedText.js';
import type { FhirScope } from '../../fhir/scope.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { below, quietly } from '../../lens/scope.js';
import { isDenied } from './certainty.js';
import { describe, inDoubt, judge } from './judged.js';

/**
 * Fills in what a finding refers to, where it has neither code nor text: the words, and of a Condition that is certain the code,
 * as `concept` reads it. Beside a code and a text, a reference to what is denied denies them, and a doubt goes for both.
 */
export function findingFromReference(
  concept: Codec<CodedText, CodeableConcept, FhirScope>,
): (element: JsonObject, payload: JsonObject, scope: FhirScope) => void {
  return ({ itemCodeableConcept, itemReference }, payload, scope) => {
    if (!isObject(itemReference) || isDenied(itemCodeableConcept)) return;
    below(scope, ['itemReference'], () => {
      const judged = judge(itemReference, scope);
      const { code, text } = payload;
      if (judged === undefined) {
        delete payload.code;
        delete payload.text;
      } else if (code === undefined && text === undefined) {
        const words = describe(judged, itemReference, 'last', scope);
        if (words === undefined) return;
        const { found, doubt } = judged;
        const isCertain = found?.resource.resourceType === 'Condition' && doubt === undefined;
        const read = isCertain ? quietly(scope, () => concept.read(found.resource.code, scope)) : undefined;
        if (read?.code !== undefined) payload.code = read.code;
        payload.text = words;
      } else if (judged.doubt !== undefined) {
        delete payload.code;
        const said = inDoubt(judged.doubt, String(text ?? code), scope);
        if (said === undefined) delete payload.text;
        else payload.text = said;
      }
    });
  };
}
