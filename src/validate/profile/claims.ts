import { typeNamed } from '../../fhir/definitions.js';
import type { JsonObject } from '../../lens/json.js';
import type { Profile } from '../../profiles/profiles.js';
import { noteNotLoaded } from '../notLoaded.js';
import { atChild, report, type Walk } from '../walk.js';
import { checkProfile } from './check.js';
import { reportProfile } from './findings.js';
import type { ProfileUse } from './use.js';
import { vitalSignsOf } from './vitalSigns.js';

/** Holds a resource in focus to the profiles that it claims, and to those that are asked for; says of each other claim that it was not checked. */
export function checkClaims(
  value: JsonObject,
  type: string,
  claimed: readonly unknown[],
  use: ProfileUse,
  walk: Walk,
): void {
  const found = new Set<Profile>();
  for (const url of use.forced) {
    const profile = use.guide.profile(url);
    if (profile === undefined) report(walk, 'profile-not-checked');
    else if (profile.type === type) found.add(profile);
  }
  for (const [index, url] of claimed.entries()) {
    const profile = typeof url === 'string' ? use.guide.profile(url) : undefined;
    if (profile === undefined)
      atChild(walk, 'meta', -1, () => report(walk, 'profile-not-checked', undefined, 'profile', index));
    else if (profile.type !== type)
      atChild(walk, 'meta', -1, () =>
        reportProfile(
          walk,
          { use, profile },
          'profile-type',
          `is of ${profile.type}, not of ${type}`,
          'profile',
          index,
        ),
      );
    else found.add(profile);
  }
  for (const url of vitalSignsOf(value, type)) {
    const profile = use.guide.profile(url);
    if (profile === undefined) noteNotLoaded(walk);
    else found.add(profile);
  }
  const item = { name: '', index: -1, type, value, sibling: undefined, structure: typeNamed(type) };
  for (const profile of found) {
    use.watch?.held(profile.url, isClaimed(profile, claimed));
    checkProfile(profile, item, use, walk);
  }
}

/** True where a resource says that it is of a profile, of whatever version. */
const isClaimed = ({ url }: Profile, claimed: readonly unknown[]): boolean =>
  claimed.some((one) => typeof one === 'string' && one.split('|', 1)[0] === url);
