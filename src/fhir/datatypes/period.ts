import type { Period } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { field } from '../../lens/field.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { object } from '../../lens/object.js';
import { type Finding, report, type Scope } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';
import { compareDateTimes, dateTime, isDateTime, plainDate } from './dateTime.js';

/** A period of a payload. */
export interface PayloadPeriod {
  /** When it starts. FHIR: `Period.start`. */
  start?: string;
  /** When it ends, not before its start. FHIR: `Period.end`. */
  end?: string;
}

/** A period of date-times (https://hl7.org/fhir/R4/datatypes.html#Period). One that ends before it starts refuses the record. */
export const period = (): Codec<PayloadPeriod, Period, FhirScope> => periodOf(dateTime());

/** A period of plain dates, which may be partial. */
export const plainPeriod = (): Codec<PayloadPeriod, Period, FhirScope> => periodOf(plainDate());

function periodOf(end: Codec<string, string, FhirScope>): Codec<PayloadPeriod, Period, FhirScope> {
  const codec = object<PayloadPeriod, Period, FhirScope>([field('start', 'start', end), field('end', 'end', end)], {
    whole: true,
    rule: 'start and end; refused where they are reversed; of two that differ in precision the one that says less stands in an extension when it is written, and is read there',
    check: (value, scope) => {
      checkOrder(value, scope);
    },
  });
  return {
    ...codec,
    read(value, scope) {
      if (!isObject(value)) return undefined;
      checkOrder(value, scope);
      const read = codec.read(withOriginal(value), scope);
      if (read !== undefined && isOpen(read)) report(scope, ORDER_OPEN);
      return read;
    },
    write(value, scope) {
      const less = lessOf(value);
      if (less === undefined) return codec.write(value, scope);
      report(scope, WRITTEN_AS_TEXT);
      const { [less]: text, ...other } = value;
      return { ...codec.write(other, scope), [`_${less}`]: { extension: [{ url: ORIGINAL_TEXT, valueString: text }] } };
    },
  };
}

/** R4's extension for what was written where a value stands (https://hl7.org/fhir/R4/extension-originaltext.html). */
const ORIGINAL_TEXT = 'http://hl7.org/fhir/StructureDefinition/originalText';

/** The text that an end without a value has beside it, where it is nothing but that. */
export function originalOf(period: JsonObject, end: 'start' | 'end'): string | undefined {
  const beside = own(period, `_${end}`);
  if (own(period, end) !== undefined || !isObject(beside) || !Array.isArray(beside.extension)) return undefined;
  const [extension, ...others] = beside.extension;
  if (others.length > 0 || !isObject(extension) || own(extension, 'url') !== ORIGINAL_TEXT) return undefined;
  const text = own(extension, 'valueString');
  return typeof text === 'string' ? text : undefined;
}

/** A period with the end that only an extension has, where this is what is written of it. */
function withOriginal(period: JsonObject): JsonObject {
  for (const end of ['start', 'end'] as const) {
    const text = originalOf(period, end);
    if (text === undefined) continue;
    const whole = { ...period, [end]: text };
    if (lessOf({ start: own(whole, 'start'), end: own(whole, 'end') }) === end) return whole;
  }
  return period;
}

/**
 * The end that says less where the precision of both leaves their order open. R4 has no such period (per-1): "if present, start SHALL have a
 * lower value than end" fails where nobody can tell.
 */
function lessOf({ start, end }: { start?: unknown; end?: unknown }): 'start' | 'end' | undefined {
  if (typeof start !== 'string' || typeof end !== 'string' || !isDateTime(start) || !isDateTime(end)) return undefined;
  if (compareDateTimes(start, end) !== undefined) return undefined;
  return start.length < end.length ? 'start' : 'end';
}

/** True where the precision of both ends leaves their order open. */
const isOpen = (value: PayloadPeriod): boolean => lessOf(value) !== undefined;

const ORDER_OPEN: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'period-precision-differs',
  diagnostics: 'Start and end differ in precision, so that their order is open (per-1); both were read as they are.',
};

const WRITTEN_AS_TEXT: Finding = {
  ...ORDER_OPEN,
  diagnostics:
    'Start and end differ in precision, so that their order is open (per-1); the one that says less was written as text, in an extension.',
};

/** Reports a period that ends before it starts (per-1). */
export function checkOrder(value: { start?: unknown; end?: unknown }, scope: Scope): void {
  if (typeof value.start !== 'string' || typeof value.end !== 'string') return;
  const order = compareDateTimes(value.start, value.end);
  if (order === undefined || order <= 0) return;
  report(scope, {
    severity: 'error',
    code: 'invariant',
    id: 'period-reversed',
    diagnostics: 'The period ends before it starts (per-1).',
  });
}
