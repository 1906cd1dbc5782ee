import type { ElementDefinition, StructureDefinition } from '../../fhir/definitions.js';
import type { Overlay } from '../../profiles/overlay.js';

/** An element of a structure that a profile says something of. */
export interface PlanStep {
  readonly overlay: Overlay;
  readonly element: ElementDefinition;
  /** The JSON properties that may hold it, with the types that they say. */
  readonly keys: readonly (readonly [key: string, type: string])[];
}

/** What of an object a profile asks to be looked at. */
export interface Plan {
  readonly steps: readonly PlanStep[];
  /** Elements that are made of what another one is, of which the profile may say something there. */
  readonly shared: readonly PlanStep[];
}

export type Plans = WeakMap<Overlay, Map<StructureDefinition, Plan>>;

interface Kept {
  readonly plans: Plans;
  readonly supportPlans: Plans;
}

/** The plan for objects of a structure, made on first use; `root` is the overlay of the whole profile. */
export function planOf(
  overlay: Overlay,
  structure: StructureDefinition,
  root: Overlay,
  { plans, supportPlans }: Kept,
  isSupportAsked: boolean,
): Plan {
  const kept = isSupportAsked ? supportPlans : plans;
  const byStructure = kept.get(overlay) ?? new Map<StructureDefinition, Plan>();
  kept.set(overlay, byStructure);
  const before = byStructure.get(structure);
  if (before !== undefined) return before;
  const made: Plan = {
    steps: [...overlay.children.values()].flatMap((child) =>
      says(child, isSupportAsked) ? stepsOf(child, structure) : [],
    ),
    shared: [...structure.elements.values()].flatMap((element) => {
      const shared = sharedOverlay(element, structure, root);
      return shared === undefined || !says(shared, isSupportAsked)
        ? []
        : [{ overlay: shared, element, keys: keysOf(element, structure) }];
    }),
  };
  byStructure.set(structure, made);
  return made;
}

function stepsOf(overlay: Overlay, structure: StructureDefinition): PlanStep[] {
  const element = structure.elements.get(overlay.name);
  if (element !== undefined) return [{ overlay, element, keys: keysOf(element, structure) }];
  const property = structure.properties.get(overlay.name);
  return property === undefined ? [] : [{ overlay, element: property.element, keys: [[overlay.name, property.type]] }];
}

/** The JSON properties of an element, each with its type. */
export function keysOf(element: ElementDefinition, { properties }: StructureDefinition): [key: string, type: string][] {
  if (!element.isChoice) return [[element.name, element.types[0] ?? 'Element']];
  const keys: [string, string][] = [];
  for (const [key, property] of properties) if (property.element === element) keys.push([key, property.type]);
  return keys;
}

/** True where an overlay asks for anything, or marks something as mustSupport where that matters. */
function says(overlay: Overlay, isSupportAsked: boolean): boolean {
  if (isSupportAsked && overlay.isMustSupport) return true;
  const { min, max, types, fixed, pattern, bindings, constraints, maxLength, least, most, slicing, children, slices } =
    overlay;
  if (min > 0 || max !== Number.POSITIVE_INFINITY || maxLength !== Number.POSITIVE_INFINITY || constraints.size > 0)
    return true;
  if ([types, fixed, pattern, bindings, least, most].some((list) => list.length > 0)) return true;
  if (slicing !== undefined && slicing.rules !== 'open') return true;
  return [...children.values(), ...slices.values()].some((one) => says(one, isSupportAsked));
}

function sharedOverlay(element: ElementDefinition, { path }: StructureDefinition, root: Overlay): Overlay | undefined {
  const shared = element.content?.().path;
  if (shared === undefined || shared === `${path}.${element.name}`) return undefined;
  const [, ...names] = shared.split('.');
  let at: Overlay | undefined = root;
  for (const name of names) at = at?.children.get(name);
  return at;
}
