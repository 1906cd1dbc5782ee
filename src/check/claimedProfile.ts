import { isObject, type JsonObject, own } from '../lens/json.js';
import { publishedProfile } from './publishedProfiles.js';

const STEP = /[^.[\]]+|\[\d+\]/g;

/**
 * The name of the profile at a location of a record, `Bundle.entry[0].resource.meta.profile[1]`, if it is a published one; undefined
 * for any other, which may hold anything.
 */
export function claimedProfile(record: JsonObject, expression: string): string | undefined {
  let value: unknown = record;
  const [, ...steps] = expression.match(STEP) ?? [];
  for (const step of steps) {
    if (step.startsWith('[')) value = Array.isArray(value) ? value[Number(step.slice(1, -1))] : undefined;
    else value = isObject(value) ? own(value, step) : undefined;
  }
  return typeof value === 'string' ? publishedProfile(value) : undefined;
}
