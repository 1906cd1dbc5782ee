import { type StructureDefinition, structureOf } from '../../fhir/definitions.js';
import { isClinikSystem } from '../../fhir/references/identity.js';
import { readLiteral } from '../../fhir/references/literal.js';
import { practitionerOfRole } from '../../fhir/references/role.js';
import { readScope } from '../../fhir/scope.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { firstOf } from '../../lens/rule.js';
import type { Lenses, Path } from '../../resources/registry.js';
import { isTaken, type MapName, mapName, type Takes, typeOfName } from './mapName.js';
import { isAtClinik, nameOfTarget, type Surroundings } from './referenceName.js';

/** A reference of a record, as far as the order of an upload and an id map are concerned. */
export interface Link {
  /** `Type/id` of what it points at; only under an id map there are some that tell none. */
  readonly name?: string;
  /** Where it stands: the FHIR path below the type, without indexes (`section.entry`, at any depth of sections). */
  readonly element: string;
  /** Under an id map, true where that or an identifier of ClinikAPI's says what it points at, so that it is nowhere missing. */
  readonly isMapped?: boolean;
  /** True where the id that a payload has of it is the source's: without an id map, but for what ClinikAPI's identifier names. */
  readonly isOfSource?: boolean;
  /** Under an id map, where the element takes what it points at: how the map calls that. */
  readonly called?: MapName;
}

/** What stands below an element on the way to References. */
interface Place {
  readonly below: Map<string, Place>;
  /** Of an element that is a Reference itself: its path, and what it may point at. */
  reference?: Takes & { readonly element: string; readonly targets: Set<string>; readonly alone: Set<string> };
}

/** Nothing that a lens reads is deeper; what is, it refuses. */
const MAX_DEPTH = 300;

/**
 * The links of a FHIR resource: its references at the places that its mapping table reads ids from, in the order of the table. A
 * PractitionerRole in reach stands for the practitioner whom it names. A reference that names no record is left out, but where an id
 * map may know it; one of a type that the field does not take is not. Never throws for what JSON can hold.
 */
export function recordLinks(resource: JsonObject, lens: Lenses[Path], surroundings: Surroundings = {}): Link[] {
  const links: Link[] = [];
  collect(resource, placesOf(lens), { surroundings, resource, links }, 0);
  return links;
}

/** What is collected, and what it is judged by. */
interface Walk {
  readonly surroundings: Surroundings;
  /** The record that the references stand in. */
  readonly resource: JsonObject;
  readonly links: Link[];
}

function linkTo(
  given: JsonObject,
  takes: Takes & { element: string },
  { surroundings, resource }: Walk,
): Link | undefined {
  const reference =
    (takes.alone.has('Practitioner') ? personOfRole(given, surroundings, resource) : undefined) ?? given;
  const { element } = takes;
  const name = nameOfTarget(reference, onlyType(takes.targets), surroundings);
  const { resolveId } = surroundings;
  if (resolveId === undefined) {
    if (name === undefined) return undefined;
    const isOfSource = isTaken(typeOfName(name), takes) && !hasClinikId(reference);
    return isOfSource ? { name, element, isOfSource } : { name, element };
  }
  const told = name === undefined ? { element } : { name, element };
  if ((name !== undefined && isAtClinik(name)) || hasClinikId(reference)) return { ...told, isMapped: true };
  const called = mapName(reference, name, takes, surroundings, resource);
  if (called === undefined) return name === undefined ? undefined : told;
  if ('noRow' in called) return { ...told, called };
  const isKnown = firstOf([called.reference, ...(called.also ?? [])], resolveId) !== undefined;
  return isKnown ? { ...told, called, isMapped: true } : { ...told, called };
}

/** The practitioner whom a role in reach names. Most references say at once that they lead to no role. */
function personOfRole(reference: JsonObject, { resolve }: Surroundings, resource: JsonObject): JsonObject | undefined {
  const text = own(reference, 'reference');
  if (typeof text === 'string' && readLiteral(text)?.type === 'Practitioner') return undefined;
  const scope = readScope('PractitionerRole', resolve === undefined ? {} : { resolve });
  return practitionerOfRole(reference, { ...scope, resource });
}

/** True where an identifier of ClinikAPI's alone says what a reference points at. */
function hasClinikId(reference: JsonObject): boolean {
  const literal = own(reference, 'reference');
  const identifier = own(reference, 'identifier');
  return (literal === undefined || literal === '') && isObject(identifier) && isClinikSystem(own(identifier, 'system'));
}

function collect(value: unknown, place: Place, walk: Walk, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, place, walk, depth + 1);
    return;
  }
  if (!isObject(value)) return;
  const { reference, below } = place;
  const link = reference === undefined ? undefined : linkTo(value, reference, walk);
  if (link !== undefined) walk.links.push(link);
  for (const [key, next] of below) collect(own(value, key), next, walk, depth + 1);
}

/** The type of a single target; undefined where any will do. */
function onlyType(targets: ReadonlySet<string>): string | undefined {
  const [type] = targets.size === 1 ? targets : [];
  return type === 'Resource' ? undefined : type;
}

const known = new WeakMap<Lenses[Path], Place>();

/** The places of a mapping table, made on first use. */
function placesOf(lens: Lenses[Path]): Place {
  const before = known.get(lens);
  if (before !== undefined) return before;
  const root: Place = { below: new Map() };
  const structure = structureOf(lens.resourceType);
  for (const { element, targets, recursive } of lens.fields) {
    const steps = element.replaceAll('[]', '').split('.');
    if (targets !== undefined) addReference(root, structure, steps, targets);
    if (recursive === true) addRecursion(root, steps);
  }
  known.set(lens, root);
  return root;
}

/** An id may be read from a Reference that the element holds (`Encounter.location`) instead of being one. */
function addReference(
  root: Place,
  structure: StructureDefinition | undefined,
  steps: readonly string[],
  targets: readonly string[],
): void {
  let place = root;
  let around = structure;
  for (const step of steps) {
    place = placeBelow(place, step);
    around = around?.properties.get(step)?.element.content?.();
  }
  if (around === undefined) allow(place, steps, targets);
  for (const [name, { type }] of around?.properties ?? [])
    if (type === 'Reference') allow(placeBelow(place, name), [...steps, name], targets);
}

function allow(place: Place, steps: readonly string[], targets: readonly string[]): void {
  place.reference ??= { element: steps.join('.'), targets: new Set(), alone: new Set() };
  for (const target of targets) place.reference.targets.add(target);
  const [only] = targets.length === 1 ? targets : [];
  if (only !== undefined && only !== 'Resource') place.reference.alone.add(only);
}

/** The last step leads to what holds all that the element around it holds. */
function addRecursion(root: Place, steps: readonly string[]): void {
  const around = steps.slice(0, -1).reduce(placeBelow, root);
  around.below.set(steps.at(-1) ?? '', around);
}

function placeBelow(place: Place, step: string): Place {
  const before = place.below.get(step);
  if (before !== undefined) return before;
  const made: Place = { below: new Map() };
  place.below.set(step, made);
  return made;
}
