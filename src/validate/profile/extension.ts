import { typeNamed } from '../../fhir/definitions.js';
import type { JsonObject } from '../../lens/json.js';
import { placeOf } from '../extension/place.js';
import type { Walk } from '../walk.js';
import { checkProfile } from './check.js';
import { reportProfile } from './findings.js';
import type { ProfileUse } from './use.js';

/** Holds an extension in focus to its definition in a guide: where it may stand, and what it is made of. */
export function checkDefined(url: string, value: JsonObject, use: ProfileUse, walk: Walk): void {
  const profile = use.guide.profile(url);
  if (profile?.contexts === undefined) return;
  const place = placeOf(walk);
  const allowed = profile.contexts;
  if (place !== undefined && allowed.length > 0 && !allowed.includes('Element')) {
    if (!place.names.some((name) => allowed.includes(name)))
      reportProfile(walk, { use, profile }, 'profile-context', `stands only at ${allowed.join(', ')}`);
  }
  const item = { name: '', index: -1, type: 'Extension', value, sibling: undefined, structure: typeNamed('Extension') };
  checkProfile(profile, item, use, walk);
}
