import type { Period } from 'fhir/r4.js';
import type { Codec } from '../../lens/codec.js';
import { field } from '../../lens/field.js';
import { isObject } from '../../lens/json.js';
import { object } from '../../lens/object.js';
import { type Finding, report, type Scope } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';
import { compareDateTimes, dateTime, plainDate } from './dateTime.js';

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
    rule: 'start and end; refused where they are reversed',
    check: (value, scope) => {
      checkOrder(value, scope);
    },
  });
  return {
    ...codec,
    read(value, scope) {
      if (isObject(value)) checkOrder(value, scope);
      const read = codec.read(value, scope);
      if (read !== undefined && isOpen(read)) report(scope, ORDER_OPEN);
      return read;
    },
    write(value, scope) {
      // What stands there already may stay; nothing new may be written that breaks per-1.
      if (isOpen(value)) report(scope, INCOMPARABLE);
      return codec.write(value, scope);
    },
    admit(value, scope) {
      const admitted = codec.admit(value, scope);
      if (admitted !== undefined && isOpen(admitted) && scope.isPut !== true) report(scope, INCOMPARABLE);
      return admitted;
    },
  };
}

/** True where the precision of both ends leaves their order open. */
function isOpen({ start, end }: PayloadPeriod): boolean {
  return start !== undefined && end !== undefined && compareDateTimes(start, end) === undefined;
}

const ORDER_OPEN: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'period-precision-differs',
  diagnostics: 'Start and end differ in precision, so that their order is open (per-1); both were read as they are.',
};

const INCOMPARABLE: Finding = {
  severity: 'error',
  code: 'invariant',
  id: 'period-incomparable',
  diagnostics: 'Start and end differ in precision, so that their order is open (per-1).',
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
