import type { FhirScope } from '../fhir/scope.js';
import type { Codec } from '../lens/codec.js';
import { type FieldOptions, field } from '../lens/field.js';
import type { Rule } from '../lens/rule.js';
import { type SpreadOptions, spread } from '../lens/spread.js';

/**
 * The rules of a payload type and a FHIR type. A field whose codec does not fit both types does not compile.
 */
export function rulesFor<P extends object, R extends object>() {
  return {
    field<K extends keyof P & string, E extends keyof R & string>(
      key: K,
      element: E,
      codec: Codec<NonNullable<P[K]>, NonNullable<R[E]>, FhirScope>,
      options?: FieldOptions<FhirScope>,
    ): Rule<FhirScope> {
      return field(key, element, codec, options);
    },
    spread<K extends keyof P & string, E extends keyof R & string>(
      keys: readonly K[],
      element: E,
      codec: Codec<Partial<Pick<P, K>>, NonNullable<R[E]>, FhirScope>,
      options?: SpreadOptions<K>,
    ): Rule<FhirScope> {
      return spread<Partial<Pick<P, K>>, NonNullable<R[E]>, FhirScope>(keys, element, codec, options);
    },
  };
}
