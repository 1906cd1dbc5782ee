import { isObject, type JsonObject, own } from '../lens/json.js';

const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** What a server was asked that leaves codes of the set out (https://hl7.org/fhir/R4/valueset-operation-expand.html). */
const NARROWING: ReadonlySet<unknown> = new Set([
  'activeOnly',
  'excludeNotForUI',
  'excludePostCoordinated',
  'limitedExpansion',
]);

/** What says that there are codes that it does not list (https://hl7.org/fhir/R4/valueset-extensions.html). */
const OPEN: ReadonlySet<unknown> = new Set([
  'http://hl7.org/fhir/StructureDefinition/valueset-unclosed',
  'http://hl7.org/fhir/StructureDefinition/valueset-toocostly',
]);

/** True for an expansion with all of its codes: no page of one, and none that was cut (https://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.expansion.total). */
export function isWhole(expansion: JsonObject, listed: number): boolean {
  if (objects(own(expansion, 'extension')).some((one) => OPEN.has(own(one, 'url')) && isSaid(one))) return false;
  const parameters = objects(own(expansion, 'parameter'));
  if (parameters.some(isNarrowing)) return false;
  const total = own(expansion, 'total');
  if (typeof total === 'number') return listed >= total;
  const [offset, count] = ['offset', 'count'].map((name) => parameters.find((one) => own(one, 'name') === name));
  if (Number(own(expansion, 'offset') ?? 0) > 0 || (offset !== undefined && numberIn(offset) > 0)) return false;
  return listed > 0 && (count === undefined || listed < numberIn(count));
}

const isSaid = (one: JsonObject): boolean => own(one, 'valueBoolean') !== false;

const numberIn = (parameter: JsonObject): number =>
  Number(own(parameter, 'valueInteger') ?? own(parameter, 'valueDecimal') ?? own(parameter, 'valueString'));

const isNarrowing = (parameter: JsonObject): boolean => {
  const name = own(parameter, 'name');
  if (name === 'filter') return own(parameter, 'valueString') !== '';
  return NARROWING.has(name) && isSaid(parameter) && own(parameter, 'valueString') !== 'false';
};
