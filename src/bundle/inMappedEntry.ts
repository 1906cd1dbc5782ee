import type { Resource } from 'fhir/r4.js';
import { referTo } from '../fhir/datatypes/reference.js';
import { readLiteral, targetOf } from '../fhir/references/literal.js';
import { type ConvertOptions, readScope } from '../fhir/scope.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { NAMED, READ } from '../resources/targets/target.js';
import { isAbroad } from './clinikIds.js';
import { NOWHERE, type Position } from './entries.js';
import type { Readable } from './inEntry.js';
import { knownOf } from './knownOf.js';
import { logical, mapReferences, type Named, nameOf, placedAt, qualified, saysOf, searched } from './links.js';
import { type BundleEntry, baseOf, type Resolve } from './references.js';
import type { Survey } from './survey.js';

const isTarget = (type: string): boolean => READ.has(type) || NAMED.has(type);

/**
 * A resource of a Bundle as a lens reads it under an id map. A literal reference names a record by its source's id, one of
 * ClinikAPI's stands in an identifier only, so that the two cannot be taken for each other. `idOf` says what a record of the
 * Bundle is called there; of what it does not know, the map is asked for what the reference says.
 */
export function inMappedEntry(
  { resolve: anywhere }: Pick<Position, 'resolve'>,
  entry: BundleEntry,
  { resolvers, entries, references }: Survey,
  idOf: (entry: BundleEntry) => string | undefined,
  given: ConvertOptions & Required<Pick<ConvertOptions, 'resolveId'>>,
): Readable {
  const abroadOf = (of: BundleEntry | undefined): string | undefined => {
    const base = baseOf(of);
    return isAbroad(base, given) ? base : undefined;
  };
  const abroad = abroadOf(entry);
  /** The server that a relative reference is to, where that is not home: the record's own, else that of what it finds. */
  const abroadAt = (target: Resource | undefined): string | undefined =>
    abroad ?? (target === undefined ? undefined : abroadOf(entries.get(target)));
  const renamed = new Map<string, Resource>();

  // What is relative to another server is made absolute, so that relative means home in all that is left.
  const resolve: Resolve = (text) => {
    const target = renamed.get(text) ?? anywhere(text);
    return renamed.has(text) || placedAt(text, abroadAt(target)) === text ? target : undefined;
  };
  const named = (text: string, target: Resource | undefined): Named | undefined => {
    if (target === undefined) return searched(text);
    const id = idOf(entries.get(target) ?? { fullUrl: undefined, resource: { ...target } });
    return id === undefined ? undefined : { type: target.resourceType, id };
  };
  const scope = readScope(String(entry.resource.resourceType), {
    ...given,
    resolve: (text) => found(resolve(text)) ?? given.resolve?.(text),
    resolveId: (text) => named(text, resolve(text))?.id ?? given.resolveId(text),
  });
  /** A record that is found is read for what it says, not for how: in it, only an identifier names a known record. */
  const found = (resource: Resource | undefined): Resource | undefined => {
    if (resource === undefined) return undefined;
    const from = resolvers.get(resource) ?? NOWHERE;
    const its = entries.get(resource);
    return mapReferences(resource, (reference) => {
      if (typeof reference.reference !== 'string') return reference;
      const target = from(reference.reference);
      const known = named(reference.reference, target);
      if (known !== undefined) return logical(reference, known);
      return qualified(reference, baseOf(its) ?? abroadAt(target));
    });
  };
  const rename = (reference: JsonObject): JsonObject => {
    if (typeof reference.reference !== 'string') return reference;
    const target = anywhere(reference.reference);
    const placed = qualified(reference, abroadAt(target));
    const text = String(placed.reference);
    if (target !== undefined) renamed.set(text, target);
    const known = named(text, target);
    if (known === undefined || reads(text, known, given)) return placed;
    const { reference: _, ...rest } = placed;
    if (saysOf(placed, known)) return rest;
    const canonical = referTo(known.type, known.id, scope);
    if (canonical.reference === undefined) {
      // What is read of a target is found by its text, and an identifier of others has its place; the text is asked for then.
      const isKept = target !== undefined && (isTarget(known.type) || isObject(rest.identifier));
      return isKept && readLiteral(text) !== undefined ? placed : { ...rest, ...canonical };
    }
    if (target !== undefined) renamed.set(canonical.reference, target);
    return { ...placed, reference: canonical.reference };
  };
  return {
    resource: mapReferences(entry.resource, rename, references.get(entry.resource)),
    options: { ...scope.options, known: knownOf(entry, idOf(entry)) },
    placed: (text) => placedAt(text, abroadAt(anywhere(text))),
    idOf(text) {
      const target = anywhere(text);
      const literal = readLiteral(placedAt(text, abroadAt(target)));
      return named(text, target)?.id ?? (literal && targetOf(literal, { options: given })?.id);
    },
  };
}

/** True where the map by itself reads a text as the record. */
function reads(text: string, known: Named, options: ConvertOptions): boolean {
  const literal = readLiteral(text);
  const target = literal === undefined ? undefined : targetOf(literal, { options });
  return target?.type !== undefined && nameOf({ type: target.type, id: target.id }) === nameOf(known);
}
