import { isObject, type JsonObject, own } from '../lens/json.js';
import { byNewest } from './byNewest.js';

/** What a guide is made of. */
export const DEFINITION_TYPES = ['StructureDefinition', 'ValueSet', 'CodeSystem'] as const;

export type DefinitionType = (typeof DEFINITION_TYPES)[number];

/** Where a guide finds what is defined. */
export interface Definitions {
  /**
   * The definition with a canonical; of several the one that is preferred, and where the canonical ends in a version (`|1.0.0`) the one
   * of that version, or one that does not say which it is. Undefined where there is none.
   */
  find(type: DefinitionType, canonical: string): JsonObject | undefined;
}

/** True for one of the types of definitions. */
export function isDefinitionType(type: unknown): type is DefinitionType {
  return DEFINITION_TYPES.some((one) => one === type);
}

/** The canonical of a definition without a version, and its version; undefined where it is none that can be found. */
export function nameOf(
  definition: JsonObject,
): { readonly url: string; readonly version: string | undefined } | undefined {
  const url = text(own(definition, 'url'));
  return url === undefined ? undefined : { url, version: text(own(definition, 'version')) };
}

/** True where a version is the one that is asked for, or cannot be told to be another one. */
export const fits = (version: string | undefined, asked: string | undefined): boolean =>
  asked === undefined || version === undefined || version === asked;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Resources among which definitions are found; anything else among them says nothing. The newest of a canonical is preferred. */
export function listed(resources: Iterable<unknown>): Definitions {
  const all = new Map<DefinitionType, Map<string, JsonObject[]>>(DEFINITION_TYPES.map((type) => [type, new Map()]));
  for (const one of resources) {
    if (!isObject(one)) continue;
    const type = own(one, 'resourceType');
    const name = nameOf(one);
    if (name === undefined || !isDefinitionType(type)) continue;
    const kind = all.get(type);
    const before = kind?.get(name.url);
    if (before === undefined) kind?.set(name.url, [one]);
    else before.push(one);
  }
  for (const kind of all.values())
    for (const several of kind.values()) several.sort((a, b) => byNewest(nameOf(a)?.version, nameOf(b)?.version));
  return {
    find(type, canonical) {
      const [url = '', asked] = canonical.split('|');
      return all
        .get(type)
        ?.get(url)
        ?.find((one) => fits(nameOf(one)?.version, asked));
    },
  };
}
