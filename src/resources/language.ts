import { locate } from '../fhir/expression.js';
import { divOf, plainText } from '../fhir/narrative/written.js';
import { systemOf, typeOfPrefix } from '../fhir/references/identity.js';
import { isSaidAgain } from '../fhir/saidAgain.js';
import { isOfClinik } from '../fhir/terminology/systemNames.js';
import type { DiffLanguage } from '../lens/diff.js';
import { isObject, type JsonObject } from '../lens/json.js';

/** Narratives that only render what the elements say. */
const RENDERINGS: ReadonlySet<unknown> = new Set(['generated', 'empty']);

/** How the losses of a resource are named, and which of them are bookkeeping. */
export function resourceLanguage(resourceType: string): DiffLanguage {
  const system = systemOf(resourceType);
  const filled = FILLED[resourceType] ?? [];
  return {
    locate: (at) => locate(resourceType, at),
    classify(difference, resource, around) {
      const { at, kind, before, after } = difference;
      if (kind === 'added') return 'record';
      const [top, below] = at;
      if (top === 'id') return 'record';
      if (at.length === 1 && filled.includes(top)) return isStored(resource, resourceType) ? 'record' : 'content';
      if (top === 'identifier') return holdsOnly(before, system) ? 'record' : 'content';
      if (top === 'text') return isObject(resource.text) && RENDERINGS.has(resource.text.status) ? 'record' : 'content';
      if (top === 'meta')
        return below === 'security' || (below === undefined && hasLabels(resource)) ? 'content' : 'record';
      if (kind === 'changed' && at.at(-2) === 'text')
        return isSameNarrative(at.at(-1), before, after) ? 'record' : 'content';
      return isSaidAgain(difference, around) ? 'record' : 'content';
    },
  };
}

/** What ClinikAPI fills in when it stores a record, by type. In a record of somebody else's it is content. */
const FILLED: { readonly [resourceType: string]: readonly unknown[] } = {
  DiagnosticReport: ['issued'],
  Task: ['lastModified'],
};

/** True where a path is that of an element that ClinikAPI fills in. */
export function isFilledPath(path: string): boolean {
  const [type = '', element, ...below] = path.split('.');
  return below.length === 0 && FILLED[type]?.includes(element) === true;
}

/** True for a record that ClinikAPI stores: it has the tag of its tenant, or an id of ClinikAPI's making. */
function isStored({ id, meta }: JsonObject, resourceType: string): boolean {
  const tags: readonly unknown[] = isObject(meta) && Array.isArray(meta.tag) ? meta.tag : [];
  if (tags.some((tag) => isObject(tag) && isOfClinik(tag.system))) return true;
  return typeof id === 'string' && typeOfPrefix(id) === resourceType;
}

/** A narrative's text came through: its status and its wrapping are bookkeeping. Markup inside it would be content. */
function isSameNarrative(element: unknown, before: unknown, after: unknown): boolean {
  if (element === 'status') return true;
  if (element !== 'div') return false;
  const text = plainText(before);
  return text !== undefined && divOf(text) === after;
}

/** True for a single identifier of a system; ClinikAPI's own is the record's id, which `fromFhir` gives beside the payload. */
function holdsOnly(identifiers: unknown, system: string): boolean {
  const all: readonly unknown[] = Array.isArray(identifiers) ? identifiers : [identifiers];
  return all.length < 2 && all.every((identifier) => isObject(identifier) && identifier.system === system);
}

/** Security labels are not bookkeeping: they protect the record. */
function hasLabels({ meta }: JsonObject): boolean {
  return isObject(meta) && meta.security !== undefined;
}
