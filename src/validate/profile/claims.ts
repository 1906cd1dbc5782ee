import { typeNamed } from '../../fhir/definitions.js';
import type { JsonObject } from '../../lens/json.js';
import type { Profile } from '../../profiles/guide.js';
import { report, type Walk } from '../walk.js';
import { checkProfile } from './check.js';
import { reportProfile } from './findings.js';

/** Holds a resource in focus to the profiles that it claims, and to those that are asked for; says of each other claim that it was not checked. */
export function checkProfiles(value: JsonObject, type: string, claimed: readonly unknown[], walk: Walk): void {
  const { profiles: use } = walk;
  const found = new Set<Profile>();
  for (const url of use?.forced ?? []) {
    const profile = use?.guide.profile(url);
    if (profile === undefined) report(walk, 'profile-not-checked');
    else if (profile.type === type) found.add(profile);
  }
  for (const [index, url] of claimed.entries()) {
    const profile = typeof url === 'string' ? use?.guide.profile(url) : undefined;
    if (use === undefined || profile === undefined) noteUnchecked(index, walk);
    else if (profile.type !== type)
      inMeta(walk, () =>
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
  if (use === undefined) return;
  const item = { name: '', index: -1, type, value, sibling: undefined, structure: typeNamed(type) };
  for (const profile of found) checkProfile(profile, item, use, walk);
}

function noteUnchecked(index: number, walk: Walk): void {
  inMeta(walk, () => report(walk, 'profile-not-checked', undefined, 'profile', index));
}

function inMeta(walk: Walk, say: () => void): void {
  walk.depth += 1;
  walk.names[walk.depth] = 'meta';
  walk.indexes[walk.depth] = -1;
  say();
  walk.depth -= 1;
}
