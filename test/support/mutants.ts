import { isPrimitiveType, structureOf, type Tree } from '../../src/fhir/definitions.js';
import { clone, isObject, type JsonObject } from '../../src/lens/json.js';
import { elementsOf } from './elements.js';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A place in a resource that a value can be put: a property, or an item of a list. */
interface Slot {
  readonly holder: JsonObject | unknown[];
  readonly key: string | number;
}

const get = ({ holder, key }: Slot): unknown => (Array.isArray(holder) ? holder[Number(key)] : holder[String(key)]);

function put({ holder, key }: Slot, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else holder[String(key)] = value;
}

function remove({ holder, key }: Slot): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[String(key)];
}

function slotsOf(holder: unknown, found: Slot[] = []): Slot[] {
  if (Array.isArray(holder)) {
    for (const [key, value] of holder.entries()) {
      found.push({ holder, key });
      slotsOf(value, found);
    }
  } else if (isObject(holder)) {
    for (const [key, value] of Object.entries(holder)) {
      // What is not of its type has no places, and no rules.
      if (key === 'resourceType') continue;
      found.push({ holder, key });
      slotsOf(value, found);
    }
  }
  return found;
}

const isPrimitive = (value: unknown): boolean => typeof value !== 'object';

const BESIDE: readonly unknown[] = [{ id: 'x' }, { extension: [{ url: 'http://example.org', valueCode: 'y' }] }];

/** Texts that some rule or other looks at, right and wrong ones. */
const TEXTS: readonly unknown[] = [
  ...[
    '1999',
    '2015-02',
    '2015-02-07',
    '2015-02-07T13:28:17Z',
    '2015-02-07T13:28:17.239+02:00',
    '2015-02-07T13:28:17.2-05:00',
  ],
  ...[
    '2015-02-08T00:00:00+14:00',
    '2015-02-07T23:59:59.9999Z',
    '2015-02-07T13:28:17-00:30',
    '2015-02-07T13:28',
    '15:00:00',
  ],
  ...[
    '#',
    '#x',
    '#p1',
    'Patient/1',
    'urn:uuid:1',
    'http://example.org/Patient/1/_history/1',
    'http://unitsofmeasure.org',
  ],
  ...[
    '*',
    '0',
    '1',
    '-1',
    '007',
    'a b',
    'Ab_1',
    'Extension',
    'constraint',
    'exists',
    'group',
    'display',
    '%',
    'C',
    'home',
  ],
  ...['final', 'instance', 'document', 'searchset', 'history', 'reference', 'data-changed', 'changes', 'logical', ''],
];

const OTHERS: readonly unknown[] = [
  0,
  1,
  -1,
  3,
  100.5,
  1e-9,
  true,
  false,
  null,
  [],
  {},
  [null],
  [{}],
  [[]],
  ['x', 'x'],
];

type Mutation = (slot: Slot, pick: Pick, slots: readonly Slot[]) => void;

/** What is done to a place; the last few are all about what only JSON can get wrong. */
const MUTATIONS: readonly Mutation[] = [
  (slot) => remove(slot),
  (slot) => remove(slot),
  (slot) => put(slot, [get(slot), clone(get(slot))]),
  ({ holder, key }) => {
    if (Array.isArray(holder)) holder.push(clone(holder[Number(key)]));
  },
  (slot, pick, slots) => {
    const other = pick(slots);
    const [mine, its] = [clone(get(slot)), clone(get(other))];
    put(slot, its);
    put(other, mine);
  },
  (slot, pick, slots) => put(slot, clone(get(pick(slots)))),
  (slot, pick) => rename(slot, pick(namesNear(slot))),
  (slot, pick) => rename(slot, pick(namesNear(slot))),
  (slot, pick) => {
    if (isPrimitive(get(slot)) && !Array.isArray(slot.holder)) rename(slot, `_${slot.key}`, clone(pick(BESIDE)));
  },
  ({ holder, key }, pick) => {
    if (!Array.isArray(holder) && isPrimitive(holder[String(key)])) holder[`_${key}`] = clone(pick(BESIDE));
  },
  ({ holder, key }, pick) => {
    if (Array.isArray(holder) || !Array.isArray(holder[String(key)])) return;
    const list: unknown[] = [...Object.values(holder[String(key)] ?? {}), null];
    holder[String(key)] = list;
    if (list.some((item) => typeof item === 'string'))
      holder[`_${key}`] = list.map(() => clone(pick([null, ...BESIDE])));
  },
  (slot, pick) => {
    if (typeof get(slot) === 'string') put(slot, pick(TEXTS));
  },
  (slot, pick) => {
    if (typeof get(slot) === 'string') put(slot, pick(TEXTS));
  },
  (slot, pick) => {
    if (typeof get(slot) === 'number') put(slot, pick([0, 1, -1, 2, 0.5, 100, 101]));
  },
  ({ holder }) => {
    if (!Array.isArray(holder) && typeof holder.start === 'string')
      [holder.start, holder.end] = [holder.end, holder.start];
  },
  (slot, pick) => put(slot, clone(pick([...TEXTS, ...OTHERS]))),
];

function rename({ holder, key }: Slot, name: string, value?: unknown): void {
  if (Array.isArray(holder)) return;
  const moved = value ?? holder[String(key)];
  delete holder[String(key)];
  holder[name] = moved;
}

const NAMES = [
  'value',
  'code',
  'system',
  'name',
  'type',
  'reference',
  'extension',
  'start',
  'end',
  'low',
  'high',
  'item',
];

/** The names that a property could have instead: those of a choice that it is of, and some that rules ask for. */
function namesNear({ holder, key }: Slot): readonly string[] {
  const choices = ['Extension', 'Observation', 'Condition', 'RiskAssessment.prediction', 'Goal']
    .flatMap((type) => [...(structureOf(type)?.properties ?? [])])
    .filter(([, { element }]) => element.isChoice && String(key).startsWith(element.name))
    .map(([name]) => name);
  return choices.length > 0 ? choices : [...NAMES, ...(Array.isArray(holder) ? [] : Object.keys(holder))];
}

/** Values of every type and of every element that is defined in place, as they occur in these resources. */
export function valuesIn(resources: readonly JsonObject[]): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, unknown[]>([['Resource', [...resources]]]);
  for (const { place, value } of resources.flatMap((resource) => [...elementsOf(resource)])) {
    if (value === undefined || value === null) continue;
    const type = 'structure' in place ? place.structure.path : place.primitive;
    const ofType = found.get(type) ?? [];
    if (ofType.length < 50) found.set(type, [...ofType, value]);
  }
  return found;
}

/** Rules that nearly all elements have, and would be provoked nearly always. */
const COMMON: ReadonlySet<string> = new Set([
  'dom-2',
  'dom-3',
  'dom-4',
  'dom-5',
  'dom-6',
  'ext-1',
  'ref-1',
  'txt-1',
  'txt-2',
]);

/** Adds, replaces or removes an element that some invariant asks for. */
function provoke(resource: JsonObject, values: ReadonlyMap<string, readonly unknown[]>, pick: Pick): void {
  const rules = [...elementsOf(resource)].flatMap(({ place, value, invariants }) =>
    invariants.filter(({ key }) => !COMMON.has(key)).map(({ tree }) => ({ place, value, tree })),
  );
  if (rules.length === 0) return;
  const { place, value, tree } = pick(rules);
  if (!('structure' in place) || !isObject(value) || tree === undefined) return;
  const { properties } = place.structure;
  const { names, texts } = partsOf(tree);
  if (properties.size === 0) return;
  const asked = [...properties].filter(([, { element }]) => names.includes(element.name));
  const [name, { element, type }] = pick(asked.length > 0 ? asked : [...properties]);
  if (value[name] !== undefined && pick([true, false])) {
    delete value[name];
    return;
  }
  const known = values.get(element.content?.().path ?? type) ?? [];
  const isText = isPrimitiveType(type) && type !== 'boolean' && typeof known[0] !== 'number';
  const made = clone(
    pick([...known, ...(isText ? [...texts, ...texts, ...texts] : []), ...(known.length > 0 ? [] : [{}])]),
  );
  value[name] = element.isList ? [made] : made;
}

/** The names and the texts in an expression. */
function partsOf(tree: Tree): { names: string[]; texts: string[] } {
  if (typeof tree === 'string') return { names: [tree], texts: [] };
  if (typeof tree !== 'object') return { names: [], texts: [] };
  const [head, ...parts] = tree;
  if (head === 's') return { names: [], texts: parts.filter((part) => typeof part === 'string') };
  const below = parts.map(partsOf);
  return { names: below.flatMap(({ names }) => names), texts: below.flatMap(({ texts }) => texts) };
}

type Pick = <T>(list: readonly T[]) => T;

function pickBy(seed: number): Pick {
  const next = random(seed);
  return (list) => {
    const index = Math.floor(next() * list.length);
    for (const item of list.slice(index, index + 1)) return item;
    throw new Error('nothing to pick from');
  };
}

/** The resource, with an element that some invariant asks for added, replaced or removed; values are those of the others. */
export function provoked(
  resource: JsonObject,
  values: ReadonlyMap<string, readonly unknown[]>,
  seed: number,
): JsonObject {
  const copy = clone(resource);
  provoke(copy, values, pickBy(seed));
  return copy;
}

/** Resources each made of one of these, the same for the same seed. */
export function mutants(resources: readonly JsonObject[], count: number, seed: number): JsonObject[] {
  const pick = pickBy(seed);
  const values = valuesIn(resources);
  return Array.from({ length: count }, () => mutant(pick(resources), values, pick));
}

/** A resource with a few things changed at random places, so that most of it stays as it was. */
function mutant(resource: JsonObject, values: ReadonlyMap<string, readonly unknown[]>, pick: Pick): JsonObject {
  const copy = clone(resource);
  for (let times = pick([1, 2, 3, 4]); times > 0; times -= 1) {
    const slots = slotsOf(copy);
    if (slots.length === 0) return copy;
    if (pick([true, true, false])) provoke(copy, values, pick);
    else pick(MUTATIONS)(pick(slots), pick, slots);
  }
  return copy;
}
