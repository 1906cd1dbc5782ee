import type { Codec, Schema } from '../../lens/codec.js';
import { report } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';

const INTEGER = { min: -2147483648, max: 2147483647 };
const POSITIVE = { min: 1, max: 2147483647 };

/** A FHIR integer, 32 bits with a sign (https://hl7.org/fhir/R4/datatypes.html#integer). */
export const integer = (): Codec<number, number, FhirScope> => whole(INTEGER, 'A FHIR integer has 32 bits.');

/** A FHIR positiveInt, 1 to 2147483647 (https://hl7.org/fhir/R4/datatypes.html#positiveInt). */
export const positiveInt = (): Codec<number, number, FhirScope> =>
  whole(POSITIVE, 'A FHIR positiveInt is at least 1 and has 31 bits.');

/** A boolean. */
export function boolean(): Codec<boolean, boolean, FhirScope> {
  return {
    fidelity: 'exact',
    rule: 'as it is',
    schema: { type: 'boolean' },
    sibling: '_',
    read: (value) => (typeof value === 'boolean' ? value : undefined),
    write: (value) => value,
    admit: (value) => value,
  };
}

function whole(range: { min: number; max: number }, diagnostics: string): Codec<number, number, FhirScope> {
  const schema: Schema = { type: 'integer' };
  const fits = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max;
  return {
    fidelity: 'exact',
    rule: 'as it is',
    schema,
    sibling: '_',
    read: (value) => (fits(value) ? value : undefined),
    write: (value) => value,
    admit(value, scope) {
      if (fits(value)) return value;
      report(scope, { severity: 'error', code: 'value', id: 'integer-range', diagnostics });
      return undefined;
    },
  };
}
