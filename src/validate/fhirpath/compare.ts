import { compareDateTimes } from '../../fhir/datatypes/dateTime.js';
import { isObject } from '../../lens/json.js';
import { Outside, type Type, UNDECIDED } from './node.js';

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

/** Quantities of the same unit compare as their values do; the others have to be converted, which fhirpath can do. */
function compareQuantities(a: unknown, b: unknown): number {
  if (!isObject(a) || !isObject(b)) throw UNDECIDED;
  const isSameUnit = a.system === b.system && a.code === b.code && (a.code !== undefined || a.unit === b.unit);
  const isExact = a.comparator === undefined && b.comparator === undefined;
  const { value: left } = a;
  const { value: right } = b;
  if (!isSameUnit || !isExact || typeof left !== 'number' || typeof right !== 'number') throw UNDECIDED;
  return left - right;
}
