import { type ElementDefinition, isPrimitiveType, type StructureDefinition, structureOf } from '../fhir/definitions.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { elementLook } from './element.js';
import { checkInvariants, prepare } from './invariants.js';
import { siblingLook } from './sibling.js';
import { checkResourceRules, checkUserRules } from './userRules.js';
import { MAX_DEPTH, passOver, report, STOP, spend, type Walk } from './walk.js';

/** Looks at an object of a type: its elements, and the rules of the type. The object is in focus. */
export type Walker = (node: JsonObject, walk: Walk) => void;

/** Looks at the value of a JSON property, which is in focus; `owner` is the object it stands in. */
export type Look = (value: unknown, walk: Walk, owner: JsonObject) => void;

interface Slot {
  /** The element's name, which is not that of the property in a choice. */
  readonly name: string;
  readonly look: Look;
  /** What the property's presence says: bits of what is required, and of the choice it belongs to. */
  readonly bits: number;
  readonly choice: number;
}

/** The bit of an element that has more than an id (ele-1). */
const CONTENT = 1;

const made = new Map<StructureDefinition, Walker>();

/** The walker of a type, made on first use. */
export function walkerOf(structure: StructureDefinition): Walker {
  const before = made.get(structure);
  if (before !== undefined) return before;
  const walker = makeWalker(structure, structure.kind === 'datatype');
  made.set(structure, walker);
  return walker;
}

/** The walker of what stands beside a primitive: of an element that has a value, where it may be an id alone. */
export const besideValue = lazily(() => makeWalker(typeNamed('Element'), false));
export const insteadOfValue = lazily(() => makeWalker(typeNamed('Element'), true));

/** A walker that is made when it is first used. */
export function lazily(make: () => Walker): Walker {
  let walker: Walker | undefined;
  return (node, walk) => {
    walker ??= make();
    walker(node, walk);
  };
}

/** The structure of a type that R4's own tables name. */
export function typeNamed(name: string): StructureDefinition {
  const structure = structureOf(name);
  if (structure === undefined) throw new Error(`the tables of R4 have no type ${name}`);
  return structure;
}

function makeWalker(structure: StructureDefinition, needsContent: boolean): Walker {
  const { slots, required } = makeSlots(structure);
  const needed = needsContent ? required | CONTENT : required;
  const place = { structure };
  const invariants = prepare(structure.invariants, place);

  return (node, walk) => {
    const since = walk.findings.length;
    const depth = walk.depth + 1;
    if (depth > MAX_DEPTH) {
      report(walk, 'too-deep');
      throw STOP;
    }
    spend(1, walk);
    let seen = 0;
    walk.depth = depth;
    for (const key in node) {
      const slot = slots.get(key);
      if (slot === undefined) {
        if (!Object.hasOwn(node, key)) continue;
        walk.depth = depth - 1;
        reportUnknown(key, structure, walk);
        passOver(node[key], walk);
        walk.depth = depth;
        seen |= CONTENT;
        continue;
      }
      const value = node[key];
      // JSON has no undefined: an object made in memory may hold it, and means nothing by it.
      if (value === undefined) continue;
      walk.names[depth] = slot.name;
      walk.indexes[depth] = -1;
      if ((seen & slot.choice) !== 0) reportSeveral(node, slot, slots, walk);
      seen |= slot.bits;
      slot.look(value, walk, node);
    }
    walk.depth = depth - 1;
    if ((seen & needed) !== needed && reportMissing(node, structure, seen, walk)) return;
    checkInvariants(invariants, node, undefined, since, walk);
    if (walk.rules === undefined) return;
    checkUserRules(walk.rules, structure.path, place, node, undefined, walk);
    if (structure.kind === 'resource') checkResourceRules(walk.rules, place, node, walk);
  };
}

function makeSlots(structure: StructureDefinition): { slots: ReadonlyMap<string, Slot>; required: number } {
  const slots = new Map<string, Slot>();
  const bits = bitsOf(structure);
  let required = 0;
  for (const element of structure.elements.values()) if (element.isRequired) required |= bits.get(element) ?? 0;
  for (const [key, { element, type }] of structure.properties) {
    const own = bits.get(element) ?? 0;
    const slot = {
      name: element.name,
      bits: element.name === 'id' ? own : own | CONTENT,
      choice: element.isChoice ? own : 0,
    };
    slots.set(key, { ...slot, look: elementLook(key, type, element, structure) });
    if (isPrimitiveType(type) && !element.isAttribute) {
      slots.set(`_${key}`, { ...slot, look: siblingLook(key, element) });
    }
  }
  if (structure.kind === 'resource')
    slots.set('resourceType', { name: 'resourceType', look: () => {}, bits: 0, choice: 0 });
  return { slots, required };
}

/** A bit for each element whose presence matters; R4 has no type with more than a few. */
function bitsOf({ path, elements }: StructureDefinition): ReadonlyMap<ElementDefinition, number> {
  const bits = new Map<ElementDefinition, number>();
  for (const element of elements.values()) {
    if (element.isRequired || element.isChoice) bits.set(element, CONTENT << (bits.size + 1));
  }
  if (bits.size > 29) throw new Error(`${path} has too many required elements for one number`);
  return bits;
}

/** Reports the required elements that are not there; true where there is nothing else to say of the object. */
function reportMissing(node: JsonObject, structure: StructureDefinition, seen: number, walk: Walk): boolean {
  if (Object.keys(node).length === 0) {
    report(walk, 'empty-value');
    return true;
  }
  if (structure.kind === 'datatype' && (seen & CONTENT) === 0) report(walk, 'ele-1');
  for (const [element, bit] of bitsOf(structure)) {
    if (element.isRequired && (seen & bit) === 0) report(walk, 'missing-element', undefined, element.name);
  }
  return false;
}

/** Reports a second type of one choice: `valueString` beside `valueQuantity`, but not beside `_valueString`. */
function reportSeveral(node: JsonObject, { name }: Slot, slots: ReadonlyMap<string, Slot>, walk: Walk): void {
  const types = new Set<string>();
  for (const key in node) if (slots.get(key)?.name === name) types.add(key.replace(/^_/, ''));
  const isReported = walk.findings.some(
    ({ id, names }) => id === 'several-choices' && names.length === walk.depth + 1 && isHere(names, walk),
  );
  if (types.size > 1 && !isReported) report(walk, 'several-choices');
}

const isHere = (names: readonly string[], walk: Walk): boolean =>
  names.every((name, level) => name === walk.names[level]);

/** Names that a message may hold; any other could be a value of the record. */
const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

function reportUnknown(key: string, structure: StructureDefinition, walk: Walk): void {
  const name = key.startsWith('_') ? key.slice(1) : key;
  const shown = NAME.test(name) ? name : 'children()';
  if (name !== key && structure.properties.has(name)) {
    report(walk, 'sibling-misplaced', undefined, structure.properties.get(name)?.element.name);
    return;
  }
  const choice = [...structure.elements.values()].find(
    (element) => element.isChoice && name.startsWith(element.name) && isTypeSuffix(name.slice(element.name.length)),
  );
  if (choice === undefined) report(walk, 'unknown-element', undefined, shown);
  else report(walk, 'choice-type', undefined, choice.name);
}

/** True for `Quantity` and `DateTime`: the name of a type as it ends the name of a choice. */
function isTypeSuffix(suffix: string): boolean {
  return structureOf(suffix) !== undefined || isPrimitiveType(suffix.charAt(0).toLowerCase() + suffix.slice(1));
}

/** An object that is looked at as one of a type; anything else is reported. */
export function lookAtObject(value: unknown, walker: Walker, walk: Walk): value is JsonObject {
  if (isObject(value)) {
    walker(value, walk);
    return true;
  }
  reportNoObject(value, walk);
  return false;
}

/** Reports what stands in the place of an object. */
export function reportNoObject(value: unknown, walk: Walk): void {
  if (value === null) report(walk, 'null-value');
  else if (Array.isArray(value)) report(walk, 'list-unexpected');
  else report(walk, 'wrong-json-type', 'An object is expected here.');
  passOver(value, walk);
}
