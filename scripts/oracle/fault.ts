import { clone, type JsonObject } from '../../src/lens/json.js';
import type { Dice } from './dice.js';
import { type Node, nodesOf, put, replace, type Spot, spotsOf } from './places.js';

/** What a fault is made in: a copy of an example, and the examples to take other resources from. */
export interface Scene {
  readonly resource: JsonObject;
  readonly dice: Dice;
  readonly others: readonly JsonObject[];
}

/** Makes a resource with a fault of its kind, or with something right that looks like one; undefined where there is no place for it. */
export type Fault = (scene: Scene) => JsonObject | undefined;

/** A number or a key that JSON.stringify would not write so; `written` writes it. */
export const raw = (text: string): string => `§raw ${text}§`;
export const again = (name: string): string => `§again ${name}`;

/** A mutant as one line of JSON. */
export const written = (value: JsonObject): string =>
  JSON.stringify(value)
    .replace(/"§raw ([^§]*)§"/g, '$1')
    .replaceAll('"§again ', '"');

/** What a value is, or how it is made for its place. */
export type Made = unknown | ((place: { readonly spot?: Spot; readonly scene: Scene }) => unknown);

type Wanted = (name: string, type: string, property: Spot['element'], node: Node) => boolean;

export const ofType =
  (...types: readonly string[]): Wanted =>
  (_, type) =>
    types.includes(type);

/** Puts one of the values where R4 has such an element: half of the time where there is one, else into an object that could have it. */
export function values(wanted: Wanted, made: readonly Made[]): Fault {
  return (scene) => {
    const nodes = nodesOf(scene.resource);
    const { dice } = scene;
    const spots = spotsOf(nodes).filter(({ name, type, element, node }) => wanted(name, type, element, node));
    const spot = spots.length > 0 && dice.once(2) ? dice.pick(spots) : undefined;
    const value = make(dice.pick(made), { ...(spot === undefined ? {} : { spot }), scene });
    if (spot !== undefined) {
      replace(spot, value);
      return scene.resource;
    }
    return add(scene, nodes, wanted, value);
  };
}

/** The same where such an element stands already. */
export function existing(wanted: Wanted, made: readonly Made[]): Fault {
  return (scene) => {
    const spots = spotsOf(nodesOf(scene.resource)).filter(({ name, type, element, node }) =>
      wanted(name, type, element, node),
    );
    const spot = scene.dice.pick(spots);
    if (spot === undefined) return undefined;
    replace(spot, make(scene.dice.pick(made), { spot, scene }));
    return scene.resource;
  };
}

function add(scene: Scene, nodes: readonly Node[], wanted: Wanted, value: unknown): JsonObject | undefined {
  const node = scene.dice.pick(
    nodes.filter(({ structure, ...rest }) =>
      [...structure.properties].some(([name, { element, type }]) =>
        wanted(name, type, element, { structure, ...rest }),
      ),
    ),
  );
  if (node === undefined) return undefined;
  const properties = [...node.structure.properties].filter(([name, { element, type }]) =>
    wanted(name, type, element, node),
  );
  const found = scene.dice.pick(properties);
  if (found === undefined) return undefined;
  put(node, found[0], found[1], value);
  return scene.resource;
}

const make = (made: Made, place: { readonly spot?: Spot; readonly scene: Scene }): unknown =>
  clone(typeof made === 'function' ? made(place) : made);

/** Changes one of the objects that fit. */
export function inNode(fits: (node: Node) => boolean, changes: readonly ((node: Node, scene: Scene) => void)[]): Fault {
  return (scene) => {
    const node = scene.dice.pick(nodesOf(scene.resource).filter(fits));
    const change = scene.dice.pick(changes);
    if (node === undefined || change === undefined) return undefined;
    change(node, scene);
    return scene.resource;
  };
}

/** One of several faults. */
export const oneOf =
  (...faults: readonly Fault[]): Fault =>
  (scene) =>
    scene.dice.pick(faults)?.(scene);
