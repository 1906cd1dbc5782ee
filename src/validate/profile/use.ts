import type { Overlay } from '../../profiles/overlay.js';
import type { Profile, Profiles } from '../../profiles/profiles.js';
import type { Interpreter } from '../fhirpath/interpret.js';

/** Is told what resources are held to. */
export interface GuideWatch {
  /** A resource is held to a profile; `isClaimed` tells whether it says itself that it is of it. */
  held(canonical: string, isClaimed: boolean): void;
}

/** The profiles of a run. */
export interface ProfileUse {
  readonly guide: Profiles;
  /** Canonicals of profiles that resources are held to whatever they claim. */
  readonly forced: readonly string[];
  /** True to note which elements that a profile marks as mustSupport are not there. */
  readonly mustSupport: boolean;
  readonly watch: GuideWatch | undefined;
  /** What is being held to a profile, on the way down: what refers back to itself fits if all else does. */
  readonly inProgress: Map<object, Set<Profile>>;
  /** Rules of guides, made ready, by the overlay that they are of and where it stands. */
  readonly rules: WeakMap<Overlay, Map<unknown, Map<string, Interpreter>>>;
}

/** What holds a value to the part of a profile. */
export interface Held {
  readonly use: ProfileUse;
  readonly profile: Profile;
}
