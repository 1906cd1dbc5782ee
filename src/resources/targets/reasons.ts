import { text } from '../../fhir/datatypes/text.js';
import type { FhirScope } from '../../fhir/scope.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { below } from '../../lens/scope.js';
import { isDenied } from './certainty.js';
import { describe, judge } from './judged.js';

/** Fills in the reasons that a record refers to, where it has none in words: of what is certain its words, of nothing its code. */
export function reasonsFromReferences(
  max: number,
): (element: JsonObject, payload: JsonObject, scope: FhirScope) => void {
  const prose = text(max);
  return ({ reasonCode, reasonReference }, payload, scope) => {
    if (payload.reasonCode !== undefined || !Array.isArray(reasonReference)) return;
    // A reason that is denied is one all the same.
    if (Array.isArray(reasonCode) && reasonCode.some(isDenied)) return;
    const reasons = reasonReference.flatMap((reference: unknown, index) => {
      const words = below(scope, ['reasonReference', index], () => {
        if (!isObject(reference)) return undefined;
        const judged = judge(reference, scope);
        const said = judged === undefined ? undefined : describe(judged, reference, 'never', scope);
        return said === undefined ? undefined : prose.read(said, scope);
      });
      return words === undefined ? [] : [words];
    });
    if (reasons.length > 0) payload.reasonCode = reasons.length === 1 ? reasons[0] : reasons;
  };
}
