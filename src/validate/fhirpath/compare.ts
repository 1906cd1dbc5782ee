import { compareDateTimes } from '../../fhir/datatypes/dateTime.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { Outside, type Type } from './node.js';

/** Negative, zero or positive; undefined where it stays open. */
export type Comparison = (a: unknown, b: unknown) => number | undefined;

const DATES: ReadonlySet<string> = new Set(['date', 'dateTime', 'instant']);
const NUMBERS: ReadonlySet<string> = new Set(['decimal', 'integer', 'positiveInt', 'unsignedInt']);
const QUANTITIES: ReadonlySet<string> = new Set([
  'Quantity',
  'SimpleQuantity',
  'Age',
  'Count',
  'Distance',
  'Duration',
  'MoneyQuantity',
]);

const isDate = (type: Type): boolean => type.kind === 'primitive' && DATES.has(type.name);

const isNumber = (type: Type): boolean =>
  (type.kind === 'primitive' && NUMBERS.has(type.name)) || (type.kind === 'computed' && type.of === 'number');

const isQuantity = (type: Type): boolean => type.kind === 'structure' && QUANTITIES.has(type.structure.path);

/** True for items that are equal when their JSON is; a date, a time or a quantity may be equal otherwise. */
export function isPlain(type: Type): boolean {
  return !isDate(type) && !isQuantity(type) && !(type.kind === 'primitive' && type.name === 'time');
}

/** How values of these two types compare (http://hl7.org/fhirpath/N1/#comparison). */
export function comparisonOf(left: Type, right: Type): Comparison {
  if (isNumber(left) && isNumber(right)) return compareNumbers;
  if (isDate(left) && isDate(right)) return compareDateTimes;
  if (isQuantity(left) && isQuantity(right)) return compareQuantities;
  throw new Outside();
}

const compareNumbers: Comparison = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : undefined);

/**
 * Quantities of the same unit compare as their values do. Of others the order stays open, and nothing is converted: the two ends of
 * a Range have one unit (https://hl7.org/fhir/R4/datatypes.html#Range), and a library of units would be asked for texts of the record.
 */
function compareQuantities(a: unknown, b: unknown): number | undefined {
  return isObject(a) && isObject(b) && isSameUnit(a, b) ? compareNumbers(a.value, b.value) : undefined;
}

/** What both have is the same; and they share a code, or the words of the unit, or neither has either. */
function isSameUnit(a: JsonObject, b: JsonObject): boolean {
  const differ = (name: string): boolean => a[name] !== undefined && b[name] !== undefined && a[name] !== b[name];
  if (differ('unit') || differ('code') || differ('system')) return false;
  const share = (name: string): boolean => a[name] !== undefined && b[name] !== undefined;
  const hasUnit = ({ unit, code }: JsonObject): boolean => unit !== undefined || code !== undefined;
  return share('code') || share('unit') || !(hasUnit(a) || hasUnit(b));
}
