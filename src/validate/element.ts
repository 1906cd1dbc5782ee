import { codesAllowed } from '../fhir/allowedWords.js';
import {
  type Binding,
  type ElementDefinition,
  isPrimitiveType,
  primitiveOf,
  type StructureDefinition,
  typeNamed,
} from '../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { ADDRESSES, addressCheck } from './address.js';
import { checkNarrative } from './checkNarrative.js';
import { checkUserRules } from './checkUserRules.js';
import { DATATYPE_CHECKS } from './datatypes.js';
import { checkElementId, checkSpaces } from './elementId.js';
import type { Place } from './fhirpath/compile.js';
import { fineAt, forget } from './glance/fine.js';
import { isSurelyFine } from './glance/glance.js';
import { checkAll, NO_GLANCE, objectGlance, primitiveGlance } from './glance/make.js';
import type { Check, Glance, ShapeOf, Slot } from './glance/shape.js';
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

interface ItemLooks {
  readonly look: ItemLook;
  readonly glance: Glance;
}

/** How an element is looked at. */
type Looks = Pick<Slot, 'look' | 'glance'>;

/** The looks at a property of an element: its cardinality, its type, its binding and its rules. */
export function elementLooks(
  key: string,
  type: string,
  element: ElementDefinition,
  owner: StructureDefinition,
  shapeOf: ShapeOf,
): Looks {
  const path = `${owner.path}.${element.name}`;
  if (isPrimitiveType(type)) return primitiveLooks(key, type, element, owner);
  const { look, glance } =
    type === 'Resource' ? { look: resourceLook(path), glance: NO_GLANCE } : complexLooks(type, element, owner, shapeOf);
  return { look: element.isList ? listOf(look, glance) : look, glance };
}

function resourceLook(path: string): ItemLook {
  const isContained = path === 'DomainResource.contained' || path.endsWith('.contained');
  return (value, walk) => lookAtResource(value, isContained ? 'contained' : 'inside', walk);
}

function listOf(look: ItemLook, glance: Glance): Look {
  return (value, walk) => {
    if (!lookAtList(value, walk)) return;
    const { depth } = walk;
    const first = fineAt(walk.fine.items, walk.fine, depth);
    for (let index = first; index < value.length; index += 1) {
      walk.indexes[depth] = index;
      const isGlanced = walk.rules === undefined && index > first;
      if (isGlanced && isSurelyFine(value[index], glance, walk, false)) continue;
      look(value[index], walk);
      forget(walk.fine);
    }
  };
}

function complexLooks(
  type: string,
  element: ElementDefinition,
  owner: StructureDefinition,
  shapeOf: ShapeOf,
): ItemLooks {
  const path = `${owner.path}.${element.name}`;
  let walker: Walker | undefined;
  const lookAt = (value: unknown, walk: Walk): value is JsonObject => {
    walker ??= walk.walkers.of(element.content?.() ?? typeNamed(type));
    return lookAtObject(value, walker, walk);
  };
  const reference = type === 'Reference' ? referenceCheck(element.targets) : undefined;
  const check = checkAll([...(reference === undefined ? [] : [reference.check]), ...checksOf(type, element)]);
  let place: { readonly structure: StructureDefinition } | undefined;
  const placeOf = (): { readonly structure: StructureDefinition } => {
    place ??= { structure: element.content?.() ?? typeNamed(type) };
    return place;
  };
  // Those of an element that is defined in place are those of its definition.
  const checkRules = (rules: UserRules, value: JsonObject, walk: Walk): void => {
    if (element.content?.().path !== path) checkUserRules(rules, path, placeOf(), value, undefined, walk);
  };
  let invariants: readonly Prepared[] | undefined;
  const invariantsOf = (): readonly Prepared[] => {
    invariants ??= prepare(element.invariants, placeOf());
    return invariants;
  };
  const glance = objectGlance(type, element, owner, {
    isPlain: reference?.isPlain,
    check,
    shapeOf: () => shapeOf(placeOf().structure),
    invariantsOf,
  });
  const look: ItemLook = (value, walk) => {
    const since = walk.findings.length;
    if (!lookAt(value, walk)) return;
    check?.(value, walk, since);
    if (element.invariants.length > 0) checkInvariants(invariantsOf(), value, undefined, since, walk);
    if (walk.rules !== undefined) checkRules(walk.rules, value, walk);
  };
  return { look, glance };
}

function checksOf(type: string, { binding }: ElementDefinition): Check[] {
  const checks: Check[] = [];
  const datatype = DATATYPE_CHECKS.get(type);
  if (datatype !== undefined) checks.push(datatype);
  const concept = binding === undefined ? undefined : boundCheck(type, binding);
  if (concept !== undefined) checks.push(concept);
  return checks;
}

function primitiveLooks(key: string, type: string, element: ElementDefinition, owner: StructureDefinition): Looks {
  const { look: item, glance } = primitiveItem(key, type, element, owner);
  if (!element.isList) return { look: item, glance };
  const sibling = `_${key}`;
  const look: Look = (value, walk, owner) => {
    if (!lookAtList(value, walk)) return;
    for (let index = 0; index < value.length; index += 1) {
      walk.indexes[walk.depth] = index;
      const one: unknown = value[index];
      if (one !== null) item(one, walk, owner);
      else if (!hasSibling(own(owner, sibling), index)) report(walk, 'null-value');
    }
  };
  return { look, glance };
}

const hasSibling = (siblings: unknown, index: number): boolean => Array.isArray(siblings) && isObject(siblings[index]);

function primitiveItem(key: string, type: string, element: ElementDefinition, owner: StructureDefinition): Looks {
  const path = `${owner.path}.${element.name}`;
  const fits = primitiveTest(type);
  const set = element.binding === undefined ? undefined : codeTest(type, element.binding);
  const format = formatLook(type, fits);
  const invariants = prepare(element.invariants, { primitive: type });
  const check = textCheck(type, element, owner);
  const hasInvariants = invariants.length > 0;
  const glance = primitiveGlance(type, element, owner, { fits, set, check, hasInvariants });
  const look = withRules(key, path, type, (value, walk, owner) => {
    if (!format(value, walk)) return;
    const since = walk.findings.length;
    if (typeof value === 'string') {
      check?.(value, walk);
      if (set !== undefined && !set.has(value, walk)) reportCode(element.binding, value, walk);
    }
    if (hasInvariants) checkInvariants(invariants, value, siblingOf(key, walk, owner), since, walk);
  });
  return { look, glance };
}

function reportCode(binding: Binding | undefined, value: string, walk: Walk): void {
  report(walk, 'binding-required', binding === undefined ? undefined : codesAllowed(binding, value));
}

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
