import type { Resource } from 'fhir/r4.js';
import { readLiteral } from '../../fhir/references/literal.js';
import { isObject } from '../../lens/json.js';
import { type Kind, kindsFor } from './askedKinds.js';
import { URLS } from './repeatedNames.js';

/** What of one type was found. */
export interface OfType {
  /** JSON by id, as strings: objects would take several times as much. Empty where one cannot be told. */
  readonly byId: Map<string, string>;
  /** The servers that Bundles say some of these are of. */
  readonly bases: Map<string, string>;
  /** Ids by search; empty where several resources have the identifier. */
  readonly bySearch: Map<string, string>;
}

/** What was found of a set. It can be sent from one thread to another. */
export interface IndexTables {
  readonly types: Map<Kind, OfType>;
  readonly urls: Map<string, string>;
  /** What was looked for in the files. */
  readonly done: Set<Kind>;
}

/** Tables of nothing, for which nothing was read. */
export const noTables = (): IndexTables => ({ types: new Map(), urls: new Map(), done: new Set() });

/** Finds what references lead to. */
export interface Finder {
  /**
   * What a reference leads to. Where no files were read for it yet it finds nothing, and `asked` has what it is of. One that tells type
   * and id is looked for only if its type `isWorth` it: whoever wants no more than the id has that already.
   */
  find(reference: string, isWorth: (resourceType: string) => boolean): Resource | undefined;
  /** What was looked for that no files were read for. */
  readonly asked: Set<Kind>;
}

/** Finds what is in tables. `home` is the server that relative references are of, without a slash at its end. */
export function finderIn({ types, urls, done }: IndexTables, home: string | undefined): Finder {
  const asked = new Set<Kind>();
  const look = (kind: Kind): boolean => {
    if (!done.has(kind)) asked.add(kind);
    return done.has(kind);
  };
  const textOf = (reference: string, isWanted: (type: string) => boolean): string | undefined => {
    const kinds = kindsFor(reference, home, isWanted);
    if (kinds.length === 0 || !kinds.map(look).every((isDone) => isDone)) return undefined;
    const [, searched] = /^([A-Za-z]+)\?identifier=/.exec(reference) ?? [];
    if (searched !== undefined)
      return types.get(searched)?.byId.get(types.get(searched)?.bySearch.get(reference) ?? '');
    const literal = readLiteral(reference);
    if (literal === undefined) return undefined;
    const { type, id } = literal;
    const named = type === undefined ? undefined : types.get(type);
    if (!kinds.includes(URLS)) return named?.byId.get(id ?? '');
    const there = urls.get(keyOf(literal.reference));
    // Where nobody says which server is home, what no Bundle says the server of is taken for the one that is meant.
    if (there !== undefined || id === undefined || home !== undefined || named?.bases.has(id) === true) return there;
    return named?.byId.get(id);
  };
  return {
    asked,
    find(reference, isWanted) {
      const text = textOf(reference, isWanted);
      return text === undefined || text === '' ? undefined : resourceOf(text);
    },
  };
}

/** UUIDs are the same in either case. */
export const keyOf = (url: string): string => (url.startsWith('urn:') ? url.toLowerCase() : url);

/** The resource of a text in the tables. */
export function resourceOf(text: string): Resource | undefined {
  const value: unknown = JSON.parse(text);
  return isResource(value) ? value : undefined;
}

function isResource(value: unknown): value is Resource {
  return isObject(value) && typeof value.resourceType === 'string';
}
