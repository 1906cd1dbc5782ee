import type { CodeableConcept } from 'fhir/r4.js';
import type { CodedText } from '../../fhir/datatypes/codedText.js';
import { codingsOf } from '../../fhir/datatypes/concept.js';
import { denies } from '../../fhir/datatypes/denials.js';
import { nonEmpty } from '../../fhir/datatypes/text.js';
import type { FhirScope } from '../../fhir/scope.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { below, quietly } from '../../lens/scope.js';
import { isDenied } from './certainty.js';
import { describe, inDoubt, type Judged, judge } from './judged.js';
import { denialOf, wordsOf } from './words.js';

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
        return;
      }
      if (code === undefined && text === undefined) {
        const words = describe(judged, itemReference, 'last', scope);
        if (words === undefined) return;
        const { found, doubt } = judged;
        const isCertain = found?.resource.resourceType === 'Condition' && doubt === undefined;
        const read = isCertain ? quietly(scope, () => concept.read(found.resource.code, scope)) : undefined;
        if (read?.code !== undefined && isCalled(read.code, words, found?.resource ?? {})) payload.code = read.code;
        payload.text = words;
        return;
      }
      const beside = String(text ?? code);
      const own = besideOwn(judged, beside, scope);
      if (judged.doubt !== undefined || own !== beside) {
        delete payload.code;
        const said = judged.doubt === undefined ? own : own && inDoubt(judged.doubt, own, scope);
        if (said === undefined) delete payload.text;
        else payload.text = said;
      }
    });
  };
}

/** The words beside a reference, or those of its target where these deny or doubt them. */
function besideOwn({ found }: Judged, words: string, scope: FhirScope): string | undefined {
  if (found === undefined || denialOf(words, found.resource) === undefined) return words;
  return wordsOf(words, found.resource, 'never', scope);
}

/** True for a code that neither the words that are read nor others of its Condition deny or doubt. */
function isCalled(code: string, words: string, condition: JsonObject): boolean {
  const codings = isObject(condition.code) ? codingsOf(condition.code) : [];
  const display = nonEmpty(codings.find((coding) => coding.code === code)?.display) ?? '';
  return !denies(words, display) && denialOf(display, condition) === undefined;
}
