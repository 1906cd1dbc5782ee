import {
  type ElementDefinition,
  isPrimitiveType,
  primitiveOf,
  type StructureDefinition,
  typeNamed,
} from '../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { addressCheck, isKnownPlain } from './address.js';
import { checkNarrative } from './checkNarrative.js';
import { checkUserRules } from './checkUserRules.js';
import { DATATYPE_CHECKS } from './datatypes.js';
import { checkElementId, checkSpaces } from './elementId.js';
import type { Place } from './fhirpath/compile.js';
import { checkInvariants, type Prepared, prepare } from './invariants.js';
import { type Look, lookAtList, lookAtObject, reportWrongType } from './look.js';
import { lookAtResource } from './lookAtResource.js';
import { FORMAT_WORDS, type PrimitiveTest, primitiveTest, textFault } from './primitive.js';
import { referenceCheck } from './reference.js';
import { boundCheck, codeTest } from './terminology.js';
import type { UserRules } from './userRules.js';
import { report, reportAs, type Walk, type Walker } from './walk.js';

/** Looks at one value of an element, which is in focus. */
type ItemLook = (value: unknown, walk: Walk) => void;

/** What is asked of a value besides its structure; `since` is the number of findings before it was looked at. */
type Check = (value: JsonObject, walk: Walk, since: number) => void;

/** The look at a property of an element: its cardinality, its type, its binding and its rules. */
export function elementLook(key: string, type: string, element: ElementDefinition, owner: StructureDefinition): Look {
  const path = `${owner.path}.${element.name}`;
  if (isPrimitiveType(type)) return primitiveLook(key, type, element, owner);
  const look = type === 'Resource' ? resourceLook(path) : complexLook(type, element, path);
  return element.isList ? listOf(look) : look;
}

function resourceLook(path: string): ItemLook {
  const isContained = path === 'DomainResource.contained' || path.endsWith('.contained');
  return (value, walk) => lookAtResource(value, isContained ? 'contained' : 'inside', walk);
}

function listOf(look: ItemLook): Look {
  return (value, walk) => {
    if (!lookAtList(value, walk)) return;
    for (let index = 0; index < value.length; index += 1) {
      walk.indexes[walk.depth] = index;
      look(value[index], walk);
    }
  };
}

function complexLook(type: string, element: ElementDefinition, path: string): ItemLook {
  let walker: Walker | undefined;
  const lookAt = (value: unknown, walk: Walk): value is JsonObject => {
    walker ??= walk.walkers.of(element.content?.() ?? typeNamed(type));
    return lookAtObject(value, walker, walk);
  };
  const checks = checksOf(type, element);
  let place: Place | undefined;
  const placeOf = (): Place => {
    place ??= { structure: element.content?.() ?? typeNamed(type) };
    return place;
  };
  // Those of an element that is defined in place are those of its definition.
  const checkRules = (rules: UserRules, value: JsonObject, walk: Walk): void => {
    if (element.content?.().path !== path) checkUserRules(rules, path, placeOf(), value, undefined, walk);
  };
  let invariants: readonly Prepared[] | undefined;
  if (element.invariants.length === 0) {
    const [first, ...others] = checks;
    return (value, walk) => {
      const since = walk.findings.length;
      if (!lookAt(value, walk)) return;
      if (first !== undefined) first(value, walk, since);
      for (const check of others) check(value, walk, since);
      if (walk.rules !== undefined) checkRules(walk.rules, value, walk);
    };
  }
  return (value, walk) => {
    const since = walk.findings.length;
    if (!lookAt(value, walk)) return;
    for (const check of checks) check(value, walk, since);
    invariants ??= prepare(element.invariants, placeOf());
    checkInvariants(invariants, value, undefined, since, walk);
    if (walk.rules !== undefined) checkRules(walk.rules, value, walk);
  };
}

function checksOf(type: string, { binding, targets }: ElementDefinition): Check[] {
  const checks: Check[] = [];
  if (type === 'Reference') checks.push(referenceCheck(targets));
  const datatype = DATATYPE_CHECKS.get(type);
  if (datatype !== undefined) checks.push(datatype);
  const concept = binding === undefined ? undefined : boundCheck(type, binding);
  if (concept !== undefined) checks.push(concept);
  return checks;
}

function primitiveLook(key: string, type: string, element: ElementDefinition, owner: StructureDefinition): Look {
  const item = primitiveItem(key, type, element, owner);
  if (!element.isList) return item;
  const sibling = `_${key}`;
  return (value, walk, owner) => {
    if (!lookAtList(value, walk)) return;
    for (let index = 0; index < value.length; index += 1) {
      walk.indexes[walk.depth] = index;
      const one: unknown = value[index];
      if (one !== null) item(one, walk, owner);
      else if (!hasSibling(own(owner, sibling), index)) report(walk, 'null-value');
    }
  };
}

const hasSibling = (siblings: unknown, index: number): boolean => Array.isArray(siblings) && isObject(siblings[index]);

function primitiveItem(key: string, type: string, element: ElementDefinition, owner: StructureDefinition): Look {
  const path = `${owner.path}.${element.name}`;
  const fits = primitiveTest(type);
  const isInSet = element.binding === undefined ? undefined : codeTest(type, element.binding);
  const format = formatLook(type, fits);
  const invariants = prepare(element.invariants, { primitive: type });
  const check = textCheck(type, element, owner);
  const isSimple = isInSet === undefined && invariants.length === 0;
  if (isSimple && check === undefined) return unless(fits, withRules(key, path, type, format));
  const look = withRules(key, path, type, (value, walk, owner) => {
    if (!format(value, walk)) return;
    const since = walk.findings.length;
    if (typeof value === 'string') {
      check?.(value, walk);
      if (isInSet !== undefined && !isInSet(value, walk)) report(walk, 'binding-required');
    }
    if (invariants.length > 0) checkInvariants(invariants, value, siblingOf(key, walk, owner), since, walk);
  });
  return isSimple && ADDRESSES.has(type) ? unless(isKnownPlain, look) : look;
}

/** The same look, without the way to it for a value of which nothing is to be said; most are such. */
function unless(isFine: PrimitiveTest, look: Look): Look {
  return (value, walk, owner) => {
    if (walk.rules !== undefined || !isFine(value)) look(value, walk, owner);
  };
}

const ADDRESSES: ReadonlySet<string> = new Set(['uri', 'url', 'canonical']);

/** What is asked of a text besides its format, its codes and its invariants. */
function textCheck(
  type: string,
  { name }: ElementDefinition,
  { path, kind }: StructureDefinition,
): ((value: string, walk: Walk) => void) | undefined {
  if (type === 'xhtml') return checkNarrative;
  if (ADDRESSES.has(type)) return addressCheck(type, `${path}.${name}`, kind === 'resource');
  if (name !== 'id' || kind !== 'datatype') return undefined;
  return path === 'ElementDefinition' ? checkSpaces : checkElementId;
}

/** What stands beside the primitive value in focus. */
function siblingOf(key: string, walk: Walk, owner: JsonObject): unknown {
  const sibling = own(owner, `_${key}`);
  return Array.isArray(sibling) ? sibling[walk.indexes[walk.depth] ?? 0] : sibling;
}

function withRules(key: string, path: string, type: string, look: Look): Look {
  const place: Place = { primitive: type };
  return (value, walk, owner) => {
    look(value, walk, owner);
    if (walk.rules !== undefined) {
      checkUserRules(walk.rules, path, place, value, siblingOf(key, walk, owner), walk);
      checkUserRules(walk.rules, type, place, value, siblingOf(key, walk, owner), walk);
    }
  };
}

/** Looks at a primitive value; false where it is none of its type. */
function formatLook(type: string, fits: PrimitiveTest): (value: unknown, walk: Walk) => boolean {
  const expected = `The value should be ${FORMAT_WORDS[type] ?? 'of its type'}.`;
  return (value, walk) => {
    if (fits(value)) return true;
    if (value === '') report(walk, 'empty-value');
    else if (!hasJsonType(value, type)) reportWrongType(value, expected, walk);
    else {
      const fault = typeof value === 'string' ? textFault(type, value) : 'format';
      if (fault === 'control-character') {
        report(walk, fault);
        return true;
      }
      const diagnostics = fault === 'too-long' ? TOO_LONG : expected;
      reportAs(walk, { severity: 'error', code: 'value', id: `format-${type}`, diagnostics });
    }
    return false;
  };
}

const TOO_LONG = 'The value is too long: R4 allows a text of at most 1,048,576 characters.';

function hasJsonType(value: unknown, type: string): boolean {
  return typeof value === (primitiveOf(type)?.json ?? 'string');
}
