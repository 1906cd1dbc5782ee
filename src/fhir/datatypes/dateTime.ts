import type { Codec } from '../../lens/codec.js';
import { type Finding, noteUnread, report } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';
import { admitGrammar } from './code.js';
import { nonEmpty } from './text.js';

/** FHIR's grammar of a dateTime, and with it of a date (https://hl7.org/fhir/R4/datatypes.html#dateTime). */
const DATE_TIME =
  /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)))?)?)?$/;

/** The parts of a FHIR dateTime; what it leaves out is undefined. */
export interface DateTimeParts {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly time?: {
    readonly seconds: number;
    readonly fraction: string;
    readonly offsetMinutes: number;
    readonly isLeapSecond?: true;
  };
}

/** The parts of a dateTime that exists in the calendar, or undefined. */
export function parseDateTime(value: unknown): DateTimeParts | undefined {
  if (typeof value !== 'string') return undefined;
  const match = DATE_TIME.exec(value);
  if (match === null) return undefined;
  const [, years, months, days, hours, minutes, seconds, fraction = '', zone] = match;
  const year = Number(years);
  if (year === 0) return undefined;
  if (months === undefined) return { year };
  const month = Number(months);
  if (days === undefined) return { year, month };
  const day = Number(days);
  if (day > daysIn(year, month)) return undefined;
  if (zone === undefined) return { year, month, day };
  const time = {
    seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
    fraction: withoutTrailingZeros(fraction),
    offsetMinutes: offsetOf(zone),
    ...(seconds === '60' ? { isLeapSecond: true as const } : {}),
  };
  return { year, month, day, time };
}

/** A dateTime or a day that needs no calendar to be known to exist; nearly all do not. */
const ORDINARY =
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d))?$/;

/** True for a FHIR dateTime that exists in the calendar. */
export function isDateTime(value: unknown): value is string {
  return typeof value === 'string' && (ORDINARY.test(value) || parseDateTime(value) !== undefined);
}

/** `500` as `5`; a loop, since a regular expression would look at every zero again and again. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Two days, or two dateTimes with as many digits and the same offset; these compare as texts do. */
function haveSameForm(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const hasSameOffset = a.length === 10 || (a.endsWith('Z') ? b.endsWith('Z') : b.endsWith(a.slice(-6)));
  return hasSameOffset && ORDINARY.test(a) && ORDINARY.test(b);
}

/**
 * Compares two dateTimes as FHIRPath does (http://hl7.org/fhirpath/N1/#comparison): negative, zero or positive, and
 * undefined where their precision leaves it open or one of them is not a dateTime.
 */
export function compareDateTimes(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'string' && typeof b === 'string' && haveSameForm(a, b)) return a === b ? 0 : a < b ? -1 : 1;
  const left = parseDateTime(a);
  const right = parseDateTime(b);
  if (left === undefined || right === undefined) return undefined;
  if (left.time !== undefined && right.time !== undefined) return compareInstants(left, right);
  for (const part of ['year', 'month', 'day'] as const) {
    const l = left[part];
    const r = right[part];
    if (l === undefined && r === undefined) return 0;
    if (l === undefined || r === undefined) return undefined;
    if (l !== r) return l - r;
  }
  return left.time === undefined && right.time === undefined ? 0 : undefined;
}

function compareInstants(a: DateTimeParts, b: DateTimeParts): number {
  const seconds = secondsOf(a) - secondsOf(b) || leapOf(a) - leapOf(b);
  if (seconds !== 0) return seconds;
  const [left, right] = [a.time?.fraction ?? '', b.time?.fraction ?? ''];
  const width = Math.max(left.length, right.length);
  const [l, r] = [left.padEnd(width, '0'), right.padEnd(width, '0')];
  if (l === r) return 0;
  return l < r ? -1 : 1;
}

/**
 * The seconds from 1970-01-01T00:00:00Z to a dateTime, without their fraction; what it leaves out is taken for its first, and a leap
 * second counts as the one before it.
 */
export function secondsOf(parts: DateTimeParts): number {
  const { year, month = 1, day = 1, time } = parts;
  const seconds = (time?.seconds ?? 0) - leapOf(parts);
  return daysFromCivil(year, month, day) * 86400 + seconds - (time?.offsetMinutes ?? 0) * 60;
}

/** 1 for a leap second, which is after the second before it and before the next minute; 0 for any other. */
const leapOf = ({ time }: DateTimeParts): number => (time?.isLeapSecond === true ? 1 : 0);

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** A date-time field of ClinikAPI: a FHIR dateTime with a time and an offset. What to do with less is the caller's choice. */
export function dateTime(): Codec<string, string, FhirScope> {
  const fits = (value: string, scope: FhirScope): boolean => {
    const parts = parseDateTime(value);
    return parts !== undefined && (parts.time !== undefined || scope.options.partialDates === 'keep');
  };
  return {
    fidelity: 'partial',
    rule: 'as it is, with time and offset; a partial date is left out',
    schema: { type: 'string', format: 'date-time' },
    sibling: '_',
    read: (value, scope) => (isDateTime(value) ? withTime(value, scope) : leftOut(value, scope)),
    write: (value) => value,
    admit: (value, scope) =>
      admitGrammar(
        value,
        (v) => fits(v, scope),
        'date-time-grammar',
        "A date-time follows FHIR's grammar: a date that exists, a time with seconds, an offset.",
        scope,
        parseDateTime(value) === undefined ? undefined : ['partialDates'],
      ),
  };
}

function withTime(value: string, scope: FhirScope): string | undefined {
  if (value.length > 10 || scope.options.partialDates === 'keep') return value;
  noteUnread(scope, 'partial-date');
  report(scope, scope.options.partialDates === 'refuse' ? PARTIAL : LEFT_OUT);
  return undefined;
}

/** Reports text that is no date; to guess its seconds or its offset could move it by hours. */
function leftOut(value: unknown, scope: FhirScope): undefined {
  if (nonEmpty(value) === undefined) return;
  noteUnread(scope, 'unsupported');
  report(scope, MALFORMED);
}

const MALFORMED: Finding = {
  severity: 'warning',
  code: 'value',
  id: 'date-malformed-omitted',
  diagnostics:
    "The conversion left out what is no FHIR date: it does not follow R4's grammar, such as a time without seconds or offset, or is not in the calendar.",
};

const PARTIAL: Finding = {
  severity: 'error',
  code: 'value',
  id: 'date-partial',
  diagnostics: 'ClinikAPI wants a date with a time here, and the resource has less.',
  options: ['partialDates'],
};

const LEFT_OUT: Finding = {
  severity: 'warning',
  code: 'incomplete',
  id: 'date-partial-omitted',
  diagnostics:
    "ClinikAPI wants a date with a time here; the conversion left the date out. `partialDates: 'keep'` keeps it.",
};

/** A plain date field of ClinikAPI: any FHIR dateTime, also a partial one. */
export function plainDate(): Codec<string, string, FhirScope> {
  return grammar(isDateTime, 'A date follows FHIR’s grammar: YYYY, YYYY-MM, YYYY-MM-DD, or with time and offset.');
}

/** A FHIR date with a day. */
export function date(): Codec<string, string, FhirScope> {
  return grammar((value) => value.length === 10 && parseDateTime(value) !== undefined, 'A date is written YYYY-MM-DD.');
}

function grammar(fits: (value: string) => boolean, diagnostics: string): Codec<string, string, FhirScope> {
  return {
    fidelity: 'exact',
    rule: 'as it is',
    schema: { type: 'string' },
    sibling: '_',
    read: (value, scope) => (typeof value === 'string' && fits(value) ? value : leftOut(value, scope)),
    write: (value) => value,
    admit: (value, scope) => admitGrammar(value, fits, 'date-grammar', diagnostics, scope),
  };
}
