import { extensionNamed } from '../../fhir/extensions.js';
import type { JsonObject } from '../../lens/json.js';
import type { AllowedType } from '../../profiles/definition.js';
import { typeOfR4 } from '../../profiles/ofR4.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Profile } from '../../profiles/profiles.js';
import { type Walk, within } from '../walk.js';
import { checkAggregation } from './aggregation.js';
import { noteMissing, notePart, reportProfile } from './findings.js';
import type { Item } from './items.js';
import { fitsType, targetOf, typeName } from './navigate.js';
import { holds } from './trial.js';
import { type Held, isTelling, type ProfileUse } from './use.js';

/** Holds an item to a profile; this file and the one that does so would have to import each other. */
type CheckProfile = (profile: Profile, item: Item, use: ProfileUse, walk: Walk) => void;

/** Holds an item to the types that a profile allows, and to the profiles of these. */
export function checkTypes(overlay: Overlay, item: Item, held: Held, walk: Walk, check: CheckProfile): void {
  for (const allowed of overlay.types) {
    const { fitting, targets, urls, isAlone } = askedOf(allowed, item.type);
    if (isAlone) continue;
    if (fitting.length === 0) {
      const types = [...new Set(allowed.map(({ code }) => code))].join(', ');
      reportProfile(walk, held, 'profile-type', `takes ${types} as ${overlay.id}`);
      continue;
    }
    checkAggregation(overlay, fitting, item, held, walk);
    if (item.type === 'Reference' && targets.length > 0) checkTarget(overlay, targets, item, held, walk, check);
    if (item.type === 'canonical' && targets.length > 0)
      notePart(walk, held, `Nobody looks at what ${overlay.id} leads to, which is to fit ${targets.join(' or ')}`);
    if (urls.length > 0) checkProfilesOf(overlay, urls, item, held, walk, check);
  }
}

/** What types that are allowed ask of an item of one type. */
interface Asked {
  readonly fitting: readonly AllowedType[];
  readonly targets: readonly string[];
  readonly urls: readonly string[];
  /** True where it is of one that is allowed, and that is all: nearly every item is. */
  readonly isAlone: boolean;
}

const made = new WeakMap<readonly AllowedType[], Map<string, Asked>>();
const MOST_TYPES = 200;

function askedOf(allowed: readonly AllowedType[], type: string): Asked {
  let byType = made.get(allowed);
  if (byType === undefined) {
    byType = new Map();
    made.set(allowed, byType);
  }
  let asked = byType.get(type);
  if (asked === undefined) {
    asked = makeAsked(allowed.filter((one) => isOfType(type, one)));
    // The type of a resource is whatever a record says.
    if (byType.size < MOST_TYPES) byType.set(type, asked);
  }
  return asked;
}

function makeAsked(fitting: readonly AllowedType[]): Asked {
  const targets = fitting.flatMap((one) => one.targetProfiles);
  const urls = fitting.flatMap((one) => one.profiles);
  const asksMore = targets.length + urls.length > 0 || fitting.some(({ aggregation }) => aggregation.length > 0);
  return { fitting, targets, urls, isAlone: fitting.length > 0 && !asksMore };
}

/** What is defined in place is of no type that could be another one. */
const ANY: ReadonlySet<string> = new Set(['', 'Resource', 'DomainResource', 'BackboneElement', 'Element']);

function isOfType(type: string, { code }: AllowedType): boolean {
  return ANY.has(code) || typeName(code) === typeName(type);
}

/** An item has to fit one of the profiles of its type. */
function checkProfilesOf(
  overlay: Overlay,
  urls: readonly string[],
  item: Item,
  held: Held,
  walk: Walk,
  check: CheckProfile,
): void {
  const { guide } = held.use;
  const profiles = urls.flatMap((url) => guide.profile(url) ?? []);
  const missing = urls.filter((url) => guide.profile(url) === undefined && extensionNamed(url) === undefined);
  // Every extension is held to its own definition, wherever it stands.
  const [only] = item.type === 'Extension' ? [] : profiles;
  if (only === undefined) {
    for (const url of missing) noteMissing(walk, held, overlay.id, url);
    return;
  }
  if (urls.length === 1) {
    inResource(item, walk, () => check(only, item, held.use, walk));
    return;
  }
  const answers = profiles.map((profile) =>
    holds(walk, (trial) => inResource(item, trial, () => check(profile, item, held.use, trial))),
  );
  if (answers.includes(true)) return;
  for (const url of missing) noteMissing(walk, held, overlay.id, url);
  if (missing.length === 0 && !answers.includes(undefined))
    reportProfile(walk, held, 'profile-type', `takes what fits ${urls.join(' or ')} as ${overlay.id}`);
}

/** What a resource inside of another one says of "the resource" is about itself. */
function inResource(item: Item, walk: Walk, look: () => void): void {
  const { value, structure } = item;
  if (structure?.kind !== 'resource' || typeof value !== 'object' || value === null) look();
  else within(walk, { ...walk.environment, resource: value as JsonObject }, look);
}

/** The most references that are followed one after the other; of what is further away nobody says that it fits. */
const FURTHEST = 3;

/** What a reference leads to has to fit one of the profiles; where it is out of reach, its type has to. */
function checkTarget(
  overlay: Overlay,
  urls: readonly string[],
  item: Item,
  held: Held,
  walk: Walk,
  check: CheckProfile,
): void {
  const { use } = held;
  const target = targetOf(item, walk);
  if (target === undefined) return;
  const missing: string[] = [];
  let isUntold = false;
  for (const url of urls) {
    const profile = use.guide.profile(url);
    if (profile === undefined) {
      missing.push(url);
      continue;
    }
    if (!fitsType(profile, target.type)) continue;
    const answer = target.value === undefined || fitsProfile(profile, target, use, walk, check);
    if (answer === true) return;
    if (answer === undefined) isUntold = true;
  }
  for (const url of missing) noteMissing(walk, held, overlay.id, url);
  if (isUntold && isTelling(use)) return;
  if (isUntold)
    notePart(walk, held, `Nobody can tell here whether what ${overlay.id} leads to fits ${urls.join(' or ')}`);
  else if (missing.length === 0)
    reportProfile(walk, held, 'profile-target', `takes a reference to what fits ${urls.join(' or ')} as ${overlay.id}`);
}

/** True for one of R4's own types, which asks for nothing beyond R4. */
const isOfR4 = ({ overlay, type, url }: Profile): boolean => overlay.children.size === 0 && typeOfR4(url) === type;

/** Whether what a reference leads to fits a profile; undefined where nobody here can tell. */
function fitsProfile(
  profile: Profile,
  target: Item,
  use: ProfileUse,
  walk: Walk,
  check: CheckProfile,
): boolean | undefined {
  const { value } = target;
  if (isOfR4(profile)) return true;
  if (typeof value !== 'object' || value === null || use.distance >= FURTHEST) return undefined;
  const known = use.targets.get(value) ?? new Map<Profile, boolean | undefined>();
  use.targets.set(value, known);
  if (known.has(profile)) return known.get(profile);
  const { assumed } = use;
  use.distance += 1;
  const answer = holds(walk, (trial) => inResource(target, trial, () => check(profile, target, use, trial)));
  use.distance -= 1;
  if (use.assumed === assumed && use.distance === 0) known.set(profile, answer);
  return answer;
}
