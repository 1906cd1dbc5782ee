import type { AllowedType, Binding, Constraint, ElementRules, Slicing } from './definition.js';

/**
 * What a profile says of an element and of what is below it, beyond R4: a tree that has only what it says something of. Along the
 * chain of its bases all that they say holds together.
 */
export interface Overlay {
  /** The name of the element, or that of a JSON property of a choice. */
  readonly name: string;
  /** Its id in the profile, `Patient.identifier:mrn`. */
  readonly id: string;
  min: number;
  max: number;
  /** Of each definition that names types; an element has to fit all of these lists. */
  readonly types: (readonly AllowedType[])[];
  readonly fixed: unknown[];
  readonly pattern: unknown[];
  readonly bindings: Binding[];
  readonly constraints: Map<string, Constraint>;
  maxLength: number;
  readonly least: unknown[];
  readonly most: unknown[];
  slicing: Slicing | undefined;
  isMustSupport: boolean;
  /** By the name of the slice; one of a slice by `slice/name`, below that. */
  readonly slices: Map<string, Overlay>;
  readonly children: Map<string, Overlay>;
}

/** An overlay that says nothing yet. */
export function overlay(name: string, id: string): Overlay {
  return {
    name,
    id,
    min: 0,
    max: Number.POSITIVE_INFINITY,
    types: [],
    fixed: [],
    pattern: [],
    bindings: [],
    constraints: new Map(),
    maxLength: Number.POSITIVE_INFINITY,
    least: [],
    most: [],
    slicing: undefined,
    isMustSupport: false,
    slices: new Map(),
    children: new Map(),
  };
}

/** Adds what a definition says of the element that it names, which is made where there is none. */
export function add(root: Overlay, rules: ElementRules): void {
  tighten(place(root, rules.id), rules);
}

/** Says of an element that it has one of some types. */
export function narrow(root: Overlay, id: string, types: readonly string[]): void {
  place(root, id).types.push(types.map((code) => ({ code, profiles: [], targetProfiles: [], aggregation: [] })));
}

function place(root: Overlay, id: string): Overlay {
  const [, ...segments] = id.split('.');
  let at = root;
  let path = root.id;
  for (const segment of segments) {
    const [written = '', ...names] = segment.split(':');
    const name = written.replace(/\[x\]$/, '');
    path += `.${name}`;
    at = child(at.children, name, name, path);
    // A part of a slice is called after it.
    const slice = names.join(':');
    if (slice === '') continue;
    let whole = '';
    for (const part of slice.split('/')) {
      whole = whole === '' ? part : `${whole}/${part}`;
      at = child(at.slices, part, name, `${path}:${whole}`);
    }
    path = `${path}:${slice}`;
  }
  return at;
}

function child(among: Map<string, Overlay>, key: string, name: string, id: string): Overlay {
  const before = among.get(key);
  if (before !== undefined) return before;
  const made = overlay(name, id);
  among.set(key, made);
  return made;
}

function tighten(at: Overlay, rules: ElementRules): void {
  at.min = Math.max(at.min, rules.min ?? 0);
  at.max = Math.min(at.max, rules.max ?? Number.POSITIVE_INFINITY);
  at.maxLength = Math.min(at.maxLength, rules.maxLength ?? Number.POSITIVE_INFINITY);
  if (rules.types.length > 0) at.types.push(rules.types);
  if (rules.fixed !== undefined) at.fixed.push(...rules.fixed);
  if (rules.pattern !== undefined) at.pattern.push(...rules.pattern);
  if (rules.least !== undefined) at.least.push(...rules.least);
  if (rules.most !== undefined) at.most.push(...rules.most);
  for (const binding of rules.bindings) if (!at.bindings.some((one) => same(one, binding))) at.bindings.push(binding);
  for (const constraint of rules.constraints) at.constraints.set(constraint.key, constraint);
  if (rules.slicing !== undefined) at.slicing = together(at.slicing, rules.slicing);
  at.isMustSupport ||= rules.isMustSupport;
}

const same = (one: Binding, other: Binding): boolean =>
  one.strength === other.strength && one.valueSet === other.valueSet;

const STRICTER = ['open', 'openAtEnd', 'closed'] as const;

/** A profile of a profile may close a list and tell its items apart by more, but not by less; it may leave out how it is sliced. */
function together(before: Slicing | undefined, after: Slicing): Slicing {
  if (before === undefined) return after;
  const added = after.discriminators.filter(
    ({ type, path }) => !before.discriminators.some((one) => one.type === type && one.path === path),
  );
  return {
    discriminators: [...before.discriminators, ...added],
    rules: STRICTER.indexOf(after.rules) > STRICTER.indexOf(before.rules) ? after.rules : before.rules,
    isOrdered: before.isOrdered || after.isOrdered,
  };
}
