import type { JsonObject } from '../../lens/json.js';
import type { Profile } from '../../profiles/profiles.js';
import { noteNotLoaded } from '../notLoaded.js';
import { RULES } from '../rules.js';
import { atChild, report, reportAs, type Walk } from '../walk.js';
import { checkProfile } from './check.js';
import { notePart, reportProfile } from './findings.js';
import { resourceItem } from './items.js';
import { fitsType } from './navigate.js';
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
    if (profile === undefined || !fitsType(profile, type)) continue;
    use.applied.add(profile);
    found.add(profile);
  }
  for (const [index, url] of claimed.entries()) {
    const profile = typeof url === 'string' ? use.guide.profile(url) : undefined;
    if (profile === undefined) noteClaim(url, index, use, walk);
    else if (!fitsType(profile, type)) reportType(profile, type, index, use, walk);
    else {
      found.add(profile);
      if (isOther(profile, url))
        atChild(walk, 'meta', -1, () => report(walk, 'profile-other-version', undefined, 'profile', index));
    }
  }
  for (const url of vitalSignsOf(value, type)) {
    const profile = use.guide.profile(url);
    if (profile === undefined) noteNotLoaded(walk);
    else found.add(profile);
  }
  const item = resourceItem(type, value);
  for (const profile of found) {
    for (const { element, says } of profile.faults)
      notePart(walk, { use, profile }, element === undefined ? says : `${element}: ${says}`);
    use.watch?.held(profile.url, isClaimed(profile, claimed));
    // What another one is made of is a part of it, unless each is made of the other.
    if ([...found].some(({ bases, canonical }) => bases.has(profile.canonical) && !profile.bases.has(canonical)))
      continue;
    checkProfile(profile, item, use, walk);
  }
  // The outermost resource is the last one.
  if (walk.depth === 0) for (const url of use.forced) noteForced(url, use, walk);
}

/** True for a claim of a version that is not that of the profile. */
function isOther({ url, canonical }: Profile, claimed: unknown): boolean {
  return canonical !== url && typeof claimed === 'string' && claimed !== url && claimed !== canonical;
}

/** True where a resource says that it is of a profile, of whatever version. */
const isClaimed = ({ url }: Profile, claimed: readonly unknown[]): boolean =>
  claimed.some((one) => typeof one === 'string' && one.split('|', 1)[0] === url);

function reportType(profile: Profile, type: string, index: number, use: ProfileUse, walk: Walk): void {
  const says = `is of ${profile.type}, not of ${type}`;
  atChild(walk, 'meta', -1, () => reportProfile(walk, { use, profile }, 'profile-type', says, 'profile', index));
}

/** A claim is the record's: it is named only where the guide knows it, too, and without the version that the record adds. */
function noteClaim(url: unknown, index: number, { guide }: ProfileUse, walk: Walk): void {
  const why = typeof url === 'string' ? guide.refusal(url) : undefined;
  const says =
    typeof url !== 'string' || why === undefined
      ? 'No package has this profile: it was not checked.'
      : `${url.split('|', 1)[0]} was not checked. ${why}`;
  atChild(walk, 'meta', -1, () => report(walk, 'profile-not-checked', says, 'profile', index));
}

/** A profile that was asked for, and that nothing was held to: nothing checked is no success. */
function noteForced(url: string, { guide, applied }: ProfileUse, walk: Walk): void {
  const profile = guide.profile(url);
  if (profile !== undefined && applied.has(profile)) return;
  const { severity, code } = RULES['profile-not-checked'];
  const why =
    profile === undefined
      ? (guide.refusal(url) ?? 'No package has it.')
      : `It is of ${profile.type}, and no resource here is.`;
  reportAs(walk, { severity, code, id: 'profile-not-checked', diagnostics: `${url} was not checked. ${why}` });
}
