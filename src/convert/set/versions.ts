import { compareDateTimes } from '../../fhir/datatypes/dateTime.js';
import { equal, isObject, type JsonObject, own } from '../../lens/json.js';

/**
 * Of two versions of one resource, as JSON, the newer one; empty where they differ and do not tell which that is, for the older
 * one may have been refuted since. Of what differs in its identifiers only the first one: it leads to the same id.
 */
export function newest(before: string, text: string): string {
  if (before === '' || before === text) return before;
  const [one, other] = [before, text].map(parsed);
  if (one === undefined || other === undefined || !isSame(one, other)) return '';
  if (equal(content(one), content(other))) return before;
  const order = compareDateTimes(updated(one), updated(other));
  if (order === undefined || order === 0) return '';
  return order > 0 ? before : text;
}

function parsed(text: string): JsonObject | undefined {
  const value: unknown = JSON.parse(text);
  return isObject(value) ? value : undefined;
}

function isSame(one: JsonObject, other: JsonObject): boolean {
  return own(one, 'resourceType') === own(other, 'resourceType') && own(one, 'id') === own(other, 'id');
}

/** What a version says besides when it was made, and what the resource is called. */
function content({ identifier: _, meta, ...rest }: JsonObject): JsonObject {
  if (!isObject(meta)) return rest;
  const { lastUpdated, versionId, source, ...more } = meta;
  return Object.keys(more).length === 0 ? rest : { ...rest, meta: more };
}

const updated = ({ meta }: JsonObject): unknown => (isObject(meta) ? own(meta, 'lastUpdated') : undefined);
