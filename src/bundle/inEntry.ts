import type { Resource } from 'fhir/r4.js';
import type { ReadOptions } from '../fhir/scope.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { readId } from '../resources/id.js';
import { NOWHERE, type Position } from './entries.js';
import { knownOf } from './knownOf.js';
import { mapReferences, qualified, restored } from './links.js';
import { type BundleEntry, baseOf, idInBundle, type Resolve } from './references.js';
import type { Survey } from './survey.js';

/** A resource with its references as the lenses write them, and options under which all of them are found. */
export interface Readable {
  readonly resource: JsonObject;
  readonly options: ReadOptions;
  /** Under an id map, the ClinikAPI id behind a reference as it stood in the resource. */
  readonly idOf?: (reference: string) => string | undefined;
  /** Under an id map, such a reference as the map has it: what is relative to another server than home is absolute there. */
  readonly placed?: (reference: string) => string;
}

/** A resource of a Bundle as a lens reads it, without an id map. */
export function inEntry(
  { resolve }: Pick<Position, 'resolve'>,
  entry: BundleEntry,
  { resolvers, entries, bases, references }: Survey,
  options: ReadOptions,
): Readable {
  const { resource } = entry;
  const renamed = new Map<string, Resource | undefined>();
  const made = new Map<Resource, Resource>();
  const base = baseOf(entry) ?? baseOf(entryOfSubject()) ?? (bases.size === 1 ? [...bases][0] : undefined);
  const rename = <T extends object>(
    value: T,
    from: Resolve,
    place: (reference: JsonObject) => JsonObject,
    its?: readonly JsonObject[],
  ): T => {
    const change = (reference: JsonObject): JsonObject => {
      const known = restored(reference, from, (name, found) => renamed.set(name, found));
      return known === reference ? place(reference) : known;
    };
    return mapReferences(value, change, its);
  };
  const find: Resolve = (text) => {
    const found = resolve(text) ?? renamed.get(text);
    if (found === undefined) return undefined;
    const its = baseOf(entries.get(found));
    // What is relative to another server reads here as that server's.
    const place = (reference: JsonObject): JsonObject => (its === base ? reference : qualified(reference, its));
    const known = made.get(found) ?? rename(found, resolvers.get(found) ?? NOWHERE, place);
    made.set(found, known);
    return known;
  };
  return {
    resource: rename(resource, resolve, (reference) => reference, references.get(resource)),
    options: {
      ...options,
      resolve: (text) => find(text) ?? options.resolve?.(text),
      known: {
        ...knownOf(entry, readId({ ...resource, id: idInBundle(entry) }, String(resource.resourceType))),
        ...(base === undefined ? {} : { base }),
        isRestored: (text) => renamed.has(text),
      },
    },
  };

  function entryOfSubject(): BundleEntry | undefined {
    const text = isObject(resource.subject) ? resource.subject.reference : undefined;
    const subject = typeof text === 'string' ? resolve(text) : undefined;
    return subject && entries.get(subject);
  }
}
