import { isObject, type JsonObject, own } from '../lens/json.js';
import { type Source, typeName } from '../read/source.js';
import type { Entry } from './finding.js';

/** Where a finding is, as if the resource that it is in stood alone. */
export interface BundlePlace {
  /** The location in that resource: `Patient.name[0]`. */
  readonly expression: string | undefined;
  /** What the resource is. */
  readonly resourceType: string | undefined;
  readonly id: string | undefined;
  /** The innermost entry of a Bundle that the location leads into. */
  readonly entry?: Entry;
}

const IN_ENTRY = /^Bundle\.entry\[(\d+)\](\.resource(?=\.|$))?/;

/** The place of a location in a record, and in the entries of it and of Bundles in them. */
export function bundlePlace(
  expression: string | undefined,
  { resourceType, id }: Pick<Source, 'resourceType' | 'id'>,
  value: JsonObject | undefined,
): BundlePlace {
  let place: BundlePlace = { expression, resourceType, id };
  let resource = value;
  while (resource !== undefined) {
    const [whole, index, isInside] = IN_ENTRY.exec(place.expression ?? '') ?? [];
    if (whole === undefined || index === undefined) break;
    const inner = resourceOf(resource, Number(index));
    const type: string | undefined = inner && typeName(inner);
    const entry = {
      index: place.entry === undefined ? index : `${place.entry.index}.${index}`,
      ...(type === undefined ? {} : { resourceType: type }),
    };
    if (isInside === undefined || inner === undefined) return { ...place, entry };
    const name = own(inner, 'id');
    place = {
      expression: `${type ?? 'Resource'}${place.expression?.slice(whole.length)}`,
      resourceType: type,
      id: typeof name === 'string' ? name : undefined,
      entry,
    };
    resource = inner;
  }
  return place;
}

function resourceOf(bundle: JsonObject, index: number): JsonObject | undefined {
  const entries = own(bundle, 'entry');
  const entry: unknown = Array.isArray(entries) ? entries[index] : undefined;
  const resource = isObject(entry) ? own(entry, 'resource') : undefined;
  return isObject(resource) ? resource : undefined;
}
