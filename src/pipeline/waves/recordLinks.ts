import type { Resource } from 'fhir/r4.js';
import { parseLiteral } from '../../fhir/literal.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import type { Lenses, Path } from '../../resources/registry.js';

/** A reference of a record to another one. */
export interface Link {
  /** Type and id of the target. */
  readonly name: string;
  /** Where it stands, without the type and without indexes: `partOf`, `section.entry`. */
  readonly element: string;
}

/** The references of a resource whose targets can be named. */
export function recordLinks(
  resource: JsonObject,
  _lens: Lenses[Path],
  resolve?: (reference: string) => Resource | undefined,
  baseUrl?: string,
): Link[] {
  const links: Link[] = [];
  const walk = (value: unknown, element: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, element);
    if (!isObject(value)) return;
    const name = typeof value.reference === 'string' ? nameOf(value.reference, resolve, baseUrl) : undefined;
    if (name !== undefined) links.push({ name, element });
    for (const [key, below] of Object.entries(value))
      if (key !== 'contained') walk(below, element === '' ? key : `${element}.${key}`);
  };
  walk(resource, '');
  return links;
}

function nameOf(
  reference: string,
  resolve: ((reference: string) => Resource | undefined) | undefined,
  baseUrl: string | undefined,
): string | undefined {
  const literal = parseLiteral(reference);
  if (literal?.kind === 'relative' || (literal?.kind === 'absolute' && literal.base === baseUrl))
    return `${literal.type}/${literal.id}`;
  const found = resolve?.(reference);
  return found?.id === undefined ? undefined : `${found.resourceType}/${found.id}`;
}
