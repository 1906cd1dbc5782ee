import { nearTo, typeNames } from '../fhir/allowedWords.js';
import {
  type ElementDefinition,
  isPrimitiveType,
  type StructureDefinition,
  structureOf,
  typeNamed,
} from '../fhir/definitions.js';
import { UNNAMED } from '../fhir/expression.js';
import { isPropertyName } from '../fhir/propertyNames.js';
import type { JsonObject } from '../lens/json.js';
import { checkResourceRules, checkUserRules } from './checkUserRules.js';
import { elementLooks } from './element.js';
import { triggersOf } from './fhirpath/triggers.js';
import { fineAt, forget } from './glance/fine.js';
import { isSurelyFine } from './glance/glance.js';
import { NO_GLANCE } from './glance/make.js';
import { type Shape, type Slot, slotAfter } from './glance/shape.js';
import { checkInvariants, prepare } from './invariants.js';
import { lazily } from './look.js';
import { siblingLook } from './sibling.js';
import { MAX_DEPTH, report, STOP, spend, type Walk, type Walker, type Walkers, walkPast } from './walk.js';

/** The bit of an element that has more than an id (ele-1). */
const CONTENT = 1;

const shapes = new Map<StructureDefinition, Shape>();

/** The shape of a type, made on first use. */
function shapeOf(structure: StructureDefinition): Shape {
  const before = shapes.get(structure);
  if (before !== undefined) return before;
  const shape = makeShape(structure, structure.kind === 'datatype');
  shapes.set(structure, shape);
  return shape;
}

const walkers = new Map<StructureDefinition, Walker>();

/** The walker of a type, made on first use. */
function walkerOf(structure: StructureDefinition): Walker {
  const before = walkers.get(structure);
  if (before !== undefined) return before;
  const walker = makeWalker(structure, shapeOf(structure));
  walkers.set(structure, walker);
  return walker;
}

/** The walkers of R4's types. */
export const WALKERS: Walkers = {
  of: walkerOf,
  besideValue: lazily(() => walkerOfSibling(false)),
  insteadOfValue: lazily(() => walkerOfSibling(true)),
};

function walkerOfSibling(needsContent: boolean): Walker {
  const structure = typeNamed('Element');
  return makeWalker(structure, makeShape(structure, needsContent));
}

function makeShape(structure: StructureDefinition, needsContent: boolean): Shape {
  const bits = bitsOf(structure);
  const { slots, required } = makeSlots(structure, bits);
  const invariants = prepare(structure.invariants, { structure }, (name) => {
    const element = structure.elements.get(name);
    return element === undefined ? undefined : bits.get(element);
  });
  const needed = needsContent ? required | CONTENT : required;
  return { bits, slots, needed, invariants, first: undefined };
}

function makeWalker(structure: StructureDefinition, shape: Shape): Walker {
  const { slots, needed, invariants } = shape;
  const place = { structure };
  const isOfResource = structure.kind === 'resource';

  return (node, walk) => {
    const since = walk.findings.length;
    const depth = walk.depth + 1;
    if (depth > MAX_DEPTH) {
      report(walk, 'too-deep');
      throw STOP;
    }
    spend(1, walk);
    let fine = fineAt(walk.fine.properties, walk.fine, depth);
    let seen = 0;
    let several = 0;
    let last: Slot | undefined;
    for (const key in node) {
      fine -= 1;
      const slot = slotAfter(last, key, shape);
      last = slot;
      if (slot === undefined) {
        if (!Object.hasOwn(node, key)) continue;
        walk.depth = depth - 1;
        const meant = reportUnknown(key, structure, walk);
        walkPast(node[key], walk);
        seen |= CONTENT | bitOf(meant, shape.bits);
        continue;
      }
      walk.names[depth] = slot.name;
      walk.indexes[depth] = -1;
      walk.depth = depth;
      const value = node[key];
      // JSON has no undefined: an object made in memory may hold it, and means nothing by it.
      if (value === undefined) continue;
      if ((seen & slot.choice & ~several) !== 0 && reportSeveral(node, slot, slots, walk)) several |= slot.choice;
      seen |= slot.bits;
      if (fine >= 0) continue;
      // A primitive takes no longer to be looked at; what is on the way was glanced at.
      const isGlanced = isOfResource || (slot.glance.kind === 'object' && (fine < -1 || walk.fine.end < depth));
      if (isGlanced && walk.rules === undefined && isSurelyFine(value, slot.glance, walk)) continue;
      slot.look(value, walk, node);
      forget(walk.fine);
    }
    forget(walk.fine);
    walk.depth = depth - 1;
    if ((seen & needed) !== needed && !reportMissing(node, structure, seen, walk)) return false;
    checkInvariants(invariants, node, undefined, since, walk, seen);
    if (walk.rules === undefined) return true;
    checkUserRules(walk.rules, structure.path, place, node, undefined, walk);
    if (structure.kind === 'resource') checkResourceRules(walk.rules, place, node, walk);
    return true;
  };
}

type Bits = ReadonlyMap<ElementDefinition, number>;

const bitOf = (element: ElementDefinition | undefined, bits: Bits): number =>
  element === undefined ? 0 : (bits.get(element) ?? 0);

function makeSlots(structure: StructureDefinition, bits: Bits): { slots: ReadonlyMap<string, Slot>; required: number } {
  const slots = new Map<string, Slot>();
  let required = 0;
  for (const element of structure.elements.values()) if (element.isRequired) required |= bitOf(element, bits);
  for (const [key, { element, type }] of structure.properties) {
    const own = bitOf(element, bits);
    const { name, isChoice } = element;
    const said = { name, bits: name === 'id' ? own : own | CONTENT, choice: isChoice ? own : 0 };
    slots.set(key, slotOf(key, { ...said, ...elementLooks(key, type, element, structure, shapeOf) }));
    if (isPrimitiveType(type) && !element.isAttribute) {
      slots.set(`_${key}`, slotOf(`_${key}`, { ...said, look: siblingLook(key, element), glance: NO_GLANCE }));
    }
  }
  if (structure.kind === 'resource') {
    const name = 'resourceType';
    slots.set(name, slotOf(name, { name, bits: 0, choice: 0, look: () => {}, glance: NO_GLANCE }));
  }
  return { slots, required };
}

function slotOf(key: string, { name, look, glance, bits, choice }: Omit<Slot, 'key' | 'next'>): Slot {
  return { key: internalized(key), name, look, glance, bits, choice, next: undefined };
}

/** The same text as engines keep the names of properties: comparing those is comparing where they are. */
const internalized = (key: string): string => Object.keys({ [key]: 0 })[0] ?? key;

/** How many elements have a bit of their own beside that of the content. */
const MOST = 29;

/** A bit for each element whose presence matters: what is required or a choice, and what invariants need to be able to fail. */
function bitsOf({ path, elements, invariants }: StructureDefinition): Bits {
  const bits = new Map<ElementDefinition, number>();
  const give = (element: ElementDefinition): void => {
    if (!bits.has(element)) bits.set(element, CONTENT << (bits.size + 1));
  };
  for (const element of elements.values()) if (element.isRequired || element.isChoice) give(element);
  if (bits.size > MOST) throw new Error(`${path} has too many required elements for one number`);
  for (const { tree = '' } of invariants) {
    for (const name of triggersOf(tree, { path, elements }) ?? []) {
      const element = elements.get(name);
      if (element !== undefined && bits.size < MOST) give(element);
    }
  }
  return bits;
}

/** Reports the required elements that are not there; false where the object says nothing at all. */
function reportMissing(node: JsonObject, structure: StructureDefinition, seen: number, walk: Walk): boolean {
  if (structure.kind === 'datatype' && (seen & CONTENT) === 0) {
    report(walk, Object.keys(node).length === 0 ? 'empty-value' : 'ele-1');
    return false;
  }
  for (const [element, bit] of bitsOf(structure)) {
    if (element.isRequired && (seen & bit) === 0) report(walk, 'missing-element', undefined, element.name);
  }
  return true;
}

/** Reports a second type of one choice: `valueString` beside `valueQuantity`, but not beside `_valueString`. */
function reportSeveral(node: JsonObject, { name }: Slot, slots: ReadonlyMap<string, Slot>, walk: Walk): boolean {
  const types = new Set<string>();
  for (const key in node) {
    if (slots.get(key)?.name === name && node[key] !== undefined) types.add(key.replace(/^_/, ''));
  }
  if (types.size > 1) report(walk, 'several-choices');
  return types.size > 1;
}

/** Reports a property that R4 does not have; the element that it was meant for, where that is clear. */
function reportUnknown(key: string, structure: StructureDefinition, walk: Walk): ElementDefinition | undefined {
  const name = key.startsWith('_') ? key.slice(1) : key;
  const owner = name === key ? undefined : structure.properties.get(name)?.element;
  if (owner !== undefined) {
    report(walk, 'sibling-misplaced', undefined, owner.name);
    return owner;
  }
  const choice = [...structure.elements.values()].find(
    (element) => element.isChoice && name.startsWith(element.name) && isTypeSuffix(name.slice(element.name.length)),
  );
  if (choice === undefined) {
    const says = `${structure.path} has no element of this name${nearTo(name, structure.properties.keys())}.`;
    report(walk, 'unknown-element', says, isPropertyName(name) ? name : UNNAMED);
  } else report(walk, 'choice-type', `${choice.name} takes ${typeNames(choice.types)}.`, choice.name);
  return choice;
}

/** True for `Quantity` and `DateTime`: the name of a type as it ends the name of a choice. */
function isTypeSuffix(suffix: string): boolean {
  if (!/^[A-Z]/.test(suffix)) return false;
  return structureOf(suffix) !== undefined || isPrimitiveType(suffix.charAt(0).toLowerCase() + suffix.slice(1));
}
