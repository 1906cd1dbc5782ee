import { isObject, type JsonObject, own } from '../lens/json.js';

/** The kinds of definitions that profiles are made of. */
export type Kind = 'StructureDefinition' | 'ValueSet' | 'CodeSystem';

/** Where the definitions of implementation guides are found. */
export interface Definitions {
  /**
   * The definition with a canonical, which may end in a version (`|1.0.0`): then the one of that version, or one that does not say
   * which it is.
   */
  find(kind: Kind, canonical: string): JsonObject | undefined;
  /** The canonicals of the StructureDefinitions, without versions. */
  readonly urls: ReadonlySet<string>;
}

/** The definitions among some resources; the first of a canonical stands for it without a version. */
export function definitionsOf(resources: Iterable<unknown>): Definitions {
  const structures = new Map<string, JsonObject[]>();
  const kinds: { readonly [kind in Kind]: Map<string, JsonObject[]> } = {
    StructureDefinition: structures,
    ValueSet: new Map(),
    CodeSystem: new Map(),
  };
  for (const one of resources) {
    if (!isObject(one)) continue;
    const kind = own(one, 'resourceType');
    const url = own(one, 'url');
    if (!isKind(kind) || typeof url !== 'string' || url === '') continue;
    const before = kinds[kind].get(url);
    if (before === undefined) kinds[kind].set(url, [one]);
    else before.push(one);
  }
  return {
    find(kind, canonical) {
      const [url = '', version] = canonical.split('|');
      const all = kinds[kind].get(url) ?? [];
      return version === undefined ? all[0] : all.find((one) => [version, undefined].includes(versionOf(one)));
    },
    urls: new Set(structures.keys()),
  };
}

const KINDS: ReadonlySet<unknown> = new Set<Kind>(['StructureDefinition', 'ValueSet', 'CodeSystem']);
const isKind = (kind: unknown): kind is Kind => KINDS.has(kind);

function versionOf(definition: JsonObject): string | undefined {
  const version = own(definition, 'version');
  return typeof version === 'string' && version !== '' ? version : undefined;
}
