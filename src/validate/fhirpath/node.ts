import type { StructureDefinition } from '../../fhir/definitions.js';
import type { Engine, Surroundings } from './engine.js';
import type { ItemSets } from './itemSets.js';
import { count, type Items, truthOf } from './items.js';

/** What an evaluation has besides the focus. */
export interface Environment extends Surroundings {
  /** What is known of the lists of the record; undefined where nothing is kept between two expressions. */
  readonly sets?: ItemSets;
  /** The engine for what no closure is made for; undefined for the one that is there. */
  readonly engine?: Engine;
}

/** What a closure runs in: the environment, and the focus of the whole expression for those that ask about `%context`. */
export interface Scope extends Environment {
  readonly context?: Items;
}

/** What is known of an expression's items before it runs. */
export type Type =
  | { readonly kind: 'structure'; readonly structure: StructureDefinition }
  | { readonly kind: 'primitive'; readonly name: string }
  | { readonly kind: 'computed'; readonly of: 'boolean' | 'number' | 'string' }
  | { readonly kind: 'unknown' };

export const BOOLEAN: Type = { kind: 'computed', of: 'boolean' };
export const NUMBER: Type = { kind: 'computed', of: 'number' };
export const TEXT: Type = { kind: 'computed', of: 'string' };
export const UNKNOWN: Type = { kind: 'unknown' };

/** The type of items that come from two expressions. */
export function commonType(a: Type, b: Type): Type {
  if (a.kind === 'structure' && b.kind === 'structure') return a.structure === b.structure ? a : UNKNOWN;
  if (a.kind === 'primitive' && b.kind === 'primitive') return a.name === b.name ? a : UNKNOWN;
  if (a.kind === 'computed' && b.kind === 'computed') return a.of === b.of ? a : UNKNOWN;
  return UNKNOWN;
}

/** An expression that can be run in three ways; each does no more than it is asked for. */
export interface Node {
  readonly type: Type;
  readonly items: (focus: Items, scope: Scope) => Items;
  readonly exists: (focus: Items, scope: Scope) => boolean;
  /** True, false, or undefined for empty. */
  readonly truth: (focus: Items, scope: Scope) => boolean | undefined;
  /** A choice of types: the node of one of them, undefined for a type that it does not have. */
  readonly ofType?: (type: string) => Node | undefined;
  /** The items, where they are the same for every focus. */
  readonly constant?: Items;
}

/** Thrown while an expression is compiled, where it has something that no closure is made for. */
export class Outside extends Error {}

/** An expression that gives items. */
export function itemsNode(type: Type, items: Node['items'], exists: Node['exists'] = existsBy(items)): Node {
  return { type, items, exists, truth: (focus, scope) => truthOf(items(focus, scope)) };
}

const existsBy =
  (items: Node['items']): Node['exists'] =>
  (focus, scope) =>
    count(items(focus, scope)) > 0;

/** An expression that gives true, false, or nothing. */
export function truthNode(truth: Node['truth']): Node {
  return { type: BOOLEAN, items: truth, exists: (focus, scope) => truth(focus, scope) !== undefined, truth };
}

/** An expression that has the same items whatever the focus. */
export function constantNode(type: Type, constant: Items): Node {
  return { ...itemsNode(type, () => constant), constant };
}

/** The focus itself, `$this`. */
export function focusNode(type: Type): Node {
  return itemsNode(type, (focus) => focus ?? undefined);
}
