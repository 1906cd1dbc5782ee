import type { Duration } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { isObject } from '../../lens/json.js';
import { noteUnread } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';

const UCUM = 'http://unitsofmeasure.org';

/** UCUM's codes of the units that can be whole minutes, in minutes. */
const MINUTES: { readonly [unit: string]: number } = { s: 1 / 60, min: 1, h: 60, d: 1440 };

/**
 * A whole number of minutes, at most `max` (https://hl7.org/fhir/R4/datatypes.html#Duration). Hours, days and seconds are
 * read where they make whole minutes, whether coded or in words; a duration with a comparator, of another unit or over the limit is not.
 */
export function minutes(max: number): Codec<number, Duration, FhirScope> {
  return {
    fidelity: 'partial',
    rule: 'minutes; hours, days and seconds where whole; none with a comparator or over the limit',
    schema: { type: 'integer', maximum: max },
    read(value, scope) {
      const inMinutes = minutesOf(value);
      if (inMinutes === undefined || inMinutes <= max) return inMinutes;
      noteUnread(scope, 'over-limit');
      return undefined;
    },
    write: (value) => ({ value, unit: 'min', system: UCUM, code: 'min' }),
    admit: (value) => value,
  };
}

/** The whole minutes of a Duration; undefined where they are none. */
export function minutesOf(value: unknown): number | undefined {
  if (!isObject(value) || value.comparator !== undefined || typeof value.value !== 'number') return undefined;
  return wholeMinutes(value.value, unitOf(value));
}

/** Units in words. */
const WORDS = /^(?:(?<s>sec(?:ond)?s?)|(?<min>min(?:ute)?s?)|(?<h>h(?:ou)?rs?)|(?<d>days?))$/i;

/** UCUM's code, or a unit in words or written like a code where no system says otherwise. */
function unitOf(value: { system?: unknown; code?: unknown; unit?: unknown }): unknown {
  if (value.code !== undefined) return value.system === undefined || value.system === UCUM ? value.code : undefined;
  if (value.system !== undefined || typeof value.unit !== 'string') return undefined;
  const named = Object.entries(WORDS.exec(value.unit)?.groups ?? {}).find(([, word]) => word !== undefined);
  return named?.[0] ?? value.unit;
}

function wholeMinutes(value: number, unit: unknown): number | undefined {
  if (typeof unit !== 'string' || !Object.hasOwn(MINUTES, unit)) return undefined;
  const total = unit === 's' ? value / 60 : value * (MINUTES[unit] ?? Number.NaN);
  // 2.05 h are 123 min, though not in binary.
  const whole =
    unit !== 'min' && Math.abs(total - Math.round(total)) < 1e-9 * Math.abs(total) ? Math.round(total) : total;
  return Number.isSafeInteger(whole) ? whole : undefined;
}
