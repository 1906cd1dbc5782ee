import { isObject, type JsonObject } from '../lens/json.js';
import { report } from '../lens/scope.js';
import type { FhirScope } from './scope.js';

/** Adds a resource to those that the written one contains; gives the reference to it (https://hl7.org/fhir/R4/references.html#contained). */
export function contain(scope: FhirScope, stem: string, resource: JsonObject): string {
  const before = scope.target.contained;
  const contained: unknown[] = Array.isArray(before) ? before : [];
  const taken = new Set(contained.map((one) => (isObject(one) ? one.id : undefined)));
  let ordinal = 1;
  while (taken.has(`${stem}-${ordinal}`)) ordinal += 1;
  const { resourceType, ...rest } = resource;
  contained.push({ resourceType, id: `${stem}-${ordinal}`, ...rest });
  scope.target.contained = contained;
  return `#${stem}-${ordinal}`;
}

/** The elements that refer to what is contained: References, and the addresses of Attachments. */
const NAMING: ReadonlySet<string> = new Set(['reference', 'url']);

/** The `#id`s that a value refers to. */
function referredIds(value: unknown, into: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const item of value) referredIds(item, into);
  if (!isObject(value)) return into;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== 'string') referredIds(item, into);
    else if (NAMING.has(key) && item.startsWith('#')) into.add(item.slice(1));
  }
  return into;
}

interface Contained {
  readonly resource: unknown;
  readonly id: string;
  readonly refersTo: ReadonlySet<string>;
}

function containedOf({ contained }: JsonObject): Contained[] {
  if (!Array.isArray(contained)) return [];
  return contained.map((resource) => ({
    resource,
    id: isObject(resource) && typeof resource.id === 'string' ? resource.id : '',
    refersTo: referredIds(resource),
  }));
}

/** The ids of the contained resources that the resource holds on to: it refers to them, they to it, or one of these does (dom-3). */
function heldIds(resource: JsonObject, contained: readonly Contained[]): Set<string> {
  const { contained: _, ...rest } = resource;
  const byId = new Map(contained.map((one) => [one.id, one]));
  const held = new Set<string>();
  const open = [...referredIds(rest), ...contained.filter((one) => one.refersTo.has('')).map((one) => one.id)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (held.has(id)) continue;
    held.add(id);
    for (const next of byId.get(id)?.refersTo ?? []) open.push(next);
  }
  return held;
}

/** Takes out the contained resources that a put has left without anything that holds on to them (dom-3). */
export function dropOrphans(after: JsonObject, before: JsonObject, scope: FhirScope): void {
  if (!Array.isArray(after.contained)) return;
  const contained = containedOf(after);
  const held = heldIds(after, contained);
  const old = containedOf(before);
  const oldIds = new Set(old.map((one) => one.id));
  const oldHeld = heldIds(before, old);
  const isOrphan = ({ id }: Contained): boolean => !held.has(id) && (oldHeld.has(id) || !oldIds.has(id));
  const orphans = contained.filter(isOrphan);
  if (orphans.length === 0) return;
  const kept = contained.filter((one) => !isOrphan(one)).map((one) => one.resource);
  if (kept.length === 0) delete after.contained;
  else after.contained = kept;
  for (const { id } of orphans) if (oldIds.has(id)) reportDropped(scope);
}

function reportDropped(scope: FhirScope): void {
  const diagnostics = 'A contained resource was dropped: nothing refers to it any more.';
  report(
    scope,
    { severity: 'information', code: 'informational', id: 'put-contained-dropped', diagnostics },
    'contained',
  );
}
