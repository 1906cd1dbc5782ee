import { isDateTime } from '../../src/fhir/datatypes/dateTime.js';
import type { Invariant } from '../../src/fhir/definitions.js';
import { isPrimitiveType } from '../../src/fhir/definitions.js';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { type Check, compile } from '../../src/validate/fhirpath/compile.js';
import { type Interpreter, interpreter } from '../../src/validate/fhirpath/interpret.js';
import { triggersOf } from '../../src/validate/fhirpath/triggers.js';
import { elementsFrom, elementsOf, type Visit } from './elements.js';

/** Why fhirpath's answer does not count where it differs from that of a closure. */
const EXCUSES = {
  'a list in a list, which no JSON of FHIR has; fhirpath walks into it in some functions and not in others': ({
    rootResource,
  }) => hasListInList(rootResource),
  'a primitive where an object must be; fhirpath finds the methods that JavaScript’s strings and its own decimals have':
    isAnywhere((object, properties) =>
      somewhere(object, properties, (type, item) => !isPrimitiveType(type) && !isJson(item)),
    ),
  'an object where a primitive must be, which fhirpath counts as a value': isAnywhere((object, properties) =>
    somewhere(object, properties, (type, item) => isPrimitiveType(type) && isJson(item)),
  ),
  'a name with _ beside what is no primitive, which no JSON of FHIR has; fhirpath counts it as an element': isAnywhere(
    (object, properties) =>
      [...properties].some(([name, { type }]) => !isPrimitiveType(type) && object[`_${name}`] !== undefined),
  ),
  'a choice made twice, of which fhirpath takes the first by name': isAnywhere(hasChoiceTwice),
  'no date or dateTime of FHIR; fhirpath takes times without minutes or offset, and compares what is none as text': (
    visit,
    key,
  ) => datesOf(visit, key).some((date) => !isDateTime(date)),
  'a fraction of more than three digits, which fhirpath reads as milliseconds all the same': (visit, key) =>
    datesOf(visit, key).some((date) => /\.\d{4}/.test(String(date))),
  'an offset of -00:mm, of which fhirpath loses the sign': (visit, key) =>
    datesOf(visit, key).some((date) => String(date).includes('-00:')),
  'a date and a dateTime; fhirpath takes the day of the dateTime where this process runs, not where it was written': (
    visit,
    key,
  ) => new Set(datesOf(visit, key).map((date) => String(date).includes('T'))).size > 1,
  'quantities, which fhirpath converts, where R4 wants one unit, or compares as "[object Object]"': (_, key) =>
    key === 'rng-2',
} as const satisfies { [reason: string]: (visit: Visit, key: string) => boolean };

/** The elements that an invariant compares as dates. */
const DATES: { readonly [key: string]: readonly string[] } = {
  'per-1': ['start', 'end'],
  'mdd-1': ['whenHandedOver', 'whenPrepared'],
  'inv-1': ['lastModified', 'authoredOn'],
};

function datesOf({ value }: Visit, key: string): readonly unknown[] {
  return isObject(value) ? (DATES[key] ?? []).map((name) => value[name]) : [];
}

function hasListInList(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => Array.isArray(item) || hasListInList(item));
  return isObject(value) && Object.values(value).some(hasListInList);
}

type Properties = ReadonlyMap<string, { readonly element: { readonly name: string }; readonly type: string }>;

/** Whether something is so in the element or anywhere below it. */
function isAnywhere(test: (object: JsonObject, properties: Properties) => boolean): (visit: Visit) => boolean {
  return (visit) =>
    [...elementsFrom(visit)].some(
      ({ place, value }) => 'structure' in place && isObject(value) && test(value, place.structure.properties),
    );
}

const isJson = (item: unknown): boolean => typeof item === 'object';

/** Whether a property has an item that does not go with the type of the property. */
function somewhere(
  object: JsonObject,
  properties: Properties,
  test: (type: string, item: unknown) => boolean,
): boolean {
  return [...properties].some(([name, { type }]) =>
    [object[name]].flat().some((item) => item !== undefined && item !== null && test(type, item)),
  );
}

function hasChoiceTwice(object: JsonObject, properties: Properties): boolean {
  const seen = new Set<string>();
  for (const [name, { element }] of properties) {
    if (object[name] === undefined && object[`_${name}`] === undefined) continue;
    if (seen.has(element.name)) return true;
    seen.add(element.name);
  }
  return false;
}

/** What came of the comparisons. */
export class Tally {
  /** How often a closure and fhirpath gave the same answer. */
  same = 0;
  /** How often fhirpath threw, as it does where JSON is not as it must be; the closures never do. */
  failed = 0;
  /** How often the closure left the answer to fhirpath. */
  left = 0;
  readonly excused: { [reason: string]: number } = {};
  /** Where they differ, and no reason says that fhirpath is wrong. */
  readonly differing: string[] = [];
  /** The invariants that both said to hold, and those that both said to fail. */
  readonly holding = new Set<string>();
  readonly failing = new Set<string>();

  get total(): number {
    return (
      this.same +
      this.failed +
      this.left +
      this.differing.length +
      Object.values(this.excused).reduce((a, b) => a + b, 0)
    );
  }

  /** Compares all invariants of a resource, those of the resources in it included. */
  compare(resource: JsonObject, name: string): void {
    for (const visit of elementsOf(resource)) {
      for (const invariant of visit.invariants) {
        if (invariant.tree !== undefined) this.#compareOn(visit, invariant, name);
      }
    }
  }

  #compareOn(visit: Visit, invariant: Invariant, name: string): void {
    const { value, sibling, resource, rootResource } = visit;
    const { check, oracle } = pairOf(visit, invariant);
    const environment = { resource, rootResource, resolve: (reference: string) => resolve(rootResource, reference) };
    const mine = check(value, sibling, environment);
    const answer = oracle(value, sibling, environment);
    if (mine !== true && !isTriggered(visit, invariant)) {
      this.differing.push(`${name}: ${pathOf(visit)} ${invariant.key} fails without any of its triggers`);
    }
    if ('problem' in answer) this.failed += 1;
    else if (mine === undefined) this.left += 1;
    else if (mine === answer.holds) {
      this.same += 1;
      (mine ? this.holding : this.failing).add(invariant.key);
    } else this.#note(visit, invariant, `${name}: ${pathOf(visit)} ${invariant.key}, where the closure says ${mine}`);
  }

  #note(visit: Visit, { key }: Invariant, difference: string): void {
    const reason = Object.entries(EXCUSES).find(([, applies]) => applies(visit, key))?.[0];
    if (reason === undefined) this.differing.push(difference);
    else this.excused[reason] = (this.excused[reason] ?? 0) + 1;
  }
}

/** Whether an element has what must be there for an invariant to fail. */
function isTriggered({ place, value }: Visit, { tree }: Invariant): boolean {
  if (!('structure' in place) || !isObject(value) || tree === undefined) return true;
  const triggers = triggersOf(tree, place.structure);
  if (triggers === undefined) return true;
  return [...place.structure.properties].some(
    ([name, { element }]) =>
      triggers.has(element.name) && (value[name] !== undefined || value[`_${name}`] !== undefined),
  );
}

const pairs = new Map<string, { readonly check: Check; readonly oracle: Interpreter }>();

const pathOf = ({ place }: Visit): string => ('structure' in place ? place.structure.path : place.primitive);

function pairOf(visit: Visit, { key, expression, tree }: Invariant): { check: Check; oracle: Interpreter } {
  const id = `${pathOf(visit)} ${expression}`;
  const before = pairs.get(id);
  if (before !== undefined) return before;
  const check = tree === undefined ? undefined : compile(tree, visit.place);
  if (check === undefined) throw new Error(`${key} at ${pathOf(visit)} is outside the subset`);
  const made = { check, oracle: interpreter(expression, visit.place) };
  pairs.set(id, made);
  return made;
}

/** The resource of a local reference, and one that is no Practitioner for any other. */
function resolve(rootResource: JsonObject, reference: string): JsonObject | undefined {
  if (!reference.startsWith('#'))
    return { resourceType: reference.includes('Practitioner/') ? 'Practitioner' : 'Patient' };
  const { contained } = rootResource;
  const found: unknown = Array.isArray(contained) ? contained.find((one) => one?.id === reference.slice(1)) : undefined;
  return isObject(found) ? found : undefined;
}
