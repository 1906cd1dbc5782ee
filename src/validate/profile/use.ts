import type { Profile, Profiles } from '../../profiles/profiles.js';
import type { Plans } from './plan.js';
import type { Rules } from './rule.js';

/** Is told what resources are held to. */
export interface GuideWatch {
  /** A resource is held to a profile; `isClaimed` tells whether it says itself that it is of it. */
  held(canonical: string, isClaimed: boolean): void;
}

/** What is made ready once for a guide. */
export interface Ready {
  readonly plans: Plans;
  /** The plans of a run that notes what is mustSupport. */
  readonly supportPlans: Plans;
  readonly rules: Rules;
}

/** What is asked of a run. */
interface Asked {
  /** Canonicals of profiles that resources are held to whatever they claim. */
  readonly forced: readonly string[];
  /** True to note which elements that a profile marks as mustSupport are not there. */
  readonly mustSupport: boolean;
  readonly watch: GuideWatch | undefined;
}

/** The profiles of a run. */
export interface ProfileUse extends Asked {
  readonly guide: Profiles;
  readonly ready: Ready;
  /** Those of them that something was held to. */
  readonly applied: Set<Profile>;
  /** What is being held to a profile, on the way down: what refers back to itself fits if all else does. */
  readonly inProgress: Map<object, Set<Profile>>;
  /** How often something was taken to fit because it is being looked at. */
  assumed: number;
  /** Whether targets of references fit profiles, where that rests on no such assumption. */
  readonly targets: WeakMap<object, Map<Profile, boolean | undefined>>;
  /** How many references lead from the resource in focus to what is being looked at. */
  distance: number;
  /** That number where a look only tells which slice something is in; -1 where none does. */
  telling: number;
  /** What was said already: by one profile twice, or by two of one chain. */
  readonly said: WeakMap<object, Set<string>>;
  /** Where the extensions of a list stand, by their addresses. */
  readonly positions: WeakMap<readonly unknown[], ReadonlyMap<unknown, readonly number[]>>;
  /** How many more elements may be looked at. */
  budget: number;
}

/** More looks than any real record needs; a guide can be made so that there is no end of them. */
const BUDGET = 10_000_000;

/** The start of a run. */
export function startUse(guide: Profiles, ready: Ready, asked: Asked): ProfileUse {
  return {
    guide,
    ready,
    ...asked,
    applied: new Set(),
    inProgress: new Map(),
    assumed: 0,
    targets: new WeakMap(),
    distance: 0,
    telling: -1,
    said: new WeakMap(),
    positions: new WeakMap(),
    budget: BUDGET,
  };
}

/**
 * True where a look only tells which slice something is in. It is in one as far as is known: a part that nobody can judge, in what is
 * not required, would undo the slices of every document.
 */
export const isTelling = ({ telling, distance }: ProfileUse): boolean => telling === distance;

/** What holds a value to the part of a profile. */
export interface Held {
  readonly use: ProfileUse;
  readonly profile: Profile;
}
