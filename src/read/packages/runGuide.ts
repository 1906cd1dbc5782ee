import type { GuideFault } from '../../profiles/profiles.js';
import type { Guide } from '../../validate/guide.js';
import type { LoadedGuide } from '../../validate/profile/loadGuide.js';
import type { ValidateOptions } from '../../validate/validate.js';
import type { Walk } from '../../validate/walk.js';
import { findPackages } from './findPackages.js';
import type { PackagePlaces } from './place.js';
import { guideAt, type PackageGuide } from './readPackages.js';

/** What a run holds resources to, before the packages are read. It can be sent to a thread. */
export interface GuideData {
  readonly places: PackagePlaces;
  /** Canonicals of profiles that every resource of their types is held to. */
  readonly profile: readonly string[];
  readonly mustSupport: boolean;
}

/** How many resources were held to a profile, and how many of them claim it. */
export type HeldCount = readonly [canonical: string, resources: number, claimed: number];

/** A value set that codes were not held to, with its name for people. */
export type UncheckedCount = readonly [canonical: string, name: string, count: number];

/** What became of a guide since somebody last asked. It can be sent from one thread to another. */
export interface GuideCounts {
  readonly held: readonly HeldCount[];
  readonly unchecked: readonly UncheckedCount[];
  /** How often another part of a profile, a rule of its own for one, could not be checked. */
  readonly partsNotChecked: number;
  readonly faults: readonly GuideFault[];
}

/** A guide as one thread of a run uses it. */
export interface RunGuide {
  readonly data: GuideData;
  readonly checks: Pick<ValidateOptions, 'profiles' | 'profile' | 'mustSupport'>;
  readonly guide: PackageGuide & LoadedGuide;
  take(): GuideCounts;
}

/**
 * Finds the packages of a run, and reads those that are asked for as far as that is needed to find what they define.
 * @throws UsageError as `readPackages` does.
 */
export function openGuide(
  packages: readonly string[],
  terminology: readonly string[],
  { profile, mustSupport }: Pick<GuideData, 'profile' | 'mustSupport'>,
): RunGuide {
  return runGuide({ places: findPackages(packages, { terminology }), profile, mustSupport }, true);
}

/** The guide of a run, in the thread that this is called in. */
export function runGuide(data: GuideData, isStrict = false): RunGuide {
  const held = new Map<string, { resources: number; claimed: number }>();
  const unchecked = new Map<string, number>();
  let [partsNotChecked, told] = [0, 0];
  const guide = guideAt(data.places, isStrict, {
    held(canonical, isClaimed) {
      const before = held.get(canonical) ?? { resources: 0, claimed: 0 };
      held.set(canonical, before);
      before.resources += 1;
      if (isClaimed) before.claimed += 1;
    },
  });
  /** What is said of a resource as a guide sees it, and not of trials that only tell which slice something is in. */
  const counting = ({ findings }: Walk, look: () => void): void => {
    const since = findings.length;
    look();
    for (const { id, canonical } of findings.slice(since)) {
      if (id === 'profile-part-not-checked') partsNotChecked += 1;
      if (canonical !== undefined) unchecked.set(canonical, (unchecked.get(canonical) ?? 0) + 1);
    }
  };
  const counted: Guide = {
    faults: guide.faults,
    hold(forced, mustSupport) {
      const holder = guide.hold(forced, mustSupport);
      return {
        resource: (value, type, claimed, walk) => counting(walk, () => holder.resource(value, type, claimed, walk)),
        hasCode: holder.hasCode,
        extension: (url, value, walk) => counting(walk, () => holder.extension(url, value, walk)),
      };
    },
  };
  return {
    data,
    guide,
    checks: { profiles: counted, profile: data.profile, mustSupport: data.mustSupport },
    take() {
      const faults = guide.faults();
      const counts: GuideCounts = {
        held: [...held].map(([canonical, { resources, claimed }]) => [canonical, resources, claimed]),
        unchecked: [...unchecked].map(([canonical, count]) => [
          canonical,
          guide.codes(canonical)?.name ?? canonical,
          count,
        ]),
        partsNotChecked,
        faults: faults.slice(told),
      };
      held.clear();
      unchecked.clear();
      [partsNotChecked, told] = [0, faults.length];
      return counts;
    },
  };
}
